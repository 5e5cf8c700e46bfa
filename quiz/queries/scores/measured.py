"""How and when a sitting was measured, in the words of its report."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from fractions import Fraction
from functools import cached_property
from typing import Any, Protocol

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from quiz.assessment.analysis.display import FEWEST_ITEMS, NOT_ENOUGH, SMALLEST_RELIABILITY
from quiz.assessment.analysis.statistics.reliability import Reliability, reliability
from quiz.assessment.forms.crossing import FormName
from quiz.assessment.items.types import ITEM_TYPES
from quiz.assessment.rounding import round_half_up
from quiz.formats import date_id, decimal_id, time_id
from quiz.models import Sitting, StoredSlot
from quiz.models.base import fraction


class Itemised(Protocol):
    """A score with its items, as ``Score`` lists them."""

    @property
    def items(self) -> Sequence[Sequence[Any]]: ...


@dataclass(frozen=True)
class Measured:
    """A sitting's form and times. ``knowledge`` and ``judgement`` items stand in each form.

    ``scores`` are of those who stand in its figures, none while it is not settled.
    """

    sitting: Sitting
    knowledge: int
    judgement: int
    scores: Sequence[Itemised]

    @property
    def sentences(self) -> list[str]:
        """Items, times, and how far a single score may be trusted."""
        sitting = self.sitting
        items = f"{self.knowledge} soal pengetahuan"
        if self.judgement:
            items += f" dan {self.judgement} soal sikap (dinilai terpisah, tanpa batas lulus)"
        limit = sitting.time_limit_minutes
        apiece = f", paling lama {limit} menit tiap orang" if limit else ""
        opened = f"{date_id(sitting.opens_at)} pukul {time_id(sitting.opens_at)}"
        return [
            f"Diukur dengan {items}, {opened} sampai {time_id(sitting.closes_at)}{apiece}. "
            "Pengerjaan pertama tiap orang dihitung; soal yang dilewati dihitung keliru.",
            *([self._reliability_words] if self.scores else []),
        ]

    @cached_property
    def reliability(self) -> Reliability | None:
        """Alpha of the knowledge items, of the most people who met the very same ones.

        None below SMALLEST_RELIABILITY people or FEWEST_ITEMS items. Costs people × items.
        """
        alike: defaultdict[tuple[str, ...], list[list[Fraction]]] = defaultdict(list)
        for score in self.scores:
            uids, points = _knowledge(score)
            alike[uids].append(points)
        rows = max(alike.values(), key=len, default=[])
        if len(rows) < SMALLEST_RELIABILITY or len(rows[0]) < FEWEST_ITEMS:
            return None
        return reliability(rows)

    @property
    def _reliability_words(self) -> str:
        found = self.reliability
        if found is None:
            return (
                f"Keandalan skor (alfa): {NOT_ENOUGH} atau soal; perlu {SMALLEST_RELIABILITY} "
                f"orang dengan {FEWEST_ITEMS} soal yang sama."
            )
        error = 100 * found.sem / found.k
        words = (
            f"Keandalan skor (alfa, KR-20) {decimal_id(found.alpha, 2)} "
            f"({decimal_id(found.low, 2)} sampai {decimal_id(found.high, 2)}) dari {found.n} orang "
            f"dan {found.k} soal yang sama; galat baku satu nilai {decimal_id(error, 0)} poin."
        )
        if round_half_up(found.alpha, 2) < 0:
            words += (
                " Negatif: soal-soalnya saling bertentangan, jadi nilai orang belum dapat dipakai."
            )
        return words


def measured(
    session: Session, sittings: Iterable[Sitting], scores: Iterable[tuple[int, Itemised]]
) -> dict[int, Measured]:
    """Sitting id → how it was measured, from pairs of a sitting's id and a score. One query."""
    listed = list(sittings)
    rows = session.execute(
        select(StoredSlot.sitting_id, StoredSlot.form, StoredSlot.type, func.count())
        .where(StoredSlot.sitting_id.in_([sitting.id for sitting in listed]))
        .group_by(StoredSlot.sitting_id, StoredSlot.form, StoredSlot.type)
    )
    items: Counter[tuple[int, str]] = Counter()
    for sitting_id, form, type_, number in rows:
        if form is FormName.A:
            items[sitting_id, ITEM_TYPES[type_].scale] += number
    held: defaultdict[int, list[Itemised]] = defaultdict(list)
    for sitting_id, score in scores:
        held[sitting_id].append(score)
    return {
        sitting.id: Measured(
            sitting,
            items[sitting.id, "knowledge"],
            items[sitting.id, "judgement"],
            tuple(held[sitting.id]),
        )
        for sitting in listed
    }


def _knowledge(score: Itemised) -> tuple[tuple[str, ...], list[Fraction]]:
    """The versions of the knowledge items that count, sorted, and the points for each."""
    met = sorted(
        (version, points)
        for _position, version, _topic, scale, points, maximum in score.items
        if scale == "knowledge" and maximum != "0"
    )
    return tuple(version for version, _ in met), [fraction(points) for _, points in met]
