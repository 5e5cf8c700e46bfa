"""Everything stored about one person, for that person."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import ColumnElement, and_, or_, select
from sqlalchemy.orm import Session, contains_eager, joinedload, selectinload

from quiz.models import (
    Attempt,
    AuditEntry,
    Contest,
    Enrolment,
    Event,
    ItemVersion,
    Score,
    Sitting,
    StoredResponse,
    SubjectRequest,
    User,
)
from quiz.queries.people.merges import of_person
from quiz.queries.people.privacy.own_work import Counted, counted
from quiz.queries.people.privacy.requests import own_requests
from quiz.queries.scores.computed import computed_scores
from quiz.queries.scores.contested.contests import contests_of
from quiz.queries.taking.keys import awaited, may_open

MOST_LINES = 1_000
"""Lines of the log that are told, the newest; only long years of staff work have more."""


@dataclass(frozen=True)
class OwnResponse:
    """What was chosen at one position, in words: ``chosen`` are the options' own texts."""

    stored: StoredResponse
    stem: str
    chosen: list[str]


@dataclass(frozen=True)
class OwnAttempt:
    """An attempt, voided or not. ``score`` is None while there is none, or while it is withheld
    because somebody may still answer (``withheld``)."""

    attempt: Attempt
    responses: list[OwnResponse]
    score: Score | None
    withheld: bool


@dataclass(frozen=True)
class OwnLine:
    """A line of the audit log: ``own`` when it tells what the person did, not what was done."""

    entry: AuditEntry
    own: bool

    @property
    def by(self) -> str:
        """Who did it, without a name that is not one's own: the role, or the system."""
        if self.own:
            return "Anda"
        return self.entry.actor.role.label if self.entry.actor else "Sistem"


@dataclass(frozen=True)
class OwnData:
    """The person's row, invitations, attempts with their responses, contests, log and requests;
    ``counted`` are rows of other kinds that name the person."""

    user: User
    enrolments: list[Enrolment]
    attempts: list[OwnAttempt]
    contests: list[Contest]
    lines: list[OwnLine]
    requests: list[SubjectRequest]
    counted: list[Counted]


def own_data(session: Session, user_id: int, enrolment_id: int | None, now: datetime) -> OwnData:
    """What is stored about ``user_id``; only of one invitation for somebody who came by card.

    No more queries with more of it.
    """
    user = session.scalars(
        select(User).where(User.id == user_id).options(joinedload(User.unit))
    ).one()
    mine = of_person(user_id)
    if enrolment_id is not None:
        mine = or_(Enrolment.id == enrolment_id, Enrolment.merged_into_id == enrolment_id)
    enrolments = session.scalars(
        select(Enrolment)
        .where(mine)
        .options(joinedload(Enrolment.event), selectinload(Enrolment.presences))
        .order_by(Enrolment.id)
    ).all()
    attempts = _attempts(session, mine)
    return OwnData(
        user=user,
        enrolments=list(enrolments),
        attempts=_told(session, attempts, now),
        contests=contests_of(session, user_id, enrolment_id),
        lines=_lines(session, user, enrolments, attempts, by_card=enrolment_id is not None),
        requests=own_requests(session, user_id, enrolment_id),
        counted=counted(
            session,
            [] if enrolment_id is not None else [user_id],
            [enrolment.id for enrolment in enrolments],
        ),
    )


def _attempts(session: Session, mine: ColumnElement[bool]) -> Sequence[Attempt]:
    return session.scalars(
        select(Attempt)
        .join(Attempt.enrolment)
        .where(mine)
        .options(
            joinedload(Attempt.sitting, innerjoin=True)
            .joinedload(Sitting.event, innerjoin=True)
            .selectinload(Event.sittings),
            contains_eager(Attempt.enrolment),
        )
        .order_by(Attempt.started_at, Attempt.id)
    ).all()


def _told(session: Session, attempts: Sequence[Attempt], now: datetime) -> list[OwnAttempt]:
    """The attempts with responses and scores. A score comes out when the feedback may."""
    ids = [attempt.id for attempt in attempts]
    responses = defaultdict(list)
    rows = session.execute(
        select(StoredResponse, ItemVersion.content)
        .join(StoredResponse.version)
        .where(StoredResponse.attempt_id.in_(ids))
        .order_by(StoredResponse.position)
    )
    for row, content in rows:
        texts = {option["id"]: option["text"] for option in content.get("options", ())}
        chosen = [texts.get(each, each) for each in row.chosen]
        responses[row.attempt_id].append(OwnResponse(row, content["stem"], chosen))
    current = select(Score).where(Score.attempt_id.in_(ids), Score.current)
    scores = {score.attempt_id: score for score in session.scalars(current)}
    held = awaited(session, attempts, now)
    out = {a.id: may_open(a, now) and a.id not in held for a in attempts}
    unscored = [a for a in attempts if out[a.id] and a.id not in scores]
    scores |= computed_scores(session, unscored, now) if unscored else {}
    return [
        OwnAttempt(a, responses[a.id], scores.get(a.id) if out[a.id] else None, not out[a.id])
        for a in attempts
    ]


def _lines(
    session: Session,
    user: User,
    enrolments: Sequence[Enrolment],
    attempts: Sequence[Attempt],
    *,
    by_card: bool,
) -> list[OwnLine]:
    """The lines about the person, newest first; a card's session sees those of its event."""
    about: list[ColumnElement[bool]] = [
        _about("enrolment", [each.uid for each in enrolments]),
        _about("attempt", [each.uid for each in attempts]),
    ]
    if not by_card:
        about += [_about("user", [user.uid]), AuditEntry.actor_id == user.id]
    found = session.scalars(
        select(AuditEntry)
        .where(or_(*about))
        .options(joinedload(AuditEntry.actor), joinedload(AuditEntry.detail))
        .order_by(AuditEntry.id.desc())
        .limit(MOST_LINES)
    )
    return [OwnLine(entry, entry.actor_id == user.id) for entry in found]


def _about(kind: str, uids: Sequence[str]) -> ColumnElement[bool]:
    return and_(AuditEntry.subject_type == kind, AuditEntry.subject_uid.in_(uids))


def own_place(
    session: Session, uid: str, *, user_id: int, enrolment_id: int | None
) -> Enrolment | None:
    """The place ``uid`` if it is this person's and stands on its roster. One query.

    ``enrolment_id`` narrows to one event for somebody who entered by card.
    """
    query = (
        select(Enrolment)
        .where(Enrolment.uid == uid, of_person(user_id), Enrolment.removed_at.is_(None))
        .options(joinedload(Enrolment.user), joinedload(Enrolment.event))
    )
    if enrolment_id is not None:
        query = query.where(Enrolment.id == enrolment_id)
    return session.scalar(query)


def opened_attempts(session: Session, enrolment: Enrolment, now: datetime) -> list[Attempt]:
    """The person's counted attempts whose feedback they may read, by opening time of the sitting.

    Three queries at most, and one where the event's sittings were not read yet.
    """
    attempts = session.scalars(
        select(Attempt)
        .join(Attempt.sitting)
        .where(Attempt.enrolment_id == enrolment.id, Attempt.counted, Attempt.voided_at.is_(None))
        .options(contains_eager(Attempt.sitting), joinedload(Attempt.enrolment))
        .order_by(Sitting.opens_at, Sitting.id)
    ).all()
    held = awaited(session, attempts, now)
    return [each for each in attempts if may_open(each, now) and each.id not in held]
