"""Who may stand twice on a roster, and what was put together there."""

from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session, contains_eager, joinedload

from quiz.exchange.rosters.doubles import Place, Sign, likely_doubles, sign_of
from quiz.models import Attempt, AttemptMove, Enrolment, Event, PeopleMerge, User
from quiz.queries.people.merges import merged_person, read_merges


@dataclass(frozen=True)
class Pair:
    """Two places that may be one person's, and why; ``one`` is the better one to keep."""

    one: Enrolment
    other: Enrolment
    sign: Sign


def likely_pairs(session: Session, event: Event) -> list[Pair]:
    """The likely doubles of an event's roster, the surest first. Two queries."""
    enrolments = _roster(session, event)
    by_id = {each.id: each for each in enrolments}
    merges = read_merges(session)
    return [
        Pair(*_kept_first(by_id[double.one.key], by_id[double.other.key]), double.sign)
        for double in likely_doubles([_place(each, merges) for each in enrolments])
    ]


def _kept_first(*places: Enrolment) -> tuple[Enrolment, Enrolment]:
    """First whose record says more: still somebody's own, an account, a NIP, invited, a position,
    and else who came onto the roster first."""

    def lacks(place: Enrolment) -> tuple[bool | int, ...]:
        user = place.user
        return (
            user.merged_into_id is not None,
            not user.username,
            not user.nip,
            place.walked_in,
            not user.position,
            place.id,
        )

    one, other = sorted(places, key=lacks)
    return one, other


def like(session: Session, enrolment: Enrolment) -> list[Pair]:
    """Those on the roster who may be this person, the surest first; ``one`` is always the person.

    Two queries.
    """
    merges = read_merges(session)
    place = _place(enrolment, merges)
    found = [
        Pair(enrolment, other, sign)
        for other in _roster(session, enrolment.event)
        if other.id != enrolment.id and (sign := sign_of(place, _place(other, merges)))
    ]
    return sorted(found, key=lambda pair: pair.sign)


def _roster(session: Session, event: Event) -> list[Enrolment]:
    return list(
        session.scalars(
            select(Enrolment)
            .join(Enrolment.user)
            .where(Enrolment.event_id == event.id, Enrolment.removed_at.is_(None))
            .options(contains_eager(Enrolment.user))
            .order_by(Enrolment.unit_name, User.normalised_name, Enrolment.id)
        )
    )


def _place(enrolment: Enrolment, merges: dict[int, int]) -> Place:
    user = enrolment.user
    return Place(
        key=enrolment.id,
        person=merged_person(user.id, merges),
        name=user.normalised_name,
        unit=enrolment.unit_id,
        nip=user.nip,
        position=user.position,
    )


def merges_in(session: Session, event: Event) -> list[PeopleMerge]:
    """The merges in force, the latest first, with both people and who made them. One query."""
    return list(
        session.scalars(
            select(PeopleMerge)
            .where(PeopleMerge.event_id == event.id, PeopleMerge.undone_at.is_(None))
            .options(
                joinedload(PeopleMerge.kept).joinedload(Enrolment.user),
                joinedload(PeopleMerge.absorbed).joinedload(Enrolment.user),
                joinedload(PeopleMerge.made_by),
            )
            .order_by(PeopleMerge.id.desc())
        )
    )


def moves_in(session: Session, event: Event) -> list[AttemptMove]:
    """Attempts given to somebody else by hand, in force, the latest first. One query."""
    return list(
        session.scalars(
            select(AttemptMove)
            .join(AttemptMove.source)
            .where(
                Enrolment.event_id == event.id,
                AttemptMove.undone_at.is_(None),
                AttemptMove.merge_id.is_(None),
            )
            .options(
                contains_eager(AttemptMove.source).joinedload(Enrolment.user),
                joinedload(AttemptMove.target).joinedload(Enrolment.user),
                joinedload(AttemptMove.attempt).joinedload(Attempt.sitting),
                joinedload(AttemptMove.made_by),
            )
            .order_by(AttemptMove.id.desc())
        )
    )


def merge_of(session: Session, event: Event, uid: str) -> PeopleMerge | None:
    """The merge ``uid`` of this event, undone or not."""
    return session.scalar(
        select(PeopleMerge).where(PeopleMerge.uid == uid, PeopleMerge.event_id == event.id)
    )


def move_of(session: Session, event: Event, uid: str) -> AttemptMove | None:
    """The moving ``uid`` of an attempt at this event made by hand, undone or not."""
    return session.scalar(
        select(AttemptMove)
        .join(AttemptMove.source)
        .where(
            AttemptMove.uid == uid,
            AttemptMove.merge_id.is_(None),
            Enrolment.event_id == event.id,
        )
    )
