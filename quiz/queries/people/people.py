"""People and their accounts, for those who manage accounts."""

from sqlalchemy import Select, func, or_, select
from sqlalchemy.orm import Session, joinedload

from quiz.models import User
from quiz.permissions import ROLE_PERMISSIONS, Permission, Role

ACCOUNTS, EVERYBODY, DISABLED = "akun", "semua", "nonaktif"
"""Which people a list shows: those with an account, all, or those whose account is disabled."""


def people(
    session: Session, search: str, which: str, *, offset: int, limit: int
) -> tuple[list[User], int]:
    """Some people by name, with unit, and how many there are in all. Two queries.

    Each word of ``search`` is in the name or the user name; people merged into another are left
    out.
    """
    query = _chosen(search, which)
    total = session.scalar(select(func.count()).select_from(query.subquery())) or 0
    rows = session.scalars(
        query.options(joinedload(User.unit))
        .order_by(User.normalised_name, User.id)
        .offset(offset)
        .limit(limit)
    )
    return list(rows), total


def _chosen(search: str, which: str) -> Select[User]:
    query = select(User).where(User.merged_into_id.is_(None), User.erased_at.is_(None))
    if which == ACCOUNTS:
        query = query.where(User.username.is_not(None), User.disabled_at.is_(None))
    elif which == DISABLED:
        query = query.where(User.disabled_at.is_not(None))
    for word in search.split():
        query = query.where(
            or_(
                User.name.icontains(word, autoescape=True),
                User.username.icontains(word, autoescape=True),
            )
        )
    return query


def person(session: Session, uid: str) -> User | None:
    """The person ``uid`` with unit."""
    return session.scalar(
        select(User)
        .options(joinedload(User.unit))
        .where(User.uid == uid, User.merged_into_id.is_(None), User.erased_at.is_(None))
    )


def account_with_id(session: Session, user_id: int) -> User:
    """Who is logged in under this id, with unit."""
    return session.scalars(
        select(User).options(joinedload(User.unit)).where(User.id == user_id)
    ).one()


def person_called(session: Session, username: str) -> User | None:
    """Who has this user name, disabled or not; letter case does not matter."""
    return session.scalar(select(User).where(User.username == username.strip().lower()))


def accounts_with(session: Session, permission: Permission) -> list[User]:
    """Whoever may do this with a password, by name."""
    roles = [role for role, allowed in ROLE_PERMISSIONS.items() if permission in allowed]
    return list(
        session.scalars(
            select(User)
            .where(
                User.role.in_(roles),
                User.username.is_not(None),
                User.disabled_at.is_(None),
                User.merged_into_id.is_(None),
            )
            .order_by(User.normalised_name, User.id)
        )
    )


def accounts(session: Session) -> list[User]:
    """Whoever has a user name, disabled or not, by name. One query."""
    return list(
        session.scalars(
            select(User)
            .where(User.username.is_not(None), User.merged_into_id.is_(None))
            .order_by(User.normalised_name, User.id)
        )
    )


def people_named(session: Session, normalised_name: str, unit_id: int) -> list[User]:
    """People of a unit whose normalised name is this one: most likely the same person."""
    return list(
        session.scalars(
            select(User).where(
                User.normalised_name == normalised_name,
                User.unit_id == unit_id,
                User.merged_into_id.is_(None),
            )
        )
    )


def another_admin(session: Session, user: User) -> bool:
    """True when somebody else is an admin who can log in: not disabled, with a password."""
    found = session.scalar(
        select(User.id)
        .where(
            User.id != user.id,
            User.role == Role.ADMIN,
            User.disabled_at.is_(None),
            User.merged_into_id.is_(None),
            User.password_hash.is_not(None),
        )
        .limit(1)
    )
    return found is not None


def admin_names(session: Session) -> list[str]:
    """Who may change what only an admin may, by name. One query."""
    return list(
        session.scalars(
            select(User.name)
            .where(User.role == Role.ADMIN, User.username.is_not(None), User.disabled_at.is_(None))
            .order_by(User.normalised_name, User.id)
        )
    )
