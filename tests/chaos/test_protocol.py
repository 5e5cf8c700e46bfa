"""Phones on networks from hell: every answer arrives exactly once, with its last revision.

The small run is in every test run; ``long`` is the issue's fifty phones with two-second delays.
"""

import asyncio
import random
from collections import Counter
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from quiz.database import make_engine
from quiz.models import Attempt, StoredResponse
from tests.chaos.phone import Phone
from tests.conftest import BOTH_DATABASES
from tests.proxy import HELL, FaultyProxy, Weather
from tests.torture.hall import Crowd, crowd
from tests.torture.server import Server
from tests.torture.verdict import doubles, soundness, unscored


@contextmanager
def hell(people: Crowd, log: Path, weather: Weather) -> Iterator[FaultyProxy]:
    """The server with the faulty proxy before it."""
    server = Server(people.environ, log)
    server.start()
    proxy = FaultyProxy(server.port, weather, seed=1945)
    proxy.start()
    try:
        yield proxy
    finally:
        proxy.stop()
        server.close()


async def everybody(phones: list[Phone], sitting: str, items: int) -> None:
    await asyncio.gather(*(phone.take(sitting, items) for phone in phones))


def journeys(people: Crowd, proxy: FaultyProxy, items: int) -> list[Phone]:
    phones = [
        Phone(proxy.port, card, random.Random(number)) for number, card in enumerate(people.cards)
    ]
    with ThreadPoolExecutor(1) as pool:  # a browser test may have left a loop in this thread
        pool.submit(asyncio.run, everybody(phones, people.sittings[0], items)).result()
    return phones


def judge(people: Crowd, phones: list[Phone]) -> None:
    """What the server holds is what the phones show, to the last revision and receipt."""
    engine = make_engine(people.settings.database_url)
    assert [fault for phone in phones for fault in phone.faults] == []
    with Session(engine) as session:
        attempts = session.scalars(select(Attempt)).all()
        rows = session.scalars(select(StoredResponse)).all()
        receipts = {f"/kuis/{attempt.uid}": attempt.receipt for attempt in attempts}
        stored = sorted(
            (f"/kuis/{row.attempt.uid}", row.position, row.revision, row.chosen, row.confidence)
            for row in rows
        )
    shown = sorted(
        (phone.address, entry.position, entry.revision, entry.chosen, entry.confidence)
        for phone in phones
        for entry in phone.entries.values()
    )
    assert stored == shown
    assert receipts == {phone.address: phone.receipt for phone in phones}
    assert (doubles(engine), unscored(engine), soundness(engine)) == ([], 0, [])
    engine.dispose()


def bad_enough(seen: Counter[str]) -> bool:
    """True when the proxy did lose, delay, double and reset."""
    kinds = ("lost requests", "lost replies", "late requests", "slow replies", "resets")
    return all(seen[kind] > 0 for kind in (*kinds, "doubled requests"))


def test_ten_phones_lose_nothing_on_a_faulty_network(empty_sqlite, tmp_path):
    people = crowd(tmp_path / "instance", empty_sqlite, people=10, sittings=1, items=6)

    with hell(people, tmp_path / "log", replace(HELL, delay=0.4, silence=0.2)) as proxy:
        phones = journeys(people, proxy, items=6)

    judge(people, phones)
    assert bad_enough(proxy.seen), proxy.seen
    assert sum(phone.retries for phone in phones) > 50


@pytest.mark.long
@pytest.mark.parametrize("empty_database", BOTH_DATABASES, indirect=True)
def test_fifty_phones_lose_nothing_on_a_network_from_hell(empty_database, tmp_path):
    people = crowd(tmp_path / "instance", empty_database, people=50, sittings=1, items=20)

    with hell(people, tmp_path / "log", HELL) as proxy:
        phones = journeys(people, proxy, items=20)

    judge(people, phones)
    assert bad_enough(proxy.seen), proxy.seen
    lost = proxy.seen["lost requests"] / proxy.seen["requests"]
    assert 0.27 < lost < 0.33
