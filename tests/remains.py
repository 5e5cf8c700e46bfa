"""An event at which people left everything they can leave, and where words of it remain.

``marked_event`` puts a mark into every column of text that hangs on people; a table or a column
that is new is among them by itself, or the event says that it has no row of the table.
"""

from collections.abc import Iterator
from datetime import timedelta

from sqlalchemy import JSON, Column, String, Table, Text, inspect, text
from sqlalchemy.orm import Session

from quiz.actions.events.merging import merge_people
from quiz.actions.people.auditing import record
from quiz.actions.scores.publishing import new_unit_link, publish
from quiz.assessment.evaluation import Box, Pile
from quiz.assessment.items.item import Status
from quiz.models import (
    ActivityReport,
    Base,
    CoveredPassage,
    EvaluationBox,
    Event,
    EventMinutes,
    JoinRequest,
    OneTimeLink,
    RosterDraft,
    SetAside,
    SubjectRequest,
    User,
)
from quiz.models.events.events import Phase
from quiz.models.events.subject_requests import RequestKind
from quiz.models.people.audit import Action
from quiz.permissions import Role
from quiz.queries.events.doubles.merge_plan import plan_merge
from quiz.queries.scores.editions.drafting import draft
from tests.factories import Make

MARK = "BOCOR"
DAY = timedelta(days=1)

NOT_OF_PEOPLE = {
    *("bank_item", "item_version", "item_draft", "item_citation", "item_import", "panel_rating"),
    *("review_note", "topic", "material", "passage", "reference", "claim", "unit", "unit_kind"),
    *("quiz", "quiz_slot", "form_slot", "form_choice", "ruling", "setting"),
    *("failure", "ended_session", "audit_entry", "erasure", "unnamed_attempt"),
    *("second_step", "recovery_code", "foreign_line"),
}
"""Tables of the bank, the office, its accounts and moments, and what takes the place of people."""

STAYS = {
    *("event.code", "event.title", "event.place", "event.organiser", "sitting.seed"),
    *("edition.withdraw_reason", "enrolment.kind_name", "event.purpose_basis"),
    "edition.log_digest",
}
"""Columns of text that stay: what the event was called and on what ground names were asked for, and
the kind that answers are kept by; and what an edition names of the log."""

BY_HAND = {
    *("people_merge.before", "roster_draft.content", "event_minutes.signatories"),
    *("evaluation_box.read", "evaluation_box.sealed", "audit_detail.content", "edition.told"),
    *("edition.figures", "edition.pools", "score.items", "response.chosen", "set_aside.row"),
}
"""Columns of JSON: marked when the row is made, or figures and choices that hold no words."""


def marked_event(make: Make, people: int = 6) -> Event:
    """An event of 100 days ago with ``people`` who did a pre-test and a post-test, all marked."""
    session, then = make.session, make.now - 100 * DAY
    event = make.event(
        starts_at=then, ends_at=then + DAY / 4, created_at=then - 9 * DAY, speakers=f"{MARK} bicara"
    )
    officer = make.user("Petugas Rekaan", username="petugas-rekaan", role=Role.OFFICER)
    times = {"opens_at": then, "closes_at": then + DAY / 24, "prepared_at": then - DAY}
    sittings = [make.sitting(event, phase, **times) for phase in (Phase.PRE, Phase.POST)]
    unit = make.unit(kind="desa")
    persons = [
        make.user(
            f"{MARK} orang {n}",
            nip=f"BOCOR{n:013}",
            position=f"{MARK} jabatan",
            unit=unit,
            status=Status.PNS if n else Status.PPPK,
            created_at=then,
        )
        for n in range(people)
    ]
    places = [make.enrolment(event, user, unit, checked_in_at=then) for user in persons]
    for sitting in sittings:
        for place in places:
            make.finished(sitting, place, started_at=then + DAY / 96)
    publish(session, event, draft(session, event, then + DAY), officer, then + DAY)
    _more(make, event, places, officer)
    _mark(session)
    session.commit()
    return event


def _more(make: Make, event: Event, places: list, officer: User) -> None:  # type: ignore[type-arg]
    session, then = make.session, event.starts_at
    twin = make.user(f"{MARK} kembar", unit=places[0].unit, created_at=then)
    absorbed = make.enrolment(event, twin)
    attempt = make.finished(event.sittings[0], absorbed, started_at=then + DAY / 96)
    make.contest(attempt, words=f"{MARK}: pasalnya berkata lain.")
    seen = plan_merge(session, places[0], absorbed).basis
    merged = merge_people(session, places[0], absorbed, seen, officer.id, then)
    session.flush()
    merged.before = {**merged.before, "mark": MARK}
    box = EvaluationBox(event_id=event.id)
    box.box = Box(*(Pile.of_sheet([3, 3, 3], f"{MARK} saran") for _ in range(2)))
    session.add_all(
        [
            box,
            JoinRequest(event=event, name=MARK, unit_name=MARK, address_key="kunci", asked_at=then),
            RosterDraft(
                event=event,
                user=officer,
                file_name=f"{MARK}.xlsx",
                content={"rows": [MARK]},
                created_at=then,
            ),
            SetAside(event_id=event.id, digest=MARK, kind="user", row={"name": MARK}, at=then),
            EventMinutes(
                event_id=event.id, day=then.date(), signatories=[{"name": MARK, "number": MARK}]
            ),
            ActivityReport(event_id=event.id, account=MARK),
            SubjectRequest(
                user=places[1].user,
                enrolment=places[1],
                kind=next(iter(RequestKind)),
                text=MARK,
                made_at=then,
                answered_at=then,
                answered_by_id=officer.id,
                reply=MARK,
            ),
            CoveredPassage(event_id=event.id, passage=make.passage(), by=officer, at=then),
            OneTimeLink(
                user=places[1].user, token_digest=MARK, created_at=then, expires_at=then + DAY
            ),
            new_unit_link(event, places[0].unit, days=30, key=make.key, by=officer, now=then),
        ]
    )
    for kind, uid in (
        ("enrolment", places[1].uid),
        ("attempt", attempt.uid),
        ("event", event.uid),
        ("sitting", event.sittings[0].uid),
        ("user", places[1].user.uid),
    ):
        record(session, then, officer.id, Action.REFUSED, (kind, uid), name=MARK)  # type: ignore[arg-type]
    page = ("page", "/")
    record(session, then, places[1].user.id, Action.REFUSED, page, address=MARK)  # type: ignore[arg-type]
    session.flush()


def _mark(session: Session) -> None:
    """Write the mark into every column of text that hangs on people."""
    for table in Base.metadata.sorted_tables:
        if table.name in NOT_OF_PEOPLE:
            continue
        number = session.scalar(text(f'SELECT count(*) FROM "{table.name}"'))
        assert number, f"the event has no row of {table.name}: give it one, with words in it"
        for column in _texts(table):
            length = getattr(column.type, "length", None) or 400
            marked = f"substr('{MARK}-{column.name}-', 1, {length - 5}) || id"
            where = "WHERE username IS NULL" if table.name == "user" else ""
            session.execute(text(f'UPDATE "{table.name}" SET "{column.name}" = {marked} {where}'))
    session.expire_all()


def _texts(table: Table) -> Iterator[Column[object]]:
    for column in table.columns:
        name = f"{table.name}.{column.name}"
        if isinstance(column.type, JSON):
            assert name in BY_HAND, f"mark {name} where its row is made"
        elif (
            isinstance(column.type, (String, Text))
            and not column.foreign_keys
            and column.name not in {"uid", "username", "password_hash", "salt"}
            and name not in STAYS
        ):
            yield column


def remaining(session: Session) -> set[str]:
    """Where a mark stands: table and column, whatever the column's type."""
    found = set()
    connection = session.connection()
    for name in inspect(connection).get_table_names():
        for row in connection.execute(text(f'SELECT * FROM "{name}"')).mappings():
            found |= {f"{name}.{key}" for key, value in row.items() if MARK in str(value)}
    return found
