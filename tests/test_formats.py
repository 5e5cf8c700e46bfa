from datetime import UTC, date, datetime, timedelta, timezone
from fractions import Fraction

import pytest

from quiz import formats

FRIDAY_MORNING = datetime(2024, 11, 22, 1, 5, tzinfo=UTC)
LATE_THURSDAY_UTC = datetime(2024, 11, 21, 16, 30, tzinfo=UTC)


def test_moment_is_shown_on_the_clock_of_kalimantan_timur():
    assert formats.wita(FRIDAY_MORNING).isoformat() == "2024-11-22T09:05:00+08:00"


def test_moment_without_a_zone_is_refused():
    with pytest.raises(ValueError, match="no time zone"):
        formats.wita(FRIDAY_MORNING.replace(tzinfo=None))


def test_dates_and_times_are_written_in_indonesian():
    assert formats.date_id(date(2024, 11, 22)) == "22 November 2024"
    assert formats.date_id(date(2025, 5, 1)) == "1 Mei 2025"
    assert formats.day_date_id(date(2024, 11, 22)) == "Jumat, 22 November 2024"
    assert formats.day_date_id(date(2024, 11, 24)) == "Minggu, 24 November 2024"
    assert formats.time_id(FRIDAY_MORNING) == "09.05 WITA"
    assert formats.datetime_id(FRIDAY_MORNING) == "22 November 2024 pukul 09.05 WITA"


def test_date_of_a_moment_is_its_date_in_wita():
    assert formats.date_id(LATE_THURSDAY_UTC) == "22 November 2024"
    assert formats.day_date_id(LATE_THURSDAY_UTC) == "Jumat, 22 November 2024"
    assert formats.datetime_id(LATE_THURSDAY_UTC) == "22 November 2024 pukul 00.30 WITA"


def test_moment_in_another_zone_is_shown_in_wita():
    in_jakarta = FRIDAY_MORNING.astimezone(timezone(timedelta(hours=7)))

    assert formats.time_id(in_jakarta) == "09.05 WITA"


@pytest.mark.parametrize(
    ("length", "shown"),
    [
        (timedelta(minutes=9), "9 menit"),
        (timedelta(seconds=90), "1 menit 30 detik"),
        (timedelta(seconds=45, milliseconds=999), "45 detik"),
        (timedelta(hours=1, minutes=5, seconds=59), "1 jam 5 menit"),
        (timedelta(hours=1, seconds=30), "1 jam"),
        (timedelta(days=2, hours=3, minutes=4), "2 hari 3 jam"),
        (timedelta(0), "0 detik"),
        (timedelta(seconds=-5), "0 detik"),
    ],
)
def test_duration_is_written_in_two_units_at_most(length, shown):
    assert formats.duration_id(length) == shown


@pytest.mark.parametrize(
    ("day", "clock"),
    [
        ("2024-11-22", "09:05"),
        ("22/11/2024", "09.05"),
        (" 22-11-2024 ", "09:05:00"),
    ],
)
def test_typed_wita_becomes_utc(day, clock):
    assert formats.parse_wita(day, clock) == FRIDAY_MORNING


def test_parsed_moment_is_in_utc():
    assert formats.parse_wita("2024-11-22", "00:30").isoformat() == "2024-11-21T16:30:00+00:00"


@pytest.mark.parametrize(
    ("day", "clock", "sentence"),
    [
        ("31/11/2024", "09:05", "Tanggal “31/11/2024” tidak dikenal. Tulis seperti 22/11/2024."),
        ("", "09:05", "Tanggal “” tidak dikenal. Tulis seperti 22/11/2024."),
        ("2024-11-22", "25.00", "Jam “25.00” tidak dikenal. Tulis seperti 09.05."),
    ],
)
def test_a_date_or_time_that_is_none_is_named_with_an_example(day, clock, sentence):
    with pytest.raises(ValueError) as fault:
        formats.parse_wita(day, clock)

    assert str(fault.value) == sentence


@pytest.mark.parametrize(
    ("value", "places", "shown"),
    [
        (Fraction(125, 2), 1, "62,5"),
        (Fraction(25, 4), 1, "6,3"),
        (1234567.25, 1, "1.234.567,3"),
        (0, 2, "0,00"),
        (Fraction(-1, 3), 2, "-0,33"),
        (50, 0, "50"),
    ],
)
def test_decimals_have_a_comma(value, places, shown):
    assert formats.decimal_id(value, places) == shown


def test_percent_is_written_without_a_space():
    assert formats.percent_id(Fraction(125, 2)) == "63%"
    assert formats.percent_id(Fraction(125, 2), 1) == "62,5%"
    assert formats.percent_id(100) == "100%"


@pytest.mark.parametrize(
    ("score", "max_score", "shown"),
    [
        (Fraction(15, 2), Fraction(10), "7,5 dari 10"),
        (Fraction(20, 3), Fraction(10), "6,67 dari 10"),
        (Fraction(0), Fraction(20), "0 dari 20"),
        (Fraction(10), Fraction(10), "10 dari 10"),
        (Fraction(1000), Fraction(1200), "1.000 dari 1.200"),
    ],
)
def test_points_drop_zeros_behind_the_comma(score, max_score, shown):
    assert formats.points(score, max_score) == shown


def test_nip_shows_its_last_four_digits():
    assert formats.mask_nip("198001012005011234") == "…1234"
    assert formats.mask_nip(None) == ""
    assert formats.mask_nip("") == ""


def test_templates_reach_every_formatter_by_its_own_name():
    by_name = {name: getattr(formats, name) for name in formats.FILTERS}

    assert by_name == formats.FILTERS
    assert formats.FILTERS["percent_id"](Fraction(125, 2)) == "63%"
