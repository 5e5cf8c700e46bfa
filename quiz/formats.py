"""How times and numbers are written on pages and papers; ``assessment/rounding.py`` rounds them.

Times are aware UTC inside and WITA (Asia/Makassar, UTC+8) here. Numbers have a decimal comma.
"""

import errno
from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from babel.dates import format_date

from quiz.assessment.items.item import FIRST_YEAR, LAST_YEAR
from quiz.assessment.rounding import Number, round_half_up, whole_percent

__all__ = ["Number", "round_half_up", "whole_percent"]
"""What else templates and files need of numbers."""

WITA = ZoneInfo("Asia/Makassar")

_DATE_PATTERNS = ("%Y-%m-%d", "%d/%m/%Y", "%d-%m-%Y")
_SEPARATORS = str.maketrans(",.", ".,")
_TIME_PATTERNS = ("%H:%M", "%H.%M", "%H:%M:%S")


def wita(moment: datetime) -> datetime:
    """The same moment on the clock of Kalimantan Timur.

    Raises ValueError for a time without a zone, which could be anybody's.
    """
    if moment.tzinfo is None:
        raise ValueError(f"{moment!r} has no time zone; times inside are aware UTC")
    return moment.astimezone(WITA)


def date_id(day: date | datetime) -> str:
    """22 November 2024. A moment gives its date in WITA."""
    return format_date(_day(day), "d MMMM y", locale="id")


def day_date_id(day: date | datetime) -> str:
    """Jumat, 22 November 2024. A moment gives its date in WITA."""
    return format_date(_day(day), "EEEE, d MMMM y", locale="id")


def time_id(moment: datetime) -> str:
    """09.05 WITA."""
    return wita(moment).strftime("%H.%M WITA")


def datetime_id(moment: datetime) -> str:
    """22 November 2024 pukul 09.05 WITA."""
    return f"{date_id(moment)} pukul {time_id(moment)}"


def when_id(moment: datetime, day: date | None) -> str:
    """09.05 WITA when ``moment`` is on that day in WITA (mostly today), else with its date."""
    same_day = day is not None and wita(moment).date() == _day(day)
    return time_id(moment) if same_day else datetime_id(moment)


def duration_id(length: timedelta) -> str:
    """1 jam 5 menit; 9 menit; 1 menit 30 detik; 2 hari 3 jam. Nothing smaller than a second.

    Two units at most, the rest cut off; a negative length counts as none.
    """
    seconds = max(0, int(length.total_seconds()))
    parts: list[tuple[int, str]] = []
    for size, word in ((86_400, "hari"), (3_600, "jam"), (60, "menit"), (1, "detik")):
        count, seconds = divmod(seconds, size)
        if count or parts:
            parts.append((count, word))
    shown = [f"{count} {word}" for count, word in parts[:2] if count]
    return " ".join(shown) or "0 detik"


def minutes_id(length: timedelta) -> str:
    """20 menit; below two minutes 95 detik. Whole minutes, the rest cut off, as the clock shows."""
    seconds = max(0, int(length.total_seconds()))
    return f"{seconds // 60} menit" if seconds >= 120 else f"{seconds} detik"


def ago_id(moment: datetime, now: datetime) -> str:
    """12 menit lalu; 2 hari 3 jam lalu; baru saja below a minute, and for what is still to come."""
    length = now - moment
    if length < timedelta(minutes=1):
        return "baru saja"
    return f"{duration_id(length - length % timedelta(minutes=1))} lalu"


def size_id(size: int) -> str:
    """A size in bytes: 0,4 MB; from 1.000 MB on 1,2 GB."""
    if size < 1_000_000_000:
        return f"{decimal_id(size / 1_000_000)} MB"
    return f"{decimal_id(size / 1_000_000_000)} GB"


def parse_wita(day: str, clock: str) -> datetime:
    """The aware UTC moment of a date and a time typed in WITA.

    ``day`` is 2024-11-22 (what a date field sends), 22/11/2024 or 22-11-2024; ``clock`` is 09:05,
    09:05:00 or 09.05. Raises ValueError with an Indonesian sentence for the page, also for a year
    outside ``FIRST_YEAR`` to ``LAST_YEAR``.
    """
    on = parse_date(day)
    at = _parse(clock, _TIME_PATTERNS, "Jam", "09.05").time()
    return datetime.combine(on, at, tzinfo=WITA).astimezone(UTC)


def parse_date(day: str) -> date:
    """A date as ``parse_wita`` reads it. Raises ValueError with an Indonesian sentence."""
    on = _parse(day, _DATE_PATTERNS, "Tanggal", "22/11/2024").date()
    if not FIRST_YEAR <= on.year <= LAST_YEAR:
        raise ValueError(
            f"Tahun {on.year} tidak mungkin. Isi tahun antara {FIRST_YEAR} dan {LAST_YEAR}."
        )
    return on


def decimal_id(value: Number, places: int = 1) -> str:
    """1.234,5: rounded half up, decimal comma, a dot between thousands."""
    return f"{round_half_up(value, places):,.{places}f}".translate(_SEPARATORS)


def signed_id(value: Number, places: int = 0) -> str:
    """A change: +5, -3, and 0 without a sign; rounded half up."""
    return f"{'+' if round_half_up(value, places) > 0 else ''}{decimal_id(value, places)}"


def percent_id(percent: Number, places: int = 0) -> str:
    """``percent``, from 0 to 100, as 63%."""
    return f"{decimal_id(percent, places)}%"


def points(score: Number, max_score: Number) -> str:
    """Points reached of those that could be: 7,5 dari 10. Two decimals at most, zeros dropped."""
    return f"{_short(score)} dari {_short(max_score)}"


def step_id(step: tuple[int, int]) -> str:
    """A count that is told between two ends: (3, 7) is 3–7."""
    low, high = step
    return f"{low}–{high}"


def why_id(error: OSError) -> str:
    """What the system refused: in Indonesian where we have a word for it."""
    return _REFUSALS.get(error.errno or 0, error.strerror or str(error))


_REFUSALS = {
    errno.ENOSPC: "cakram penuh",
    errno.EFBIG: "berkas menjadi terlalu besar untuk cakram ini",
    errno.EROFS: "cakram terpasang hanya-baca",
    errno.EACCES: "tidak diizinkan",
    errno.EPERM: "tidak diizinkan",
    errno.EIO: "cakram tidak terbaca atau tidak tertulis",
    errno.ENOENT: "berkas atau folder itu tidak ada",
    errno.EEXIST: "sudah ada berkas bernama itu",
    errno.ENOTDIR: "sebagian jalurnya berkas, bukan folder",
    errno.EISDIR: "itu folder, bukan berkas",
    errno.ENAMETOOLONG: "namanya terlalu panjang",
}


def mask_nip(nip: str | None, beside: str | None = None) -> str:
    """The last four digits of a NIP, …1234; the empty string for somebody without one.

    ``beside`` another NIP, as many more as tell the two apart.
    """
    if not nip:
        return ""
    shown = 4
    while beside and beside != nip and nip[-shown:] == beside[-shown:]:
        shown += 1
    return f"…{nip[-shown:]}"


FILTERS: dict[str, Callable[..., Any]] = {
    "ago_id": ago_id,
    "date_id": date_id,
    "datetime_id": datetime_id,
    "day_date_id": day_date_id,
    "decimal_id": decimal_id,
    "signed_id": signed_id,
    "size_id": size_id,
    "step_id": step_id,
    "duration_id": duration_id,
    "mask_nip": mask_nip,
    "minutes_id": minutes_id,
    "percent_id": percent_id,
    "points": points,
    "time_id": time_id,
    "when_id": when_id,
    "whole_percent": whole_percent,
    "wita": wita,
}
"""What templates may call, by name."""


def _day(day: date | datetime) -> date:
    return wita(day).date() if isinstance(day, datetime) else day


def _short(value: Number) -> str:
    text = decimal_id(value, 2)
    return text.rstrip("0").rstrip(",")


def _parse(text: str, patterns: tuple[str, ...], what: str, example: str) -> datetime:
    for pattern in patterns:
        try:
            return datetime.strptime(text.strip(), pattern).replace(tzinfo=WITA)
        except ValueError:
            continue
    raise ValueError(f"{what} “{text.strip()[:40]}” tidak dikenal. Tulis seperti {example}.")
