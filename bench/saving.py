"""What one saved response costs, against the floor. Contract: at most 1.5 times its CPU.

The whole journey (log in, open, 20 responses, submit, feedback) is held to twice the floor's 20
saves. ``python -m bench.saving``; exits 1 when a bound is broken.
"""

import json
import os
import re
import sys
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from statistics import median

from bench.browser import Browser
from bench.stage import demo, server

PEOPLE, ITEMS, ROUNDS = 25, 10, 5
SAVE_BOUND, JOURNEY_BOUND = 1.5, 2.0
TICK = os.sysconf("SC_CLK_TCK")


def cpu(pid: int) -> float:
    """Seconds of processor time a process has used."""
    fields = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / TICK


def cost(pid: int, work: Callable[[], int]) -> float:
    """Milliseconds of the server's processor time for each thing ``work`` did."""
    before = cpu(pid)
    done = work()
    return (cpu(pid) - before) * 1000 / done


def in_parallel(people: list[Callable[[], int]]) -> int:
    """Let everybody work at once; how many things were done together."""
    with ThreadPoolExecutor(len(people)) as pool:
        return sum(pool.map(lambda person: person(), people))


def floor_saver(port: int, number: int) -> Callable[[int], int]:
    browser = Browser(port)
    browser.token = json.loads(browser.ask("GET", f"/masuk/{number}")[1])["csrf"]

    def save(round_number: int) -> int:
        for position in range(1, ITEMS + 1):
            payload = {"chosen": ["a"], "revision": round_number * 100 + position}
            assert browser.send_json("PUT", f"/jawaban/{position}", payload)[0] == 200
        return ITEMS

    return save


def quiz_saver(port: int, token: str) -> Callable[[int], int]:
    browser, address, choices = enter(port, token)

    def save(round_number: int) -> int:
        for position, chosen in choices.items():
            payload = {
                "chosen": [chosen],
                "confidence": None,
                "revision": 1_000_000 + round_number * 100,
                "at": None,
            }
            assert browser.send_json("PUT", f"{address}/jawaban/{position}", payload)[0] == 200
        return len(choices)

    return save


def enter(port: int, token: str) -> tuple[Browser, str, dict[str, str]]:
    """Log in by card and open the attempt: browser, its address, an option for each position."""
    browser = Browser(port)
    browser.ask("GET", f"/k/{token}")
    home = browser.ask("GET", "/")[1]
    start = re.search(r'action="(/sesi/[^"]+/mulai)"', home)
    assert start, "the home page offers no sitting"
    address = browser.send_form(start[1])[2]
    page = browser.ask("GET", address)[1]
    choices = dict(re.findall(r'name="jawaban-(\d+)" value="(\w+)"', page))
    return browser, address, choices


def journey(port: int, token: str) -> int:
    """One person from card to feedback."""
    browser, address, choices = enter(port, token)
    for position, chosen in choices.items():
        payload = {"chosen": [chosen], "confidence": None, "revision": 1_000_001, "at": None}
        assert browser.send_json("PUT", f"{address}/jawaban/{position}", payload)[0] == 200
    assert browser.send_json("POST", f"{address}/selesai", {"responses": []})[0] == 200
    assert browser.ask("GET", f"{address}/hasil")[0] == 200
    return 1


def main() -> int:
    """Print the two ratios; 1 when a bound is broken."""
    with demo() as stage:
        path = Path(stage.environ["QUIZ_INSTANCE"]) / "lantai.sqlite"
        floor = [sys.executable, "-m", "bench.floor", str(path), "8791"]
        ours = [sys.executable, "-m", "quiz", "serve", "--port", "8792"]
        with server(floor, 8791, {}) as floor_pid, server(ours, 8792, stage.environ) as our_pid:
            return report(floor_pid, our_pid, stage.cards)


def report(floor_pid: int, our_pid: int, cards: list[str]) -> int:
    bare = [floor_saver(8791, number) for number in range(1, PEOPLE + 1)]
    full = [quiz_saver(8792, card) for card in cards[:PEOPLE]]
    ratios, floor_costs = [], []
    for turn in range(1, ROUNDS + 1):
        floor_cost = cost(floor_pid, lambda t=turn: in_parallel([lambda s=s: s(t) for s in bare]))
        our_cost = cost(our_pid, lambda t=turn: in_parallel([lambda s=s: s(t) for s in full]))
        ratios.append(our_cost / floor_cost)
        floor_costs.append(floor_cost)
        print(f"simpan: lantai {floor_cost:.2f} ms, kuis {our_cost:.2f} ms, {ratios[-1]:.2f} kali")
    rest = cards[PEOPLE : 2 * PEOPLE]
    whole = cost(our_pid, lambda: in_parallel([lambda c=c: journey(8792, c) for c in rest]))
    journey_ratio = whole / (20 * median(floor_costs))
    print(f"satu jawaban tersimpan: {median(ratios):.2f} kali lantai (batas {SAVE_BOUND})")
    print(f"seluruh perjalanan: {journey_ratio:.2f} kali 20 simpanan (batas {JOURNEY_BOUND})")
    return int(median(ratios) > SAVE_BOUND or journey_ratio > JOURNEY_BOUND)


if __name__ == "__main__":
    sys.exit(main())
