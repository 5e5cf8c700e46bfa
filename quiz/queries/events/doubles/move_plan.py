"""Whether an attempt may be given to somebody else on the roster, or back."""

from sqlalchemy import select
from sqlalchemy.orm import Session

from quiz.models import Attempt, AttemptMove, Enrolment
from quiz.queries.events.doubles.forms_meet import asked_alike
from quiz.queries.taking.attempts import current_attempt


def refusal_to_move(session: Session, attempt: Attempt, place: Enrolment) -> str | None:
    """Why ``place`` cannot take the attempt over; None where it can."""
    name, sitting = place.user.name, attempt.sitting
    if attempt.voided_at is not None:
        return "Pengerjaan ini sudah dibatalkan, jadi tidak dialihkan."
    if attempt.counted and current_attempt(session, sitting, place) is not None:
        return (
            f"{name} sudah punya pengerjaan {sitting.label} sendiri. Bila itu yang keliru, "
            "batalkan dulu dengan Ulangi dari awal, lalu alihkan."
        )
    if not asked_alike(session, attempt, place):
        return (
            f"Soal {sitting.label} yang dikerjakan adalah soal untuk "
            f"{attempt.enrolment.status.label}, sedangkan {name} tercatat "
            f"{place.status.label}. Bila statusnya keliru, ubah dulu di halaman {name}."
        )
    return None


def refusal_to_give_back(session: Session, move: AttemptMove) -> str | None:
    """Why the attempt cannot go back to where it was; None where it can."""
    attempt, source = move.attempt, move.source
    if move.undone_at is not None:
        return "Pengalihan ini sudah dibatalkan."
    if attempt.enrolment_id != move.to_id:
        return (
            f"{attempt.sitting.label} itu sekarang pada {attempt.enrolment.user.name}. Batalkan "
            "pengalihan atau penggabungan yang lebih baru dulu."
        )
    if source.removed_at is not None:
        return (
            f"{source.user.name} tidak ada lagi di daftar peserta. Kembalikan dulu ke daftar, atau "
            "batalkan penggabungannya."
        )
    if attempt.voided_at is None:
        return refusal_to_move(session, attempt, source)
    return None


def own_attempts(session: Session, enrolment: Enrolment) -> list[Attempt]:
    """The person's unvoided attempts, practice left out, by their beginning. One query."""
    return list(
        session.scalars(
            select(Attempt)
            .where(
                Attempt.enrolment_id == enrolment.id, Attempt.voided_at.is_(None), Attempt.counted
            )
            .order_by(Attempt.started_at, Attempt.id)
        )
    )
