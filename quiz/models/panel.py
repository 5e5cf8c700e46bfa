"""Ratings of judgement items by trainers, and the version they lead to.

Ratings belong to a wording, what raters read: stem and options. They survive a new version with
the same words and other values, and count for nothing once the words change. A rating is final:
whoever has given theirs sees those of others.
"""

import hashlib
import json
from collections import defaultdict
from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKey, String, UniqueConstraint, select
from sqlalchemy.orm import Mapped, Session, mapped_column

from quiz.assessment.item import Item
from quiz.assessment.item_types.judgement import HIGHEST, LOWEST
from quiz.assessment.panel import Panel, Ratings, keyed_by, panel
from quiz.models.bank import BankItem, ItemVersion
from quiz.models.base import Base
from quiz.models.citations import cite_new_versions
from quiz.models.refusals import Refused

PANEL_NOTE = "kunci menurut panel"


class PanelRating(Base):
    """What one person thinks one option of a wording is worth."""

    __tablename__ = "panel_rating"
    __table_args__ = (
        UniqueConstraint("wording", "rater_id", "place"),
        CheckConstraint(f"value BETWEEN {LOWEST} AND {HIGHEST}", name="value"),
    )

    wording: Mapped[str] = mapped_column(String(32))
    rater_id: Mapped[int] = mapped_column(ForeignKey("user.id"))
    place: Mapped[int]
    value: Mapped[int]
    rated_at: Mapped[datetime]


def wording_of(item: Item) -> str:
    """32 hex digits over what a rater reads: code, stem and option texts, in order."""
    read = [item.code, item.stem, [option.text for option in item.options]]
    return hashlib.sha256(json.dumps(read).encode()).hexdigest()[:32]


def ratings_of(session: Session, item: Item) -> dict[int, Ratings]:
    """Rater's id → their ratings of this wording. One query."""
    found: defaultdict[int, dict[int, int]] = defaultdict(dict)
    rows = session.scalars(select(PanelRating).where(PanelRating.wording == wording_of(item)))
    for row in rows:
        found[row.rater_id][row.place] = row.value
    return dict(found)


def panel_of(session: Session, item: Item) -> Panel:
    """What everybody who rated this wording says together. One query."""
    return panel(item, ratings_of(session, item).values())


def rate(
    session: Session, bank_item: BankItem, rater_id: int, ratings: Ratings, now: datetime
) -> ItemVersion | None:
    """Record a person's ratings of the version shown; the new version when the key follows.

    Raises Refused for an item that is retired, was rated by this person already, or whose options
    are not all rated from 1 to 5.
    """
    version = bank_item.published or bank_item.draft
    if version is None or bank_item.retired_at is not None:
        raise Refused(f"Soal {bank_item.code} tidak dipakai lagi, jadi tidak dinilai.")
    item = version.item
    if rater_id in ratings_of(session, item):
        raise Refused("Anda sudah menilai soal ini. Penilaian tidak dapat diubah.")
    places = list(range(1, len(item.options) + 1))
    if sorted(ratings) != places or not all(LOWEST <= v <= HIGHEST for v in ratings.values()):
        raise Refused(f"Beri setiap pilihan nilai {LOWEST} sampai {HIGHEST}.")
    wording = wording_of(item)
    session.add_all(
        PanelRating(wording=wording, rater_id=rater_id, place=place, value=value, rated_at=now)
        for place, value in ratings.items()
    )
    session.flush()
    return _follow(session, bank_item, version, now)


def _follow(
    session: Session, bank_item: BankItem, version: ItemVersion, now: datetime
) -> ItemVersion | None:
    """A version keyed as the panel says, put in place of the rated one; None if nothing changes.

    The signature of the earlier version falls, as with any new text: somebody checks the key.
    """
    item = version.item
    keyed = keyed_by(item, panel_of(session, item))
    if keyed is None or (item.extra.get("panel") and keyed.options == item.options):
        return None
    new = bank_item.version_of(keyed, now, note=PANEL_NOTE)
    if bank_item.published is version:
        bank_item.publish(new)
    else:
        bank_item.draft = new
    bank_item.edited_at = now
    cite_new_versions(session)
    return new
