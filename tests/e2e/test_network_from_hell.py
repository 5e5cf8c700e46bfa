"""Browsers through a network that loses requests and replies: every answer arrives exactly once."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import expect

from tests.e2e.page import ANSWERS, choose, custody, heading, press, send
from tests.proxy import CALM, FaultyProxy, Weather
from tests.servers import wait_until

STORM = Weather(lost_requests=0.3, lost_replies=0.3, resets=0, slow=0.5, delay=0.3)
SLOW = Weather(slow=1, delay=1)
RESETS = Weather(lost_requests=0.4, lost_replies=0.1, late=0.1, resets=1, slow=0.5, delay=0.5)


@pytest.fixture
def network(hall) -> Iterator[FaultyProxy]:
    """Between phones and server; calm until a test says otherwise."""
    proxy = FaultyProxy(hall.port, CALM, seed=3)
    proxy.start()
    yield proxy
    proxy.stop()


@pytest.mark.parametrize("weather", [STORM, SLOW, RESETS], ids=["storm", "slow", "resets"])
def test_every_answer_arrives_exactly_once(
    enter, network, enrolment, attempt, stored, make, weather
):
    phone = enter(enrolment, base_url=network.url)
    phone.goto(f"/kuis/{attempt.uid}")
    heading(phone, "Soal 1 dari 6")
    network.weather = weather
    for number, words in enumerate(ANSWERS, start=1):
        choose(phone, "Salah" if words == "Benar" else words)
        choose(phone, words)
        press(phone, "Periksa" if number == len(ANSWERS) else "Berikutnya")
    expect(custody(phone)).to_have_text(["6 tersimpan di HP", "6 di server"])
    assert stored() == {position: [1] for position in range(1, 7)}
    send(phone)
    wait_until(lambda: make.fresh(attempt).submitted_at is not None)
    network.weather = CALM

    outcome = phone.context.new_page()
    outcome.goto(f"/kuis/{attempt.uid}/hasil")
    expect(outcome.locator("body")).to_contain_text(attempt.receipt)
    assert len(attempt.scores) == 1
    lost = network.seen["lost requests"] + network.seen["lost replies"]
    assert (lost > 0) is (weather is not SLOW)
