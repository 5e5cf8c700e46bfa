"""What the installation remembers about itself: what the office set, and small facts."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Self

from sqlalchemy import String, Text
from sqlalchemy.orm import Mapped, mapped_column

from quiz.models.base import Base


class Setting(Base):
    """A named value."""

    __tablename__ = "setting"

    key: Mapped[str] = mapped_column(String(60), unique=True)
    value: Mapped[str] = mapped_column(Text)


FOLDER_KEY = "questions_digest"

PRACTICE_KEY = "practice_item"

ABBREVIATIONS_KEY = "abbreviations"
"""What abbreviations stand for, as JSON."""

DEMO_KEY = "demo"
"""Present in a database that holds an invented event: its stage and seed."""


RETENTION_DAYS = 90
"""Days after the last sitting of an event for which its names are kept."""


DEMANDED = "wajib"
"""What ``Office.second_step`` says where every member of staff must have one."""

REACHED_KEY = "reached"
"""By which of its names other machines came, and when, as JSON."""


@dataclass(frozen=True)
class Office:
    """Whose installation this is and where people find it; each field is a key of the table.

    Addresses are empty where none is set; ``second_step`` is empty or ``DEMANDED``.
    ``letterhead_name`` may have several lines; without it papers carry the organisation's name.
    People turn to ``privacy_contact`` about what is stored of them; ``privacy_officer`` is who the
    office has named to watch over it.
    """

    organisation: str = "Kesbangpol Kutai Kartanegara"
    hall_url: str = ""
    office_url: str = ""
    letterhead_name: str = ""
    letterhead_address: str = ""
    letterhead_contact: str = ""
    privacy_officer: str = ""
    privacy_contact: str = ""
    second_step: str = ""

    @classmethod
    def from_stored(cls, stored: Mapping[str, str]) -> Self:
        """From the table's values by key; whatever was never set keeps its default."""
        return cls(**{name: stored[name] for name in OFFICE_PARTS if name in stored})

    @property
    def letterhead(self) -> list[str]:
        """The lines of the office's name at the head of papers."""
        return self.letterhead_name.splitlines() or [self.organisation]


@dataclass(frozen=True)
class Retention:
    """How long people of an event are kept: ``days`` after its last sitting.

    Nothing is erased before ``not_before``, so that whoever shortens the time by mistake has time
    to notice.
    """

    days: int = RETENTION_DAYS
    not_before: datetime | None = None

    @classmethod
    def from_stored(cls, stored: str | None) -> Self:
        """From the table's value; the first one where nothing was ever set."""
        told = json.loads(stored or "{}")
        moment = told.get("not_before")
        since = datetime.fromisoformat(moment) if moment else None
        return cls(told.get("days", cls.days), since)

    @property
    def length(self) -> timedelta:
        """``days`` as a length of time."""
        return timedelta(days=self.days)

    @property
    def stored(self) -> str:
        """As the table holds it."""
        since = self.not_before.isoformat() if self.not_before else None
        return json.dumps({"days": self.days, "not_before": since})

    def changed_to(self, days: int, now: datetime) -> "Retention":
        """What holds once somebody sets ``days``."""
        respite = self.not_before
        if days < self.days:
            respite = max(now + RESPITE, respite or now)
        return Retention(days, respite)

    def erases_at(self, last: datetime, keep_until: datetime | None) -> datetime:
        """When the people of an event go whose last sitting ended at ``last``."""
        moments = (last + self.length, keep_until, self.not_before)
        return max(moment for moment in moments if moment is not None)


RETENTION_KEY = "retention"

UNCLEARED_KEY = "uncleared"
"""Present from an erasure until what the database freed by it is overwritten and backed up."""

CLOCK_KEY = "clock"
"""When the server last found its clock right, as an ISO moment."""

LEAP = timedelta(days=30)
"""How far the clock may run ahead from one look to the next before nothing is erased by it."""

RESPITE = timedelta(days=7)
"""How long a shorter time waits before anything is erased by it."""

SHORTEST_DAYS, LONGEST_DAYS = 14, 1825


OFFICE_PARTS = {
    "organisation": "Nama organisasi",
    "hall_url": "Alamat ruangan",
    "office_url": "Alamat kantor",
    "letterhead_name": "Nama instansi pada kop",
    "letterhead_address": "Alamat pada kop",
    "letterhead_contact": "Telepon dan surel pada kop",
    "privacy_officer": "Pejabat pelindungan data pribadi",
    "privacy_contact": "Kontak urusan data pribadi",
    "second_step": "Verifikasi dua langkah",
}
"""Each field of Office as pages call it."""
