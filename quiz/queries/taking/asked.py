"""What an attempt asks and what is stored of it: item versions and responses by position."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from quiz.assessment.forms.crossing import FormName
from quiz.assessment.items.item import Chosen, Item, Status
from quiz.models.bank.items import ItemVersion
from quiz.models.events.events import Sitting
from quiz.models.events.forms import FormChoice, StoredSlot
from quiz.models.taking.attempts import Attempt, StoredResponse


@dataclass(frozen=True)
class Asked:
    """One position of a form as one status meets it."""

    position: int
    version_id: int
    version_uid: str
    item: Item


@dataclass(frozen=True)
class Sheet:
    """A prepared form as one person meets it: what a status is asked, in the order of a seed."""

    sitting: Sitting
    status: Status
    seed: str
    form: FormName = FormName.A


def sheet_of(attempt: Attempt) -> Sheet:
    """The attempt's own. Reads its sitting and enrolment."""
    return Sheet(attempt.sitting, attempt.enrolment.status, attempt.seed, attempt.form)


_CACHE_SIZE = 256

_cache: dict[tuple[str, datetime, FormName, Status], Mapping[int, Asked]] = {}


def form_for(
    session: Session, sitting: Sitting, status: Status, form: FormName = FormName.A
) -> Mapping[int, Asked]:
    """Position → what is asked there of people with ``status``; empty when not prepared for them.

    A prepared form never changes (an item swapped by hand prepares it anew), so it is kept in
    memory under its preparation time: at most one query per process, sitting, form and status.
    """
    if sitting.prepared_at is None:
        return {}
    key = (sitting.uid, sitting.prepared_at, form, status)
    kept = _cache.get(key)
    if kept is not None:
        return kept
    asked = _read_form(session, sitting, status, form)
    if asked:
        while len(_cache) >= _CACHE_SIZE:
            oldest = next(iter(_cache.copy()))  # what a page has read stays till its end
            _cache.pop(oldest, None)
        _cache[key] = asked
    return asked


def _read_form(
    session: Session, sitting: Sitting, status: Status, form: FormName
) -> Mapping[int, Asked]:
    rows = session.execute(
        select(StoredSlot.position, ItemVersion.id, ItemVersion.uid, ItemVersion.content)
        .join(FormChoice, FormChoice.slot_id == StoredSlot.id)
        .join(ItemVersion, ItemVersion.id == FormChoice.item_version_id)
        .where(
            StoredSlot.sitting_id == sitting.id,
            StoredSlot.form == form,
            FormChoice.status == status,
        )
        .order_by(StoredSlot.position)
    )
    return {
        position: Asked(position, version_id, uid, Item.from_json(content))
        for position, version_id, uid, content in rows
    }


def asked_in(session: Session, attempt: Attempt) -> dict[int, Asked]:
    """Position → what the attempt asks there. Reads its sitting and enrolment."""
    return dict(form_for(session, attempt.sitting, attempt.enrolment.status, attempt.form))


def responses_of(session: Session, attempt: Attempt) -> dict[int, StoredResponse]:
    """Position → stored response, read anew: responses are written past the session's memory."""
    rows = session.scalars(
        select(StoredResponse).where(StoredResponse.attempt_id == attempt.id),
        execution_options={"populate_existing": True},
    )
    return {row.position: row for row in rows}


def chosen_at(responses: dict[int, StoredResponse], position: int) -> Chosen:
    """What was chosen at ``position``; () when blank."""
    row = responses.get(position)
    return tuple(row.chosen) if row else ()
