"""Where pre-test and post-test stand in an event."""

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from quiz.assessment.forms.timetable import (
    WINDOW,
    before_and_after,
    follow_up_on,
    usual_follow_up,
)

START = datetime(2024, 11, 22, 0, tzinfo=UTC)
EARLY = START - timedelta(days=3)


def minutes(number: int) -> timedelta:
    return timedelta(minutes=number)


def places(length: int, now: datetime = EARLY) -> list[int] | None:
    """Openings and closings in minutes from the event's start."""
    found = before_and_after(START, START + minutes(length), now)
    if found is None:
        return None
    return [(moment - START) // minutes(1) for window in found for moment in window]


def test_a_half_day_leaves_time_to_arrive_and_to_close() -> None:
    assert places(195) == [25, 50, 135, 160]  # 08.25 to 08.50, 10.15 to 10.40


@pytest.mark.parametrize("length", [90, 120, 240, 480, 3 * 1440])
def test_both_lie_inside_the_event_with_something_between(length: int) -> None:
    found = places(length)

    assert found is not None
    opens, closes, opens_again, closes_again = found
    assert 0 < opens < closes < opens_again < closes_again < length
    assert opens_again - closes >= 10
    assert closes - opens == closes_again - opens_again == WINDOW // minutes(1)


@pytest.mark.parametrize("length", [0, 30, 60, 70])
def test_too_short_an_event_gets_none(length: int) -> None:
    assert places(length) is None


def test_once_begun_only_what_is_left_counts() -> None:
    now = START + minutes(62)

    found = places(195, now)

    assert found is not None
    assert found[0] >= 62
    assert found[-1] < 195
    assert all(place % 5 == 0 for place in found)


@pytest.mark.parametrize("late", [140, 195, 500])
def test_too_late_in_the_event_gets_none(late: int) -> None:
    assert places(195, START + minutes(late)) is None


WITA = ZoneInfo("Asia/Makassar")


def test_a_follow_up_is_open_from_the_morning_until_the_next_evening() -> None:
    opens_at, closes_at = follow_up_on(date(2024, 11, 29), WITA)

    assert opens_at == datetime(2024, 11, 29, 0, tzinfo=UTC)  # 08.00 WITA
    assert closes_at == datetime(2024, 11, 30, 12, tzinfo=UTC)  # 20.00 WITA
    assert (opens_at.tzinfo, closes_at.tzinfo) == (UTC, UTC)


@pytest.mark.parametrize(
    ("number", "day"), [(0, date(2024, 11, 29)), (1, date(2025, 1, 1)), (2, date(2025, 1, 1))]
)
def test_follow_ups_are_usually_a_week_and_forty_days_after(number: int, day: date) -> None:
    late_evening = datetime(2024, 11, 22, 15, 30, tzinfo=UTC)  # 23.30 WITA

    assert usual_follow_up(late_evening, number, WITA) == follow_up_on(day, WITA)
