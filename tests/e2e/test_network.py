"""Browsers on a network from hell (tests/proxy.py): every answer arrives exactly once."""

from datetime import timedelta

import pytest
from playwright.sync_api import expect

from quiz.models import Attempt
from quiz.queries.taking.asked import asked_in, responses_of
from tests.e2e.page import ANSWERS, choose, heading, press, send
from tests.e2e.phones import Phones
from tests.proxy import CALM, HELL, FaultyProxy
from tests.reading import stored
from tests.servers import wait_until


@pytest.fixture
def network(hall):
    """What stands between phones and the server; calm until a test says otherwise."""
    proxy = FaultyProxy(hall.port, CALM, seed=1928)
    proxy.start()
    yield proxy
    proxy.stop()


@pytest.fixture
def far_phone(chromium, network):
    """``far_phone()``: a browser that reaches the server through the network only."""
    phones = Phones(network.url)
    yield lambda: phones.new(chromium)
    phones.close()
    assert phones.faults == []


def answer(page, number, words, changes_mind):
    """Choose, perhaps something else first, then go on."""
    if changes_mind:
        page.locator(".item:not([hidden]) .option input").last.check()
        if page.locator(".item:not([hidden]) input[type=checkbox]").count() > 1:
            page.locator(".item:not([hidden]) .option input").last.uncheck()
    choose(page, words)
    press(page, "Periksa" if number == len(ANSWERS) else "Berikutnya")


@pytest.mark.long
def test_three_browsers_lose_nothing_on_a_network_from_hell(
    far_phone, network, make, event, sitting
):
    people = [make.enrolment(event) for _ in range(3)]
    attempts = [
        make.attempt(sitting, person, started_at=make.now - timedelta(seconds=30))
        for person in people
    ]
    pages = [far_phone() for _ in people]
    for page, person, attempt in zip(pages, people, attempts, strict=True):
        page.goto(f"/k/{make.token(person)}")
        page.goto(f"/kuis/{attempt.uid}")
        heading(page, "Soal 1 dari 6")

    network.weather = HELL
    for number, words in enumerate(ANSWERS, start=1):
        for place, page in enumerate(pages):
            page.context.set_offline(place == 0 and number > 4)
            answer(page, number, words, changes_mind=(place + number) % 2 == 0)
    for page in pages:
        send(page)
    wait_until(lambda: all(each.submitted_at for each in stored(make, Attempt)[1:]))
    still_open = make.fresh(attempts[0]).submitted_at
    pages[0].context.set_offline(False)
    wait_until(lambda: all(attempt.submitted_at for attempt in stored(make, Attempt)))
    network.weather = CALM

    assert still_open is None
    for page, attempt in zip(pages, attempts, strict=True):
        keys = {p: list(asked.item.keys) for p, asked in asked_in(make.session, attempt).items()}
        there = {p: row.chosen for p, row in responses_of(make.session, attempt).items()}
        outcome = page.context.new_page()
        outcome.goto(f"/kuis/{attempt.uid}/hasil")
        assert there == keys
        expect(outcome.locator("body")).to_contain_text(make.fresh(attempt).receipt)
    assert network.seen["lost requests"] > 0
    assert network.seen["lost replies"] > 0
