"""What an item version leans on, as it read when the version was made.

A passage, an article or a claim that reads otherwise now flags exactly the versions that cite it:
they stay out of new forms until somebody has compared them and confirmed. Whether a version is
flagged is computed from checksums, never stored.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final, Literal

from sqlalchemy import ForeignKey, Index, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from quiz.assessment.items.item import Item
from quiz.models.base import Base

SourceKind = Literal["passage", "reference", "claim"]
PASSAGE: Final = "passage"
REFERENCE: Final = "reference"
CLAIM: Final = "claim"

LAW_READ = (
    *("law", "title", "article", "text", "verbatim", "valid_from", "valid_to"),
    *("successor", "changes"),
)

CLAIM_READ = ("statement", "references", "basis", "confidence")
"""Columns of an article and of a claim that an item rests on; any other may change freely."""

UNKNOWN = ""
"""The checksum of a code that leads nowhere."""


@dataclass(frozen=True)
class Source:
    """Something an item version cites."""

    kind: SourceKind
    code: str


class ItemCitation(Base):
    """One source of a version with the checksum of its text on the day it was last compared."""

    __tablename__ = "item_citation"
    __table_args__ = (
        UniqueConstraint("item_version_id", "kind", "code"),
        Index("ix_item_citation_source", "kind", "code"),
    )

    item_version_id: Mapped[int] = mapped_column(ForeignKey("item_version.id"))
    kind: Mapped[SourceKind] = mapped_column(String(12))
    code: Mapped[str] = mapped_column(String(80))
    checksum: Mapped[str] = mapped_column(String(64))


def sources_of(item: Item) -> Iterator[Source]:
    """Everything an item cites."""
    yield from (Source(PASSAGE, code) for code in item.passages)
    yield from (Source(REFERENCE, code) for code in item.references)
    yield from (Source(CLAIM, code) for code in item.claims)
