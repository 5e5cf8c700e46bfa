from datetime import datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quiz.assessment.attempt_state import (
    AttemptState,
    AttemptTimes,
    Outcome,
    SittingState,
    Verdict,
    outcome,
    sitting_state,
)
from tests.assessment.samples import MORNING, minutes

TAKEN = Verdict(accepted=True, late=False)
LATE = Verdict(accepted=True, late=True)
REFUSED = Verdict(accepted=False, late=False)


def at(minute: float) -> datetime:
    return MORNING + minutes(minute)


def times(**changed: float | None) -> AttemptTimes:
    """An attempt of 15 minutes in a sitting of 60; every argument in minutes."""
    given: dict[str, float | None] = {"started": 0, "submitted": None, "limit": 15, "extra": 0}
    given |= {"closes": 60, "grace": 10} | changed
    return AttemptTimes(
        started_at=at(given["started"] or 0),
        submitted_at=None if given["submitted"] is None else at(given["submitted"]),
        feedback_at=None if given.get("read") is None else at(given["read"] or 0),
        time_limit=None if given["limit"] is None else minutes(given["limit"]),
        extra=minutes(given["extra"] or 0),
        opens_at=at(-5),
        closes_at=at(given["closes"] or 0),
        grace=minutes(given["grace"] or 0),
    )


@pytest.mark.parametrize(
    ("attempt", "end"),
    [
        (times(limit=15), 15),
        (times(limit=15, extra=5), 20),
        (times(started=50, limit=15), 60),
        (times(started=50, limit=15, extra=30), 60),
        (times(limit=None), 60),
        (times(limit=None, extra=30), 60),
    ],
)
def test_end_is_the_own_limit_or_the_closing(attempt: AttemptTimes, end: float) -> None:
    assert attempt.end_at == at(end)
    assert attempt.accepts_until == at(end + 10)


@pytest.mark.parametrize(
    ("minute", "state"),
    [
        (0, AttemptState.RUNNING),
        (14.99, AttemptState.RUNNING),
        (15, AttemptState.AWAITING),
        (24.99, AttemptState.AWAITING),
        (25, AttemptState.FINISHED),
        (99, AttemptState.FINISHED),
    ],
)
def test_attempt_runs_then_awaits_then_is_finished(minute: float, state: AttemptState) -> None:
    assert times().state(at(minute)) is state


def test_what_only_the_clock_ended_runs_on_when_it_gets_more_time() -> None:
    ended, given_more = times(), times(extra=30)

    assert ended.state(at(26)) is AttemptState.FINISHED
    assert given_more.state(at(26)) is AttemptState.RUNNING


@pytest.mark.parametrize("closed", [{"submitted": 8}, {"read": 26}], ids=["by person", "read"])
def test_more_time_changes_nothing_once_handed_in_or_its_feedback_read(
    closed: dict[str, float | None],
) -> None:
    attempt = times(extra=30, **closed)

    assert attempt.state(at(26)) is AttemptState.FINISHED
    assert attempt.accepts(at(26), at(7)) == REFUSED


def test_nothing_changes_from_the_earliest_of_hand_in_reading_and_grace() -> None:
    assert times(submitted=8).settled_at == at(8)
    assert times(read=26).settled_at == at(25)
    assert times(extra=30, read=26).settled_at == at(26)


def test_submitted_attempt_is_finished_at_once_and_takes_nothing() -> None:
    attempt = times(submitted=8)

    assert attempt.state(at(8)) is AttemptState.FINISHED
    assert attempt.accepts(at(9), at(5)) == REFUSED


def test_without_grace_an_attempt_never_awaits() -> None:
    assert times(grace=0).state(at(15)) is AttemptState.FINISHED


def test_extending_the_sitting_lets_a_running_attempt_go_on() -> None:
    assert times(limit=None, closes=30).state(at(32)) is AttemptState.AWAITING
    assert times(limit=None, closes=45).state(at(32)) is AttemptState.RUNNING


@pytest.mark.parametrize(
    ("now", "given_at", "verdict"),
    [
        (5, 4, TAKEN),
        (5, None, TAKEN),
        (5, 900, TAKEN),
        (5, -900, TAKEN),
        (16, 14, LATE),
        (16, 15, LATE),
        (16, 15.01, REFUSED),
        (16, None, REFUSED),
        (16, 900, REFUSED),
        (16, -900, LATE),
        (15, 900, LATE),
        (24.99, 14, LATE),
        (25, 14, REFUSED),
    ],
)
def test_late_response_is_taken_only_when_given_by_the_end(
    now: float, given_at: float | None, verdict: Verdict
) -> None:
    given = None if given_at is None else at(given_at)

    assert times().accepts(at(now), given) == verdict


@given(st.integers(0, 120), st.integers(-50, 200), st.sampled_from([None, 5, 15, 90]))
def test_nothing_is_taken_once_finished_and_late_implies_awaiting(
    now: int, given_at: int, limit: int | None
) -> None:
    attempt = times(limit=limit)

    verdict = attempt.accepts(at(now), at(given_at))

    state = attempt.state(at(now))
    assert verdict.accepted or state is not AttemptState.RUNNING
    assert not (verdict.accepted and state is AttemptState.FINISHED)
    assert verdict.late == (verdict.accepted and state is AttemptState.AWAITING)


@pytest.mark.parametrize(
    ("prepared", "minute", "state"),
    [
        (False, -1, SittingState.NOT_PREPARED),
        (False, 0, SittingState.MISSED),
        (False, 31, SittingState.MISSED),
        (True, -1, SittingState.SCHEDULED),
        (True, 0, SittingState.OPEN),
        (True, 29.99, SittingState.OPEN),
        (True, 30, SittingState.CLOSED),
    ],
)
def test_sitting_is_open_when_prepared_and_within_its_window(
    prepared: bool, minute: float, state: SittingState
) -> None:
    prepared_at = at(-60) if prepared else None

    assert sitting_state(prepared_at, at(0), at(30), at(minute)) is state


def test_opening_now_and_closing_only_set_times() -> None:
    opened_now = sitting_state(at(-60), at(10), at(30), at(10))
    closed_now = sitting_state(at(-60), at(0), at(10), at(10))

    assert (opened_now, closed_now) == (SittingState.OPEN, SittingState.CLOSED)


def test_states_have_indonesian_labels() -> None:
    assert [state.label for state in AttemptState] == ["Berjalan", "Menunggu kiriman", "Selesai"]
    assert [state.label for state in SittingState] == [
        "Belum disiapkan",
        "Tetap tertutup, belum disiapkan",
        "Terjadwal",
        "Dibuka",
        "Ditutup",
    ]


def test_grace_is_ten_minutes_unless_said_otherwise() -> None:
    attempt = AttemptTimes(at(0), None, None, minutes(15), timedelta(0), at(0), at(60))

    assert attempt.accepts_until == at(25)


@pytest.mark.parametrize(
    ("by_person", "answered", "found"),
    [
        (True, True, Outcome.SUBMITTED),
        (True, False, Outcome.SUBMITTED),
        (False, True, Outcome.SUBMITTED),
        (False, False, Outcome.EMPTY),
    ],
)
def test_an_empty_attempt_is_one_that_only_time_ended(
    by_person: bool, answered: bool, found: Outcome
) -> None:
    state = AttemptState.FINISHED

    assert outcome(state, by_person=by_person, answered=answered, after_release=False) is found


@pytest.mark.parametrize("state", [AttemptState.RUNNING, AttemptState.AWAITING])
def test_an_attempt_that_goes_on_is_no_outcome_yet(state: AttemptState) -> None:
    assert outcome(state, by_person=False, answered=True, after_release=False) == state.value


@pytest.mark.parametrize("state", list(AttemptState))
def test_who_answered_when_the_keys_were_out_is_counted_apart(state: AttemptState) -> None:
    found = outcome(state, by_person=True, answered=True, after_release=True)

    assert found is Outcome.AFTER_RELEASE
