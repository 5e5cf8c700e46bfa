"""Which units to withhold besides those that are too small, so that the fewest people are."""

from collections.abc import Mapping, Sequence
from itertools import accumulate
from typing import Protocol, TypeVar


class Sized(Protocol):
    """Some units of one kind with `n` results."""

    @property
    def units(self) -> tuple[str, ...]: ...

    @property
    def n(self) -> int: ...


Block = TypeVar("Block", bound=Sized)
Choice = tuple[Block, ...]


def fewest(kinds: Sequence[Sequence[Block]], need: int, minimum: int) -> Choice[Block]:
    """The blocks with the fewest people, but at least `need`, that can be withheld.

    Each kind has `minimum` people or more and keeps either none of them or as many again, so that
    it can still be shown. Of equal choices the one with fewer blocks, then the first by code. A sum
    of subsets: costs blocks × people of the smallest choice found by taking small ones first.
    """
    limit = min(_enough(blocks, need, minimum) for blocks in kinds)
    found: dict[int, Choice[Block]] = {0: ()}
    for blocks in kinds:
        found = _joined(found, _sparing(blocks, limit, minimum), limit)
    return found[min(people for people in found if people >= need)]


def _enough(blocks: Sequence[Block], need: int, minimum: int) -> int:
    """So many people are surely enough: the smallest blocks of a kind, or all of it."""
    people = sum(block.n for block in blocks)
    sums = accumulate(sorted(block.n for block in blocks))
    first = next(total for total in sums if total >= need)
    return first if people - first >= minimum else people


def _sparing(blocks: Sequence[Block], limit: int, minimum: int) -> dict[int, Choice[Block]]:
    """People → the best choice of so many in one kind, of those that spare the rest of it."""
    found: dict[int, Choice[Block]] = {0: ()}
    for block in blocks:
        if block.n:
            found = _joined(found, {0: (), block.n: (block,)}, limit)
    people = sum(block.n for block in blocks)
    return {n: of for n, of in found.items() if n == people or people - n >= minimum}


def _joined(
    first: Mapping[int, Choice[Block]], second: Mapping[int, Choice[Block]], limit: int
) -> dict[int, Choice[Block]]:
    """People → the best choice made of one of each, of not more than `limit` people."""
    found: dict[int, Choice[Block]] = {}
    for n, some in first.items():
        for m, more in second.items():
            if n + m <= limit:
                found[n + m] = min(found.get(n + m, (*some, *more)), (*some, *more), key=_rank)
    return found


def _rank(choice: Sequence[Sized]) -> tuple[int, list[tuple[str, ...]]]:
    return len(choice), sorted(block.units for block in choice)
