"""The real server on a free port of this machine, to be killed and started again."""

import os
import signal
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path

from tests.servers import OwnPort, accepts, wait_until


class NotServing(Exception):
    """The server did not come up; the text holds what it printed."""


class Server:
    """``quiz serve`` in a process of its own, for the instance that ``environ`` names."""

    def __init__(self, environ: Mapping[str, str], log: Path) -> None:
        self._port = OwnPort()
        self.port, self.log, self.pid = self._port.number, log, 0
        self._nursery = subprocess.Popen(
            [sys.executable, "-m", "tests.torture.nursery", str(log)],
            env=os.environ | dict(environ),
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )

    def start(self) -> None:
        """Start the server; returns once it accepts connections. Raises NotServing."""
        assert self._nursery.stdin is not None
        assert self._nursery.stdout is not None
        print(self.port, file=self._nursery.stdin, flush=True)
        self.pid = int(self._nursery.stdout.readline())
        wait_until(lambda: accepts(self.port) or not self._alive())
        if not self._alive():
            printed = self.log.read_text() if self.log.exists() else ""
            raise NotServing(f"nothing listens on port {self.port}:\n{printed[-3000:]}")

    def kill(self) -> None:
        """``kill -9``, and wait until the process is gone."""
        os.kill(self.pid, signal.SIGKILL)
        wait_until(lambda: not self._alive())

    def close(self) -> None:
        """End whatever still runs."""
        if self.pid and self._alive():
            self.kill()
        assert self._nursery.stdin is not None
        assert self._nursery.stdout is not None
        self._nursery.stdin.close()
        self._nursery.stdout.close()
        self._nursery.wait()
        self._port.close()

    def _alive(self) -> bool:
        return Path(f"/proc/{self.pid}").exists()
