"""The server's clock leaps while people work: what they gave stays, and time put right goes on."""

from datetime import timedelta

import pytest
import time_machine
from sqlalchemy import select

from quiz.models import Attempt, StoredResponse
from quiz.models.events.events import Phase
from tests.reading import stored

MINUTE, HOUR, DAY = timedelta(minutes=1), timedelta(hours=1), timedelta(days=1)
FAR = [-26 * 365 * DAY, -DAY, -HOUR, HOUR, DAY, 20 * DAY]
"""An empty battery, a wrong day, a wrong zone, and the same ahead."""


@pytest.fixture
def enrolment(make, ani):
    return make.enrolment(user=ani)


@pytest.fixture
def attempt(make, enrolment):
    """Begun five minutes ago, in a sitting that closes in twenty."""
    sitting = make.sitting(
        enrolment.event,
        Phase.POST,
        opens_at=make.now - 10 * MINUTE,
        closes_at=make.now + 20 * MINUTE,
        time_limit_minutes=20,
    )
    attempt = make.attempt(sitting, enrolment, started_at=make.now - 5 * MINUTE)
    make.session.commit()
    return attempt


@pytest.fixture
def phone(client_for, enrolment):
    return client_for(enrolment)


def tap(phone, attempt, position, revision):
    payload = {"chosen": ["a"], "confidence": None, "revision": revision, "at": None}
    return phone.send_json(f"/kuis/{attempt.uid}/jawaban/{position}", payload)


def given(make):
    return {(row.position, row.revision) for row in stored(make, StoredResponse)}


@pytest.mark.parametrize("leap", FAR, ids=str)
def test_what_was_given_before_a_leap_stays_and_the_attempt_goes_on_after_it(
    make, phone, attempt, leap
):
    first = tap(phone, attempt, 1, 1_000_001)
    with time_machine.travel(make.now + leap, tick=False):
        meanwhile = tap(phone, attempt, 2, 1_000_002)
        for address in (f"/kuis/{attempt.uid}", f"/kuis/{attempt.uid}/keadaan", "/", "/sehat"):
            assert phone.get(address).status_code < 500, address

    again = tap(phone, attempt, 2, 1_000_003)

    assert (first.status_code, again.status_code) == (200, 200)
    assert meanwhile.status_code in {200, 409}
    assert given(make) == {(1, 1_000_001), (2, 1_000_003)}
    [kept] = make.session.scalars(select(Attempt)).all()
    assert (kept.submitted_at, kept.feedback_at) == (None, None)


@pytest.mark.parametrize("leap", [leap for leap in FAR if leap > timedelta(0)], ids=str)
def test_what_a_clock_ahead_handed_in_runs_on_when_it_is_put_right(make, phone, attempt, leap):
    tap(phone, attempt, 1, 1_000_001)
    with time_machine.travel(make.now + leap, tick=False):
        payload = {"responses": [], "by": "clock"}
        phone.send_json(f"/kuis/{attempt.uid}/selesai", payload, method="POST")

    assert tap(phone, attempt, 2, 1_000_002).status_code == 200
    assert given(make) == {(1, 1_000_001), (2, 1_000_002)}


@pytest.mark.parametrize("leap", FAR, ids=str)
def test_a_response_given_under_a_wrong_clock_gives_way_to_a_newer_one(make, phone, attempt, leap):
    with time_machine.travel(make.now + leap, tick=False):
        tap(phone, attempt, 1, 1_000_001)

    assert tap(phone, attempt, 1, 1_000_002).status_code == 200
    assert given(make) == {(1, 1_000_002)}


def test_a_leap_longer_than_a_session_asks_for_the_card_and_loses_nothing(
    make, phone, attempt, enrolment
):
    tap(phone, attempt, 1, 1_000_001)
    with time_machine.travel(make.now + 4000 * DAY, tick=False):
        refused = tap(phone, attempt, 2, 1_000_002)

    again = tap(phone.log_in(enrolment), attempt, 2, 1_000_002)

    assert (refused.status_code, again.status_code) == (401, 200)
    assert given(make) == {(1, 1_000_001), (2, 1_000_002)}
