"""Making and withdrawing a ruling: what it would change, and the new scores it leaves behind.

Versions and responses never change. A ruling adds a row; every finished attempt that met the
version gets a new current score beside its old ones.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from fractions import Fraction

from sqlalchemy import Select, exists, select, text
from sqlalchemy.orm import Session, joinedload

from quiz.assessment.attempt_state import AttemptState
from quiz.assessment.item_types import ITEM_TYPES
from quiz.assessment.ruling import Change, Effect, effect, ruling_problems
from quiz.assessment.scoring import ONE, Ruling, percent, ruling_set_digest
from quiz.models.attempts import Attempt, Score
from quiz.models.bank import ItemVersion, RulingRow
from quiz.models.events import Enrolment, FormChoice, FormSlotRow, Sitting
from quiz.models.people import User
from quiz.models.refusals import Refused
from quiz.models.scoring import computed_scores, keep_scores, rulings_for


@dataclass(frozen=True)
class Rescored:
    """A finished attempt with its score before and after; neither is added to the session."""

    attempt: Attempt
    before: Score
    after: Score


def refuse_to_rule(session: Session, version: ItemVersion, by: User) -> None:
    """Raises Refused where ``by`` cannot rule on this version: their own text, or unused."""
    if version.author_id == by.id:
        raise Refused("Soal ini Anda tulis sendiri. Minta pemeriksa lain yang memutus kuncinya.")
    if not session.scalar(select(exists().where(FormChoice.item_version_id == version.id))):
        raise Refused("Versi ini belum dipakai dalam sesi mana pun. Sunting saja soalnya.")


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


def would_withdraw(session: Session, row: RulingRow, now: datetime) -> list[Rescored]:
    """Every finished attempt at the ruled version as it would be without this ruling."""
    rest = rulings_for(session, [row.version.uid], but=row)
    return _rescored(session, row.version, rest, now)


def make_ruling(
    session: Session, version: ItemVersion, ruling: Ruling, reason: str, by: User, now: datetime
) -> tuple[RulingRow, list[Rescored]]:
    """Rule on a version and give every finished attempt at it a new current score.

    Raises Refused for one's own text, an unused version, and a ruling that makes no sense.
    """
    _hold_submissions(session)
    refuse_to_rule(session, version, by)
    problems = ruling_problems(version.item, ruling, rulings_for(session, [version.uid]))
    if problems:
        raise Refused(" ".join(problems))
    rescored = would_make(session, version, ruling, now)
    row = RulingRow(
        version=version,
        kind=ruling.kind,
        weights=_stored_weights(ruling),
        reason=reason,
        made_at=now,
        made_by=by,
    )
    session.add(row)
    keep_scores(session, [one.after for one in rescored])
    return row, rescored


def withdraw_ruling(
    session: Session, row: RulingRow, reason: str, by: User, now: datetime
) -> list[Rescored]:
    """Take a ruling back; every finished attempt at its version gets a new current score.

    Raises Refused for one's own text and for a ruling already withdrawn.
    """
    _hold_submissions(session)
    refuse_to_rule(session, row.version, by)
    if row.withdrawn_at is not None:
        raise Refused("Putusan ini sudah dicabut.")
    rescored = would_withdraw(session, row, now)
    row.withdrawn_at, row.withdrawn_by, row.withdraw_reason = now, by, reason
    keep_scores(session, [one.after for one in rescored])
    return rescored


def effect_on(version: ItemVersion, rescored: Iterable[Rescored]) -> Effect:
    """Who rises and who falls on the version's scale, among attempts that stand in figures."""
    scale = ITEM_TYPES[version.type].scale
    return effect(_change(one, scale) for one in rescored if one.attempt.counted)


def effects_by_sitting(
    version: ItemVersion, rescored: Sequence[Rescored]
) -> list[tuple[Sitting, Effect]]:
    """The effect on each counted sitting, in the order they opened."""
    sittings = {one.attempt.sitting.id: one.attempt.sitting for one in rescored}
    ordered = sorted(sittings.values(), key=lambda sitting: (sitting.opens_at, sitting.id))
    return [
        (sitting, effect_on(version, [r for r in rescored if r.attempt.sitting_id == sitting.id]))
        for sitting in ordered
        if sitting.phase.counted
    ]


def _stored_weights(ruling: Ruling) -> dict[str, str]:
    accepted = dict.fromkeys(ruling.options, ONE)
    return {option: str(weight) for option, weight in (accepted | dict(ruling.weights)).items()}


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
        .join(FormSlotRow, FormSlotRow.sitting_id == Attempt.sitting_id)
        .join(
            FormChoice,
            (FormChoice.slot_id == FormSlotRow.id) & (FormChoice.status == Enrolment.status),
        )
        .where(FormChoice.item_version_id == version.id)
    )
    return (
        select(Attempt)
        .where(Attempt.id.in_(asked), Attempt.voided_at.is_(None))
        .options(
            joinedload(Attempt.enrolment, innerjoin=True),
            joinedload(Attempt.sitting, innerjoin=True).joinedload(Sitting.event, innerjoin=True),
        )
        .order_by(Attempt.id)
    )


def _change(one: Rescored, scale: str) -> Change:
    if scale == "judgement":
        return Change(_judgement(one.before), _judgement(one.after), None)
    return Change(_knowledge(one.before), _knowledge(one.after), one.attempt.sitting.pass_mark)


def _knowledge(score: Score) -> Fraction | None:
    return percent(score.knowledge_points, score.knowledge_max)


def _judgement(score: Score) -> Fraction | None:
    return percent(score.judgement_points, score.judgement_max)


def _hold_submissions(session: Session) -> None:
    """On PostgreSQL let nobody submit until the ruling is committed: a score computed meanwhile
    without it would stay current. SQLite has one writer at a time anyway."""
    if session.get_bind().dialect.name == "postgresql":
        session.execute(text("LOCK TABLE attempt IN SHARE ROW EXCLUSIVE MODE"))
