"""Quizzes on paper: what stands on a sheet, whose sheet this is, and what was typed so far."""

import hashlib
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import cycle, product

from sqlalchemy import select
from sqlalchemy.orm import Session, contains_eager, joinedload

from quiz.assessment.forms.crossing import FormName
from quiz.assessment.items.item import Status
from quiz.assessment.items.letters import letters_offered
from quiz.assessment.items.types import ITEM_TYPES
from quiz.codes import CardKeys, sheet_code
from quiz.models import Attempt, Enrolment, Event, FormChoice, Sitting, StoredSlot
from quiz.queries.taking.asked import Asked, form_for, responses_of
from quiz.queries.taking.attempt_page import PageItem, shown_options
from quiz.queries.taking.crossing import forms_of

MOST_BLANK = 60
"""Blank sheets of one sitting and status that can be told apart."""


@dataclass(frozen=True)
class PaperSheet:
    """A sheet of paper: the items of a form for a status, for somebody, or blank with a number."""

    sitting: Sitting
    status: Status
    form: FormName
    enrolment: Enrolment | None
    number: int
    code: str


def sheets_of(
    session: Session, sitting: Sitting, enrolments: Sequence[Enrolment], card_key: bytes
) -> list[PaperSheet]:
    """A sheet for each of these people, in their order; none for whom the form does not serve."""
    forms = forms_of(session, sitting) if sitting.crossed else {}
    marks = _marks(session, sitting, {each.status for each in enrolments})
    asked = [(each, (each.status, forms.get(each.id, FormName.A))) for each in enrolments]
    return [
        PaperSheet(sitting, *which, each, 0, _code(card_key, sitting, each.uid, marks[which]))
        for each, which in asked
        if which in marks
    ]


def blank_sheets(
    session: Session, sitting: Sitting, status: Status, number: int, card_key: bytes
) -> list[PaperSheet]:
    """``number`` sheets that wait for a name, numbered from 1, of each form in turn; [] where
    nobody is served."""
    marks = _marks(session, sitting, {status})
    return [
        PaperSheet(
            sitting,
            status,
            form,
            None,
            each,
            _code(card_key, sitting, f"{status}/{each}", marks[status, form]),
        )
        for each, form in zip(range(1, min(number, MOST_BLANK) + 1), cycle(sitting.forms))
        if (status, form) in marks
    ]


def sheets_by_code(
    session: Session, event: Event, code: str, card_keys: CardKeys
) -> list[PaperSheet]:
    """The event's sheets with this code, nearly always one at most. A hash for each sheet and key.

    A sheet printed before its sitting was prepared anew, or its person's status or form changed,
    is not among them: it asks other items.
    """
    enrolments = session.scalars(
        select(Enrolment)
        .join(Enrolment.user)
        .options(contains_eager(Enrolment.user))
        .where(Enrolment.event_id == event.id, Enrolment.removed_at.is_(None))
    ).all()
    every = (
        sheet
        for sitting in sittings_on_paper(session, event)
        for key in card_keys.every
        for sheet in _every_sheet(session, sitting, enrolments, key)
    )
    return [sheet for sheet in every if sheet.code == code]


def _every_sheet(
    session: Session, sitting: Sitting, enrolments: Sequence[Enrolment], card_key: bytes
) -> Iterator[PaperSheet]:
    yield from sheets_of(session, sitting, enrolments, card_key)
    for status in statuses_served(session, sitting):
        yield from blank_sheets(session, sitting, status, MOST_BLANK, card_key)


def _code(card_key: bytes, sitting: Sitting, holder: str, mark: str) -> str:
    return sheet_code(card_key, sitting.uid, holder, mark)


def _marks(
    session: Session, sitting: Sitting, statuses: set[Status]
) -> dict[tuple[Status, FormName], str]:
    """Status and form → a digest of the items asked there; those that are served."""
    asked = {
        (status, form): form_for(session, sitting, status, form)
        for status, form in product(statuses, sitting.forms)
    }
    return {which: _mark(form) for which, form in asked.items() if form}


def _mark(form: Mapping[int, Asked]) -> str:
    words = "/".join(f"{position}:{asked.version_uid}" for position, asked in sorted(form.items()))
    return hashlib.sha256(words.encode()).hexdigest()[:16]


def sittings_on_paper(session: Session, event: Event) -> list[Sitting]:
    """The event's prepared sittings that stand in figures, by opening time. One query."""
    sittings = session.scalars(
        select(Sitting)
        .where(Sitting.event_id == event.id, Sitting.prepared_at.is_not(None))
        .options(joinedload(Sitting.event, innerjoin=True), joinedload(Sitting.quiz))
        .order_by(Sitting.opens_at, Sitting.id)
    )
    return [sitting for sitting in sittings if sitting.phase.counted]


def statuses_served(session: Session, sitting: Sitting) -> list[Status]:
    """The statuses that the sitting has a form for, in their usual order. One query."""
    served = set(
        session.scalars(
            select(FormChoice.status)
            .join(FormChoice.slot)
            .where(StoredSlot.sitting_id == sitting.id)
            .distinct()
        )
    )
    return [status for status in Status if status in served]


def paper_items(
    session: Session, sitting: Sitting, status: Status, form: FormName
) -> list[PageItem]:
    """The items of a sheet, numbered in the form's order, options in the author's."""
    items = form_for(session, sitting, status, form)
    return [
        PageItem(
            position=position,
            number=number,
            item=asked.item,
            options=shown_options(list(asked.item.options)),
            multiple=ITEM_TYPES[asked.item.type].multiple,
            chosen=(),
            confidence=None,
            revision=0,
            locked=False,
            feedback=None,
        )
        for number, (position, asked) in enumerate(sorted(items.items()), start=1)
    ]


def paper_refusal(session: Session, sitting: Sitting) -> str | None:
    """Why the sitting cannot be taken on paper; None where every item has letters to mark."""
    for status, form in product(statuses_served(session, sitting), sitting.forms):
        for entry in paper_items(session, sitting, status, form):
            if not letters_offered(entry.item):
                where = f" pada formulir {form}" if sitting.crossed else ""
                return (
                    f"Soal {entry.number} untuk {status.label}{where} tidak berupa pilihan, jadi "
                    f"{sitting.label} tidak dapat dikerjakan di kertas."
                )
    return None


def letters_stored(session: Session, attempt: Attempt) -> dict[int, tuple[str, ...]]:
    """Position → what the attempt holds there, blanks left out."""
    stored = responses_of(session, attempt)
    return {position: tuple(row.chosen) for position, row in stored.items() if row.chosen}


@dataclass(frozen=True)
class PaperPerson:
    """Somebody on the roster, and their unvoided attempts by sitting id."""

    enrolment: Enrolment
    attempts: dict[int, Attempt]


def with_attempts(session: Session, enrolments: Sequence[Enrolment]) -> list[PaperPerson]:
    """These people with their counted, unvoided attempts. One query."""
    found: defaultdict[int, dict[int, Attempt]] = defaultdict(dict)
    attempts = session.scalars(
        select(Attempt).where(
            Attempt.enrolment_id.in_([each.id for each in enrolments]),
            Attempt.voided_at.is_(None),
            Attempt.counted,
        )
    )
    for attempt in attempts:
        found[attempt.enrolment_id][attempt.sitting_id] = attempt
    return [PaperPerson(each, found[each.id]) for each in enrolments]


def papers_typed(session: Session, event: Event, limit: int) -> list[Attempt]:
    """The papers typed so far at this event, latest first, with person, sitting and typists."""
    return list(
        session.scalars(
            select(Attempt)
            .join(Attempt.enrolment)
            .where(
                Enrolment.event_id == event.id,
                Attempt.typed_by_id.is_not(None),
                Attempt.voided_at.is_(None),
            )
            .options(
                contains_eager(Attempt.enrolment).joinedload(Enrolment.user, innerjoin=True),
                joinedload(Attempt.sitting, innerjoin=True),
                joinedload(Attempt.typed_by),
                joinedload(Attempt.retyped_by),
            )
            .order_by(Attempt.submitted_at.desc(), Attempt.id.desc())
            .limit(limit)
        )
    )
