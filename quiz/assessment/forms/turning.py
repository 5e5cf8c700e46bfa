"""Which of the two fillings at a position A asks and which B, so that nothing is told twice."""

from collections.abc import Iterator, Sequence
from itertools import combinations

from quiz.assessment.forms.filling import Filling

Two = tuple[Filling, Filling]
"""What A and B ask at one position; twice the same is an anchor."""


def sides_together(held: Sequence[Filling]) -> list[Filling]:
    """The fillings in their order, but the sides of a minimal pair in one two where they can be.

    Twos are the first and second, the third and fourth, and so on.
    """
    left, found = list(held), list[Filling]()
    single: Filling | None = None
    while left:
        filling = left.pop(0)
        side = next((other for other in left if _sides(filling, other)), None)
        if side is not None:
            left.remove(side)
            found += [filling, side]
        elif single is None:
            single = filling
        else:
            found += [single, filling]
            single = None
    return found if single is None else [*found, single]


def _sides(one: Filling, other: Filling) -> bool:
    pairs = {scene for scene in one.ties.scenes & other.ties.scenes if scene[0] == "pair"}
    return bool(pairs) and one.group == other.group


def turn(twos: Sequence[Two]) -> tuple[list[Two], list[Filling]]:
    """The twos, some turned round so that neither form asks what is to be kept apart.

    Where no turning helps, also the fillings that are in the way, of which one has to go.
    """
    bound = {
        (i, j): _allowed(twos[i], twos[j])
        for i, j in combinations(range(len(twos)), 2)
        if len(_allowed(twos[i], twos[j])) < len(_EITHER)
    }
    turned: dict[int, bool] = {}
    for start in range(len(twos)):
        if start in turned:
            continue
        turned[start] = False
        waiting = [start]
        while waiting:
            here = waiting.pop()
            for there, alike in _neighbours(here, bound):
                way = {turned[here] if same else not turned[here] for same in alike}
                if there not in turned and way:
                    turned[there] = way.pop()
                    waiting.append(there)
                elif turned.get(there) not in way:
                    return list(twos), _in_the_way(twos[here], twos[there])
    return [(b, a) if turned[n] else (a, b) for n, (a, b) in enumerate(twos)], []


_EITHER = frozenset({True, False})


def _allowed(one: Two, other: Two) -> frozenset[bool]:
    """Whether both may stand as they do (or both turned), and whether one alone may be turned."""
    (a, b), (c, d) = one, other
    alike = not (a.ties.apart_from(c.ties) or b.ties.apart_from(d.ties))
    unlike = not (a.ties.apart_from(d.ties) or b.ties.apart_from(c.ties))
    return frozenset(way for way, open_to in ((True, alike), (False, unlike)) if open_to)


def _neighbours(
    here: int, bound: dict[tuple[int, int], frozenset[bool]]
) -> Iterator[tuple[int, frozenset[bool]]]:
    for (i, j), allowed in bound.items():
        if here in (i, j):
            yield (j if here == i else i), allowed


def _in_the_way(one: Two, other: Two) -> list[Filling]:
    tied = [(f, g) for f in one for g in other if f.ties.apart_from(g.ties)]
    return list({id(filling): filling for two in tied for filling in two}.values())
