"""An attempt given to whoever made it, where two people had used one place, and given back."""

from datetime import datetime

from sqlalchemy.orm import Session

from quiz.actions.events.merging import lock_places
from quiz.models import Attempt, AttemptMove, Enrolment
from quiz.models.refusals import Refused
from quiz.queries.events.doubles.move_plan import refusal_to_give_back, refusal_to_move


def move_attempt(
    session: Session, attempt: Attempt, place: Enrolment, by: int, now: datetime
) -> AttemptMove:
    """Let the attempt stand with ``place``; ``by``: the officer's id. Raises Refused."""
    source = attempt.enrolment
    lock_places(session, source, place)
    session.refresh(attempt, with_for_update=True)
    if attempt.enrolment_id != source.id:
        raise Refused("Pengerjaan ini baru saja dialihkan petugas lain. Buka lagi halamannya.")
    if place.removed_at is not None:
        raise Refused(f"{place.user.name} tidak ada lagi di daftar peserta.")
    refusal = refusal_to_move(session, attempt, place)
    if refusal:
        raise Refused(refusal)
    move = AttemptMove(
        attempt=attempt,
        source=source,
        target=place,
        set_aside=False,
        made_at=now,
        made_by_id=by,
    )
    session.add(move)
    attempt.enrolment = place
    session.flush()
    return move


def give_back(session: Session, move: AttemptMove, by: int, now: datetime) -> None:
    """Let the attempt stand where it stood before. Raises Refused with the reason."""
    lock_places(session, move.source, move.target)
    session.refresh(move, with_for_update=True)
    session.refresh(move.attempt, with_for_update=True)
    refusal = refusal_to_give_back(session, move)
    if refusal:
        raise Refused(refusal)
    move.attempt.enrolment = move.source
    move.undone_at, move.undone_by_id = now, by
    session.flush()
