"""Who may slow a hall: everybody's saves while somebody does the worst they can.

Ten phones save twice a second each, first among themselves, then while each crowd of
``bench.crowd`` is at work. Bound: the worst save takes at most ten times the quiet median of the
same run. ``python -m bench.slowing [NAME …]``; exits 1 when it is broken.
"""

import multiprocessing
import sys
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from statistics import median

from bench.crowd import CROWDS, Visit
from bench.saving import enter
from bench.stage import demo, server

PORT = 8794
PHONES, EVERY, SECONDS = 10, 0.5, 10.0
SETTLING = 2.0
BOUND = 10


class Phone:
    """A phone in an attempt, which saves at its own pace and notes how long each save took."""

    def __init__(self, port: int, card: str) -> None:
        self.browser, self.address, choices = enter(port, card)
        self.position, self.chosen = next(iter(choices.items()))
        self.revision = 1_000_000

    def save(self, until: float) -> list[float]:
        """Milliseconds of every save until that time."""
        took = []
        while time.monotonic() < until:
            self.revision += 1
            payload = {"chosen": [self.chosen], "confidence": None, "revision": self.revision}
            begun = time.monotonic()
            path = f"{self.address}/jawaban/{self.position}"
            assert self.browser.send_json("PUT", path, payload)[0] == 200
            took.append((time.monotonic() - begun) * 1000)
            time.sleep(max(0.0, EVERY - (time.monotonic() - begun)))
        return took


def saves(phones: list[Phone]) -> list[float]:
    """Milliseconds of everybody's saves for a while, in order."""
    until = time.monotonic() + SECONDS
    with ThreadPoolExecutor(len(phones)) as pool:
        return sorted(took for each in pool.map(lambda p: p.save(until), phones) for took in each)


@contextmanager
def at_work(crowd: Callable[[Visit], None], visit: Visit) -> Iterator[None]:
    """While the crowd does what it does, in a process of its own."""
    process = multiprocessing.get_context("spawn").Process(target=crowd, args=(visit,))
    process.start()
    time.sleep(SETTLING)
    try:
        yield
        assert process.is_alive(), f"{crowd.__name__} has given up"
    finally:
        process.terminate()
        process.join()


def main(names: list[str] | None = None) -> int:
    """Print each ratio; 1 when the bound is broken."""
    chosen = [name for name in CROWDS if not names or any(part in name for part in names)]
    ours = [sys.executable, "-m", "quiz", "serve", "--port", str(PORT)]
    with demo() as stage, server(ours, PORT, stage.environ):
        phones = [Phone(PORT, card) for card in stage.cards[:PHONES]]
        visit = Visit(PORT, stage.cards[PHONES], stage.staff, stage.event)
        saves(phones[:1])
        quiet = saves(phones)
        _say("tenang", quiet, median(quiet))
        broken = 0
        for name in chosen:
            with at_work(CROWDS[name], visit):
                took = saves(phones)
            _say(name, took, median(quiet))
            broken |= took[-1] > BOUND * median(quiet)
        return int(broken)


def _say(name: str, took: list[float], quiet: float) -> None:
    late = took[len(took) * 95 // 100]
    print(
        f"simpan, {name}: median {median(took):.0f} ms, p95 {late:.0f} ms, "
        f"terburuk {took[-1]:.0f} ms, {took[-1] / quiet:.1f} kali median tenang (batas {BOUND})",
        flush=True,
    )


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
