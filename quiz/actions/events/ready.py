"""The ready package: a quiz balanced over the bank, and pre-test and post-test made from it."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy.orm import Session

from quiz.actions.events.preparing import prepare
from quiz.assessment.forms.form import Blueprint, Gap
from quiz.assessment.forms.timetable import LIMIT_MINUTES
from quiz.models import Event, Quiz, QuizSlot, Sitting
from quiz.models.events.events import DEFAULT_MODES
from quiz.models.refusals import Refused
from quiz.queries.events.ready import PASS_MARK, free_title, ready_plan, same_package


@dataclass(frozen=True)
class Package:
    """What was made. ``quiz`` may be one an earlier package made; ``prepared``: can be taken."""

    quiz: Quiz
    new_quiz: bool
    sittings: list[Sitting]
    prepared: bool


def make_ready(session: Session, event: Event, now: datetime, seed: str) -> Package | list[Gap]:
    """Give ``event`` a pre-test and a post-test, prepared where somebody is on its roster.

    The same ``seed``, roster and bank choose the same items. Returns the gaps that prevent it; then
    the caller undoes what was begun. Raises Refused where queries.events.ready says so.
    """
    session.flush()
    session.refresh(event, with_for_update=True)
    plan = ready_plan(session, event, now)
    if plan.refusal:
        raise Refused(plan.refusal)
    if isinstance(plan.blueprint, list):
        return plan.blueprint
    known = same_package(session, plan.blueprint)
    quiz = known or _quiz(session, plan.blueprint, now)
    sittings = [
        Sitting(
            event=event,
            quiz=quiz,
            phase=phase,
            opens_at=opens_at,
            closes_at=closes_at,
            feedback_mode=DEFAULT_MODES[phase],
        )
        for phase, (opens_at, closes_at) in plan.windows.items()
    ]
    session.add_all(sittings)
    session.flush()
    if plan.statuses:
        for sitting in sittings:
            gaps = prepare(session, sitting, now, f"{seed}/{sitting.phase}")
            if gaps:
                return gaps
    return Package(quiz, known is None, sittings, bool(plan.statuses))


def _quiz(session: Session, blueprint: Blueprint, now: datetime) -> Quiz:
    quiz = Quiz(
        title=free_title(session),
        description="Dibuat sistem: merata menurut topik, jenis, dan tingkat soal di bank.",
        time_limit_minutes=LIMIT_MINUTES,
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
