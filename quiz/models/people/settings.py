"""What the installation remembers about itself: what the office set, and small facts."""

from collections.abc import Mapping
from dataclasses import dataclass
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
