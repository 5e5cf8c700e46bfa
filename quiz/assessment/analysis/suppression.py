"""Which figures may be shown, so that none of fewer than five people follows from those that are.

`shown_parts` decides it wherever a whole is shown in parts; `suppress` is that rule for the units
of a report, which are pooled first.

The report. How many people submitted is shown for every unit, so a shown mean gives away a shown
sum. Therefore:

1. A unit with at least `minimum` results stands alone.
2. Smaller units are pooled within their kind. A pool that is still too small takes in the smallest
   unit of its kind, so that nothing is withheld while the kind has enough people.
3. A kind with too few people altogether is withheld, as one.
4. The total minus all that is shown is the sum of all that is withheld. If that would be a single
   kind or fewer than `minimum` people, units of other kinds are withheld too: those with the fewest
   people that are enough, and without which the rest of their kind can still be shown. The total
   stays: it says most and exposes least.
5. What was pooled in one sitting of an event stays pooled in the next (`bound`). Pools grow by what
   is too small there, and are never split.

A unit without results says nothing of anybody, and stands alone.

What this cannot hide: when everybody in a shown group passed, or nobody did, that says so of
each of them, as it does of the members of a unit standing alone.
"""

from collections import Counter, defaultdict
from collections.abc import Collection, Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import NamedTuple, TypeVar

from quiz.assessment.analysis.giving_up import fewest

OFFICE_MINIMUM = 5
"""Least number of people in a figure on screen and on papers for the event's own offices."""

SPEAKER_MINIMUM = 10
"""Least number of people in a figure for whoever speaks to them or wrote what they were asked."""

PUBLIC_MINIMUM = 10
"""Least number of people behind anything that is said in public, as at an assembly."""

STEP = 5

Part = TypeVar("Part", bound=Hashable)


class Step(NamedTuple):
    """A count of people told in steps of five: it is between these two, ends included."""

    low: int
    high: int


def step_of(n: int) -> Step:
    """0 to 2, 3 to 7, 8 to 12 and so on: no number of one to four people is told from another."""
    middle = (n + STEP // 2) // STEP * STEP
    return Step(max(0, middle - STEP // 2), middle + STEP // 2)


@dataclass(frozen=True)
class UnitSize:
    """A unit and the number of people in it with a result."""

    code: str
    kind: str
    n: int


@dataclass(frozen=True)
class Group:
    """Units whose results stand in one row, `n` of them; they are withheld unless `shown`."""

    kind: str
    units: tuple[str, ...]
    n: int
    shown: bool

    @property
    def pooled(self) -> bool:
        """Whether it is more than one unit."""
        return len(self.units) > 1


def suppress(
    units: Iterable[UnitSize], minimum: int, bound: Iterable[Collection[str]] = ()
) -> list[Group]:
    """The rows in which results may be shown: every unit is in exactly one, ordered by code.

    `minimum` is the least number of people (1 or more); the units of each set of codes in `bound`
    stay together. The total over all units may be shown exactly when it holds at least `minimum`.
    Nothing about fewer people than that can be had by adding and subtracting shown rows and the
    total, and no other choice within kinds withholds fewer people.
    """
    kinds = _kinds(units, bound)
    people = {kind: sum(block.n for block in blocks) for kind, blocks in kinds.items()}
    too_few = {kind for kind, n in people.items() if 0 < n < minimum}
    left_out = sum(people[kind] for kind in too_few)
    need = minimum - left_out if too_few else 0
    enough = [blocks for kind, blocks in kinds.items() if people[kind] >= minimum]
    given_up = fewest(enough, need, minimum) if need > 0 and enough else ()
    rows: list[Group] = []
    for kind, blocks in kinds.items():
        kept = [block for block in blocks if block not in given_up]
        rows += [block for block in blocks if block in given_up]
        rows += _rows(kept, minimum, whole=kind in too_few)
    return sorted(rows, key=lambda row: row.units)


def shown_parts(parts: Mapping[Part, int], minimum: int = OFFICE_MINIMUM) -> frozenset[Part]:
    """Which parts of a whole may be shown when the whole is; each has so many people.

    Parts of nobody and of at least `minimum`; of a whole with fewer people, none at all. What is
    left out is at least two parts and `minimum` people, if need be with the smallest that could
    be shown (of equal ones the first).
    """
    if 0 < sum(parts.values()) < minimum:
        return frozenset()
    shown = [part for part, n in parts.items() if n == 0 or n >= minimum]
    left_out = [n for part, n in parts.items() if part not in shown]
    people = [part for part in shown if parts[part]]
    if people and 0 < sum(left_out) < minimum:
        shown.remove(min(people, key=lambda part: parts[part]))
    return frozenset(shown)


def steps_hide(parts: Mapping[Part, int], minimum: int = OFFICE_MINIMUM) -> bool:
    """Whether these parts may be told in steps although their sum is known.

    Of fewer than `minimum` people in several parts, and where the sum leaves a part no other
    number than one below `minimum`, they may not.
    """
    total = sum(parts.values())
    if len(parts) < 2 or total == 0:
        return True
    if total < minimum:
        return False
    steps = [step_of(n) for n in parts.values()]
    lows, highs = sum(step.low for step in steps), sum(step.high for step in steps)
    least = (max(step.low, total - (highs - step.high)) for step in steps)
    most = (min(step.high, total - (lows - step.low)) for step in steps)
    return not any(low == high and 0 < low < minimum for low, high in zip(least, most, strict=True))


def hidden_among_rows(
    people: Mapping[tuple[Hashable, Hashable], int], minimum: int = OFFICE_MINIMUM
) -> bool:
    """Whether nobody, or at least `minimum`, are left of a sum when shown rows are taken from it.

    `people` is how many of each row are in the sum how often. A row's sum, taken as often as most
    of its people are in it, leaves the others.
    """
    rows: defaultdict[Hashable, Counter[Hashable]] = defaultdict(Counter)
    for (row, often), n in people.items():
        rows[row][often] = n
    left = sum(of.total() - max(of.values()) for of in rows.values())
    return left == 0 or left >= minimum


def _kinds(units: Iterable[UnitSize], bound: Iterable[Collection[str]]) -> dict[str, list[Group]]:
    """Kind → its units, those that are bound as one, none shown yet; ordered by code."""
    by_code = {unit.code: unit for unit in sorted(units, key=lambda unit: unit.code)}
    together = [tuple(code for code in by_code if code in codes) for codes in bound]
    taken = {code for codes in together for code in codes}
    alone: list[tuple[str, ...]] = [(code,) for code in by_code if code not in taken]
    kinds: defaultdict[str, list[Group]] = defaultdict(list)
    for codes in sorted(filter(None, together + alone)):
        kind = by_code[codes[0]].kind
        n = sum(by_code[code].n for code in codes)
        kinds[kind].append(Group(kind, codes, n, shown=False))
    return kinds


def _rows(blocks: Sequence[Group], minimum: int, *, whole: bool) -> list[Group]:
    """The rows of one kind: pooled `whole` and withheld, or with a pool of what is too small."""
    held = [block for block in blocks if block.n or block.pooled]
    pool = [block for block in held if block.pooled or block.n < minimum]
    if not whole and 0 < sum(block.n for block in pool) < minimum:
        others = [block for block in held if block not in pool]
        pool.append(min(others, key=lambda block: (block.n, block.units)))
    rows = [replace(b, shown=not whole and b.n > 0) for b in blocks if b not in pool]
    if pool:
        codes = tuple(sorted(code for block in pool for code in block.units))
        n = sum(block.n for block in pool)
        rows.append(Group(pool[0].kind, codes, n, shown=n >= minimum))
    return rows
