"""What items rest on: topics, passages of the material, law articles, checked claims.

All four can be started from files and edited in the browser; ``FileOwned`` keeps apart who changed
what, and ``actions.sources.stock.file_wins`` says whose text is taken.
"""

import hashlib
from datetime import date, datetime
from typing import Any

from sqlalchemy import ForeignKey, String, Text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from quiz.models.base import Base


class FileOwned:
    """Mixin: a record whose starting stock is a file.

    ``file_digest`` is what was last loaded; ``edited_at`` says the browser changed it since;
    ``pending`` holds the file's text when both changed (*berkas berbeda*).
    """

    file_digest: Mapped[str | None] = mapped_column(String(64))
    edited_at: Mapped[datetime | None]
    pending_digest: Mapped[str | None] = mapped_column(String(64))
    pending: Mapped[dict[str, Any] | None]


class Topic(FileOwned, Base):
    """What a group of items is about."""

    __tablename__ = "topic"

    code: Mapped[str] = mapped_column(String(40), unique=True)
    name: Mapped[str] = mapped_column(String(120))
    description: Mapped[str] = mapped_column(String(500), default="")
    position: Mapped[int] = mapped_column(default=0)


class Material(Base):
    """A text in passages: the sosialisasi itself (kind "talk"), or a short lesson on a topic."""

    __tablename__ = "material"

    code: Mapped[str] = mapped_column(String(60), unique=True)
    kind: Mapped[str] = mapped_column(String(12), default="talk")
    title: Mapped[str] = mapped_column(String(200))
    source: Mapped[str] = mapped_column(String(400), default="")
    topic: Mapped[str | None] = mapped_column(String(40))
    held_on: Mapped[date | None]
    position: Mapped[int] = mapped_column(default=0)

    passages: Mapped[list["Passage"]] = relationship(
        back_populates="material", order_by="Passage.position"
    )


class Passage(FileOwned, Base):
    """One or two sentences of a material; ``checksum`` tells an item's author it has changed."""

    __tablename__ = "passage"

    code: Mapped[str] = mapped_column(String(60), unique=True)
    material_id: Mapped[int] = mapped_column(ForeignKey("material.id"), index=True)
    position: Mapped[int]
    role: Mapped[str | None] = mapped_column(String(12))
    text: Mapped[str] = mapped_column(Text)
    checksum: Mapped[str] = mapped_column(String(64))

    material: Mapped[Material] = relationship(back_populates="passages")


class Reference(FileOwned, Base):
    """An article of law with the days on which it is in force."""

    __tablename__ = "reference"

    code: Mapped[str] = mapped_column(String(60), unique=True)
    law: Mapped[str] = mapped_column(String(120))
    title: Mapped[str] = mapped_column(String(400), default="")
    article: Mapped[str] = mapped_column(String(200), default="")
    text: Mapped[str] = mapped_column(Text, default="")
    verbatim: Mapped[bool] = mapped_column(default=False)
    valid_from: Mapped[date]
    valid_to: Mapped[date | None]
    successor: Mapped[str | None] = mapped_column(String(60))
    changes: Mapped[list[Any]] = mapped_column(default=list)

    @property
    def dated_changes(self) -> list[tuple[date, str]]:
        """When something happened to the article, and what."""
        return [(date.fromisoformat(change["date"]), change["note"]) for change in self.changes]

    def in_force(self, day: date) -> bool:
        """True when the article was law on ``day`` (both ends included)."""
        return self.valid_from <= day and (self.valid_to is None or day <= self.valid_to)


class Claim(FileOwned, Base):
    """A checked statement with its own confidence: tinggi, sedang or rendah."""

    __tablename__ = "claim"

    code: Mapped[str] = mapped_column(String(80), unique=True)
    statement: Mapped[str] = mapped_column(Text)
    references: Mapped[list[str]] = mapped_column(default=list)
    basis: Mapped[str] = mapped_column(String(500), default="")
    source: Mapped[list[str]] = mapped_column(default=list)
    confidence: Mapped[str] = mapped_column(String(10))


Record = Passage | Reference | Claim


def text_checksum(text: str) -> str:
    """SHA-256 (hex) of a passage's text: what tells an item's author that it has changed."""
    return hashlib.sha256(text.encode()).hexdigest()
