"""Events for the officer: the list, and the facts about one of them."""

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Select, func, or_, select
from sqlalchemy.orm import Session, joinedload

from quiz.assessment.attempt_state import SittingState
from quiz.assessment.attendance import Attendance
from quiz.assessment.forms.crossing import FormName
from quiz.assessment.items.item import Status
from quiz.models import (
    Attempt,
    BankItem,
    Enrolment,
    Event,
    FormChoice,
    ItemVersion,
    Quiz,
    QuizSlot,
    Sitting,
    StoredSlot,
)
from quiz.models.events.events import EventState
from quiz.queries.events.attendance import UNRECORDED
from quiz.queries.taking.turnout import Turnout, turnouts


@dataclass(frozen=True)
class EventRow:
    """An event in the list, with how many are invited, were there, and how many sittings it has."""

    event: Event
    state: EventState
    invited: int
    attended: int
    sittings: int


def event_rows(
    session: Session,
    search: str,
    now: datetime,
    *,
    archived: bool = False,
    offset: int,
    limit: int,
) -> tuple[list[EventRow], int]:
    """Events with ``search`` in title, place or code, latest first, and how many. Three queries.

    Those in the list, or the ``archived`` ones.
    """
    found = _matching(search).where(
        Event.archived_at.is_not(None) if archived else Event.archived_at.is_(None)
    )
    total = session.scalar(select(func.count()).select_from(found.subquery())) or 0
    roster = (
        select(
            Enrolment.event_id,
            func.count().label("invited"),
            func.count(Enrolment.checked_in_at).label("attended"),
        )
        .where(Enrolment.removed_at.is_(None))
        .group_by(Enrolment.event_id)
        .subquery()
    )
    rows = session.execute(
        found.add_columns(roster.c.invited, roster.c.attended)
        .outerjoin(roster, roster.c.event_id == Event.id)
        .order_by(Event.starts_at.desc(), Event.id.desc())
        .offset(offset)
        .limit(limit)
    ).all()
    states = _sitting_states(session, [event.id for event, _, _ in rows], now)
    return [
        EventRow(
            event,
            event.state(states[event.id], now),
            invited or 0,
            attended or 0,
            len(states[event.id]),
        )
        for event, invited, attended in rows
    ], total


def event_counts(session: Session) -> tuple[int, int]:
    """How many events are in the list and how many archived. One query."""
    every, archived = session.execute(select(func.count(), func.count(Event.archived_at))).one()
    return every - archived, archived


def _sitting_states(
    session: Session, event_ids: Sequence[int], now: datetime
) -> defaultdict[int, list[SittingState]]:
    """Event id → how its sittings stand. One query."""
    found: defaultdict[int, list[SittingState]] = defaultdict(list)
    for sitting in session.scalars(select(Sitting).where(Sitting.event_id.in_(event_ids))):
        found[sitting.event_id].append(sitting.state(now))
    return found


def _matching(search: str) -> Select[Event]:
    query = select(Event)
    if not search:
        return query
    text = search.lower()
    columns = (Event.title, Event.place, Event.code)
    return query.where(
        or_(*(func.lower(column).contains(text, autoescape=True) for column in columns))
    )


def event_with_code(session: Session, code: str) -> Event | None:
    """The event with this code, capitals or not."""
    return session.scalar(select(Event).where(Event.code == code.strip().upper()))


def event_choices(session: Session) -> dict[str, str]:
    """Code → words of every event, the newest first. One query."""
    rows = session.execute(
        select(Event.code, Event.title).order_by(Event.starts_at.desc(), Event.id.desc())
    )
    return {code: f"{code}, {title}" for code, title in rows}


def event_of_screen(session: Session, index: str) -> Event | None:
    """The event whose projector page is found by this index."""
    return session.scalar(select(Event).where(Event.screen_index == index))


def sitting_of(session: Session, event: Event, uid: str) -> Sitting | None:
    """The sitting ``uid`` of this event, with its quiz."""
    return session.scalar(
        select(Sitting)
        .where(Sitting.event_id == event.id, Sitting.uid == uid)
        .options(joinedload(Sitting.quiz, innerjoin=True))
    )


def sittings_with_quiz(session: Session, event: Event) -> list[Sitting]:
    """The event's sittings with their quizzes, by opening time. One query."""
    return list(
        session.scalars(
            select(Sitting)
            .where(Sitting.event_id == event.id)
            .options(joinedload(Sitting.quiz, innerjoin=True))
            .order_by(Sitting.opens_at, Sitting.id)
        )
    )


def sittings_not_begun(session: Session, event: Event) -> list[Sitting]:
    """The event's sittings in which nobody has started yet, by opening time. One query."""
    begun = select(Attempt.sitting_id)
    return list(
        session.scalars(
            select(Sitting)
            .where(Sitting.event_id == event.id, Sitting.id.not_in(begun))
            .order_by(Sitting.opens_at, Sitting.id)
        )
    )


@dataclass(frozen=True)
class RosterFacts:
    """How many are on the roster, are there, walked in; by unit and by status.

    ``unrecorded`` have begun something that counts and are not recorded as there.
    """

    invited: int
    attended: int
    unrecorded: int
    walked_in: int
    units: int
    statuses: dict[Status, int]

    @property
    def attendance(self) -> Attendance:
        """Who was there, to be put into words."""
        return Attendance(self.invited, self.attended, self.unrecorded)


def roster_facts(session: Session, event: Event) -> RosterFacts:
    """Counts over everybody not removed. Two queries."""
    here = (Enrolment.event_id == event.id, Enrolment.removed_at.is_(None))
    invited, attended, unrecorded, units = session.execute(
        select(
            func.count(),
            func.count(Enrolment.checked_in_at),
            func.count().filter(UNRECORDED),
            func.count(Enrolment.unit_id.distinct()),
        ).where(*here)
    ).one()
    rows = session.execute(
        select(Enrolment.status, Enrolment.walked_in, func.count())
        .where(*here)
        .group_by(Enrolment.status, Enrolment.walked_in)
    ).all()
    counted: defaultdict[Status, int] = defaultdict(int)
    for status, _, number in rows:
        counted[status] += number
    return RosterFacts(
        invited=invited,
        attended=attended,
        unrecorded=unrecorded,
        walked_in=sum(number for _, walked_in, number in rows if walked_in),
        units=units,
        statuses={status: counted[status] for status in Status if counted[status]},
    )


@dataclass(frozen=True)
class SittingFacts:
    """A sitting with its state now, its items, whom they are for, and how far people are.

    ``not_served`` are statuses on the roster without a form, with how many people; ``unsigned``
    counts items that no legal checker has signed yet.
    """

    sitting: Sitting
    state: SittingState
    items: int
    not_served: dict[Status, int]
    unsigned: int
    turnout: Turnout

    @property
    def started(self) -> int:
        """How many persons of the roster have begun."""
        return self.turnout.started

    @property
    def submitted(self) -> int:
        """How many have handed in, as every report counts them."""
        return self.turnout.submitted

    @property
    def running(self) -> int:
        """How many may still answer."""
        return self.turnout.running


def sitting_facts(
    session: Session, event: Event, roster: RosterFacts, now: datetime
) -> list[SittingFacts]:
    """The event's sittings by opening time. Four queries, however many there are."""
    sittings = sittings_with_quiz(session, event)
    prepared = _served(session, event)
    planned = _planned(session, event)
    going = turnouts(session, sittings, now)
    facts = []
    for sitting in sittings:
        served, unsigned = prepared.get(sitting.id, ({}, 0))
        items = max(served.values(), default=planned.get(sitting.quiz_id, 0))
        lacking = {
            status: number
            for status, number in roster.statuses.items()
            if sitting.prepared_at is not None and served.get(status, 0) < items
        }
        state, turnout = sitting.state(now), going[sitting.id]
        facts.append(SittingFacts(sitting, state, items, lacking, unsigned, turnout))
    return facts


def _served(session: Session, event: Event) -> dict[int, tuple[dict[Status, int], int]]:
    """Sitting id → items of a form for each status, and how many of its items are not signed."""
    unsigned = (BankItem.signed_at.is_(None)) | (BankItem.published_id != ItemVersion.id)
    rows = session.execute(
        select(StoredSlot.sitting_id, StoredSlot.form, FormChoice.status, ItemVersion.id, unsigned)
        .join(FormChoice, FormChoice.slot_id == StoredSlot.id)
        .join(ItemVersion, ItemVersion.id == FormChoice.item_version_id)
        .join(BankItem, BankItem.id == ItemVersion.bank_item_id)
        .join(Sitting, Sitting.id == StoredSlot.sitting_id)
        .where(Sitting.event_id == event.id)
    )
    by_form: defaultdict[int, Counter[tuple[FormName, Status]]] = defaultdict(Counter)
    waiting: defaultdict[int, set[int]] = defaultdict(set)
    for sitting_id, form, status, version_id, not_signed in rows:
        by_form[sitting_id][form, status] += 1
        if not_signed:
            waiting[sitting_id].add(version_id)
    return {each: (_in_every(found), len(waiting[each])) for each, found in by_form.items()}


def _in_every(form_items: Mapping[tuple[FormName, Status], int]) -> dict[Status, int]:
    """Status → its items in the form that has fewest for it."""
    forms = {form for form, _ in form_items}
    return {
        status: min(form_items.get((form, status), 0) for form in forms)
        for status in {status for _, status in form_items}
    }


def _planned(session: Session, event: Event) -> dict[int, int]:
    """Quiz id → how many items its blueprint asks for, for the quizzes of this event."""
    rows = session.execute(
        select(QuizSlot.quiz_id, func.sum(QuizSlot.count))
        .where(QuizSlot.quiz_id.in_(select(Sitting.quiz_id).where(Sitting.event_id == event.id)))
        .group_by(QuizSlot.quiz_id)
    )
    return {quiz_id: int(number) for quiz_id, number in rows}


def quizzes_in_use(session: Session) -> list[Quiz]:
    """The quizzes a sitting can be planned with, by title."""
    return list(
        session.scalars(select(Quiz).where(Quiz.retired_at.is_(None)).order_by(Quiz.title, Quiz.id))
    )
