"""Rulings: those on a version, those a report must mention, those a person must be told."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session, contains_eager, joinedload

from quiz.assessment.scores.ruling import KIND_WORDS, ruling_words
from quiz.formats import date_id
from quiz.models import BankItem, FormChoice, ItemVersion, Sitting, StoredRuling, StoredSlot
from quiz.queries.scores.computed import ruling_from


def rulings_on(session: Session, version: ItemVersion) -> list[StoredRuling]:
    """Every ruling on a version, withdrawn ones too, newest first. One query."""
    return list(
        session.scalars(
            select(StoredRuling)
            .where(StoredRuling.item_version_id == version.id)
            .options(joinedload(StoredRuling.made_by), joinedload(StoredRuling.withdrawn_by))
            .order_by(StoredRuling.id.desc())
        )
    )


def ruling_on(session: Session, code: str, uid: str) -> StoredRuling | None:
    """The ruling ``uid`` if it is one on the item ``code``, with version and item. One query."""
    return session.scalar(
        select(StoredRuling)
        .join(StoredRuling.version)
        .join(ItemVersion.bank_item)
        .options(contains_eager(StoredRuling.version).contains_eager(ItemVersion.bank_item))
        .where(StoredRuling.uid == uid, BankItem.code == code)
    )


@dataclass(frozen=True)
class Correction:
    """A ruling in force as a report mentions it."""

    code: str
    kind: str
    made_at: datetime

    @property
    def words(self) -> str:
        """UJI-001, jawaban lain diterima juga (25 November 2026)"""
        return f"{self.code}, {self.kind} ({date_id(self.made_at)})"


def corrections(session: Session, sittings: Sequence[Sitting]) -> dict[int, list[Correction]]:
    """Sitting id → rulings in force on versions its form holds, oldest first. One query."""
    held = (
        select(StoredSlot.sitting_id, FormChoice.item_version_id)
        .join(FormChoice, FormChoice.slot_id == StoredSlot.id)
        .where(StoredSlot.sitting_id.in_([sitting.id for sitting in sittings]))
        .distinct()
        .subquery()
    )
    rows = session.execute(
        select(held.c.sitting_id, StoredRuling)
        .join(StoredRuling, StoredRuling.item_version_id == held.c.item_version_id)
        .join(StoredRuling.version)
        .join(ItemVersion.bank_item)
        .options(contains_eager(StoredRuling.version).contains_eager(ItemVersion.bank_item))
        .where(StoredRuling.withdrawn_at.is_(None))
        .order_by(StoredRuling.id)
    )
    found: defaultdict[int, list[Correction]] = defaultdict(list)
    for sitting_id, row in rows:
        kind = KIND_WORDS[ruling_from(row, row.version.uid).kind]
        found[sitting_id].append(Correction(row.version.bank_item.code, kind, row.made_at))
    return found


def correction_line(found: Sequence[Correction]) -> str | None:
    """The sentence a report carries; None where nothing was corrected."""
    if not found:
        return None
    items = len({correction.code for correction in found})
    listed = "; ".join(correction.words for correction in found)
    return f"{items} butir dikoreksi sesudah ada jawaban: {listed}."


@dataclass(frozen=True)
class ToldRuling:
    """A ruling in force as a participant is told of it."""

    words: str
    reason: str
    made_at: datetime


def told_rulings(session: Session, uids: Iterable[str]) -> dict[str, list[ToldRuling]]:
    """Version uid → what to say of the rulings in force on it, oldest first. One query."""
    rows = session.scalars(
        select(StoredRuling)
        .join(StoredRuling.version)
        .options(contains_eager(StoredRuling.version))
        .where(ItemVersion.uid.in_(list(uids)), StoredRuling.withdrawn_at.is_(None))
        .order_by(StoredRuling.id)
    )
    told: defaultdict[str, list[ToldRuling]] = defaultdict(list)
    for row in rows:
        words = ruling_words(row.version.item, ruling_from(row, row.version.uid))
        told[row.version.uid].append(ToldRuling(words, row.reason, row.made_at))
    return told
