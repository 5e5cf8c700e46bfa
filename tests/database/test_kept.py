"""Which backups stay, and which the clock asks for: plain rules over plain times."""

from datetime import UTC, datetime, timedelta

import pytest

from quiz.database.kept import (
    BEFOREHAND,
    DAYS,
    MIGRATIONS,
    RECENT,
    Kept,
    Occasion,
    due,
    newest,
    newest_first,
    read_name,
    surplus,
)

NOON = datetime(2026, 11, 23, 4, 0, tzinfo=UTC)
"""12.00 WITA."""

LATER = NOON + timedelta(days=1000)
"""When everything below has been made."""

MINUTE, DAY = timedelta(minutes=1), timedelta(days=1)


def kept(at: datetime, occasion: Occasion = Occasion.HAND) -> Kept:
    return Kept(at, occasion)


@pytest.mark.parametrize("occasion", Occasion)
def test_a_name_says_when_and_why(occasion: Occasion) -> None:
    made = Kept(NOON + timedelta(microseconds=7), occasion)

    assert read_name(made.name) == made


@pytest.mark.parametrize(
    "name",
    [
        "server.lock",
        "kuis-20261123-040000-000000-tangan.zip.bak",
        "kuis-20261199-040000-000000-tangan.zip",
        "kuis-20261123-040000-000000-lain.zip",
        "../kuis-20261123-040000-000000-tangan.zip",
        "sebelum-pulih-20261123-040000-000000.zip",
    ],
)
def test_other_names_are_not_ours(name: str) -> None:
    assert read_name(name) is None


def test_the_newest_stay_however_many_there_were_today() -> None:
    today = [kept(NOON + n * MINUTE) for n in range(RECENT + 5)]

    assert surplus(today, LATER) == set(today[:5])


def test_of_each_of_the_last_days_the_newest_stays() -> None:
    busy = [kept(NOON + n * MINUTE) for n in range(RECENT)]
    before = [kept(NOON - n * DAY + m * MINUTE) for n in range(1, DAYS + 2) for m in (0, 1)]

    gone = surplus([*busy, *before], LATER)

    stayed = {each.made_at for each in before} - {each.made_at for each in gone}
    assert stayed == {NOON - n * DAY + MINUTE for n in range(1, DAYS)}


def test_days_are_those_of_the_hall() -> None:
    late, early = NOON.replace(hour=15, minute=59), NOON.replace(hour=16, minute=1)
    newer = [kept(NOON + 5 * DAY + n * MINUTE) for n in range(RECENT)]

    assert surplus([kept(late), kept(early), *newer], LATER) == set()


def test_those_before_a_migration_outlive_many_events() -> None:
    migrations = [kept(NOON - n * DAY, Occasion.MIGRATION) for n in range(100, 105)]
    newer = [kept(NOON + n * DAY) for n in range(DAYS + RECENT)]

    assert surplus([*migrations, *newer], LATER) & set(migrations) == set(migrations[MIGRATIONS:])


def test_nothing_is_due_without_sittings() -> None:
    assert due(NOON, None, [], None) is None


@pytest.mark.parametrize(
    ("newest", "occasion"),
    [
        (None, Occasion.OPENING),
        (NOON - DAY, Occasion.OPENING),
        (NOON - MINUTE / 2, None),
    ],
)
def test_before_a_sitting_opens_one_is_due(
    newest: datetime | None, occasion: Occasion | None
) -> None:
    assert due(NOON, newest, [NOON + BEFOREHAND - MINUTE], None) is occasion


def test_none_is_due_long_before_nor_once_it_is_open() -> None:
    assert due(NOON, None, [NOON + BEFOREHAND + MINUTE], None) is None
    assert due(NOON, None, [NOON], None) is None


@pytest.mark.parametrize(
    ("newest", "last_in", "occasion"),
    [
        (NOON - 10 * MINUTE, NOON - MINUTE, Occasion.CLOSING),
        (None, NOON - 30 * DAY, Occasion.CLOSING),
        (NOON - MINUTE, NOON - 10 * MINUTE, None),
        (NOON - 10 * MINUTE, NOON + MINUTE, None),
    ],
)
def test_once_the_last_answers_are_in_one_is_due(
    newest: datetime | None, last_in: datetime, occasion: Occasion | None
) -> None:
    assert due(NOON, newest, [], last_in) is occasion


# A clock that was wrong


def test_what_is_dated_later_than_now_was_made_before() -> None:
    ahead, before, now = kept(NOON + 900 * DAY), kept(NOON - DAY), kept(NOON)

    assert newest_first([ahead, before, now], NOON) == [now, before, ahead]
    assert newest([ahead, before, now], NOON) == NOON
    assert newest([ahead], NOON) is None


def test_a_clock_that_was_ahead_stops_no_backup_by_itself() -> None:
    ahead = kept(NOON + 900 * DAY)

    made = due(NOON, newest([ahead], NOON), [NOON + BEFOREHAND - MINUTE], None)

    assert made is Occasion.OPENING


def test_backups_of_a_clock_that_was_ahead_push_out_no_newer_one() -> None:
    ahead = [kept(NOON + 900 * DAY + n * DAY) for n in range(RECENT + DAYS)]
    today = [kept(NOON - n * MINUTE) for n in range(RECENT)]

    assert surplus([*ahead, *today], NOON).isdisjoint(today)


def test_backups_of_a_clock_that_fell_back_push_out_only_what_is_older() -> None:
    """A laptop whose battery is empty wakes up in 2000; what it makes there is the newest."""
    year_2000 = NOON.replace(year=2000)
    there = [kept(year_2000 + n * MINUTE) for n in range(3)]

    assert surplus([*(kept(NOON - n * DAY) for n in range(40)), *there], LATER) >= set()
    gone = surplus([*(kept(NOON - n * DAY) for n in range(40)), *there], year_2000 + DAY)
    assert gone.isdisjoint(there)
