"""Preparing a sitting: *Siapkan* freezes its form, *Lengkapi* adds a status that came later."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from datetime import datetime
from random import Random
from typing import NamedTuple

from sqlalchemy import delete, select, update
from sqlalchemy.orm import Session

from quiz.assessment.forms.crossing import FormName
from quiz.assessment.forms.form import Blueprint, Form, Gap, like
from quiz.assessment.forms.parallel import Forms, complete_forms, parallel_forms, rather_alike
from quiz.assessment.forms.selection import prepare_form
from quiz.assessment.items.item import Status
from quiz.models.bank.items import ItemVersion
from quiz.models.events.events import Phase, Sitting
from quiz.models.events.forms import FormChoice, StoredSlot
from quiz.models.refusals import Refused
from quiz.queries.events.candidates import offered_to
from quiz.queries.events.forms.anchors import shown_with_keys, used_elsewhere
from quiz.queries.events.prepared import (
    blueprint_of,
    counterpart,
    has_attempts,
    roster_statuses,
    stored_form,
    stored_forms,
    version_ids,
)


def mark_anchors(session: Session, event_id: int) -> None:
    """Mark each slot of the event's forms by whether its people meet an item of it elsewhere too.

    In another sitting, or in its other form when they meet that. Two practices may share what they
    like. Done for all forms whenever one changes: an item repeated later makes both slots anchors.
    """
    rows = session.execute(
        select(
            StoredSlot.id,
            StoredSlot.sitting_id,
            StoredSlot.form,
            Sitting.crossed,
            Sitting.phase,
            ItemVersion.bank_item_id,
        )
        .join(Sitting, Sitting.id == StoredSlot.sitting_id)
        .join(FormChoice, FormChoice.slot_id == StoredSlot.id)
        .join(ItemVersion, ItemVersion.id == FormChoice.item_version_id)
        .where(Sitting.event_id == event_id)
    ).all()
    asked: defaultdict[int, set[_Asking]] = defaultdict(set)
    anchors = set()
    for _, sitting_id, form, crossed, phase, item in rows:
        asked[item].add(_Asking(sitting_id, form if crossed else None, phase))
    for slot, sitting_id, form, crossed, phase, item in rows:
        here = _Asking(sitting_id, form if crossed else None, phase)
        if any(here.meets(there) for there in asked[item]):
            anchors.add(slot)
    slots = {row[0] for row in rows}
    for anchor, which in ((True, anchors), (False, slots - anchors)):
        session.execute(update(StoredSlot).where(StoredSlot.id.in_(which)).values(anchor=anchor))


class _Asking(NamedTuple):
    """Where an item is asked; ``form`` only of a crossed sitting."""

    sitting_id: int
    form: FormName | None
    phase: Phase

    def meets(self, other: "_Asking") -> bool:
        """Whether somebody asked here is asked there too, and either counts."""
        if self.sitting_id == other.sitting_id or not (self.phase.counted or other.phase.counted):
            return False
        return self.form is None or self.form is not other.form


def prepare(session: Session, sitting: Sitting, now: datetime, seed: str) -> list[Gap]:
    """Freeze a form for every status on the roster, and what the quiz prescribes.

    A crossed one gets two, and its twin the same ones. Repeatable until the first attempt; the same
    ``seed`` and bank give the same form. Returns the gaps that prevent it, and then changes
    nothing. Raises Refused once an attempt exists, and for an empty roster or quiz.
    """
    pair = lock_pair(session, sitting)
    begun = next((each for each in pair if has_attempts(session, each)), None)
    if begun is sitting:
        raise Refused("Sesi ini sudah dikerjakan. Soalnya tidak dapat dipilih ulang.")
    if begun is not None:
        raise Refused(
            f"{begun.label} memakai soal yang sama, bersilang, dan sudah dikerjakan. Soalnya tidak "
            "dapat dipilih ulang."
        )
    statuses = roster_statuses(session, sitting.event_id)
    if not statuses:
        raise Refused("Daftar peserta masih kosong. Unggah daftar peserta dulu.")
    blueprint = blueprint_of(sitting.quiz)
    if not blueprint.slots:
        raise Refused(f"Kuis {sitting.quiz.title} belum punya kisi-kisi. Isi kisi-kisinya dulu.")
    forms = _chosen(session, sitting, blueprint, statuses, Random(seed))  # noqa: S311  # a shuffle to be repeated, not a secret
    if isinstance(forms, list):
        return forms
    for each in pair:
        unprepare(session, each)
        for name, form in forms.items():
            _store_new(session, each, name, form)
        _copy_prescriptions(each)
        each.prepared_at, each.seed = now, seed
    mark_anchors(session, sitting.event_id)
    return []


def _chosen(
    session: Session,
    sitting: Sitting,
    blueprint: Blueprint,
    statuses: Sequence[Status],
    rng: Random,
) -> Forms | list[Gap]:
    candidates = offered_to(session, sitting)
    used = used_elsewhere(session, sitting)
    if sitting.crossed:
        return parallel_forms(blueprint, candidates, statuses, rng, used)
    shown = shown_with_keys(session, sitting)
    single = prepare_form(blueprint, candidates, statuses, rng, used, shown)
    if isinstance(single, list):
        return single
    other = counterpart(session, sitting)
    if other is None:
        return {FormName.A: single}
    there = stored_form(session, other)
    if there:
        alike = prepare_form(like(there), candidates, statuses, rng, used, shown)
        return {FormName.A: rather_alike(single, alike)}
    both = parallel_forms(blueprint, candidates, statuses, rng, {*used, *shown})
    return {FormName.A: rather_alike(single, both if isinstance(both, list) else both[FormName.A])}


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
    pair = lock_pair(session, sitting)
    if sitting.prepared_at is None:
        raise Refused("Sesi ini belum disiapkan. Pakai Siapkan, bukan Lengkapi.")
    forms = stored_forms(session, sitting)
    missing = _not_served(forms, roster_statuses(session, sitting.event_id))
    if not missing:
        return []
    asked = {uid for form in forms.values() for slot in form for uid in slot.versions.values()}
    rng = Random(f"{sitting.seed}/{','.join(missing)}")  # noqa: S311  # to be repeated, no secret
    candidates = offered_to(session, sitting, asked)
    used = used_elsewhere(session, sitting)
    shown = shown_with_keys(session, sitting)
    completed = complete_forms(forms, candidates, missing, rng, used, shown)
    if isinstance(completed, list):
        return completed
    for each in pair:
        for name, form in forms.items():
            _store_added(session, each, name, form, completed[name])
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


def lock_pair(session: Session, sitting: Sitting) -> Sequence[Sitting]:
    """Hold its row and its twin's, so that nobody starts while forms are being chosen."""
    session.flush()
    pair = sitting.pair
    for each in sorted(pair, key=lambda each: each.id):
        session.refresh(each, with_for_update=True)
    return pair


def _not_served(forms: Forms, statuses: Sequence[Status]) -> list[Status]:
    slots = [slot for form in forms.values() for slot in form]
    return [status for status in statuses if any(status not in slot.versions for slot in slots)]


def _store_new(session: Session, sitting: Sitting, name: FormName, form: Form) -> None:
    ids = version_ids(session, form)
    for slot in form:
        row = StoredSlot(
            sitting_id=sitting.id,
            form=name,
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


def _store_added(
    session: Session, sitting: Sitting, name: FormName, form: Form, completed: Form
) -> None:
    ids = version_ids(session, completed)
    rows = session.execute(
        select(StoredSlot.position, StoredSlot.id).where(
            StoredSlot.sitting_id == sitting.id, StoredSlot.form == name
        )
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
