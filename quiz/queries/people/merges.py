"""Following merges of people: rows keep pointing to whom they named, readers follow."""

from collections.abc import Mapping

from sqlalchemy import select
from sqlalchemy.orm import Session

from quiz.models.people.users import User


def read_merges(session: Session) -> dict[int, int]:
    """User id → whom that person was merged into; only people who were."""
    rows = session.execute(
        select(User.id, User.merged_into_id).where(User.merged_into_id.is_not(None))
    )
    return {user_id: target for user_id, target in rows if target is not None}


def merged_person(user_id: int, merges: Mapping[int, int]) -> int:
    """Whom a person counts as today, through every merge."""
    while user_id in merges:
        user_id = merges[user_id]
    return user_id
