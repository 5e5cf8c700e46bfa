"""The form of an event, filled in when it is made, copied and changed."""

import re
from datetime import datetime
from random import SystemRandom
from string import ascii_uppercase
from typing import Any, Self

from wtforms import StringField, TextAreaField
from wtforms.validators import DataRequired, Length, Optional, Regexp, ValidationError

from quiz.codes import join_code
from quiz.database import db
from quiz.models import Event
from quiz.queries.events.events import event_with_code
from quiz.web import moments
from quiz.web.forms import Form, one_line

CODE_LETTERS = 4
"""Letters of a code the application makes, when the title has as many words."""


class EventForm(Form):
    """What an event is called, when and where it is, and who holds it. Times are WITA."""

    title = StringField(
        "Judul kegiatan",
        validators=[DataRequired("Tulis judul kegiatan."), Length(max=200)],
        filters=[one_line],
    )
    place = StringField("Tempat", validators=[Length(max=200)], filters=[one_line])
    day = moments.DayField("Tanggal")
    start = moments.ClockField("Mulai (WITA)")
    end = moments.ClockField("Selesai (WITA)")
    last_day = moments.DayField(
        "Tanggal selesai", description="Hanya bila kegiatan lebih dari satu hari."
    )
    organiser = StringField("Penyelenggara", validators=[Length(max=200)], filters=[one_line])
    speakers = TextAreaField(
        "Narasumber dan panitia",
        description="Satu orang per baris, misalnya: Dewi Larasati, narasumber.",
        validators=[Length(max=500, message="Paling banyak 500 huruf.")],
    )

    starts_at: datetime
    ends_at: datetime

    @classmethod
    def of(cls, event: Event) -> Self:
        """The form filled with what the event says."""
        day, start = moments.show(event.starts_at)
        last_day, end = moments.show(event.ends_at)
        later = last_day if last_day != day else ""
        return cls(obj=event, day=day, start=start, end=end, last_day=later)

    def validate(self, extra_validators: Any = None) -> bool:
        """Also that the event ends after it starts; sets ``starts_at`` and ``ends_at``."""
        fine = bool(super().validate(extra_validators))
        last_day = self.last_day if (self.last_day.data or "").strip() else self.day
        starts_at = moments.read(self.day, self.start)
        if starts_at is None:
            return False
        ends_at = moments.read(last_day, self.end)
        if ends_at is None:
            return False
        if ends_at <= starts_at:
            self.end.errors = ["Jam selesai harus sesudah jam mulai."]
            return False
        self.starts_at, self.ends_at = starts_at, ends_at
        return fine

    def write_to(self, event: Event) -> None:
        """Put what was typed into the event."""
        event.title, event.place = self.title.data, self.place.data or ""
        event.organiser = self.organiser.data or ""
        lines = (self.speakers.data or "").splitlines()
        event.speakers = "\n".join(filter(None, (" ".join(line.split()) for line in lines)))
        event.starts_at, event.ends_at = self.starts_at, self.ends_at


class NewEventForm(EventForm):
    """A new event: its code too."""

    code = StringField(
        "Kode kegiatan",
        description="Tertulis di layar depan, contoh LJN-482. Kosongkan agar dibuatkan.",
        validators=[
            Optional(),
            Regexp(
                r"^[A-Z]{2,8}-[0-9]{3}\Z",
                message="Kode terdiri atas 2 sampai 8 huruf, strip, dan 3 angka. Contoh: LJN-482.",
            ),
        ],
        filters=[lambda text: text.strip().upper() if text else text],
        render_kw={"autocapitalize": "characters", "spellcheck": "false"},
    )

    def validate_code(self, field: StringField) -> None:
        same = event_with_code(db.session, field.data) if field.data else None
        if same is not None:
            raise ValidationError(
                f"Kode ini sudah dipakai kegiatan {same.title}. Pilih kode lain, atau kosongkan."
            )

    @property
    def event_code(self) -> str:
        """The code typed, or a new one."""
        return self.code.data or _free_code(self.place.data or self.title.data)


def _free_code(words: str) -> str:
    """A code of the words' initials that no event has yet."""
    initials = "".join(re.findall(r"\b[A-Z]", words.upper()))[:CODE_LETTERS]
    letters = initials if len(initials) > 1 else "KGT"
    while True:
        code = join_code(SystemRandom(), letters)
        if event_with_code(db.session, code) is None:
            return code
        letters = initials[:CODE_LETTERS] + "".join(SystemRandom().choices(ascii_uppercase, k=2))
