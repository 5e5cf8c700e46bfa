"""What is processed here: read off the settings, the accounts and the events as they are."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import ColumnElement, ScalarSelect, func, select
from sqlalchemy.orm import Session

from quiz.models import Attempt, Base, Contest, Enrolment, Event, Sitting, SubjectRequest, User
from quiz.models.events.purposes import Purpose
from quiz.permissions import Role
from quiz.queries.people.settings import Installation, installation


@dataclass(frozen=True)
class Machine:
    """What the server knows of itself. ``https_address`` and ``hall_address`` are empty where
    people are told none; ``hall_address`` may be plain HTTP."""

    database: str
    https_address: str
    hall_address: str
    staff_over_http: bool
    backups: int
    newest_backup: datetime | None

    @property
    def hall_is_plain(self) -> bool:
        """True where phones are told an address without encryption."""
        return self.hall_address.startswith("http://")


@dataclass(frozen=True)
class Collected:
    """What events are set to ask beyond roster, responses and scores."""

    nip: bool
    position: bool
    confidence: bool
    evaluation: bool


@dataclass(frozen=True)
class Processing:
    """The whole of it. ``accounts`` counts those who can log in, ``purposes`` the events."""

    here: Installation
    machine: Machine
    collected: Collected
    accounts: Mapping[Role, int]
    purposes: Mapping[Purpose, int]
    people: int
    with_nip: int
    attempts: int
    contests: int
    told: int
    places: int
    waiting: int


def collected(session: Session) -> Collected:
    """What there is to collect, by the rosters and events there are. One query."""
    nip, position, confidence, evaluation = session.execute(
        select(
            select(User.id).where(User.nip.is_not(None)).exists(),
            select(User.id).where(User.position.is_not(None)).exists(),
            select(Sitting.id).where(Sitting.asks_confidence).exists(),
            select(Event.id).where(Event.evaluates).exists(),
        )
    ).one()
    return Collected(bool(nip), bool(position), bool(confidence), bool(evaluation))


def processing(session: Session, machine: Machine) -> Processing:
    """What this installation does with personal data now. Five queries."""
    roles = session.execute(
        select(User.role, func.count())
        .where(
            User.username.is_not(None), User.disabled_at.is_(None), User.merged_into_id.is_(None)
        )
        .group_by(User.role)
    )
    purposes = session.execute(select(Event.purpose, func.count()).group_by(Event.purpose))
    on_roster = Enrolment.removed_at.is_(None)
    numbers = session.execute(
        select(
            _count(User, User.merged_into_id.is_(None)),
            _count(User, User.nip.is_not(None)),
            _count(Attempt),
            _count(Contest),
            _count(Enrolment, on_roster, Enrolment.noticed_at.is_not(None)),
            _count(Enrolment, on_roster),
            _count(SubjectRequest, SubjectRequest.answered_at.is_(None)),
        )
    ).one()
    return Processing(
        installation(session),
        machine,
        collected(session),
        {role: number for role, number in roles},
        {purpose: number for purpose, number in purposes},
        *numbers,
    )


def _count(table: type[Base], *conditions: ColumnElement[bool]) -> ScalarSelect[int]:
    return select(func.count()).select_from(table).where(*conditions).scalar_subquery()
