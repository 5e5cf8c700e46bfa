"""Connections: one request at a time, none that never ends, and what phones save before pages.

waitress lets no thread wait for a slow client. What it leaves open is closed here: requests sent
many at once, requests that never end, and pages enough to keep every thread from saving.
"""

import select
import socket
import time
from wsgiref.types import WSGIApplication

from waitress.adjustments import Adjustments
from waitress.channel import HTTPChannel
from waitress.parser import HTTPRequestParser
from waitress.server import TcpWSGIServer
from waitress.task import ThreadedTaskDispatcher

from quiz.database import POOL_SIZE

CONNECTIONS = 1000 if hasattr(select, "poll") else 240
"""A phone's browser keeps several connections open; a hall has hundreds of phones.

Two doors share one loop, which without poll, as on Windows, watches 512 sockets at most.
"""

BESIDE = 20
"""Sockets beside those of both doors: what they listen on, what wakes them, one more guest each."""

PATIENCE = 10.0
"""Seconds a request may take to arrive, besides a second for every SLOWEST bytes of it."""

SLOWEST = 2_000

LARGEST_HEAD = 32 * 1024
"""Bytes of a request's head: eight times the largest cookie."""

LARGEST_BODY = 64 * 1024 * 1024
"""Bytes that are taken in at all; the application itself refuses far less, on a page that helps."""

LARGEST_SAVE = 16 * 1024
"""Bytes of what a phone saves or hands in; what is larger waits with the pages."""

DRAWING = 4
"""Threads for pages. They share one interpreter, so that more would draw none sooner."""

SAVING = POOL_SIZE - DRAWING


class OneRequest(HTTPRequestParser):
    """A request, of which the client has to read the reply before it sends another.

    No browser sends several at once. What follows too soon is dropped, and the reply closes.
    """

    def received(self, data: bytes) -> int:
        """How many bytes of ``data`` are dealt with."""
        taken: int = super().received(data)
        if self.completed and not self.empty and data[taken:].strip():
            self.headers["CONNECTION"] = "close"
            return len(data)
        return taken

    @property
    def arrived(self) -> int:
        """Bytes of it so far."""
        return len(self.header_plus) + int(self.body_bytes_received)


class Connection(HTTPChannel):
    """A client's connection, which knows since when it keeps us waiting."""

    parser_class = OneRequest
    begun = 0.0

    def received(self, data: bytes) -> bool:
        """Take in ``data``."""
        if self.request is None:
            self.begun = time.time()
        return bool(super().received(data))

    def overdue(self, now: float) -> bool:
        """Whether a request began to arrive and still has not."""
        request = self.request
        return request is not None and now > self.begun + PATIENCE + request.arrived / SLOWEST

    @property
    def claim(self) -> tuple[bool, float]:
        """How good its claim to stay is: none goes before half a request, new before old."""
        if self.request is not None:
            return False, self.begun
        return True, float(self.last_activity)


class Server(TcpWSGIServer):
    """The server on one socket. When it is full, the weakest claim gives way to whoever comes."""

    channel_class = Connection

    def maintenance(self, now: float) -> None:
        """Close what takes too long."""
        super().maintenance(now)
        for connection in self.active_channels.values():
            connection.will_close |= connection.overdue(now)

    def handle_accept(self) -> None:
        """Let somebody in."""
        super().handle_accept()
        if len(self.active_channels) > CONNECTIONS:
            idle = [each for each in self.active_channels.values() if not each.requests]
            if idle:
                min(idle, key=lambda each: each.claim).handle_close()


class SavesApart:
    """waitress' threads in two lots, so that no number of pages keeps a phone from saving."""

    def __init__(self) -> None:
        self._saving, self._drawing = ThreadedTaskDispatcher(), ThreadedTaskDispatcher()
        self._saving.set_thread_count(SAVING)
        self._drawing.set_thread_count(DRAWING)

    def add_task(self, connection: Connection) -> None:
        """Have the request that has arrived on ``connection`` served."""
        saves = _saves(connection.requests[0])
        (self._saving if saves else self._drawing).add_task(connection)

    def shutdown(self) -> None:
        """Let every thread end."""
        self._saving.shutdown()
        self._drawing.shutdown()


def _saves(request: OneRequest) -> bool:
    """Whether this is what a phone saves or hands in."""
    if request.error or request.command in {"GET", "HEAD"}:
        return False
    length = int(request.headers.get("CONTENT_LENGTH") or 0)
    return request.path.startswith("/kuis/") and length <= LARGEST_SAVE


def server_on(
    listening: socket.socket, app: WSGIApplication, house: Server | None = None
) -> Server:
    """A server of ``app`` on a socket that listens; ``run`` serves until the process must end.

    Beside a ``house`` it is a further door of it, served by its loop and its threads.
    Forwarding headers are passed on as they come: whether one may be believed is for the
    application to say (``QUIZ_PROXY_HOPS``), and one that may not be gives a proxy away.
    """
    settings = Adjustments(
        sockets=[listening],
        connection_limit=2 * CONNECTIONS + BESIDE,
        max_request_header_size=LARGEST_HEAD,
        max_request_body_size=LARGEST_BODY,
        clear_untrusted_proxy_headers=False,
        asyncore_use_poll=True,
        cleanup_interval=2,
        ident=None,
    )
    return Server(
        app,
        house._map if house else {},
        _sock=listening,
        dispatcher=house.task_dispatcher if house else SavesApart(),
        adj=settings,
        bind_socket=False,
        sockinfo=(listening.family, listening.type, listening.proto, listening.getsockname()),
    )
