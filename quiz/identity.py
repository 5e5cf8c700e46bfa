"""Who is asking: one identity per browser, a password account or a participant's enrolment."""

from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta

from flask import session
from flask_login import UserMixin, login_user, logout_user
from sqlalchemy import select
from sqlalchemy.orm import Session, joinedload

from quiz.models import Enrolment, User
from quiz.permissions import PARTICIPANT_PERMISSIONS, ROLE_PERMISSIONS, Permission, Role

STAFF_SESSION = timedelta(hours=12)
"""How long a password session lasts; a participant's lasts as long as its cookie (30 days)."""


@dataclass(frozen=True)
class Identity(UserMixin):
    """A logged-in browser: ``u:UID`` came by password, ``p:UID`` by card or code.

    A ``p:`` identity has participant permissions only, whatever the person's role.
    """

    id: str
    user_id: int
    name: str
    role: Role
    permissions: frozenset[Permission] = field(repr=False)
    enrolment_id: int | None = None

    @property
    def by_card(self) -> bool:
        """True when this browser entered by card or personal code."""
        return self.enrolment_id is not None

    def can(self, permission: Permission) -> bool:
        """True when this identity has ``permission``."""
        return permission is Permission.PUBLIC or permission in self.permissions


def load_identity(identity_id: str, database: Session) -> Identity | None:
    """The identity a session cookie names, or None when it no longer holds. One query."""
    kind, _, uid = identity_id.partition(":")
    return _account(uid, database) if kind == "u" else _participant(uid, database)


def _account(uid: str, database: Session) -> Identity | None:
    user = database.scalar(select(User).where(User.uid == uid))
    if user is None or user.disabled_at is not None or user.merged_into_id is not None:
        return None
    opened = datetime.fromtimestamp(session.get("at", 0), UTC)
    if session.get("epoch") != user.session_epoch or datetime.now(UTC) - opened > STAFF_SESSION:
        return None
    role = Role(user.role)
    return Identity(f"u:{uid}", user.id, user.name, role, ROLE_PERMISSIONS[role])


def _participant(uid: str, database: Session) -> Identity | None:
    enrolment = database.scalar(
        select(Enrolment).where(Enrolment.uid == uid).options(joinedload(Enrolment.user))
    )
    if enrolment is None or enrolment.removed_at is not None:
        return None
    if session.get("issue") != enrolment.issue:
        return None
    return participant_identity(enrolment)


def participant_identity(enrolment: Enrolment) -> Identity:
    """The ``p:`` identity of an enrolment. Reads ``enrolment.user``."""
    return Identity(
        f"p:{enrolment.uid}",
        enrolment.user_id,
        enrolment.user.name,
        Role.PARTICIPANT,
        PARTICIPANT_PERMISSIONS,
        enrolment.id,
    )


def enter_as_account(user: User) -> None:
    """Make this browser the password session of ``user``; whoever was here before is out."""
    session.clear()
    session.permanent = True
    session["epoch"], session["at"] = user.session_epoch, int(datetime.now(UTC).timestamp())
    role = Role(user.role)
    login_user(Identity(f"u:{user.uid}", user.id, user.name, role, ROLE_PERMISSIONS[role]))


def enter_as_participant(enrolment: Enrolment) -> None:
    """Make this browser the participant session of ``enrolment``."""
    session.clear()
    session.permanent = True
    session["issue"] = enrolment.issue
    login_user(participant_identity(enrolment))


def leave() -> None:
    """Log this browser out and forget everything its session held."""
    logout_user()
    session.clear()
