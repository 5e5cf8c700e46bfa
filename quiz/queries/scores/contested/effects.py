"""What making or withdrawing a ruling would change."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from fractions import Fraction

from sqlalchemy import Select, select
from sqlalchemy.orm import Session, joinedload

from quiz.assessment.attempt_state import AttemptState
from quiz.assessment.items.types import ITEM_TYPES
from quiz.assessment.scores.effect import Effect, ScoreChange, ShownEffect, effect, shown_effect
from quiz.assessment.scores.ruling import Ruling, ruling_set_digest
from quiz.assessment.scores.scoring import percent
from quiz.models.bank.items import ItemVersion
from quiz.models.events.enrolments import Enrolment
from quiz.models.events.events import Event, Sitting
from quiz.models.events.forms import FormChoice, StoredSlot
from quiz.models.scores.rulings import StoredRuling
from quiz.models.taking.attempts import Attempt, Score
from quiz.queries.scores.computed import computed_scores, rulings_for
from quiz.queries.scores.items.complete import Scope
from quiz.queries.scores.items.meetings import meetings_by_version


@dataclass(frozen=True)
class Rescored:
    """A finished attempt with its score before and after; neither is added to the session."""

    attempt: Attempt
    before: Score
    after: Score


def rulings_digest(session: Session, version: ItemVersion) -> str:
    """Names the rulings in force on a version, to notice that somebody else has ruled since."""
    return ruling_set_digest(rulings_for(session, [version.uid]))


def would_make(
    session: Session, version: ItemVersion, ruling: Ruling, now: datetime
) -> list[Rescored]:
    """Every finished attempt at the version as it would be after ``ruling``; nothing is written.

    Six queries and one for each form not yet in memory, however many attempts.
    """
    return _rescored(session, version, [*rulings_for(session, [version.uid]), ruling], now)


def would_withdraw(session: Session, row: StoredRuling, now: datetime) -> list[Rescored]:
    """Every finished attempt at the ruled version as it would be without this ruling."""
    rest = rulings_for(session, [row.version.uid], but=row)
    return _rescored(session, row.version, rest, now)


def effect_on(version: ItemVersion, rescored: Iterable[Rescored]) -> Effect:
    """Who rises and who falls on the version's scale, among attempts that stand in figures."""
    scale = ITEM_TYPES[version.type].scale
    figures = (one for one in rescored if one.attempt.counted and not one.attempt.after_release)
    return effect(_change(one, scale) for one in figures)


@dataclass(frozen=True)
class Consequence:
    """What may be shown of what a ruling does: the effect on the sittings that may be counted.

    ``counted`` are these, with how many people met the version; ``others`` the rest of the
    sittings with finished attempts at it, both in the order they opened.
    """

    effect: ShownEffect | None
    counted: Sequence[tuple[Sitting, int]]
    others: Sequence[Sitting]


def consequence(
    session: Session, version: ItemVersion, rescored: Sequence[Rescored], now: datetime
) -> Consequence:
    """What may be shown: of the sittings that item analysis counts. As many queries as
    ``meetings_by_version``."""
    groups = meetings_by_version(session, Scope(version=version), now).get(version.uid, ())
    people = {group.sitting: len(group.meetings) for group in groups if group.countable}
    touched = {one.attempt.sitting for one in rescored if one.attempt.counted}
    ordered = sorted(touched, key=lambda sitting: (sitting.opens_at, sitting.id))
    within = [one for one in rescored if one.attempt.sitting.uid in people and _complete(one)]
    return Consequence(
        shown_effect(effect_on(version, within)),
        [(sitting, people[sitting.uid]) for sitting in ordered if sitting.uid in people],
        [sitting for sitting in ordered if sitting.uid not in people],
    )


def _complete(one: Rescored) -> bool:
    return one.attempt.submitted_at is not None or one.before.answered > 0


def _rescored(
    session: Session, version: ItemVersion, rulings: Sequence[Ruling], now: datetime
) -> list[Rescored]:
    found = session.scalars(_attempts_at(version)).all()
    over = [attempt for attempt in found if attempt.state(now) is AttemptState.FINISHED]
    before = computed_scores(session, over, now)
    after = computed_scores(session, over, now, supposed={version.uid: rulings})
    return [Rescored(attempt, before[attempt.id], after[attempt.id]) for attempt in over]


def _attempts_at(version: ItemVersion) -> Select[Attempt]:
    """Unvoided attempts whose form holds the version for the person's status, practice too."""
    asked = (
        select(Attempt.id)
        .join(Attempt.enrolment)
        .join(
            StoredSlot,
            (StoredSlot.sitting_id == Attempt.sitting_id) & (StoredSlot.form == Attempt.form),
        )
        .join(
            FormChoice,
            (FormChoice.slot_id == StoredSlot.id) & (FormChoice.status == Enrolment.status),
        )
        .where(FormChoice.item_version_id == version.id)
    )
    return (
        select(Attempt)
        .where(Attempt.id.in_(asked), Attempt.voided_at.is_(None))
        .options(
            joinedload(Attempt.enrolment, innerjoin=True),
            joinedload(Attempt.sitting, innerjoin=True)
            .joinedload(Sitting.event, innerjoin=True)
            .selectinload(Event.sittings),
        )
        .order_by(Attempt.id)
    )


def _change(one: Rescored, scale: str) -> ScoreChange:
    if scale == "judgement":
        return ScoreChange(_judgement(one.before), _judgement(one.after), None)
    return ScoreChange(_knowledge(one.before), _knowledge(one.after), one.attempt.sitting.pass_mark)


def _knowledge(score: Score) -> Fraction | None:
    return percent(score.knowledge_points, score.knowledge_max)


def _judgement(score: Score) -> Fraction | None:
    return percent(score.judgement_points, score.judgement_max)
