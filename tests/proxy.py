"""A network from hell between phones and the server: an HTTP proxy that loses, delays and doubles.

Each connection carries one exchange. A request that comes late reaches the server when the phone
has long given up on it, as on real networks: that is how old requests overtake new ones.
"""

import asyncio
import random
import socket
import threading
from collections import Counter
from dataclasses import dataclass

DECK = 20


@dataclass(frozen=True)
class Weather:
    """Shares (0 to 1, in steps of a ``DECK``) of exchanges that meet a fault, and seconds."""

    lost_requests: float = 0.0
    lost_replies: float = 0.0
    late: float = 0.0
    """Requests whose phone is cut off at once, and which arrive after ``delay``."""

    slow: float = 0.0
    """Replies that take ``delay``."""

    doubled: float = 0.0
    delay: float = 0.0
    resets: float = 0.5
    """Share of what is lost that ends in a reset at once; the rest hangs for ``silence``."""

    silence: float = 0.0


CALM = Weather()
HELL = Weather(
    lost_requests=0.3, lost_replies=0.3, late=0.15, slow=0.15, doubled=0.05, delay=2, silence=1.5
)


class FaultyProxy:
    """Listens on ``port`` of 127.0.0.1 and passes on to ``upstream``, as ``weather`` lets it.

    ``seen`` counts what happened, by name. Faults are drawn from seeded, shuffled decks, so that
    few exchanges meet the same share of them as many.
    """

    def __init__(self, upstream: int, weather: Weather, seed: int) -> None:
        self.port, self.upstream, self.weather = 0, upstream, weather
        self.seen: Counter[str] = Counter()
        self._rng = random.Random(seed)
        self._decks: dict[tuple[str, float], list[bool]] = {}
        self._under_way: set[asyncio.Task[None] | None] = set()  # asyncio itself holds them weakly
        self._loop = asyncio.new_event_loop()
        self._ready = threading.Event()
        self._thread = threading.Thread(target=self._run, daemon=True)

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    def start(self) -> None:
        """Listen; returns when connections are accepted."""
        self._thread.start()
        self._ready.wait()

    def stop(self) -> None:
        """Drop every connection and stop listening."""
        self._loop.call_soon_threadsafe(self._loop.stop)
        self._thread.join()

    def _run(self) -> None:
        asyncio.set_event_loop(self._loop)
        listening = asyncio.start_server(self._accept, "127.0.0.1", 0)
        server = self._loop.run_until_complete(listening)
        self.port = server.sockets[0].getsockname()[1]
        self._ready.set()
        self._loop.run_forever()
        server.close()
        under_way = asyncio.all_tasks(self._loop)
        for task in under_way:
            task.cancel()
        self._loop.run_until_complete(asyncio.gather(*under_way, return_exceptions=True))
        self._loop.run_until_complete(asyncio.sleep(0.1))  # closed sockets are let go a turn later
        self._loop.close()

    async def _accept(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        task = asyncio.current_task()
        self._under_way.add(task)
        try:
            request = await _read_request(reader)
            if request:
                await self._exchange(request, writer)
        except (OSError, asyncio.CancelledError):  # the phone has left, or the proxy stops
            self.seen["client gone"] += 1
        finally:
            self._under_way.discard(task)
            writer.close()

    async def _exchange(self, request: bytes, writer: asyncio.StreamWriter) -> None:
        weather = self.weather
        self.seen["requests"] += 1
        if self._happens(weather.lost_requests, "lost requests"):
            return await self._lose(writer, weather)
        if self._happens(weather.late, "late requests"):
            self._cut_off(writer)
            await asyncio.sleep(weather.delay)
            await self._ask_server(request)
            return None
        if self._happens(weather.doubled, "doubled requests"):
            await self._ask_server(request)
        reply = await self._ask_server(request)
        if self._happens(weather.lost_replies, "lost replies"):
            writer.write(reply[: self._rng.choice([0, 0, len(reply) // 2])])
            return await self._lose(writer, weather)
        if self._happens(weather.slow, "slow replies"):
            await asyncio.sleep(weather.delay)
        writer.write(reply)
        await writer.drain()
        return None

    def _happens(self, share: float, name: str) -> bool:
        deck = self._decks.setdefault((name, share), [])
        if not deck:
            deck += [card < share * DECK for card in range(DECK)]
            self._rng.shuffle(deck)
        happens = deck.pop()
        self.seen[name] += happens
        return happens

    async def _lose(self, writer: asyncio.StreamWriter, weather: Weather) -> None:
        """End without an answer: by a reset, or by silence and then nothing."""
        if self._happens(weather.resets, "resets"):
            self._cut_off(writer)
        else:
            await asyncio.sleep(weather.silence)

    def _cut_off(self, writer: asyncio.StreamWriter) -> None:
        connection: socket.socket = writer.get_extra_info("socket")
        connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, b"\1\0\0\0\0\0\0\0")
        writer.transport.abort()

    async def _ask_server(self, request: bytes) -> bytes:
        reader, writer = await asyncio.open_connection("127.0.0.1", self.upstream)
        try:
            writer.write(request)
            return await reader.read(-1)
        finally:
            writer.close()


async def _read_request(reader: asyncio.StreamReader) -> bytes:
    """One request, made to close its connection; empty when none came."""
    try:
        head = await reader.readuntil(b"\r\n\r\n")
    except asyncio.IncompleteReadError:
        return b""
    first, *lines = head.removesuffix(b"\r\n\r\n").split(b"\r\n")
    kept = [line for line in lines if not line.lower().startswith(b"connection:")]
    length = next((int(h[15:]) for h in lines if h.lower().startswith(b"content-length:")), 0)
    body = await reader.readexactly(length)
    return b"\r\n".join([first, *kept, b"Connection: close", b"", body])
