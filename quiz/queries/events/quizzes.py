"""Quizzes, and how often each is used."""

from dataclasses import dataclass

from sqlalchemy import func, select
from sqlalchemy.orm import Session, selectinload

from quiz.models import Event, Quiz, Sitting


@dataclass(frozen=True)
class QuizRow:
    """A quiz with its blueprint, in how many sittings it is planned, and how many are prepared."""

    quiz: Quiz
    sittings: int
    prepared: int


def quizzes(session: Session, *, retired: bool) -> list[QuizRow]:
    """The quizzes in use, or the retired ones, by title. Three queries."""
    used = _use(session)
    rows = session.scalars(
        select(Quiz)
        .where(Quiz.retired_at.is_not(None) if retired else Quiz.retired_at.is_(None))
        .options(selectinload(Quiz.slots))
        .order_by(Quiz.title, Quiz.id)
    )
    return [QuizRow(quiz, *used.get(quiz.id, (0, 0))) for quiz in rows]


def _use(session: Session) -> dict[int, tuple[int, int]]:
    rows = session.execute(
        select(Sitting.quiz_id, func.count(), func.count(Sitting.prepared_at)).group_by(
            Sitting.quiz_id
        )
    )
    return {quiz_id: (sittings, prepared) for quiz_id, sittings, prepared in rows}


def counts(session: Session) -> tuple[int, int]:
    """How many quizzes are in use and how many retired. One query."""
    every, retired = session.execute(select(func.count(), func.count(Quiz.retired_at))).one()
    return every - retired, retired


def quiz_row(session: Session, uid: str) -> QuizRow | None:
    """The quiz ``uid`` with its use. Three queries."""
    quiz = session.scalar(select(Quiz).where(Quiz.uid == uid).options(selectinload(Quiz.slots)))
    if quiz is None:
        return None
    sittings, prepared = session.execute(
        select(func.count(), func.count(Sitting.prepared_at)).where(Sitting.quiz_id == quiz.id)
    ).one()
    return QuizRow(quiz, sittings, prepared)


def quiz_titled(session: Session, title: str) -> Quiz | None:
    """The quiz with this title, capitals or not."""
    return session.scalar(select(Quiz).where(func.lower(Quiz.title) == title.lower()))


def events_with(session: Session, quiz: Quiz) -> list[Event]:
    """The events in which a sitting takes this quiz, latest first. One query."""
    return list(
        session.scalars(
            select(Event)
            .where(Event.id.in_(select(Sitting.event_id).where(Sitting.quiz_id == quiz.id)))
            .order_by(Event.starts_at.desc(), Event.id.desc())
        )
    )
