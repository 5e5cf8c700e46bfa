"""How often each guesser is right: in a bank, and in what a person of each status may meet."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from fractions import Fraction
from itertools import combinations

from quiz.assessment.items.item import Chosen, Item, Level, Stance
from quiz.assessment.items.types import ITEM_TYPES
from quiz.assessment.quality.guessing.guessers import GUESSERS, Guesser, Liking
from quiz.assessment.quality.guessing.learning import NAME, halves, learned_from
from quiz.assessment.quality.guessing.stances import stances, two_sided

FEWEST = 10
"""With fewer items of a kind, chance explains whatever a guesser scores."""

MOST_RIGHT = Fraction(60, 100)
MARGIN = Fraction(5, 100)
FEWEST_PERMITTED = Fraction(40, 100)

STATEMENTS, YES_OR_NO, OTHERS = "pernyataan", "menolak atau menerima", "soal lain"


@dataclass(frozen=True)
class Measure:
    """What a guesser scores on so many items of a kind, 0 to 1, and the most it should."""

    guesser: str
    kind: str
    items: int
    right: Fraction
    most: Fraction

    @property
    def over(self) -> bool:
        """Whether guessing pays here."""
        return self.items >= FEWEST and self.right > self.most


@dataclass(frozen=True)
class Permitted:
    """Of so many situations whose key refuses or permits, the share where it permits, 0 to 1."""

    items: int
    share: Fraction

    @property
    def short(self) -> bool:
        """Whether refusing is nearly always right."""
        return self.items >= FEWEST and self.share < FEWEST_PERMITTED


def measures(items: Iterable[Item]) -> list[Measure]:
    """Every guesser on every kind of item it has something to go by on; judgements left out."""
    known = [item for item in items if ITEM_TYPES[item.type].scale == "knowledge" and item.keys]
    tried = [(guesser, known) for guesser in GUESSERS]
    one, other = halves(known)
    found = [_measured(guesser, asked, kind) for guesser, asked in tried for kind in _KINDS]
    learned = [(learned_from(one), other), (learned_from(other), one)]
    found += [_both(learned, kind) for kind in _KINDS]
    return [measure for measure in found if measure.items]


def permitted(items: Iterable[Item]) -> Permitted:
    """How often what a situation asks about is permitted or required."""
    keys = [
        {held[option.id] for option in item.options if option.is_key and option.id in held}
        for item in items
        if item.level is Level.MENERAPKAN and ITEM_TYPES[item.type].scale == "knowledge"
        for held in [stances(item)]
    ]
    told = [found for found in keys if found]
    share = Fraction(sum(Stance.PERMITS in found for found in told), len(told) or 1)
    return Permitted(len(told), share)


def earned(guesser: Guesser, item: Item) -> Fraction:
    """What the guesser earns on average on this item, 0 to 1; chance where nothing speaks."""
    liking = guesser.likes(item)
    return _earned(item, liking) if liking else chance(item)


def bound(item: Item) -> Fraction:
    """What a guesser may earn on average on items such as this, 0 to 1."""
    return MOST_RIGHT if kind_of(item) == STATEMENTS else chance(item) + MARGIN


def kind_of(item: Item) -> str:
    """Which bound holds for it."""
    if not two_sided(item):
        return OTHERS
    return YES_OR_NO if ITEM_TYPES[item.type].shuffles else STATEMENTS


_KINDS = (STATEMENTS, YES_OR_NO, OTHERS)


def _measured(guesser: Guesser, items: Sequence[Item], kind: str) -> Measure:
    return _summed(guesser.name, kind, _scores(guesser, items, kind))


def _both(learned: Sequence[tuple[Guesser, Sequence[Item]]], kind: str) -> Measure:
    scores = (score for guesser, items in learned for score in _scores(guesser, items, kind))
    return _summed(NAME, kind, scores)


def _scores(
    guesser: Guesser, items: Sequence[Item], kind: str
) -> Iterator[tuple[Fraction, Fraction]]:
    """For each item what the guesser earns and what chance does."""
    for item in items:
        if kind_of(item) == kind and (liking := guesser.likes(item)):
            earns = _side if kind == YES_OR_NO else _earned
            yield earns(item, liking), chance(item) if kind == OTHERS else Fraction(1, 2)


def _summed(name: str, kind: str, scores: Iterable[tuple[Fraction, Fraction]]) -> Measure:
    listed = list(scores)
    count = len(listed) or 1
    right = sum((earned for earned, _ in listed), Fraction(0)) / count
    by_chance = sum((lucky for _, lucky in listed), Fraction(0)) / count
    most = by_chance + MARGIN if kind == OTHERS else MOST_RIGHT
    return Measure(name, kind, len(listed), right, most)


def _best(liking: Liking) -> list[str]:
    most = max(liking.values())
    return [name for name, liked in liking.items() if liked == most]


def _earned(item: Item, liking: Liking) -> Fraction:
    """What is liked best; of equals each as often. Where several may be right, all that is liked.

    Who likes everything or nothing there guesses.
    """
    if not ITEM_TYPES[item.type].multiple:
        return _mean(_score(item, (name,)) for name in _best(liking))
    liked = tuple(sorted(name for name, much in liking.items() if much > 0))
    return _score(item, liked) if 0 < len(liked) < len(liking) else chance(item)


def _side(item: Item, liking: Liking) -> Fraction:
    """How often the side is right, refusing or letting happen, of what is liked best."""
    held = stances(item)
    right = held[item.keys[0]]
    return _mean(Fraction(held[name] is right) for name in _best(liking))


def chance(item: Item) -> Fraction:
    """The expected score of guessing at random, 0 to 1.

    One option with equal chances; where several may be chosen, every non-empty set of options
    with equal chances (at most 255 sets of 8 options).
    """
    ids = [option.id for option in item.options]
    most = len(ids) if ITEM_TYPES[item.type].multiple else 1
    sets = [chosen for size in range(1, most + 1) for chosen in combinations(ids, size)]
    return _mean(_score(item, chosen) for chosen in sets)


def _score(item: Item, chosen: Chosen) -> Fraction:
    return ITEM_TYPES[item.type].score(item, chosen)


def _mean(values: Iterable[Fraction]) -> Fraction:
    listed = list(values)
    return sum(listed, Fraction(0)) / len(listed)
