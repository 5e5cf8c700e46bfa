"""Who is asking: one identity per browser, a password account or a participant's enrolment."""

from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta

from flask import g, session
from flask_login import UserMixin, login_user, logout_user
from flask_wtf.csrf import generate_csrf
from sqlalchemy.orm import Session

from quiz.models import Enrolment, User
from quiz.permissions import PARTICIPANT_PERMISSIONS, ROLE_PERMISSIONS, Permission, Role
from quiz.queries.people import entering

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
    row = entering.account_facts(database, uid)
    if row is None:
        return None
    opened = datetime.fromtimestamp(session.get("at", 0), UTC)
    if session.get("epoch") != row.session_epoch or datetime.now(UTC) - opened > STAFF_SESSION:
        return None
    role = Role(row.role)
    return Identity(f"u:{uid}", row.id, row.name, role, ROLE_PERMISSIONS[role])


def _participant(uid: str, database: Session) -> Identity | None:
    row = entering.participant_facts(database, uid)
    if row is None or session.get("issue") != row.issue:
        return None
    return _as_participant(uid, row.user_id, row.name, row.id)


def _as_participant(uid: str, user_id: int, name: str, enrolment_id: int) -> Identity:
    return Identity(
        f"p:{uid}", user_id, name, Role.PARTICIPANT, PARTICIPANT_PERMISSIONS, enrolment_id
    )


def _begin_anew() -> None:
    """An empty session; the token made for the old one earlier in this request goes with it."""
    session.clear()
    g.pop("csrf_token", None)
    session.permanent = True


def enter_as_account(user: User) -> None:
    """Make this browser the password session of ``user``; whoever was here before is out."""
    _begin_anew()
    session["epoch"], session["at"] = user.session_epoch, int(datetime.now(UTC).timestamp())
    role = Role(user.role)
    login_user(Identity(f"u:{user.uid}", user.id, user.name, role, ROLE_PERMISSIONS[role]))


def enter_as_participant(enrolment: Enrolment) -> None:
    """Make this browser the participant session of ``enrolment``."""
    _begin_anew()
    session["issue"] = enrolment.issue
    user = enrolment.user
    login_user(_as_participant(enrolment.uid, user.id, user.name, enrolment.id))
    generate_csrf()  # now, so that the next page need not send the cookie once more


def leave() -> None:
    """Log this browser out and forget everything its session held."""
    logout_user()
    session.clear()
