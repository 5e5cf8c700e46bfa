"""``kill -9`` at random moments under load: what a 200 promised is there, once, in a sound file.

A killed process loses nothing the operating system has taken over, so this proves that no reply
runs ahead of its commit and that a torn transaction leaves no trace. That a commit is on the disk
itself is shown in test_durable.py and test_trace.py.

``make torture`` kills 200 times on each database; ``KILLS`` sets the number.
"""

import os
import random
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

import pytest

from quiz.database import make_engine
from tests.conftest import BOTH_DATABASES
from tests.servers import HUNG, wait_until
from tests.torture.hall import Crowd, crowd
from tests.torture.postgres import own_postgres
from tests.torture.saver import Saver
from tests.torture.server import Server
from tests.torture.verdict import broken_promises, doubles, soundness, unscored

KILLS = int(os.environ.get("KILLS", "100"))
LONGEST_LIFE = 0.4
"""Seconds under load after which a server is killed at the latest."""


@dataclass
class Ordeal:
    """A crowd saving on a server that is killed; ``caught`` counts requests under way meanwhile."""

    server: Server
    savers: list[Saver]
    rng: random.Random
    caught: list[int] = field(default_factory=list)

    def kill_while_saving(self) -> None:
        """Wait until the crowd is at it again and a random moment longer, then kill."""
        self.wait_for_promises(len(self.savers))
        time.sleep(self.rng.uniform(0, LONGEST_LIFE))
        self.caught.append(sum(saver.in_flight for saver in self.savers))
        self.server.kill()

    def wait_for_promises(self, number: int) -> None:
        """Return once ``number`` more responses were acknowledged, or something went wrong."""
        wanted = self.promised + number
        wait_until(lambda: self.promised >= wanted or self.failure is not None)

    @property
    def promised(self) -> int:
        return sum(saver.promised for saver in self.savers)

    @property
    def failure(self) -> str | None:
        return next((fault for saver in self.savers for fault in saver.faults), None)


@contextmanager
def ordeal(people: Crowd, log: Path, seed: int) -> Iterator[Ordeal]:
    """The crowd at work on a running server; at the end everybody finishes what they began."""
    server = Server(people.environ, log)
    try:
        server.start()
        savers = [
            Saver(server.port, card, people.sittings, seed + n)
            for n, card in enumerate(people.cards)
        ]
        for saver in savers:
            saver.start()
        yield Ordeal(server, savers, random.Random(seed))
        for saver in savers:
            saver.stop.set()
        for saver in savers:
            saver.join(HUNG)
        assert [saver.name for saver in savers if saver.is_alive()] == []
    finally:
        server.close()


def broken(people: Crowd, trial: Ordeal) -> list[object]:
    """Every promise not kept, everything doubled, half done or unsound in the database."""
    engine = make_engine(people.settings.database_url)
    found: list[object] = [fault for saver in trial.savers for fault in saver.faults]
    found += broken_promises(engine, trial.savers)
    found += doubles(engine)
    found += ["an attempt handed in has no score"] * unscored(engine)
    found += soundness(engine)
    engine.dispose()
    return found


def torture(people: Crowd, log: Path, kills: int, seed: int = 20241122) -> list[object]:
    """Kill and restart; what is broken then. Makes sure that most kills met requests under way."""
    with ordeal(people, log, seed) as trial:
        for _ in range(kills):
            trial.kill_while_saving()
            trial.server.start()
        trial.wait_for_promises(1)
    found = broken(people, trial)
    caught = sum(trial.caught)
    print(f"{kills} kills, {trial.promised} promises, {caught} requests caught under way")
    assert sum(number > 0 for number in trial.caught) >= 0.9 * kills
    return found


def program(people: Crowd, *arguments: str) -> str:
    """What ``quiz`` prints for the tortured instance. Raises CalledProcessError when it refuses."""
    done = subprocess.run(
        [sys.executable, "-m", "quiz", *arguments],
        env=os.environ | people.environ,
        capture_output=True,
        text=True,
        check=True,
    )
    return done.stdout


@pytest.mark.parametrize("empty_database", BOTH_DATABASES, indirect=True)
def test_five_kills_break_no_promise(empty_database, tmp_path):
    people = crowd(tmp_path / "instance", empty_database, people=8, sittings=3)

    assert torture(people, tmp_path / "log", kills=5) == []


@pytest.mark.long
@pytest.mark.parametrize("empty_database", BOTH_DATABASES, indirect=True)
def test_hundreds_of_kills_break_no_promise(empty_database, tmp_path):
    people = crowd(tmp_path / "instance", empty_database, people=30, sittings=12)

    assert torture(people, tmp_path / "log", kills=KILLS) == []
    assert program(people, "db", "check").startswith("Basis data sehat")


@pytest.mark.long
def test_killing_postgresql_itself_breaks_no_promise(tmp_path):
    with own_postgres() as postgres:
        address = postgres.database("quiz")
        people = crowd(tmp_path / "instance", address, people=20, sittings=6)

        with ordeal(people, tmp_path / "log", seed=7) as trial:
            for _ in range(5):
                trial.wait_for_promises(50)
                postgres.crash()
                postgres.restart()
            trial.wait_for_promises(50)
        assert broken(people, trial) == []
