"""Preparing a sitting: *Siapkan* freezes its form, *Lengkapi* adds a status that came later."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from datetime import datetime
from random import Random

from sqlalchemy import delete, select, update
from sqlalchemy.orm import Session

from quiz.assessment.forms.form import Form, Gap
from quiz.assessment.forms.selection import complete_form, prepare_form
from quiz.assessment.items.item import Status
from quiz.models.bank.items import ItemVersion
from quiz.models.events.events import Sitting
from quiz.models.events.forms import FormChoice, StoredSlot
from quiz.models.refusals import Refused
from quiz.queries.events.anchors import shown_with_keys, used_elsewhere
from quiz.queries.events.candidates import candidates_on
from quiz.queries.events.prepared import (
    blueprint_of,
    event_day,
    has_attempts,
    roster_statuses,
    stored_form,
    version_ids,
)


def mark_anchors(session: Session, event_id: int) -> None:
    """Mark each slot of the event's forms by whether another sitting asks an item of it.

    Two practices may share what they like. Done for all forms whenever one changes: an item
    repeated later makes both slots anchors.
    """
    rows = session.execute(
        select(StoredSlot.id, StoredSlot.sitting_id, Sitting.phase, ItemVersion.bank_item_id)
        .join(Sitting, Sitting.id == StoredSlot.sitting_id)
        .join(FormChoice, FormChoice.slot_id == StoredSlot.id)
        .join(ItemVersion, ItemVersion.id == FormChoice.item_version_id)
        .where(Sitting.event_id == event_id)
    ).all()
    asked: defaultdict[int, set[int]] = defaultdict(set)
    counted: defaultdict[int, set[int]] = defaultdict(set)
    for _, sitting_id, phase, item in rows:
        asked[item].add(sitting_id)
        if phase.counted:
            counted[item].add(sitting_id)
    slots = {slot for slot, _, _, _ in rows}
    anchors = {
        slot
        for slot, sitting_id, phase, item in rows
        if (asked if phase.counted else counted)[item] - {sitting_id}
    }
    for anchor, which in ((True, anchors), (False, slots - anchors)):
        session.execute(update(StoredSlot).where(StoredSlot.id.in_(which)).values(anchor=anchor))


def prepare(session: Session, sitting: Sitting, now: datetime, seed: str) -> list[Gap]:
    """Freeze a form for every status on the roster, and what the quiz prescribes.

    Repeatable until the first attempt; the same ``seed`` and bank give the same form. Returns the
    gaps that prevent it, and then changes nothing. Raises Refused once an attempt exists, and for
    an empty roster or quiz.
    """
    _lock(session, sitting)
    if has_attempts(session, sitting):
        raise Refused("Sesi ini sudah dikerjakan. Soalnya tidak dapat dipilih ulang.")
    statuses = roster_statuses(session, sitting.event_id)
    if not statuses:
        raise Refused("Daftar peserta masih kosong. Unggah daftar peserta dulu.")
    blueprint = blueprint_of(sitting.quiz)
    if not blueprint.slots:
        raise Refused(f"Kuis {sitting.quiz.title} belum punya kisi-kisi. Isi kisi-kisinya dulu.")
    form = prepare_form(
        blueprint,
        candidates_on(session, event_day(sitting), scored=sitting.phase.counted),
        statuses,
        Random(seed),  # noqa: S311  # a shuffle to be repeated, not a secret
        used_elsewhere(session, sitting),
        shown_with_keys(session, sitting),
    )
    if isinstance(form, list):
        return form
    unprepare(session, sitting)
    _store_new(session, sitting, form)
    _copy_prescriptions(sitting)
    sitting.prepared_at, sitting.seed = now, seed
    mark_anchors(session, sitting.event_id)
    return []


def prepare_all(
    session: Session, sittings: Iterable[Sitting], now: datetime, seed: str
) -> dict[Sitting, list[Gap]]:
    """Prepare those of ``sittings`` that are not, complete the others; returns the gaps of each.

    One with gaps stays as it was. Each has its own share of ``seed``. Raises Refused as ``prepare``
    does.
    """
    return {
        sitting: prepare(session, sitting, now, f"{seed}/{number}")
        if sitting.prepared_at is None
        else complete(session, sitting)
        for number, sitting in enumerate(sittings, start=1)
    }


def complete(session: Session, sitting: Sitting) -> list[Gap]:
    """Fill a prepared form for the statuses on the roster it does not serve yet.

    Touches only those: what others are asked stays. Returns the gaps, and then changes nothing.
    Raises Refused for a sitting that is not prepared.
    """
    _lock(session, sitting)
    if sitting.prepared_at is None:
        raise Refused("Sesi ini belum disiapkan. Pakai Siapkan, bukan Lengkapi.")
    form = stored_form(session, sitting)
    missing = _not_served(form, roster_statuses(session, sitting.event_id))
    if not missing:
        return []
    asked = {uid for slot in form for uid in slot.versions.values()}
    completed = complete_form(
        form,
        candidates_on(session, event_day(sitting), asked, scored=sitting.phase.counted),
        missing,
        Random(f"{sitting.seed}/{','.join(missing)}"),  # noqa: S311  # to be repeated, no secret
        used_elsewhere(session, sitting),
        shown_with_keys(session, sitting),
    )
    if isinstance(completed, list):
        return completed
    _store_added(session, sitting, form, completed)
    mark_anchors(session, sitting.event_id)
    return []


def unprepare(session: Session, sitting: Sitting) -> None:
    """Drop the form, so that the sitting has to be prepared again. Only before any attempt."""
    session.flush()
    slots = select(StoredSlot.id).where(StoredSlot.sitting_id == sitting.id)
    session.execute(delete(FormChoice).where(FormChoice.slot_id.in_(slots)))
    session.execute(delete(StoredSlot).where(StoredSlot.sitting_id == sitting.id))
    session.expire(sitting, ["slots"])
    sitting.prepared_at, sitting.seed = None, None


def _lock(session: Session, sitting: Sitting) -> None:
    """Hold the row, so that nobody starts an attempt while the form is being chosen."""
    session.flush()
    session.refresh(sitting, with_for_update=True)


def _not_served(form: Form, statuses: Sequence[Status]) -> list[Status]:
    return [status for status in statuses if any(status not in slot.versions for slot in form)]


def _store_new(session: Session, sitting: Sitting, form: Form) -> None:
    ids = version_ids(session, form)
    for slot in form:
        row = StoredSlot(
            sitting_id=sitting.id,
            position=slot.position,
            topic=slot.topic,
            level=slot.level.value,
            type=slot.type,
            anchor=slot.anchor,
        )
        row.choices = [
            FormChoice(status=status, item_version_id=ids[uid])
            for status, uid in slot.versions.items()
        ]
        session.add(row)
    session.flush()


def _store_added(session: Session, sitting: Sitting, form: Form, completed: Form) -> None:
    ids = version_ids(session, completed)
    rows = session.execute(
        select(StoredSlot.position, StoredSlot.id).where(StoredSlot.sitting_id == sitting.id)
    )
    slot_ids = {position: slot_id for position, slot_id in rows}
    for before, after in zip(form, completed, strict=True):
        for status in after.versions.keys() - before.versions.keys():
            session.add(
                FormChoice(
                    slot_id=slot_ids[after.position],
                    status=status,
                    item_version_id=ids[after.versions[status]],
                )
            )
    session.flush()


def _copy_prescriptions(sitting: Sitting) -> None:
    quiz = sitting.quiz
    sitting.time_limit_minutes = quiz.time_limit_minutes
    sitting.pass_mark = quiz.pass_mark
    sitting.shuffle_items = quiz.shuffle_items
    sitting.shuffle_options = quiz.shuffle_options
