"""Units and their kinds: where people work, and how small units are pooled in reports."""

from datetime import datetime
from typing import Optional

from sqlalchemy import ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column, relationship

from quiz.models.base import Base, PublicUid

FIRST_KINDS = (
    ("kecamatan", "Kantor kecamatan"),
    ("upt-pendidikan", "UPT pendidikan"),
    ("upt-kesehatan", "UPT kesehatan"),
    ("upt-teknis", "UPT teknis"),
    ("desa", "Pemerintah desa"),
)
"""Kinds a new database starts with (code, name); offices add and rename their own."""


class UnitKind(Base):
    """A kind of unit, such as UPT kesehatan; small units are pooled by kind."""

    __tablename__ = "unit_kind"

    code: Mapped[str] = mapped_column(String(40), unique=True)
    name: Mapped[str] = mapped_column(String(120), unique=True)
    position: Mapped[int] = mapped_column(default=0)

    units: Mapped[list["Unit"]] = relationship(back_populates="kind")


class Unit(PublicUid, Base):
    """A unit of work; renamed, merged and retired, never deleted while somebody belonged to it."""

    __tablename__ = "unit"

    code: Mapped[str] = mapped_column(String(40), unique=True)
    name: Mapped[str] = mapped_column(String(160), unique=True)
    kind_id: Mapped[int] = mapped_column(ForeignKey("unit_kind.id"))
    retired_at: Mapped[datetime | None]
    merged_into_id: Mapped[int | None] = mapped_column(ForeignKey("unit.id"))

    kind: Mapped[UnitKind] = relationship(back_populates="units", lazy="joined")
    merged_into: Mapped[Optional["Unit"]] = relationship(remote_side="Unit.id")

    @property
    def active(self) -> bool:
        """True while the unit can be chosen for people and rosters."""
        return self.retired_at is None and self.merged_into_id is None

    def merge_into(self, other: "Unit") -> None:
        """Mark this unit as continued by ``other``; rows that point here stay as they are.

        Raises ValueError (Indonesian) when that would make a circle or ``other`` is not active.
        """
        if other is self or not other.active:
            raise ValueError("Pilih unit tujuan yang masih aktif dan bukan unit ini sendiri.")
        self.merged_into = other

    def undo_merge(self) -> None:
        """Take a merge back; nothing else has to change."""
        self.merged_into = None
