"""Erasing the people of an event: what goes, and what is kept without them.

Everything of one event goes in one transaction. What the database has freed is overwritten apart
from it (``quiz.database.clearing``).
"""

from collections.abc import Collection, Iterable
from datetime import datetime
from itertools import groupby
from random import SystemRandom

from sqlalchemy import Select, delete, func, insert, select, update
from sqlalchemy.orm import Session

from quiz.actions.people.auditing import record
from quiz.actions.people.erasing import erase_details, erase_people, erase_without_event
from quiz.assessment.analysis.unnaming import coarsened, without_rare_versions
from quiz.assessment.evaluation import Box, Pile
from quiz.models import (
    ActivityReport,
    Attempt,
    AttemptMove,
    AuditEntry,
    Contest,
    Edition,
    Enrolment,
    Erasure,
    EvaluationBox,
    Event,
    EventMinutes,
    ForeignLine,
    JoinRequest,
    PeopleMerge,
    Presence,
    RosterDraft,
    Score,
    SetAside,
    Sitting,
    StoredResponse,
    SubjectRequest,
    UnitLink,
    UnnamedAttempt,
    User,
)
from quiz.models.people.audit import Action
from quiz.queries.events.transfer.logs import subjects_of
from quiz.queries.people.retention import Erased, people_of, pieces
from quiz.queries.scores.items.complete import Complete, Scope, complete_attempts
from quiz.queries.scores.items.meetings import given_in, meetings_by_version

KEPT_DETAILS = (Action.EVENT_ERASED, Action.EDITION_PUBLISHED)
"""Lines about an event that go on saying what they said: numbers of lines and of editions."""


def erase_event(session: Session, event: Event, by_id: int | None, now: datetime) -> Erasure | None:
    """Erase the people of ``event``; None where that was done before.

    Whoever stands in another event, or has an account, stays a person.
    """
    session.flush()
    session.refresh(event, with_for_update=True)
    if event.erased_at is not None:
        return None
    erasure = _counted(session, event, by_id, now)
    _keep_unnamed(session, event, erasure, now)
    people, lines = people_of(session, event), _lines_about(session, event)
    _forget_foreign_details(session, event)
    _delete_rows(session, event)
    _empty_rows(session, event)
    event.erased_at = now
    session.add(erasure)
    session.flush()
    gone = erase_people(session, people, now)
    erased = erase_details(session, [*lines, *gone.lines])
    record(
        session,
        now,
        by_id,
        Action.EVENT_ERASED,
        ("event", event.uid),
        code=event.code,
        removed=len(gone.people),
        lines=erased,
    )
    return erasure


def erase_again(session: Session, erased: Erased, now: datetime) -> list[str]:
    """Erase in an older state what ``erased`` says was erased since; codes of the events.

    People who were erased are erased here too, whatever this state knows of them. An event that was
    to be kept longer still is.
    """
    codes = []
    for event in session.scalars(select(Event).where(Event.erased_at.is_(None))).all():
        if event.uid in erased.kept:
            event.keep_until, event.keep_reason = erased.kept[event.uid]
        if event.uid in erased.events:
            erase_event(session, event, None, now)
            codes.append(event.code)
    left: list[int] = []
    for some in pieces(erased.people):
        left += session.scalars(
            select(User.id).where(
                User.uid.in_(some), User.erased_at.is_(None), User.username.is_(None)
            )
        )
    if left:
        erase_without_event(session, left, now)
    return codes


def _counted(session: Session, event: Event, by_id: int | None, now: datetime) -> Erasure:
    invited, attended = session.execute(
        select(func.count(), func.count(Enrolment.checked_in_at)).where(
            Enrolment.event_id == event.id, Enrolment.removed_at.is_(None)
        )
    ).one()
    units = (
        select(Enrolment.unit_id)
        .distinct()
        .where(Enrolment.event_id == event.id, Enrolment.removed_at.is_(None))
    )
    return Erasure(
        event_id=event.id,
        at=now,
        by_id=by_id,
        invited=invited,
        attended=attended,
        attempts=0,
        unit_ids=sorted(session.scalars(units)),
        told={},
    )


def _keep_unnamed(session: Session, event: Event, erasure: Erasure, now: datetime) -> None:
    """Keep what was chosen in complete attempts, and what follows from their people."""
    scope = Scope(event=event.code)
    for uid, groups in meetings_by_version(session, scope, now).items():
        for group in groups:
            if group.countable:
                erasure.told.setdefault(group.sitting, {})[uid] = group.first
    given = given_in(session, scope, now)
    complete = sorted(complete_attempts(session, scope, now), key=lambda one: one.sitting.id)
    for sitting_id, attempts in groupby(complete, key=lambda one: one.sitting.id):
        rows = _unnamed(sitting_id, list(attempts), given)
        SystemRandom().shuffle(rows)
        session.execute(insert(UnnamedAttempt), rows)
        erasure.attempts += len(rows)


def _unnamed(
    sitting_id: int,
    attempts: Collection[Complete],
    given: "dict[int, dict[int, tuple[tuple[str, ...], int | None]]]",
) -> list[dict[str, object]]:
    shared = coarsened([(one.kind_name, one.status) for one in attempts])
    chosen = without_rare_versions(
        [
            [
                (int(position), uid, *given.get(one.attempt, {}).get(int(position), ((), None)))
                for position, uid, *_ in one.score.items
            ]
            for one in attempts
        ]
    )
    return [
        {"sitting_id": sitting_id, "kind_name": kind, "status": status, "given": each}
        for (kind, status), each in zip(shared, chosen, strict=True)
    ]


def _lines_about(session: Session, event: Event) -> list[int]:
    """The lines of the log about the event, its sittings, its roster and what was done there."""
    sittings = select(Sitting.id).where(Sitting.event_id == event.id)
    attempts = Attempt.sitting_id.in_(sittings)
    subjects: Iterable[tuple[str, Select[str]]] = (
        ("event", select(Event.uid).where(Event.id == event.id)),
        ("sitting", select(Sitting.uid).where(Sitting.event_id == event.id)),
        ("enrolment", select(Enrolment.uid).where(Enrolment.event_id == event.id)),
        ("attempt", select(Attempt.uid).where(attempts)),
    )
    found: list[int] = []
    for kind, uids in subjects:
        found += session.scalars(
            select(AuditEntry.id).where(
                AuditEntry.subject_type == kind,
                AuditEntry.subject_uid.in_(uids),
                AuditEntry.action.not_in(KEPT_DETAILS),
            )
        )
    decided = select(Contest.decided_at).join(Contest.attempt).where(attempts)
    found += session.scalars(
        select(AuditEntry.id).where(
            AuditEntry.action == Action.CONTEST_KEPT, AuditEntry.at.in_(decided)
        )
    )
    return found


def _forget_foreign_details(session: Session, event: Event) -> None:
    """What other installations' logs say of the event beside their lines goes as of the own."""
    for subjects in subjects_of(event.id):
        session.execute(
            update(ForeignLine)
            .where(ForeignLine.subject_uid.in_(subjects))
            .values(detail=None, salt=None, actor_uid=None)
        )


def _delete_rows(session: Session, event: Event) -> None:
    """Delete every row of a person at the event, and what was written about or by them."""
    sittings = select(Sitting.id).where(Sitting.event_id == event.id)
    attempts = select(Attempt.id).where(Attempt.sitting_id.in_(sittings))
    roster = select(Enrolment.id).where(Enrolment.event_id == event.id)
    for of_attempts in (Contest, Score, StoredResponse, AttemptMove):
        session.execute(delete(of_attempts).where(of_attempts.attempt_id.in_(attempts)))
    session.execute(delete(PeopleMerge).where(PeopleMerge.event_id == event.id))
    session.execute(delete(Attempt).where(Attempt.sitting_id.in_(sittings)))
    session.execute(delete(SubjectRequest).where(SubjectRequest.enrolment_id.in_(roster)))
    session.execute(delete(Presence).where(Presence.enrolment_id.in_(roster)))
    papers = (EventMinutes, ActivityReport, UnitLink)
    for of_event in (JoinRequest, RosterDraft, *papers, SetAside):
        session.execute(delete(of_event).where(of_event.event_id == event.id))
    here = Enrolment.event_id == event.id
    session.execute(update(Enrolment).where(here).values(merged_into_id=None))
    session.execute(delete(Enrolment).where(here))


def _empty_rows(session: Session, event: Event) -> None:
    """Take out of the rows that stay what names somebody, opens something, or no more is needed."""
    session.execute(update(Edition).where(Edition.event_id == event.id).values(told={}))
    for kept in session.scalars(select(EvaluationBox).where(EvaluationBox.event_id == event.id)):
        kept.box = Box(Pile(kept.box.read.counts))
    event.speakers = event.roster_source = event.wifi_name = event.wifi_password = ""
    event.keep_reason = event.cards_base = event.screen_index = None
