"""The figures only a statistician asks of a sitting."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from fractions import Fraction

from sqlalchemy import select
from sqlalchemy.orm import Session

from quiz.assessment.analysis.expert import (
    Answer,
    Beside,
    Distribution,
    ItemChange,
    Sureness,
    beside_the_rest,
    by_item,
    distribution,
    item_changes,
    sureness,
)
from quiz.assessment.analysis.sitting_report import SittingReport
from quiz.assessment.analysis.statistics.reliability import Reliability
from quiz.assessment.scores.scoring import percent
from quiz.models import BankItem, ItemVersion, Sitting
from quiz.queries.scores.changes import first_pair
from quiz.queries.scores.items.complete import Complete, Scope, complete_attempts
from quiz.queries.scores.items.meetings import met_in
from quiz.queries.scores.standings import counted_sittings


@dataclass(frozen=True)
class SittingFigures:
    """What may be told; None or nothing where there are too few people or the sitting is not over.

    ``changes`` are of items asked in the pre-test before it, too.
    """

    distribution: Distribution | None
    reliability: Reliability | None
    sureness: Sureness | None
    beside: Sequence[Beside]
    changes: Sequence[ItemChange]
    before: Sitting | None


def sitting_figures(
    session: Session, sitting: Sitting, report: SittingReport, now: datetime
) -> SittingFigures:
    """The figures of a settled sitting with this live report; all empty before it is settled.

    Nine queries at most; where attempts ended by time have no stored score, some more.
    """
    if not report.units.settled:
        return SittingFigures(None, None, None, (), (), None)
    complete = list(complete_attempts(session, Scope(sitting=sitting.uid), now))
    earned = (percent(one.score.knowledge_points, one.score.knowledge_max) for one in complete)
    pair = first_pair(counted_sittings(session, sitting.event))
    before = pair[0] if pair and pair[1].id == sitting.id else None
    return SittingFigures(
        distribution=distribution([each for each in earned if each is not None]),
        reliability=report.measured.reliability,
        sureness=sureness(list(_given(session, sitting, now))) if sitting.asks_confidence else None,
        beside=beside_the_rest(report.units),
        changes=_changes(session, before, complete, now) if before else (),
        before=before,
    )


def _given(session: Session, sitting: Sitting, now: datetime) -> Iterator[Answer]:
    """What everybody gave at every item that counts and may be told of."""
    for one in met_in(session, sitting, now):
        meeting = one.meeting
        if meeting.share is not None:
            share = meeting.share if meeting.chosen else None
            yield Answer(one.person, one.version, meeting.confidence, share)


def _changes(
    session: Session, before: Sitting, after: Sequence[Complete], now: datetime
) -> list[ItemChange]:
    first = list(complete_attempts(session, Scope(sitting=before.uid), now))
    codes = {
        uid: code
        for uid, code in session.execute(
            select(ItemVersion.uid, BankItem.code)
            .join(BankItem, BankItem.id == ItemVersion.bank_item_id)
            .where(ItemVersion.uid.in_({uid for one in (*first, *after) for uid in _asked(one)}))
        )
    }
    return item_changes(*(by_item(_met(each, codes)) for each in (first, after)))


def _asked(one: Complete) -> Iterator[str]:
    return (uid for _position, uid, *_ in one.score.items)


def _met(complete: Sequence[Complete], codes: dict[str, str]) -> Iterator[tuple[int, str, bool]]:
    for one in complete:
        for _position, uid, _topic, _scale, points, maximum in one.score.items:
            if Fraction(maximum):
                yield one.person, codes[uid], Fraction(points) == Fraction(maximum)
