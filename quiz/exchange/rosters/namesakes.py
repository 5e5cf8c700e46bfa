"""What tells people of one name in one unit apart: their positions, else a number."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

from quiz.exchange.rosters.names import plain_words

NO_POSITION = "jabatan tidak tercatat"


@dataclass(frozen=True)
class Listed:
    """Somebody on a list. ``name`` is normalised; keys grow in the order people came onto it."""

    key: int
    name: str
    unit: str
    position: str | None = None


def told_apart(people: Iterable[Listed]) -> dict[int, str]:
    """Key → words to stand beside the name, only of those whose name another in the unit has.

    The position; where others have the same or nobody has one, a number by the order of the keys
    ("Guru, nomor 2"), so that every page and every card says the same.
    """
    namesakes: defaultdict[tuple[str, str], list[Listed]] = defaultdict(list)
    for each in people:
        namesakes[each.unit, each.name].append(each)
    words: dict[int, str] = {}
    for group in namesakes.values():
        if len(group) > 1:
            words |= _words(sorted(group, key=lambda each: each.key))
    return words


def with_words(name: str, words: str | None) -> str:
    """A name and what tells its bearer apart, as every page and file writes them."""
    return f"{name} ({words})" if words else name


def _words(group: list[Listed]) -> dict[int, str]:
    same: defaultdict[str, list[Listed]] = defaultdict(list)
    for each in group:
        same[" ".join(plain_words(each.position or ""))].append(each)
    nobody_has_one = set(same) == {""}
    found = {}
    for several in same.values():
        for number, each in enumerate(several, start=1):
            position = "" if nobody_has_one else each.position or NO_POSITION
            numbered = f"nomor {number}" if len(several) > 1 else ""
            found[each.key] = ", ".join(filter(None, (position, numbered)))
    return found
