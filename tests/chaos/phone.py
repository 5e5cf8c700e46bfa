"""A phone without a browser that keeps the script's rules (quiz/static/js/taking/sender.js).

Every tap has the next revision; one request in flight per position and three at once; the newest
entry only, again and again until the server's own words hold what the phone shows. Once submitting,
everything left goes with the submission, repeated until there is a receipt.
"""

import asyncio
import json
import random
import re
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urlencode

AT_ONCE = 3
CSRF = re.compile(r'name="csrf(?:-|_)token"[^>]*?(?:content|value)="([^"]+)"')


@dataclass
class Entry:
    """What the phone shows at a position."""

    position: int
    chosen: list[str]
    confidence: int | None
    revision: int
    saved: bool = False

    def content(self) -> dict[str, Any]:
        return {
            "chosen": self.chosen,
            "confidence": self.confidence,
            "revision": self.revision,
            "at": None,
        }


class NoReply(Exception):
    """No whole answer came: lost, cut off, or the phone is offline."""


@dataclass
class Phone:
    """One participant behind ``port``, who waits for a reply until the network cuts it off."""

    port: int
    token: str
    rng: random.Random
    entries: dict[int, Entry] = field(default_factory=dict)
    faults: list[str] = field(default_factory=list)
    offline: bool = False
    receipt: str = ""
    retries: int = 0
    cookie: str = ""
    csrf: str = ""
    address: str = ""

    # The journey

    async def take(self, sitting: str, items: int) -> None:
        """Enter, answer every item with some changes of mind, submit."""
        await self.open(sitting)
        taps = [*range(1, items + 1), *self.rng.choices(range(1, items + 1), k=items // 2)]
        self.rng.shuffle(taps)
        cut = self.rng.randint(items // 2, len(taps)) if self.rng.random() < 0.3 else None
        sending = asyncio.create_task(self.keep_sending())
        for number, position in enumerate(taps):
            self.offline = cut is not None and number >= cut
            self.tap(position)
            await asyncio.sleep(self.rng.uniform(0, 0.05))
        sending.cancel()
        await asyncio.gather(sending, return_exceptions=True)
        back = asyncio.get_running_loop().call_later(0.5, self.come_back)
        await self.submit()
        back.cancel()

    def come_back(self) -> None:
        self.offline = False

    async def open(self, sitting: str) -> None:
        """Enter by card and open the attempt's page."""
        await self.insist(lambda: self.ask("GET", f"/k/{self.token}"), 303)
        await self.insist(lambda: self.ask("GET", "/"), 200)
        _, location = await self.insist(lambda: self.start(sitting), 303)
        self.address = location
        page, _ = await self.insist(lambda: self.ask("GET", location), 200)
        base = re.search(r'name="revision-base" content="(\d+)"', page)
        assert base is not None
        self.revision = int(base[1])

    def start(self, sitting: str) -> Awaitable[tuple[int, str, str]]:
        form = urlencode({"csrf_token": self.csrf})
        kind = "application/x-www-form-urlencoded"
        return self.ask("POST", f"/sesi/{sitting}/mulai", form, kind)

    def tap(self, position: int) -> None:
        self.revision += 1
        chosen, confidence = [self.rng.choice("ab")], self.rng.choice([None, 1, 2, 3])
        self.entries[position] = Entry(position, chosen, confidence, self.revision)

    # The sender

    def pending(self) -> list[Entry]:
        return [entry for entry in self.entries.values() if not entry.saved]

    async def keep_sending(self) -> None:
        flying: dict[int, asyncio.Task[None]] = {}
        while True:
            flying = {at: task for at, task in flying.items() if not task.done()}
            for entry in self.pending():
                if len(flying) < AT_ONCE and entry.position not in flying:
                    flying[entry.position] = asyncio.create_task(self.put(entry))
            await asyncio.sleep(0.02)

    async def put(self, entry: Entry) -> None:
        path = f"{self.address}/jawaban/{entry.position}"
        try:
            status, text, _ = await self.send("PUT", path, entry.content())
        except NoReply:
            self.retries += 1
            await asyncio.sleep(self.rng.uniform(0.05, 0.2))
            return
        if status != 200:
            self.faults.append(f"PUT {path}: {status} {text[:200]}")
            return
        self.stored(entry, json.loads(text))

    def stored(self, sent: Entry, reply: dict[str, Any]) -> None:
        """Only a reply that holds what the phone shows makes it saved."""
        mine = self.entries[sent.position]
        if reply["revision"] == mine.revision:
            same = (reply["chosen"], reply["confidence"]) == (mine.chosen, mine.confidence)
            mine.saved = same
            if not same:
                self.faults.append(f"{reply} came back for {mine}")
        elif reply["revision"] > mine.revision:
            self.faults.append(f"{reply} is newer than anything this phone sent: {mine}")

    async def submit(self) -> None:
        held = [{"position": e.position, **e.content()} for e in self.pending()]
        path = f"{self.address}/selesai"
        text, _ = await self.insist(lambda: self.send("POST", path, {"responses": held}), 200)
        reply = json.loads(text)
        self.receipt = reply["receipt"]
        if reply["rejected"]:
            self.faults.append(f"submission refused {reply['rejected']}")

    # The wire

    async def insist(
        self, exchange: Callable[[], Awaitable[tuple[int, str, str]]], wanted: int
    ) -> tuple[str, str]:
        """Text and Location of the first whole answer, which must have status ``wanted``."""
        while True:
            try:
                status, text, location = await exchange()
            except NoReply:
                self.retries += 1
                await asyncio.sleep(self.rng.uniform(0.05, 0.2))
                continue
            assert status == wanted, f"{status} instead of {wanted}: {text[:300]}"
            return text, location

    def send(self, method: str, path: str, payload: object) -> Awaitable[tuple[int, str, str]]:
        return self.ask(method, path, json.dumps(payload), "application/json")

    async def ask(
        self, method: str, path: str, body: str = "", kind: str = ""
    ) -> tuple[int, str, str]:
        """Status, text and Location. Raises NoReply."""
        if self.offline:
            await asyncio.sleep(0.01)
            raise NoReply
        try:
            raw = await self._raw(method, path, body, kind)
        except OSError as error:
            raise NoReply from error
        return self._read(raw)

    async def _raw(self, method: str, path: str, body: str, kind: str) -> bytes:
        reader, writer = await asyncio.open_connection("127.0.0.1", self.port)
        head = {
            "Host": "127.0.0.1",
            "Cookie": self.cookie,
            "X-CSRFToken": self.csrf,
            "Content-Type": kind,
            "Content-Length": str(len(body)),
        }
        lines = [f"{method} {path} HTTP/1.1", *(f"{n}: {v}" for n, v in head.items() if v)]
        try:
            writer.write("\r\n".join([*lines, "", body]).encode())
            return await reader.read(-1)
        finally:
            writer.close()

    def _read(self, raw: bytes) -> tuple[int, str, str]:
        head, found, body = raw.partition(b"\r\n\r\n")
        first, *lines = head.decode().split("\r\n")
        pairs = [(name.lower(), value) for name, _, value in (x.partition(": ") for x in lines)]
        headers = dict(pairs)
        if not found or len(body) != int(headers["content-length"]):
            raise NoReply
        for name, value in pairs:
            if name == "set-cookie" and value.startswith("session="):
                self.cookie = value.partition(";")[0]
        text = body.decode()
        if token := CSRF.search(text):
            self.csrf = token[1]
        return int(first.split()[1]), text, headers.get("location", "")
