"""Finding who is at the door: by code, by card, by user name."""

from collections.abc import Collection
from datetime import datetime, timedelta

from sqlalchemy import ColumnElement, Row, bindparam, exists, func, or_, select
from sqlalchemy.orm import Session, aliased, joinedload

from quiz.models import AuditEntry, EndedSession, Enrolment, Failure, SecondStep, User
from quiz.models.people.users import FailureKind
from quiz.permissions import Role

CODE_WINDOW = timedelta(minutes=10)

PASSWORD_WINDOW = timedelta(minutes=15)

PASSWORD_LIMIT = 100
"""Wrong passwords an account takes within the window (NIST SP 800-63B-3, 5.2.2)."""

DEVICE_LIMIT = 20
"""Wrong passwords a browser that logged in before, or one that is logged in, takes within it."""

SECOND_STEP_LIMIT = 10
"""Wrong digits or recovery codes an account, or a browser that logged in before, takes within it.
Three in a million are right at a time, so who has the password guesses for a year."""

LIMITS = {
    FailureKind.PASSWORD: PASSWORD_LIMIT,
    FailureKind.DEVICE: DEVICE_LIMIT,
    FailureKind.SESSION: DEVICE_LIMIT,
    FailureKind.SECOND_STEP: SECOND_STEP_LIMIT,
}
"""Kind of failure → how many are taken within PASSWORD_WINDOW."""

ADDRESS_LIMIT = 300
"""Possible codes that nobody has, from one address outside the hall, within CODE_WINDOW."""

FREE_CODES = 10

LONGEST_WAIT = 30


_PLACE = aliased(Enrolment)
_COUNTS_AS = func.coalesce(Enrolment.merged_into_id, Enrolment.id)
"""The id of the place whose attempts a card opens: ``_PLACE`` is joined by it."""


def enrolment_by_code(session: Session, indexes: Collection[str]) -> Enrolment | None:
    """The enrolment whose personal code has one of these indexes, with person and event; see
    _enrolment."""
    return _enrolment(session, Enrolment.code_index.in_(indexes))


def enrolment_by_token(session: Session, indexes: Collection[str]) -> Enrolment | None:
    """The enrolment whose card has one of these indexes, with person and event; see _enrolment."""
    return _enrolment(session, Enrolment.token_index.in_(indexes))


def _enrolment(session: Session, condition: ColumnElement[bool]) -> Enrolment | None:
    """Whose card it is; None as well for who was removed from the event, or disabled.

    The card of a place that was merged is still its own, and opens the one that counts.
    """
    return session.scalar(
        select(Enrolment)
        .join(_PLACE, _PLACE.id == _COUNTS_AS)
        .join(User, User.id == _PLACE.user_id)
        .where(condition, _PLACE.removed_at.is_(None), User.disabled_at.is_(None))
        .options(
            joinedload(Enrolment.user),
            joinedload(Enrolment.event),
            joinedload(Enrolment.merged_into).joinedload(Enrolment.user),
        )
    )


def cards_of(session: Session, place_id: int) -> list[Enrolment]:
    """Every enrolment whose card opens the place ``place_id``: itself, and those merged into it."""
    return list(
        session.scalars(
            select(Enrolment).where(
                or_(Enrolment.id == place_id, Enrolment.merged_into_id == place_id)
            )
        )
    )


def account(session: Session, username: str) -> User | None:
    """The active account with this user name; letter case does not matter."""
    return session.scalar(
        select(User).where(
            User.username == username.strip().lower(),
            User.disabled_at.is_(None),
            User.merged_into_id.is_(None),
        )
    )


def account_halfway(session: Session, uid: str, sid: str) -> User | None:
    """The active account ``uid`` whose password the session ``sid`` gave, unless that was left."""
    return session.scalar(
        select(User).where(
            User.uid == uid,
            User.disabled_at.is_(None),
            User.merged_into_id.is_(None),
            ~exists().where(EndedSession.sid == sid),
        )
    )


_ENDED = exists().where(EndedSession.sid == bindparam("sid"))
_NEWEST = select(func.max(AuditEntry.at)).scalar_subquery()
_SECOND_STEP = exists().where(SecondStep.user_id == User.id)
_ACCOUNT = select(
    *(User.id, User.name, User.role, User.session_epoch),
    _NEWEST.label("newest"),
    _SECOND_STEP.label("second_step"),
).where(
    User.uid == bindparam("uid"),
    User.disabled_at.is_(None),
    User.merged_into_id.is_(None),
    ~_ENDED,
)
_PARTICIPANT = (
    select(
        *(_PLACE.id, _PLACE.user_id, Enrolment.issue, User.name),
        Enrolment.session_epoch.label("epoch"),
    )
    .select_from(Enrolment)
    .join(_PLACE, _PLACE.id == _COUNTS_AS)
    .join(User, User.id == _PLACE.user_id)
    .where(
        Enrolment.uid == bindparam("uid"),
        _PLACE.removed_at.is_(None),
        User.disabled_at.is_(None),
        ~_ENDED,
    )
)


def account_facts(
    session: Session, uid: str, sid: str
) -> Row[int, str, Role, int, datetime | None, bool] | None:
    """``id``, ``name``, ``role``, ``session_epoch`` of the active account, the time of the
    ``newest`` line of the audit log, and whether it has a ``second_step``; None as well when the
    session ``sid`` was left. One query."""
    return session.execute(_ACCOUNT, {"uid": uid, "sid": sid}).first()


def participant_facts(session: Session, uid: str, sid: str) -> Row[int, int, int, str, int] | None:
    """``id`` and ``user_id`` of the place that counts for the enrolment ``uid``, the ``issue`` and
    ``epoch`` of its own card, and the ``name``; None as well when the place is not in force, the
    person is disabled or the session ``sid`` was left. One query."""
    return session.execute(_PARTICIPANT, {"uid": uid, "sid": sid}).first()


def not_before(session: Session, now: datetime) -> datetime:
    """``now``, but never before the newest line of the audit log: a clock set back opens nothing
    that had run out. One query."""
    return max(now, session.scalar(select(func.max(AuditEntry.at))) or now)


def code_wait(session: Session, key: str, now: datetime) -> int:
    """Seconds the page asks a visitor to wait after a wrong code, 0 to LONGEST_WAIT.

    Grows with the wrong codes of the last ten minutes under ``key`` (an event, or the whole
    installation): nobody is refused, and a right code is never delayed.
    """
    wrong = _failures(session, FailureKind.CODE, key, now - CODE_WINDOW)
    return min(max(wrong - FREE_CODES, 0), LONGEST_WAIT)


def locked(session: Session, kind: FailureKind, key: str, now: datetime) -> bool:
    """True when nothing more of this kind is looked at for now: of an account, or by a browser."""
    return _failures(session, kind, key, now - PASSWORD_WINDOW) >= LIMITS[kind]


def address_spent(session: Session, key: str, now: datetime) -> bool:
    """True when an address outside the hall guessed so often that only its cards are let in."""
    return _failures(session, FailureKind.ADDRESS, key, now - CODE_WINDOW) >= ADDRESS_LIMIT


def wrong_codes(session: Session, now: datetime) -> int:
    """How many wrong codes were typed in the last ten minutes, wherever. One query."""
    counted = session.scalar(
        select(func.count()).where(
            Failure.kind == FailureKind.CODE, Failure.at >= now - CODE_WINDOW
        )
    )
    return counted or 0


def _failures(session: Session, kind: FailureKind, key: str, since: datetime) -> int:
    counted = session.scalar(
        select(func.count()).where(
            Failure.kind == kind, Failure.key == key[:64], Failure.at >= since
        )
    )
    return counted or 0


def admin_exists(session: Session) -> bool:
    """True once somebody can manage accounts."""
    admins = select(User.id).where(
        User.role == Role.ADMIN, User.disabled_at.is_(None), User.merged_into_id.is_(None)
    )
    return session.scalar(admins.limit(1)) is not None
