"""What people say of an event on a sheet without a name, and how sheets are kept apart from them.

Sheets are never stored one by one. What is ticked becomes counts, what is written a remark among
others, in an order that says nothing of when it came. Only whole batches are ever read: two looks
at the figures differ by at least five people or not at all.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from hashlib import sha256
from typing import Any, ClassVar, Self

from quiz.assessment.analysis.suppression import OFFICE_MINIMUM

SCALES = (
    "Isi kegiatan berguna untuk pekerjaan saya",
    "Penjelasan narasumber mudah dipahami",
    "Kegiatan berjalan tertib dan tepat waktu",
)
"""What is rated, in the order in which ratings are stored."""

RATINGS = {
    1: "Sangat tidak setuju",
    2: "Tidak setuju",
    3: "Cukup setuju",
    4: "Setuju",
    5: "Sangat setuju",
}

BATCH = OFFICE_MINIMUM
"""Sheets that are read together."""

LONGEST_REMARK = 500
"""Letters."""


@dataclass(frozen=True)
class Pile:
    """Some sheets together: how many gave each rating, scale by scale, and all remarks.

    Equal whatever order the sheets came in.
    """

    counts: tuple[tuple[int, ...], ...] = ((0,) * len(RATINGS),) * len(SCALES)
    remarks: tuple[str, ...] = ()

    @classmethod
    def of_sheet(cls, ratings: Sequence[int], remark: str) -> Self:
        """One sheet: a rating for each scale, and what was written, perhaps nothing.

        Raises ValueError for a number that is no rating, or another number of them.
        """
        if len(ratings) != len(SCALES) or not set(ratings) <= set(RATINGS):
            raise ValueError(f"{ratings!r} are not {len(SCALES)} ratings")
        counts = tuple(tuple(int(given == each) for each in RATINGS) for given in ratings)
        return cls(counts, tuple(filter(None, (remark.strip(),))))

    @classmethod
    def from_stored(cls, stored: Mapping[str, Any]) -> Self:
        """What ``stored`` gave."""
        return cls(tuple(map(tuple, stored["counts"])), tuple(stored["remarks"]))

    @property
    def stored(self) -> dict[str, Any]:
        """JSON-ready."""
        return {"counts": [list(scale) for scale in self.counts], "remarks": list(self.remarks)}

    @property
    def sheets(self) -> int:
        """How many there are."""
        return sum(self.counts[0])

    def __add__(self, other: "Pile") -> "Pile":
        counts = tuple(
            tuple(map(sum, zip(mine, theirs, strict=True)))
            for mine, theirs in zip(self.counts, other.counts, strict=True)
        )
        return Pile(counts, tuple(sorted(self.remarks + other.remarks, key=_shuffled)))

    @property
    def rated(self) -> list["Rated"]:
        """Scale by scale; [] of no sheet."""
        if not self.sheets:
            return []
        return [
            Rated(words, _mean(counts), dict(zip(RATINGS.values(), counts, strict=True)))
            for words, counts in zip(SCALES, self.counts, strict=True)
        ]


@dataclass(frozen=True)
class Rated:
    """A scale in words, its mean rating (1 to 5), and how many gave each rating, by its words."""

    words: str
    mean: Fraction
    by_rating: Mapping[str, int]


def _mean(counts: Sequence[int]) -> Fraction:
    total = sum(rating * persons for rating, persons in zip(RATINGS, counts, strict=True))
    return Fraction(total, sum(counts))


def _shuffled(remark: str) -> str:
    """A place that has nothing to do with when it came, nor with how it begins."""
    return sha256(remark.encode()).hexdigest()


@dataclass(frozen=True)
class Box:
    """The sheets of an event: ``read`` ones, in whole batches, and fewer than one ``sealed``."""

    read: Pile = Pile()
    sealed: Pile = Pile()
    batch: ClassVar[int] = BATCH

    @property
    def sheets(self) -> int:
        """All that were handed in."""
        return self.read.sheets + self.sealed.sheets

    def put_in(self, sheet: Pile) -> "Box":
        """The box with one sheet more; a full batch is opened."""
        sealed = self.sealed + sheet
        if sealed.sheets < BATCH:
            return Box(self.read, sealed)
        return Box(self.read + sealed)
