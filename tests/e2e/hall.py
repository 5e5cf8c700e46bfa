"""A real server on a free port; it can be stopped and started at the same address."""

import threading

from flask import Flask
from waitress.server import BaseWSGIServer, create_server

from tests.servers import OwnPort, cut_off


class Hall:
    """The application behind waitress, on 127.0.0.1."""

    def __init__(self, app: Flask) -> None:
        self.app = app
        self._port = OwnPort()
        self.port = self._port.number
        self._server: BaseWSGIServer | None = None
        self._thread: threading.Thread | None = None

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    def start(self) -> None:
        """Serve; returns once connections are accepted."""
        self._server = create_server(
            self.app,
            host="127.0.0.1",
            port=self.port,
            threads=8,
            ident=None,
            clear_untrusted_proxy_headers=True,
        )
        self._thread = threading.Thread(target=self._server.run, daemon=True)
        self._thread.start()

    def stop(self) -> None:
        """Stop answering, with every connection closed, as when the laptop goes to sleep."""
        server, thread = self._server, self._thread
        if server is None or thread is None:
            return
        cut_off(server)
        thread.join()
        server.task_dispatcher.shutdown()
        self._server = self._thread = None

    def close(self) -> None:
        """Stop for good."""
        self.stop()
        self._port.close()
