"""What a sitting is prepared from, and the form it was given."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from quiz.assessment.forms.crossing import FormName
from quiz.assessment.forms.form import Blueprint, BlueprintSlot, Form, FormSlot
from quiz.assessment.forms.parallel import Forms
from quiz.assessment.items.item import Level, Status
from quiz.formats import wita
from quiz.models.bank.items import ItemVersion
from quiz.models.events.enrolments import Enrolment
from quiz.models.events.events import Event, Phase, Sitting
from quiz.models.events.forms import FormChoice, StoredSlot
from quiz.models.events.quizzes import Quiz
from quiz.models.taking.attempts import Attempt


def has_attempts(session: Session, sitting: Sitting) -> bool:
    """True once somebody has started here, voided attempts included."""
    query = select(Attempt.id).where(Attempt.sitting_id == sitting.id).limit(1)
    return session.scalar(query) is not None


@dataclass(frozen=True)
class Work:
    """How many persons have started something in an event, and the first of their attempts."""

    persons: int
    first: Attempt


def work_in(session: Session, event: Event) -> Work | None:
    """What was done in the event, practice and voided attempts included; None: nothing. Two
    queries."""
    here = Attempt.sitting_id.in_(select(Sitting.id).where(Sitting.event_id == event.id))
    first = session.scalar(
        select(Attempt).where(here).order_by(Attempt.started_at, Attempt.id).limit(1)
    )
    if first is None:
        return None
    persons = session.scalar(select(func.count(Attempt.enrolment_id.distinct())).where(here))
    return Work(persons or 0, first)


def roster_statuses(session: Session, event_id: int) -> list[Status]:
    """The statuses on the roster, in their usual order."""
    found = set(
        session.scalars(
            select(Enrolment.status)
            .where(Enrolment.event_id == event_id, Enrolment.removed_at.is_(None))
            .distinct()
        )
    )
    return [status for status in Status if status in found]


def event_day(sitting: Sitting) -> date:
    """The day, in WITA, whose law the sitting's items must agree with."""
    return wita(sitting.event.starts_at).date()


def blueprint_of(quiz: Quiz) -> Blueprint:
    """The quiz as the plain value that forms are made from."""
    return Blueprint(
        tuple(
            BlueprintSlot(
                slot.topic, Level(slot.level) if slot.level else None, slot.type, slot.count
            )
            for slot in quiz.slots
        )
    )


def counterpart(session: Session, sitting: Sitting) -> Sitting | None:
    """The test of the same event and quiz that this one's scores stand beside.

    Of a post-test the latest pre-test before it, of a pre-test the first post-test after it; None
    for other phases. One query.
    """
    match sitting.phase:
        case Phase.PRE:
            there, nearest = Sitting.phase == Phase.POST, Sitting.opens_at.asc()
            there &= Sitting.opens_at >= sitting.opens_at
        case Phase.POST:
            there, nearest = Sitting.phase == Phase.PRE, Sitting.opens_at.desc()
            there &= Sitting.opens_at <= sitting.opens_at
        case _:
            return None
    return session.scalar(
        select(Sitting)
        .where(
            there,
            Sitting.event_id == sitting.event_id,
            Sitting.quiz_id == sitting.quiz_id,
        )
        .order_by(nearest, Sitting.id)
        .limit(1)
    )


def stored_form(session: Session, sitting: Sitting, name: FormName = FormName.A) -> Form:
    """A prepared form as a plain value; () when there is none. One query."""
    return stored_forms(session, sitting).get(name, ())


def stored_forms(session: Session, sitting: Sitting) -> Forms:
    """The prepared forms by name; none where nothing is prepared. One query."""
    rows = session.execute(
        select(StoredSlot, FormChoice.status, ItemVersion.uid)
        .join(FormChoice, FormChoice.slot_id == StoredSlot.id)
        .join(ItemVersion, ItemVersion.id == FormChoice.item_version_id)
        .where(StoredSlot.sitting_id == sitting.id)
        .order_by(StoredSlot.form, StoredSlot.position)
    )
    slots: dict[StoredSlot, dict[Status, str]] = {}
    for slot, status, uid in rows:
        slots.setdefault(slot, {})[status] = uid
    forms: dict[FormName, Form] = {}
    for slot, versions in slots.items():
        plain = FormSlot(
            slot.position, slot.topic, Level(slot.level), slot.type, slot.anchor, versions
        )
        forms[slot.form] = (*forms.get(slot.form, ()), plain)
    return forms


def version_ids(session: Session, form: Form) -> dict[str, int]:
    """Version uid → row id, for every version of the form. One query."""
    uids: Collection[str] = {uid for slot in form for uid in slot.versions.values()}
    rows = session.execute(select(ItemVersion.uid, ItemVersion.id).where(ItemVersion.uid.in_(uids)))
    return {uid: version_id for uid, version_id in rows}
