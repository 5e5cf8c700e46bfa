"""Who is asking: one identity per browser, a password account or a participant's enrolment."""

from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta

from flask import current_app, g, request, session
from flask_login import UserMixin, login_user, logout_user
from flask_wtf.csrf import generate_csrf
from sqlalchemy.orm import Session

from quiz.actions.people.leaving import end_session
from quiz.models import Enrolment, User
from quiz.models.base import new_uid
from quiz.permissions import PARTICIPANT_PERMISSIONS, ROLE_PERMISSIONS, Permission, Role
from quiz.queries.people import entering
from quiz.web.keys import demands_second_step

STAFF_SESSION = timedelta(hours=12)
"""How long a password session lasts; a participant's lasts as long as its cookie (30 days)."""

STAFF_IDLE = timedelta(hours=1)
"""How long it lasts without a request."""

SEEN_EVERY = timedelta(minutes=5)
"""How often its cookie is renewed to say when it was last used."""


HALF_SESSION = timedelta(minutes=10)
"""How long a password that was right waits for the second step: a phone has to be fetched."""

HALF = "half"
"""Where a session keeps whose password was right; it gives no right."""


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
    row = entering.account_facts(database, uid, session.get("sid", ""))
    if row is None or "sid" not in session or session.get("epoch") != row.session_epoch:
        return None
    now = datetime.now(UTC)
    now = max(now, row.newest or now)
    if now - _moment("at") > STAFF_SESSION or now - _moment("seen") > STAFF_IDLE:
        return None
    if now - _moment("seen") > SEEN_EVERY and not _by_itself():
        session["seen"] = int(now.timestamp())
    role = Role(row.role)
    if owes_second_step(role, has_one=row.second_step):
        return None
    return Identity(f"u:{uid}", row.id, row.name, role, ROLE_PERMISSIONS[role])


def owes_second_step(role: Role, *, has_one: bool) -> bool:
    """Whether an account of ``role`` is nobody before it has set up a second step."""
    return not has_one and role is not Role.PARTICIPANT and demands_second_step()


def _by_itself() -> bool:
    """Whether a script asked by itself, so that nobody need be there."""
    view = current_app.view_functions.get(request.endpoint or "")
    return bool(getattr(view, "idle", False))


def _moment(key: str) -> datetime:
    return datetime.fromtimestamp(session.get(key, 0), UTC)


def _participant(uid: str, database: Session) -> Identity | None:
    row = entering.participant_facts(database, uid, session.get("sid", ""))
    if row is None or "sid" not in session or session.get("issue") != row.issue:
        return None
    if session.get("epoch", 0) != row.epoch:
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
    session["sid"] = new_uid()


def enter_as_account(user: User, now: datetime) -> None:
    """Make this browser the password session of ``user``; whoever was here before is out."""
    _begin_anew()
    session["epoch"] = user.session_epoch
    session["at"] = session["seen"] = int(now.timestamp())
    role = Role(user.role)
    login_user(Identity(f"u:{user.uid}", user.id, user.name, role, ROLE_PERMISSIONS[role]))


def enter_halfway(user: User, now: datetime) -> None:
    """Make this browser one that gave the password of ``user`` and is nobody until the second
    step; whoever was here before is out."""
    _begin_anew()
    session[HALF] = [user.uid, user.session_epoch, int(now.timestamp())]


def halfway(database: Session, now: datetime) -> User | None:
    """Who gave the password here within HALF_SESSION and still owes the second step.

    None as well once that session was left, or the account's others ended. Two queries.
    """
    if HALF not in session or "sid" not in session:
        return None
    uid, epoch, at = session[HALF]
    user = entering.account_halfway(database, uid, session["sid"])
    late = entering.not_before(database, now) - datetime.fromtimestamp(at, UTC) > HALF_SESSION
    return None if user is None or user.session_epoch != epoch or late else user


def enter_as_participant(enrolment: Enrolment) -> None:
    """Make this browser the participant session of ``enrolment``.

    It is the card's own, whatever that counts as today: when a merge is taken back, so is this.
    """
    _begin_anew()
    session["issue"], session["epoch"] = enrolment.issue, enrolment.session_epoch
    place = enrolment.counts_as
    login_user(_as_participant(enrolment.uid, place.user_id, place.user.name, place.id))
    generate_csrf()  # now, so that the next page need not send the cookie once more


def leave(database: Session, now: datetime) -> None:
    """End this browser's session, copies of its cookie too, and forget what it held.

    Writes; the caller commits.
    """
    if "sid" in session:
        end_session(database, session["sid"], now)
    logout_user()
    session.clear()
