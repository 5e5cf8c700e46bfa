"""The form a person answers: which item version stands at which position for their status."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from quiz.assessment.item import Item, Status
from quiz.models.bank import ItemVersion
from quiz.models.events import FormChoice, FormSlotRow, Sitting


@dataclass(frozen=True)
class Asked:
    """One position of a form as one status meets it."""

    position: int
    version_id: int
    version_uid: str
    item: Item


_CACHE_SIZE = 256
_cache: dict[tuple[str, datetime, Status], Mapping[int, Asked]] = {}


def form_for(session: Session, sitting: Sitting, status: Status) -> Mapping[int, Asked]:
    """Position → what is asked there of people with ``status``; empty when not prepared for them.

    A prepared form never changes, so it is kept in memory under its preparation time: at most one
    query per process, sitting and status.
    """
    if sitting.prepared_at is None:
        return {}
    key = (sitting.uid, sitting.prepared_at, status)
    if key not in _cache:
        form = _read_form(session, sitting, status)
        if not form:
            return {}
        if len(_cache) >= _CACHE_SIZE:
            _cache.clear()
        _cache[key] = form
    return _cache[key]


def _read_form(session: Session, sitting: Sitting, status: Status) -> Mapping[int, Asked]:
    rows = session.execute(
        select(FormSlotRow.position, ItemVersion.id, ItemVersion.uid, ItemVersion.content)
        .join(FormChoice, FormChoice.slot_id == FormSlotRow.id)
        .join(ItemVersion, ItemVersion.id == FormChoice.item_version_id)
        .where(FormSlotRow.sitting_id == sitting.id, FormChoice.status == status)
        .order_by(FormSlotRow.position)
    )
    return {
        position: Asked(position, version_id, uid, Item.from_json(content))
        for position, version_id, uid, content in rows
    }
