"""Where each person on a roster stands in each counted sitting of an event."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from fractions import Fraction

from sqlalchemy import select
from sqlalchemy.orm import Session, aliased, contains_eager, joinedload

from quiz.assessment.attempt_state import AttemptState, Outcome, outcome
from quiz.assessment.scores.scoring import passed, percent
from quiz.models import Attempt, Enrolment, Event, Score, Sitting, User
from quiz.models.events.events import Phase
from quiz.queries.scores.computed import computed_scores, is_final


@dataclass(frozen=True)
class Standing:
    """One person in one sitting. ``attempt`` is the unvoided one; a score only once it is over."""

    enrolment: Enrolment
    sitting: Sitting
    attempt: Attempt | None
    state: AttemptState | None
    score: Score | None

    @property
    def submitted(self) -> bool:
        """Closed by the person, or by time with at least one response."""
        if self.attempt is None or self.score is None:
            return False
        return self.attempt.submitted_at is not None or self.score.answered > 0

    @property
    def outcome(self) -> Outcome | None:
        """How the attempt counts; None without one."""
        if self.attempt is None or self.state is None:
            return None
        return outcome(
            self.state,
            by_person=self.attempt.submitted_at is not None,
            answered=self.score is not None and self.score.answered > 0,
            after_release=self.attempt.after_release,
        )

    @property
    def after_release(self) -> bool:
        """Answered when the keys were out already: shown, and in no figure."""
        return self.attempt is not None and self.attempt.after_release

    @property
    def without_response(self) -> bool:
        """Started, and over by time without any response: no result."""
        return self.score is not None and not self.submitted

    @property
    def percent(self) -> Fraction | None:
        """Knowledge on 0 to 100, exact; None when not submitted or it stands in no figure."""
        if not self.submitted or self.score is None or self.after_release:
            return None
        return percent(self.score.knowledge_points, self.score.knowledge_max)

    @property
    def passed(self) -> bool | None:
        """Whether the pass mark is reached; None without a percent."""
        return passed(self.percent, self.sitting.pass_mark)

    @property
    def words(self) -> str:
        """The state in words for a list."""
        if self.attempt is None or self.state is None:
            return "Belum mulai"
        if self.without_response:
            return "Mulai tanpa jawaban"
        words = self.state.label
        if self.state is AttemptState.FINISHED and self.attempt.submitted_at is None:
            words += ", habis waktu"
        if self.attempt.on_paper:
            words += ", kertas"
        return words + (", sesudah pembahasan dibuka" if self.after_release else "")


def counted_sittings(session: Session, event: Event) -> list[Sitting]:
    """The event's sittings that stand in figures, by opening time. One query."""
    return list(
        session.scalars(
            select(Sitting)
            .where(Sitting.event_id == event.id, Sitting.phase != Phase.PRACTICE)
            .order_by(Sitting.opens_at, Sitting.id)
        )
    )


def standings(session: Session, sittings: Sequence[Sitting], now: datetime) -> list[Standing]:
    """Everybody on the roster in each of these sittings of one event, by unit and name.

    One select; where attempts ended by time and hold no score yet, their scores are computed in
    memory by two more, and one for each form not yet in memory.
    """
    current = aliased(Score)
    rows = session.execute(
        select(Enrolment, Sitting, Attempt, current)
        .join(Sitting, Sitting.event_id == Enrolment.event_id)
        .join(Enrolment.user)
        .join(Enrolment.unit)
        .outerjoin(
            Attempt,
            (Attempt.enrolment_id == Enrolment.id)
            & (Attempt.sitting_id == Sitting.id)
            & Attempt.voided_at.is_(None)
            & Attempt.counted,
        )
        .outerjoin(current, (current.attempt_id == Attempt.id) & current.current)
        .options(contains_eager(Enrolment.user), contains_eager(Enrolment.unit))
        .where(Sitting.id.in_([sitting.id for sitting in sittings]), Enrolment.removed_at.is_(None))
        .order_by(Sitting.opens_at, Sitting.id, Enrolment.unit_name, User.normalised_name)
    )
    found = [_standing(*row, now=now) for row in rows]
    lacking = [
        one.attempt
        for one in found
        if one.attempt and one.state is AttemptState.FINISHED and one.score is None
    ]
    computed = computed_scores(session, lacking, now)
    return [
        replace(one, score=computed[one.attempt.id])
        if one.attempt and one.attempt.id in computed
        else one
        for one in found
    ]


def _standing(
    enrolment: Enrolment,
    sitting: Sitting,
    attempt: Attempt | None,
    score: Score | None,
    *,
    now: datetime,
) -> Standing:
    if attempt is None:
        return Standing(enrolment, sitting, None, None, None)
    state = attempt.state(now)
    holds = score is not None and state is AttemptState.FINISHED and is_final(attempt, score)
    return Standing(enrolment, sitting, attempt, state, score if holds else None)


def participant(session: Session, event: Event, uid: str) -> Enrolment | None:
    """The person ``uid`` on this event's roster, removed or not, with user and unit."""
    return session.scalar(
        select(Enrolment)
        .where(Enrolment.uid == uid, Enrolment.event_id == event.id)
        .options(joinedload(Enrolment.user), joinedload(Enrolment.unit))
    )


def attempts_of(session: Session, enrolment: Enrolment) -> list[Attempt]:
    """A person's counted attempts in their event, voided ones too, latest first. One query."""
    return list(
        session.scalars(
            select(Attempt)
            .where(Attempt.enrolment_id == enrolment.id, Attempt.counted)
            .options(
                joinedload(Attempt.sitting, innerjoin=True),
                joinedload(Attempt.voided_by),
                joinedload(Attempt.typed_by),
            )
            .order_by(Attempt.id.desc())
        )
    )
