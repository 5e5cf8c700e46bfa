"""When keys and explanations may leave the server: the rule of one row, without a database."""

from datetime import UTC, datetime, timedelta

import pytest

from quiz.assessment.attempt_state import AttemptState
from quiz.models import Sitting
from quiz.models.events.events import FeedbackMode

OPENS = datetime(2026, 11, 23, 1, 0, tzinfo=UTC)
CLOSES = OPENS + timedelta(hours=1)
OPEN, CLOSED = OPENS + timedelta(minutes=30), CLOSES

FINISHED = AttemptState.FINISHED
UNFINISHED = [AttemptState.RUNNING, AttemptState.AWAITING]


def sitting(mode: FeedbackMode, released_at: datetime | None = None) -> Sitting:
    return Sitting(
        prepared_at=OPENS,
        opens_at=OPENS,
        closes_at=CLOSES,
        feedback_mode=mode,
        released_at=released_at,
    )


@pytest.mark.parametrize("state", UNFINISHED)
@pytest.mark.parametrize("mode", list(FeedbackMode))
@pytest.mark.parametrize("released_at", [None, OPENS])
@pytest.mark.parametrize("now", [OPEN, CLOSED])
def test_unfinished_attempt_never_has_feedback(
    mode: FeedbackMode, released_at: datetime | None, state: AttemptState, now: datetime
) -> None:
    assert not sitting(mode, released_at).feedback_allowed(state, now)


@pytest.mark.parametrize(
    ("mode", "while_open", "after_close"),
    [
        (FeedbackMode.DELAYED, False, False),
        (FeedbackMode.AFTER_SUBMIT, True, True),
        (FeedbackMode.AFTER_CLOSE, False, True),
        (FeedbackMode.PER_ITEM, True, True),
    ],
)
def test_finished_attempt_has_feedback_when_the_mode_says(
    mode: FeedbackMode, while_open: bool, after_close: bool
) -> None:
    planned = sitting(mode)

    assert planned.feedback_allowed(FINISHED, CLOSED - timedelta(microseconds=1)) is while_open
    assert planned.feedback_allowed(FINISHED, CLOSED) is after_close


@pytest.mark.parametrize("mode", list(FeedbackMode))
def test_release_opens_every_mode_from_its_moment_on(mode: FeedbackMode) -> None:
    planned = sitting(mode, released_at=CLOSED)
    before = sitting(mode).feedback_allowed(FINISHED, CLOSED - timedelta(seconds=1))

    assert planned.feedback_allowed(FINISHED, CLOSED)
    assert planned.feedback_allowed(FINISHED, CLOSED - timedelta(seconds=1)) is before


def test_only_a_delayed_sitting_awaits_its_release() -> None:
    waiting = {mode for mode in FeedbackMode if sitting(mode).awaits_release}

    assert waiting == {FeedbackMode.DELAYED}
    assert not sitting(FeedbackMode.DELAYED, released_at=CLOSED).awaits_release


def test_only_per_item_locks_each_answer() -> None:
    assert {mode for mode in FeedbackMode if sitting(mode).per_item} == {FeedbackMode.PER_ITEM}
