"""Passwords and one-time addresses: how an account is opened, and opened again when forgotten."""

import hashlib
from datetime import datetime

from argon2 import Parameters, PasswordHasher, Type
from argon2.exceptions import InvalidHashError, VerificationError
from argon2.low_level import ARGON2_VERSION
from sqlalchemy import select, update
from sqlalchemy.orm import Session

from quiz.actions.people.passwords import LONGEST
from quiz.codes import one_time_token
from quiz.models.people.users import OneTimeLink, User
from quiz.queries.people.entering import not_before

COST = Parameters(
    type=Type.ID,
    version=ARGON2_VERSION,
    salt_len=16,
    hash_len=32,
    time_cost=2,
    memory_cost=19 * 1024,
    parallelism=1,
)
"""Argon2id with OWASP's parameters (t=2, m=19 MiB, p=1)."""

hasher = PasswordHasher.from_parameters(COST)
"""Tests put a cheap one here."""

DECOY = (
    "$argon2id$v=19$m=19456,t=2,p=1$"
    "OkonQiLtYTqc0Bm3EyBc2g$VWEqnfhsL8e64YvOWAt9IeDHaNSqxPkAoQjG8C6Xa5A"
)
"""A hash, made at ``COST``, of a random password nobody kept."""


def hash_password(text: str) -> str:
    """The Argon2id hash of ``text``, with its parameters and salt, at most 200 characters."""
    return hasher.hash(text)


def verify_password(stored: str | None, text: str) -> bool:
    """Whether ``text`` is the password that gave ``stored``.

    None (no such account, or none set yet) costs the same one hash and is never right, so that the
    wait does not tell which user names exist.
    """
    if len(text) > LONGEST:
        return False
    try:
        hasher.verify(stored or DECOY, text)
    except (VerificationError, InvalidHashError):
        return False
    return stored is not None


def set_password(user: User, text: str) -> None:
    """Give ``user`` a new password and end every session the old one opened."""
    user.change_password(hash_password(text))


def make_link(session: Session, user: User | None, now: datetime) -> str:
    """The token of a new one-time address for ``user`` (None: the first admin's), good for 72 h.

    Earlier unused addresses for the same person stop working. Only the token's SHA-256 is kept,
    so it can be shown this once.
    """
    session.flush()
    user_id = user.id if user else None
    session.execute(
        update(OneTimeLink)
        .where(OneTimeLink.user_id == user_id, OneTimeLink.used_at.is_(None))
        .where(OneTimeLink.expires_at > now)
        .values(expires_at=now)
    )
    token = one_time_token()
    session.add(
        OneTimeLink(
            token_digest=_digest(token),
            user_id=user_id,
            created_at=now,
            expires_at=now + OneTimeLink.LIFETIME,
        )
    )
    return token


def find_link(session: Session, token: str, now: datetime) -> OneTimeLink | None:
    """The address with this token while it works: not used, not expired, its account usable."""
    link = session.scalar(select(OneTimeLink).where(OneTimeLink.token_digest == _digest(token)))
    if link is None or not link.valid(not_before(session, now)):
        return None
    user = link.user
    shut = user is not None and (user.disabled_at or user.merged_into_id)
    return None if shut else link


def use_link(link: OneTimeLink, user: User, text: str, now: datetime) -> None:
    """Set the password of ``user`` by a link that ``find_link`` gave; it works no more after this.

    ``user`` is the link's own, or the first admin just made for a link that has none.
    """
    set_password(user, text)
    link.used_at = now


def _digest(token: str) -> str:
    return hashlib.sha256(token.encode()).hexdigest()
