"""A network from hell between phones and server: drops requests, drops replies, waits, resets.

It understands just enough HTTP to lose whole requests or whole replies, never halves.
"""

import random
import socket
import socketserver
import struct
import threading
import time
from dataclasses import dataclass
from io import BufferedReader

ABRUPT = struct.pack("ii", 1, 0)


@dataclass(frozen=True)
class Weather:
    """Shares (0 to 1) of requests that meet a fault, and the longest wait of a reply in seconds."""

    lost_before: float = 0.0
    lost_after: float = 0.0
    resets: float = 0.0
    longest_wait: float = 0.0


CALM = Weather()


class FaultyProxy:
    """Listens on a free port of 127.0.0.1 and passes requests on to ``upstream_port``."""

    def __init__(self, upstream_port: int, seed: int) -> None:
        self.upstream_port = upstream_port
        self.weather = CALM
        self.faults = 0
        self._random = random.Random(seed)
        self._lock = threading.Lock()
        proxy = self

        class Handler(socketserver.BaseRequestHandler):
            def handle(self) -> None:
                proxy._serve(self.request)

        self._server = socketserver.ThreadingTCPServer(("127.0.0.1", 0), Handler)
        self._server.daemon_threads = True
        self._server.block_on_close = False
        threading.Thread(target=self._server.serve_forever, daemon=True).start()

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self._server.server_address[1]}"

    def close(self) -> None:
        self._server.shutdown()
        self._server.server_close()

    def _serve(self, phone: socket.socket) -> None:
        stream = phone.makefile("rb")
        try:
            while (request := _message(stream)) and self._pass_on(request, phone):
                pass
        except OSError:
            pass
        finally:
            stream.close()
            phone.close()

    def _pass_on(self, request: bytes, phone: socket.socket) -> bool:
        """False when the connection ends with this request."""
        weather, chance = self.weather, self._draw()
        if chance < weather.lost_before + weather.resets:
            return self._fault(phone, abrupt=chance >= weather.lost_before)
        reply = self._ask(request)
        if self._draw() < weather.lost_after:
            return self._fault(phone, abrupt=False)
        time.sleep(weather.longest_wait * self._draw())
        phone.sendall(reply)
        return True

    def _ask(self, request: bytes) -> bytes:
        with socket.create_connection(("127.0.0.1", self.upstream_port), timeout=20) as server:
            server.sendall(request)
            with server.makefile("rb") as stream:
                return _message(stream, bodiless=request.startswith(b"HEAD"))

    def _draw(self) -> float:
        with self._lock:
            return self._random.random()

    def _fault(self, phone: socket.socket, *, abrupt: bool) -> bool:
        self.faults += 1
        if abrupt:
            phone.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, ABRUPT)
        return False


def _message(stream: BufferedReader, *, bodiless: bool = False) -> bytes:
    """One request or reply, whole; b"" when the other side has closed."""
    head = b""
    length = 0
    while (line := stream.readline()) not in {b"\r\n", b""}:
        head += line
        name, _, value = line.partition(b":")
        if name.lower() == b"content-length":
            length = int(value)
    body = b"" if bodiless else stream.read(length)
    return head + b"\r\n" + body if head else b""
