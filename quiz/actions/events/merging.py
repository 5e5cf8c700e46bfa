"""Two places of one person made one, and taken apart again."""

from collections.abc import Sequence
from datetime import date, datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from quiz.models import Attempt, AttemptMove, Enrolment, PeopleMerge, User
from quiz.models.refusals import Refused
from quiz.queries.events.doubles.merge_plan import (
    MergePlan,
    person_of,
    plan_merge,
    refusal_to_undo,
    set_aside_by,
)

REASON = "Dua catatan orang ini digabung; yang dihitung pengerjaan lain pada sesi yang sama."


class Changed(Exception):
    """What was shown is no longer what would happen; nothing was done."""


def lock_places(session: Session, *places: Enrolment) -> None:
    """Hold these places and their attempts: nobody starts there, and no other merge begins.

    Reads them anew. Raises Refused for one that is not on the roster any more.
    """
    session.flush()
    for place in sorted(places, key=lambda each: each.id):
        session.refresh(place, with_for_update=True)
    ids = [place.id for place in places]
    held = select(Attempt).where(Attempt.enrolment_id.in_(ids)).order_by(Attempt.id)
    session.scalars(
        held.with_for_update(of=Attempt), execution_options={"populate_existing": True}
    ).all()


def merge_people(
    session: Session, kept: Enrolment, absorbed: Enrolment, seen: str, by: int, now: datetime
) -> PeopleMerge:
    """Make one place of two, as the plan with the basis ``seen`` says; ``by``: the officer's id.

    Raises Changed when the plan has become another, Refused when it cannot be carried out.
    """
    lock_places(session, kept, absorbed)
    for place in (kept, absorbed):
        if place.removed_at is not None:
            raise Refused(
                f"{place.user.name} tidak ada lagi di daftar peserta: mungkin sudah digabung atau "
                "dikeluarkan petugas lain."
            )
    plan = plan_merge(session, kept, absorbed)
    if plan.basis != seen:
        raise Changed
    if plan.refusals:
        raise Refused(plan.refusals[0])
    return _merge(session, plan, session.get_one(User, by), now)


def _merge(session: Session, plan: MergePlan, by: User, now: datetime) -> PeopleMerge:
    kept, absorbed = plan.kept, plan.absorbed
    person, other = person_of(kept), person_of(absorbed)
    followers = _followers(session, absorbed, other)
    merge = PeopleMerge(
        event_id=kept.event_id,
        kept=kept,
        absorbed=absorbed,
        joined_person=None if other is person else other,
        before={
            "days": {one.day.isoformat(): one.at.isoformat() for one in kept.presences},
            "evaluated": kept.evaluated,
            "extra_percent": kept.extra_percent,
            "places": [each.id for each in followers[0]],
            "people": [each.id for each in followers[1]],
        },
        made_at=now,
        made_by=by,
    )
    session.add(merge)
    _gather_attempts(session, plan, merge)
    kept.be_there_as(absorbed)
    kept.evaluated = kept.evaluated or absorbed.evaluated
    kept.extra_percent = plan.extra_percent
    absorbed.removed_at = now
    for place in (absorbed, *followers[0]):
        place.merged_into = kept
    if other is not person:
        for user in (other, *followers[1]):
            user.merged_into = person
    session.flush()
    return merge


def _followers(
    session: Session, absorbed: Enrolment, person: User
) -> tuple[Sequence[Enrolment], Sequence[User]]:
    """Places and people merged earlier into those that are merged now: they follow along."""
    places = select(Enrolment).where(Enrolment.merged_into_id == absorbed.id)
    people = select(User).where(User.merged_into_id == person.id)
    return session.scalars(places).all(), session.scalars(people).all()


def _gather_attempts(session: Session, plan: MergePlan, merge: PeopleMerge) -> None:
    """Void what does not count, then bring the rest together: one attempt a sitting at a time."""
    aside = {clash.aside.attempt for clash in plan.clashes}
    moving = {done.attempt for done in plan.moves}
    for attempt in aside:
        attempt.void(merge.made_by, REASON, merge.made_at)
    session.flush()
    for attempt in sorted(aside | moving, key=lambda each: each.id):
        target = plan.kept if attempt in moving else attempt.enrolment
        merge.moves.append(
            AttemptMove(
                attempt=attempt,
                source=attempt.enrolment,
                target=target,
                set_aside=attempt in aside,
                made_at=merge.made_at,
                made_by=merge.made_by,
            )
        )
        attempt.enrolment = target
    session.flush()


def undo_merge(session: Session, merge: PeopleMerge, by: int, now: datetime) -> None:
    """Take a merge back whole; what began afterwards stays with the kept person.

    Raises Refused with the reason where that is not possible any more.
    """
    kept, absorbed = merge.kept, merge.absorbed
    lock_places(session, kept, absorbed)
    session.refresh(merge, with_for_update=True)
    for move in merge.moves:
        session.refresh(move.attempt, with_for_update=True)
    refusal = refusal_to_undo(session, merge)
    if refusal:
        raise Refused(refusal)
    _give_attempts_back(session, merge, by, now)
    _restore_kept(merge)
    absorbed.merged_into, absorbed.removed_at = None, None
    for place in session.scalars(
        select(Enrolment).where(
            Enrolment.id.in_(merge.before["places"]), Enrolment.merged_into_id == kept.id
        )
    ):
        place.merged_into = absorbed
    part_people(session, merge)
    merge.undone_at, merge.undone_by_id = now, by
    session.flush()


def _give_attempts_back(session: Session, merge: PeopleMerge, by: int, now: datetime) -> None:
    moves = [move for move in merge.moves if move.undone_at is None]
    again = [move for move in moves if set_aside_by(move)]
    for move in moves:
        move.attempt.enrolment = move.source
        move.undone_at, move.undone_by_id = now, by
    session.flush()
    for move in again:
        move.attempt.count_again()


def _restore_kept(merge: PeopleMerge) -> None:
    """What the kept place said before, unless somebody has changed it since."""
    kept, absorbed, before = merge.kept, merge.absorbed, merge.before
    kept.be_there_apart_from(
        absorbed,
        {date.fromisoformat(on): datetime.fromisoformat(at) for on, at in before["days"].items()},
    )
    if absorbed.evaluated:
        kept.evaluated = before["evaluated"]
    if kept.extra_percent == absorbed.extra_percent:
        kept.extra_percent = before["extra_percent"]


def part_people(session: Session, merge: PeopleMerge) -> None:
    """Let the absorbed person, and whoever followed, be somebody of their own again."""
    joined = merge.joined_person
    if joined is None:
        return
    followed = select(User).where(
        User.id.in_(merge.before["people"]), User.merged_into_id == joined.merged_into_id
    )
    for user in session.scalars(followed):
        user.merged_into = joined
    joined.merged_into = None
