"""Dates and times typed in WITA: their fields, and the moment they mean."""

from datetime import date, datetime

from wtforms import StringField
from wtforms.widgets import DateInput, TimeInput

from quiz.assessment.items.item import FIRST_YEAR, LAST_YEAR
from quiz.formats import parse_date, parse_wita, wita


class DayField(StringField):
    """A date; holds what was typed, so that a wrong one stays to be mended."""

    widget = DateInput()

    def process_data(self, value: date | str | None) -> None:
        """Take a row's own date as it would be typed."""
        super().process_data(value.isoformat() if isinstance(value, date) else value)


class ClockField(StringField):
    """A time of day in WITA; holds what was typed."""

    widget = TimeInput()


def show(moment: datetime) -> tuple[str, str]:
    """What the two fields hold for ``moment``: 2024-11-22 and 09:05."""
    there = wita(moment)
    return there.strftime("%Y-%m-%d"), there.strftime("%H:%M")


def read_iso(text: str) -> datetime | None:
    """The moment a text says in ISO 8601, naive where it names no zone.

    None outside ``FIRST_YEAR`` to ``LAST_YEAR``, where no other zone could say the same; raises
    ValueError for what is no moment.
    """
    moment = datetime.fromisoformat(text)
    return moment if FIRST_YEAR <= moment.year <= LAST_YEAR else None


def read_day(field: DayField) -> date | None:
    """The date the field means; None after putting at it why it cannot be read."""
    if not (field.data or "").strip():
        field.errors = [*field.errors, "Isi tanggalnya."]
        return None
    try:
        return parse_date(field.data or "")
    except ValueError as fault:
        field.errors = [*field.errors, str(fault)]
        return None


def read(day: DayField, clock: ClockField) -> datetime | None:
    """The moment the two fields mean; None after putting the fault at the field it belongs to."""
    for field, words in ((day, "Isi tanggalnya."), (clock, "Isi jamnya.")):
        if not (field.data or "").strip():
            field.errors = [*field.errors, words]
    if day.errors or clock.errors:
        return None
    try:
        return parse_wita(day.data or "", clock.data or "")
    except ValueError as fault:
        wrong = clock if str(fault).startswith("Jam") else day
        wrong.errors = [*wrong.errors, str(fault)]
        return None
