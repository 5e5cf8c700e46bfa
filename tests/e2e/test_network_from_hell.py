"""Browsers through a network that loses requests and replies: every answer arrives exactly once."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import expect

from tests.e2e.faulty_proxy import FaultyProxy, Weather
from tests.e2e.page import ANSWERS, choose, custody, heading, press, send

STORM = Weather(lost_before=0.3, lost_after=0.3, longest_wait=0.3)
SLOW = Weather(longest_wait=2)
RESETS = Weather(lost_before=0.1, lost_after=0.1, resets=0.3, longest_wait=0.5)
PATIENCE = 90_000


@pytest.fixture
def network(hall) -> Iterator[FaultyProxy]:
    """Between phones and server; calm until a test says otherwise."""
    proxy = FaultyProxy(hall.port, seed=3)
    yield proxy
    proxy.close()


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
    expect(custody(phone)).to_have_text(["6 tersimpan di HP", "6 di server"], timeout=PATIENCE)
    assert stored() == {position: [1] for position in range(1, 7)}
    send(phone)

    expect(phone).to_have_url(f"{network.url}/kuis/{attempt.uid}/hasil", timeout=PATIENCE)
    assert make.fresh(attempt).submitted_at is not None
    assert len(attempt.scores) == 1
    assert network.faults > 0 or weather is SLOW
