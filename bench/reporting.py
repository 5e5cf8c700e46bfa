"""What a report page costs with 5,000 people in 200 units, against reading their rows once.

An event of an office with two settled tests, on one server. The floor reads every place, person,
attempt and score once, as plain rows, and does nothing with them. Bound: a page takes at most BOUND
times its CPU. The goal, a second of CPU a page, depends on the machine, so it is only printed.
``python -m bench.reporting``; exits 1 when a bound is broken.
"""

import sys
import time
from pathlib import Path
from statistics import median

from sqlalchemy import Engine, Table, select

from bench.crowd import Visit
from bench.grown import PEOPLE, UNITS, grow
from bench.saving import cost
from bench.stage import demo, server
from quiz.database import make_engine
from quiz.models import Attempt, Enrolment, Score, User

PORT = 8795
BASE, ROUNDS = 250, 5
BOUND = 4.0
GOAL = 1_000
"""Milliseconds."""

PAGES = {
    "ringkasan": "",
    "hasil per unit": "/unit",
    "kalimat yang masih keliru": "/kalimat",
    "peserta dan nilai": "/peserta",
}
"""Pages of a report under its address, by their names."""


def floor_cost(engine: Engine) -> float:
    """Milliseconds of processor time for reading every row once."""
    tables: list[Table] = [model.__table__ for model in (User, Enrolment, Attempt, Score)]
    before = time.process_time()
    with engine.connect() as connection:
        for table in tables:
            connection.execute(select(table)).all()
    return (time.process_time() - before) * 1000


def main() -> int:
    """Print each ratio; 1 when a bound is broken."""
    ours = [sys.executable, "-m", "quiz", "serve", "--port", str(PORT)]
    with demo("over", BASE) as stage:
        path = Path(stage.environ["QUIZ_INSTANCE"]) / "quiz.sqlite"
        engine = make_engine(f"sqlite:///{path}")
        grow(engine)
        with server(ours, PORT, stage.environ) as pid:
            visit = Visit(PORT, stage.cards[0], stage.staff, stage.event)
            return report(engine, pid, visit)


def report(engine: Engine, pid: int, visit: Visit) -> int:
    browser = visit.work("petugas")
    print(f"laporan dari {PEOPLE} orang dalam {UNITS} unit, pre-test dan post-test")
    broken = False
    for name, path in PAGES.items():
        address = f"/laporan/{visit.event}{path}"

        def page(address: str = address) -> int:
            assert browser.ask("GET", address)[0] == 200
            return 1

        page()
        floors = [floor_cost(engine) for _ in range(ROUNDS)]
        pages = [cost(pid, page) for _ in range(ROUNDS)]
        ratio = median(pages) / median(floors)
        print(
            f"{name}: lantai {median(floors):.0f} ms, halaman {median(pages):.0f} ms, {ratio:.2f} "
            f"kali lantai (batas {BOUND}; sasaran {GOAL} ms)",
            flush=True,
        )
        broken |= ratio > BOUND
    return int(broken)


if __name__ == "__main__":
    sys.exit(main())
