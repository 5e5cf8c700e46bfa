"""What kinds of unit find hardest in a sitting, after all that the editions before have told."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from functools import lru_cache

from quiz.assessment.analysis.editions.figures import SittingFigures
from quiz.assessment.analysis.editions.renewing import fresh_results
from quiz.assessment.analysis.groups.hardest import Answered, hardest_by_kind
from quiz.assessment.analysis.sitting_report import ItemKey
from quiz.assessment.analysis.suppression import OFFICE_MINIMUM
from quiz.assessment.analysis.unit_report import AttemptFact
from quiz.models import Sitting
from quiz.models.base import fraction
from quiz.queries.scores.items.item_analysis import AnalysedItem
from quiz.queries.scores.reports import EventFacts

Facts = Sequence[AttemptFact]
Orders = Mapping[str, tuple[ItemKey, ...]]
"""Code of a kind of unit → the items it finds hardest."""


@dataclass(frozen=True)
class Before:
    """What an edition told of a sitting, and of what facts."""

    figures: SittingFigures
    facts: Facts


def kind_orders(
    read: EventFacts,
    sitting: Sitting,
    rows: Sequence[AnalysedItem],
    facts: Facts,
    before: Sequence[Before],
) -> Orders:
    """The orders a new edition tells of a sitting, from what was read of its event.

    ``rows`` are its items, ``facts`` what the edition is made of, ``before`` the editions with the
    sitting, oldest first. An order is told anew when five people of the kind at least have a result
    that no edition told; else it stays. No query.
    """
    told = {kind: order for each in before for kind, order in each.figures.kinds.items()}
    now = hardest_by_kind(_answered(read, sitting, rows))
    return {
        kind: order if kind not in told or _follows(kind, facts, before) else told[kind]
        for kind, order in now.items()
    }


def _follows(kind: str, facts: Facts, before: Sequence[Before]) -> bool:
    of_kind = [fact for fact in facts if fact.kind_code == kind]
    return fresh_results(of_kind, [each.facts for each in before]) >= OFFICE_MINIMUM


def _answered(
    read: EventFacts, sitting: Sitting, rows: Sequence[AnalysedItem]
) -> Iterator[Answered]:
    """Who of what kind earned what, at the items that have a difficulty."""
    keys = {
        row.version.uid: ItemKey(row.code, row.version.number)
        for row in rows
        if row.figures.difficulty is not None
    }
    kinds = {fact.person: fact.kind_code for fact in read.facts[sitting.id]}
    for one in read.everybody:
        if one.sitting.id == sitting.id and one.score is not None and one.percent is not None:
            kind = kinds[one.enrolment.uid]
            for _position, uid, _topic, _scale, points, maximum in one.score.items:
                if uid in keys:
                    yield Answered(kind, keys[uid], _share(points, maximum))


@lru_cache(maxsize=1024)
def _share(points: str, maximum: str) -> Fraction:
    """Few are unlike, however many people."""
    return fraction(points) / fraction(maximum)
