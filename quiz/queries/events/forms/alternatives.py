"""Which items could stand at one position of a prepared form instead of the one that does."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from sqlalchemy import func, select
from sqlalchemy.orm import Session, joinedload

from quiz.assessment.forms.covering import apart
from quiz.assessment.forms.crossing import FormName
from quiz.assessment.forms.form import Candidate, Form, FormSlot
from quiz.assessment.forms.ties import fitting
from quiz.assessment.items.item import Item, Status
from quiz.assessment.quality.similarity import near_to
from quiz.models import FormChoice, ItemVersion, Sitting, StoredSlot
from quiz.queries.events.candidates import offered_to
from quiz.queries.events.forms.anchors import shown_with_keys, used_elsewhere
from quiz.queries.events.prepared import stored_forms
from quiz.queries.sources.known import sources


@dataclass(frozen=True)
class Place:
    """An item at a position of a form, and the statuses that are asked it.

    ``first`` is the version that *Siapkan* chose, where this one was put there by hand.
    """

    sitting: Sitting
    form: FormName
    slot: FormSlot
    version: ItemVersion
    statuses: frozenset[Status]
    first: ItemVersion | None


def places_at(session: Session, sitting: Sitting, form: FormName, position: int) -> list[Place]:
    """The items at that position, one for all statuses or several; [] where there is none. Two
    queries."""
    slots = {slot.position: slot for slot in stored_forms(session, sitting).get(form, ())}
    if position not in slots:
        return []
    choices = session.scalars(
        select(FormChoice)
        .join(FormChoice.slot)
        .where(
            StoredSlot.sitting_id == sitting.id,
            StoredSlot.form == form,
            StoredSlot.position == position,
        )
        .options(
            joinedload(FormChoice.version).joinedload(ItemVersion.bank_item),
            joinedload(FormChoice.chosen_first).joinedload(ItemVersion.bank_item),
        )
        .order_by(FormChoice.id)
    ).all()
    versions = {choice.version: choice.chosen_first for choice in choices}
    return [
        Place(
            sitting,
            form,
            slots[position],
            version,
            frozenset(choice.status for choice in choices if choice.version is version),
            first,
        )
        for version, first in versions.items()
    ]


def alternatives(session: Session, place: Place) -> list[ItemVersion]:
    """The versions that may stand there instead, by item code; the form stays what it promises.

    Each is published, law on the event's day, of the same topic, level and type, and meant for
    everybody who is asked the present one. None is asked elsewhere in the event or shown in its
    practice, kept apart from another item of the form, says nearly what another says, or holds an
    error the linter knows. A dozen queries.
    """
    forms = stored_forms(session, place.sitting)
    asked = {uid for form in forms.values() for slot in form for uid in slot.versions.values()}
    candidates = offered_to(session, place.sitting, asked)
    known = {each.version_uid: each for each in candidates}
    taken = _taken(place, forms, known)
    here, others = _beside(place, forms[place.form], known)
    elsewhere = used_elsewhere(session, place.sitting) | shown_with_keys(session, place.sitting)
    first = place.first.bank_item.code if place.first else None
    free = [
        each.version_uid
        for each in fitting(apart(candidates, others), here)
        if each.in_force
        and each.version_uid not in asked - {place.first.uid if place.first else ""}
        and each.group == place.slot.group
        and each.audience >= place.statuses
        and each.item_code not in taken
        and (each.item_code == first or each.item_code not in elsewhere)
    ]
    versions = session.scalars(
        select(ItemVersion)
        .where(ItemVersion.uid.in_(free))
        .options(joinedload(ItemVersion.bank_item))
    )
    found = sorted(versions, key=lambda version: version.bank_item.code)
    return list(_sound(session, found, _stems(session, place, forms[place.form])))


def _taken(
    place: Place, forms: Mapping[FormName, Form], candidates: Mapping[str, Candidate]
) -> set[str]:
    """Codes of the items that stand in the forms, but for the one here, of which a newer version
    may be wanted, and the one that stood here and still does in the other form."""
    at = place.slot.position
    free = {(place.form, at, place.version.bank_item.code)}
    if place.first is not None:
        free.add((place.form.other, at, place.first.bank_item.code))
    held = {
        (name, slot.position, candidates[uid].item_code)
        for name, form in forms.items()
        for slot in form
        for uid in slot.versions.values()
    }
    return {code for _, _, code in held - free}


def _beside(
    place: Place, form: Form, candidates: Mapping[str, Candidate]
) -> tuple[list[Candidate], list[Candidate]]:
    """The other items at the position, and those at the form's other positions."""
    here = [
        candidates[uid]
        for uid in set(place.slot.versions.values()) - {place.version.uid}
        if uid in candidates
    ]
    others = [
        candidates[uid]
        for slot in form
        if slot.position != place.slot.position
        for uid in set(slot.versions.values())
        if uid in candidates
    ]
    return here, others


def _stems(session: Session, place: Place, form: Form) -> dict[str, str]:
    """Version uid → stem, of the other items of the form."""
    uids = {uid for slot in form for uid in slot.versions.values()} - {place.version.uid}
    rows = session.scalars(select(ItemVersion).where(ItemVersion.uid.in_(uids)))
    return {version.uid: version.item.stem for version in rows}


def _sound(
    session: Session, versions: Iterable[ItemVersion], stems: Mapping[str, str]
) -> Iterator[ItemVersion]:
    items: dict[ItemVersion, Item] = {version: version.item for version in versions}
    alike = near_to({version.uid: item.stem for version, item in items.items()}, stems)
    known = sources(session)
    for version, item in items.items():
        faulty = any(finding.severity == "error" for finding in known.findings(item))
        if version.uid not in alike and not faulty:
            yield version


def uses_of(session: Session, versions: Iterable[ItemVersion]) -> dict[int, int]:
    """Bank item id → in how many sittings any version of it has stood. One query."""
    rows = session.execute(
        select(ItemVersion.bank_item_id, func.count(StoredSlot.sitting_id.distinct()))
        .join(FormChoice, FormChoice.item_version_id == ItemVersion.id)
        .join(StoredSlot, StoredSlot.id == FormChoice.slot_id)
        .where(ItemVersion.bank_item_id.in_([version.bank_item_id for version in versions]))
        .group_by(ItemVersion.bank_item_id)
    )
    return {item: sittings for item, sittings in rows}
