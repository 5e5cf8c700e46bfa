"""The ready package: a quiz balanced over the bank, and the sittings made from it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy.orm import Session

from quiz.actions.events.preparing import prepare_all
from quiz.assessment.forms.form import Blueprint, Gap
from quiz.assessment.forms.timetable import Window
from quiz.models import Event, Quiz, QuizSlot, Sitting
from quiz.models.events.events import DEFAULT_MODES
from quiz.models.refusals import Refused
from quiz.queries.events.ready import (
    PASS_MARK,
    TEST,
    TESTS,
    Kind,
    free_title,
    ready_plan,
    same_package,
)


@dataclass(frozen=True)
class Package:
    """What was made. ``quiz`` is that of the tests; it and others may be of an earlier package.

    ``prepared``: the sittings can be taken.
    """

    quiz: Quiz
    new_quizzes: list[Quiz]
    sittings: list[Sitting]
    prepared: bool

    @property
    def new_quiz(self) -> bool:
        """Whether the quiz of the tests was made now."""
        return self.quiz in self.new_quizzes


def make_ready(
    session: Session,
    event: Event,
    now: datetime,
    seed: str,
    follow_ups: Sequence[Window] = (),
    *,
    crossed: bool = False,
) -> Package | list[Gap]:
    """Give ``event`` a pre-test, a post-test and a follow-up in each of these windows.

    ``crossed``: pre-test and post-test ask the same two forms, each half of the people another.
    They are prepared where somebody is on its roster. The same ``seed``, roster and bank choose the
    same items. Returns the gaps that prevent it; then the caller undoes what was begun. Raises
    Refused where queries.events.ready says so.
    """
    session.flush()
    session.refresh(event, with_for_update=True)
    plan = ready_plan(session, event, now, follow_ups)
    if plan.refusal:
        raise Refused(plan.refusal)
    if plan.gaps:
        return plan.gaps
    known = {
        kind: same_package(session, kind, blueprint) for kind, blueprint in plan.blueprints.items()
    }
    quizzes = {
        kind: known[kind] or _quiz(session, kind, blueprint, now)
        for kind, blueprint in plan.blueprints.items()
    }
    sittings = [
        Sitting(
            event=event,
            quiz=quizzes[planned.kind],
            phase=planned.phase,
            opens_at=planned.opens_at,
            closes_at=planned.closes_at,
            feedback_mode=DEFAULT_MODES[planned.phase],
            crossed=crossed and planned.phase in TESTS,
        )
        for planned in plan.sittings
    ]
    session.add_all(sittings)
    session.flush()
    if plan.statuses:
        for gaps in prepare_all(session, sittings, now, seed).values():
            if gaps:
                return gaps
    new = [quiz for kind, quiz in quizzes.items() if known[kind] is None]
    return Package(quizzes[TEST], new, sittings, bool(plan.statuses))


def _quiz(session: Session, kind: Kind, blueprint: Blueprint, now: datetime) -> Quiz:
    quiz = Quiz(
        title=free_title(session, kind),
        description="Dibuat sistem: merata menurut topik, jenis, dan tingkat soal di bank.",
        time_limit_minutes=kind.limit_minutes,
        pass_mark=PASS_MARK,
        created_at=now,
        slots=[
            QuizSlot(
                position=position,
                topic=slot.topic,
                level=slot.level and slot.level.value,
                type=slot.type,
                count=slot.count,
            )
            for position, slot in enumerate(blueprint.slots, start=1)
        ],
    )
    session.add(quiz)
    return quiz
