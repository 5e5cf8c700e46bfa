"""One browser for each kind of person who may come."""

from sqlalchemy import select

from quiz.models import Enrolment, User
from quiz.permissions import PARTICIPANT_PERMISSIONS, ROLE_PERMISSIONS, Permission, Role
from tests.client import HouseClient
from tests.e2e.world import World

NOBODY = "nobody"
CARD = "by card"
WHO: dict[str, frozenset[Permission]] = {
    NOBODY: frozenset(),
    CARD: PARTICIPANT_PERMISSIONS,
    **{
        role.value: permissions
        for role, permissions in ROLE_PERMISSIONS.items()
        if role is not Role.PARTICIPANT  # who is by card all that an account could make him
    },
}
"""Everybody there can be, with what each may do."""


def browser_of(world: World, who: str) -> HouseClient:
    """A fresh browser of one of ``WHO``."""
    client = world.app.test_client()
    assert isinstance(client, HouseClient)
    person: User | Enrolment | None = None
    if who == CARD:
        person = world.owner_of_attempt()
    elif who != NOBODY:
        person = world.session.scalars(
            select(User).where(User.role == Role(who), User.username.is_not(None)).limit(1)
        ).one()
    return client if person is None else client.log_in(person)
