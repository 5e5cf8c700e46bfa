"""What has changed for a person from the pre-test to a later sitting."""

from dataclasses import dataclass
from datetime import datetime
from fractions import Fraction

from sqlalchemy import select
from sqlalchemy.orm import Session

from quiz.assessment.attempt_state import AttemptState
from quiz.models import Attempt, Score, Topic
from quiz.queries.scores.computed import computed_score
from quiz.queries.scores.reports import topic_scores
from quiz.queries.taking.attempts import pre_test_attempt
from quiz.queries.taking.keys import feedback_allowed

Points = tuple[Fraction, Fraction]
"""Points and maximum."""


@dataclass(frozen=True)
class Step:
    """Knowledge points before and after: of everything, or of the topic with this name."""

    name: str
    before: Points
    after: Points


@dataclass(frozen=True)
class Change:
    """One person's steps from the sitting called ``before`` to that called ``after``.

    First of all items, then, if they may be told, of each topic asked about both times, by name.
    """

    before: str
    after: str
    steps: tuple[Step, ...]


def change_of(session: Session, attempt: Attempt, now: datetime) -> Change | None:
    """From the person's pre-test to ``attempt``; None where there is only one of them.

    Points of a topic tell of single items, so they wait until the pre-test's keys may be read.
    """
    earlier = pre_test_attempt(session, attempt)
    if earlier is None or earlier.state(now) is not AttemptState.FINISHED:
        return None
    before, after = computed_score(session, earlier, now), computed_score(session, attempt, now)
    if not (before.knowledge_max and after.knowledge_max):
        return None
    shown = feedback_allowed(session, earlier, now)
    return Change(
        before=earlier.sitting.label,
        after=attempt.sitting.label,
        steps=(
            Step("Semua soal", _whole(before), _whole(after)),
            *(_topics(session, before, after) if shown else ()),
        ),
    )


def _whole(score: Score) -> Points:
    return score.knowledge_points, score.knowledge_max


def _topics(session: Session, before: Score, after: Score) -> tuple[Step, ...]:
    first, second = topic_scores(before.items), topic_scores(after.items)
    both = first.keys() & second.keys()
    names = session.execute(select(Topic.code, Topic.name).where(Topic.code.in_(both)))
    return tuple(
        Step(name, first[code], second[code])
        for code, name in sorted(names, key=lambda row: row.name.casefold())
    )
