"""Following merges of people: rows keep pointing to whom they named, readers follow."""

from collections.abc import Iterable, Mapping

from sqlalchemy import ColumnElement, or_, select
from sqlalchemy.orm import Session

from quiz.models.events.enrolments import Enrolment
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


def of_person(user_id: int) -> ColumnElement[bool]:
    """Condition on Enrolment: a place of this person, or of one merged into them."""
    same = or_(User.id == user_id, User.merged_into_id == user_id)
    return Enrolment.user_id.in_(select(User.id).where(same))


def places_by_person(
    places: Iterable[Enrolment], merges: Mapping[int, int]
) -> dict[int, Enrolment]:
    """Person → their place at an event, after all merges: the one in force where there are two,
    else one taken off the roster before one that was merged."""
    order = sorted(places, key=lambda each: (each.removed_at is None, each.merged_into_id is None))
    return {merged_person(each.user_id, merges): each for each in order}
