"""A participant who trusts every 200: saves without end and remembers what was promised."""

import json
import random
import re
import threading
import time
from http.client import HTTPException
from typing import NamedTuple

from bench.browser import Browser
from tests.servers import HUNG

GIVES_UP = 0.3
"""How often a response that got no reply is left behind by a newer tap, as impatient people do."""


OPTION = re.compile(r'name="jawaban-(\d+)" value="(\w+)"')


class Kept(NamedTuple):
    """A response as sent, and as the server must have it."""

    revision: int
    chosen: tuple[str, ...]
    confidence: int | None


Place = tuple[str, int]
"""Attempt uid and position."""


class Saver(threading.Thread):
    """Goes through ``sittings`` one after the other on one phone, until told to stop.

    ``sent`` holds everything ever sent, ``acknowledged`` the newest 200 per place, ``receipts``
    what submissions were answered with, ``faults`` every broken promise it could see itself,
    ``refused`` the saves that the server answered with its own trouble.
    """

    def __init__(self, port: int, token: str, sittings: list[str], seed: int) -> None:
        super().__init__(daemon=True, name=f"saver-{seed}")
        self.token, self.sittings = token, sittings
        self.rng = random.Random(seed)
        self.browser = Browser(port)
        self.stop = threading.Event()
        self.sent: dict[Place, set[Kept]] = {}
        self.acknowledged: dict[Place, Kept] = {}
        self.receipts: dict[str, str] = {}
        self.attempts: dict[str, str] = {}
        self.held: dict[int, Kept] = {}
        self.offered: dict[int, list[str]] = {}
        self.faults: list[str] = []
        self.promised = 0
        self.refused = 0
        self.in_flight = False

    # Talking to a server that may be dead

    def attempt_once(self, method: str, path: str, payload: object = None) -> tuple[int, str, str]:
        """One exchange; status 0 when no whole answer came."""
        self.in_flight = True
        try:
            if payload is not None:
                return *self.browser.send_json(method, path, payload), ""
            if method == "POST":
                return self.browser.send_form(path)
            return self.browser.ask(method, path)
        except (OSError, HTTPException):
            self.browser.connection.close()
            return 0, "", ""
        finally:
            self.in_flight = False

    def insist(self, method: str, path: str, payload: object = None) -> tuple[int, str, str]:
        """The first answer that is not the server's trouble."""
        deadline = time.monotonic() + HUNG
        while time.monotonic() < deadline:
            status, text, location = self.attempt_once(method, path, payload)
            if 0 < status < 500:
                return status, text, location
            time.sleep(self.rng.uniform(0.01, 0.05))
        raise TimeoutError(f"{method} {path} got no answer in {HUNG:.0f} s")

    def expect(
        self, wanted: int, method: str, path: str, payload: object = None
    ) -> tuple[str, str]:
        """The text and Location of an answer with status ``wanted``; another one is a fault."""
        status, text, location = self.insist(method, path, payload)
        if status != wanted:
            raise AssertionError(f"{method} {path}: {status} instead of {wanted}: {text[:300]}")
        return text, location

    # The journey

    def run(self) -> None:
        """Take the sittings in turn; whatever goes wrong ends in ``faults``."""
        try:
            self.expect(303, "GET", f"/k/{self.token}")
            self.expect(200, "GET", "/")
            for sitting in self.sittings:
                self.take(sitting, last=sitting == self.sittings[-1])
                if self.stop.is_set():
                    return
        except (AssertionError, TimeoutError, KeyError, ValueError) as error:
            self.faults.append(f"{self.name}: {error!r}")
        finally:
            self.browser.connection.close()

    def take(self, sitting: str, *, last: bool) -> None:
        """One attempt: from ten to forty saves, then submitted; the last one never ends."""
        self.uid = self.start_attempt(sitting)
        self.read_page()
        saves = self.rng.randint(10, 40)
        while (last or saves > 0) and not self.stop.is_set():
            self.save(self.rng.choice(list(self.offered)))
            saves -= 1
        if not self.stop.is_set():
            self.submit()

    def start_attempt(self, sitting: str) -> str:
        _, address = self.expect(303, "POST", f"/sesi/{sitting}/mulai")
        uid = address.rpartition("/")[2]
        if self.attempts.setdefault(sitting, uid) != uid:
            raise AssertionError(f"sitting {sitting} has a second attempt {uid}")
        return uid

    def read_page(self) -> None:
        """What the attempt's page offers at each position, and what its revisions start from."""
        page, _ = self.expect(200, "GET", f"/kuis/{self.uid}")
        self.revision = int(page.partition('name="revision-base" content="')[2].partition('"')[0])
        self.held, self.offered = {}, {}
        for position, option in OPTION.findall(page):
            self.offered.setdefault(int(position), []).append(option)

    def save(self, position: int) -> None:
        """Tap until the server says 200, or until the next tap takes its place."""
        self.revision += 1
        chosen = (self.rng.choice(self.offered[position]),)
        tapped = Kept(self.revision, chosen, self.rng.choice([None, 1, 2, 3]))
        self.sent.setdefault((self.uid, position), set()).add(tapped)
        while not self.try_to_save(position, tapped):
            self.look_back()
            if self.rng.random() < GIVES_UP:
                self.held[position] = tapped
                return

    def try_to_save(self, position: int, tapped: Kept) -> bool:
        path = f"/kuis/{self.uid}/jawaban/{position}"
        status, text, _ = self.attempt_once("PUT", path, as_json(tapped))
        if status == 0 or status >= 500:
            self.refused += status >= 500
            time.sleep(self.rng.uniform(0.01, 0.05))
            return False
        if status != 200 or kept(json.loads(text)) != tapped:
            raise AssertionError(f"PUT {path} of {tapped}: {status} {text[:300]}")
        self.note(position, tapped)
        self.held.pop(position, None)
        return True

    def note(self, position: int, tapped: Kept) -> None:
        self.acknowledged[self.uid, position] = tapped
        self.promised += 1

    def look_back(self) -> None:
        """After a failure: does the server still hold everything it acknowledged?"""
        text, _ = self.expect(200, "GET", f"/kuis/{self.uid}/keadaan")
        there = {row["position"]: kept(row) for row in json.loads(text)["responses"]}
        for (uid, position), promise in self.acknowledged.items():
            if uid == self.uid:
                self.faults += broken(promise, there.get(position), self.sent[uid, position])

    def submit(self) -> None:
        responses = [{"position": p, **as_json(tapped)} for p, tapped in self.held.items()]
        text, _ = self.expect(200, "POST", f"/kuis/{self.uid}/selesai", {"responses": responses})
        reply = json.loads(text)
        if reply["rejected"]:
            raise AssertionError(f"submission of {self.uid} refused {reply['rejected']}")
        self.receipts[self.uid] = reply["receipt"]
        for position, tapped in self.held.items():
            self.note(position, tapped)


def as_json(tapped: Kept) -> dict[str, object]:
    """The response as our script sends it, without a time of its own."""
    return {**tapped._asdict(), "chosen": list(tapped.chosen), "at": None}


def kept(row: dict[str, object]) -> Kept:
    """A response as the server tells it."""
    return Kept(row["revision"], tuple(row["chosen"]), row["confidence"])  # type: ignore[arg-type]


def broken(promise: Kept, there: Kept | None, sent: set[Kept]) -> list[str]:
    """What is wrong with what is ``there``, when ``promise`` was acknowledged and ``sent`` sent."""
    if there is None:
        return [f"{promise} was acknowledged and is gone"]
    if there.revision < promise.revision:
        return [f"{promise} was acknowledged, but the older {there} is stored"]
    if there not in sent:
        return [f"{there} is stored and was never sent"]
    return []
