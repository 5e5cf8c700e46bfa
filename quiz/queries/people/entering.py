"""Finding who is at the door: by code, by card, by user name."""

from datetime import datetime, timedelta

from sqlalchemy import Row, bindparam, func, select
from sqlalchemy.orm import Session, joinedload

from quiz.models import Enrolment, Failure, User
from quiz.permissions import Role

CODE_WINDOW = timedelta(minutes=10)

PASSWORD_WINDOW = timedelta(minutes=15)

PASSWORD_LIMIT = 100
"""Wrong passwords an account takes within the window (NIST SP 800-63B-3, 5.2.2)."""

FREE_CODES = 10

LONGEST_WAIT = 30


def enrolment_by_code(session: Session, index: str) -> Enrolment | None:
    """The enrolment whose personal code has this index, with person and event."""
    return _enrolment(session, Enrolment.code_index == index)


def enrolment_by_token(session: Session, index: str) -> Enrolment | None:
    """The enrolment whose card has this index, with person and event."""
    return _enrolment(session, Enrolment.token_index == index)


def _enrolment(session: Session, condition: object) -> Enrolment | None:
    return session.scalar(
        select(Enrolment)
        .where(condition, Enrolment.removed_at.is_(None))  # type: ignore[arg-type]
        .options(joinedload(Enrolment.user), joinedload(Enrolment.event))
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


_ACCOUNT = select(User.id, User.name, User.role, User.session_epoch).where(
    User.uid == bindparam("uid"), User.disabled_at.is_(None), User.merged_into_id.is_(None)
)
_PARTICIPANT = (
    select(Enrolment.id, Enrolment.user_id, Enrolment.issue, User.name)
    .join(Enrolment.user)
    .where(Enrolment.uid == bindparam("uid"), Enrolment.removed_at.is_(None))
)


def account_facts(session: Session, uid: str) -> Row[int, str, Role, int] | None:
    """``id``, ``name``, ``role``, ``session_epoch`` of the active account. One query."""
    return session.execute(_ACCOUNT, {"uid": uid}).first()


def participant_facts(session: Session, uid: str) -> Row[int, int, int, str] | None:
    """``id``, ``user_id``, ``issue`` of an enrolment in force, and the ``name``. One query."""
    return session.execute(_PARTICIPANT, {"uid": uid}).first()


def code_wait(session: Session, key: str, now: datetime) -> int:
    """Seconds the page asks a visitor to wait after a wrong code, 0 to LONGEST_WAIT.

    Grows with the wrong codes of the last ten minutes under ``key`` (an event, or the whole
    installation): nobody is refused, and a right code is never delayed.
    """
    wrong = _failures(session, "code", key, now - CODE_WINDOW)
    return min(max(wrong - FREE_CODES, 0), LONGEST_WAIT)


def password_locked(session: Session, username: str, now: datetime) -> bool:
    """True when the account has had its fill of wrong passwords for now."""
    wrong = _failures(session, "password", username.strip().lower()[:64], now - PASSWORD_WINDOW)
    return wrong >= PASSWORD_LIMIT


def wrong_codes(session: Session, now: datetime) -> int:
    """How many wrong codes were typed in the last ten minutes, wherever. One query."""
    counted = session.scalar(
        select(func.count()).where(Failure.kind == "code", Failure.at >= now - CODE_WINDOW)
    )
    return counted or 0


def _failures(session: Session, kind: str, key: str, since: datetime) -> int:
    counted = session.scalar(
        select(func.count()).where(Failure.kind == kind, Failure.key == key, Failure.at >= since)
    )
    return counted or 0


def admin_exists(session: Session) -> bool:
    """True once somebody can manage accounts."""
    admins = select(User.id).where(
        User.role == Role.ADMIN, User.disabled_at.is_(None), User.merged_into_id.is_(None)
    )
    return session.scalar(admins.limit(1)) is not None
