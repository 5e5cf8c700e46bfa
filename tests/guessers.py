"""Test-wise guessers: people who know nothing and look only at how options are written.

Each strategy sees the options in the author's order and gives the ids it would choose. Where
several may be chosen, it takes the half of the options (rounded up) it likes best. The scores they
reach over a bank tell whether the bank can be beaten without knowledge.
"""

import re
from collections.abc import Callable, Iterable, Sequence
from fractions import Fraction

from quiz.assessment.items.item import Chosen, Item, Option
from quiz.assessment.items.types import ITEM_TYPES
from quiz.assessment.quality.guessing.measuring import chance

Liking = Callable[[Sequence[Option]], list[Option]]
"""The options of an item, the best liked first; of equals, the author's first."""

_QUALIFIER = re.compile(
    r"\b(asalkan|kecuali|bila|jika|selama|sepanjang|walaupun|meskipun|tanpa|sebab|karena|supaya|agar"
    r"|sesuai|menurut|sebelum|sesudah|setelah|dapat|umumnya|biasanya|sebagian|dan/atau)\b|,",
    re.IGNORECASE,
)
"""Words that condition, except, give a reason or a time, or hedge; and commas."""


def longest(options: Sequence[Option]) -> list[Option]:
    """Most letters first."""
    return sorted(options, key=lambda option: -len(option.text))


def shortest(options: Sequence[Option]) -> list[Option]:
    """Fewest letters first."""
    return sorted(options, key=lambda option: len(option.text))


def middle_length(options: Sequence[Option]) -> list[Option]:
    """Nearest to the middle of the lengths first."""
    lengths = sorted(len(option.text) for option in options)
    middle = Fraction(lengths[(len(lengths) - 1) // 2] + lengths[len(lengths) // 2], 2)
    return sorted(options, key=lambda option: abs(len(option.text) - middle))


def middle_place(options: Sequence[Option]) -> list[Option]:
    """Nearest to the middle of the list first, as people who guess "C" do."""
    middle = Fraction(len(options), 2)
    return [o for _, o in sorted(enumerate(options), key=lambda pair: abs(pair[0] - middle))]


def most_qualified(options: Sequence[Option]) -> list[Option]:
    """Most conditions, reasons and commas first, then the longest."""
    return sorted(longest(options), key=lambda option: -len(_QUALIFIER.findall(option.text)))


def first(options: Sequence[Option]) -> list[Option]:
    """As they stand."""
    return list(options)


STRATEGIES: dict[str, Liking] = {
    "opsi terpanjang": longest,
    "opsi terpendek": shortest,
    "panjang sedang": middle_length,
    "letak tengah": middle_place,
    "paling bersyarat": most_qualified,
    "opsi pertama": first,
}
"""Strategies by their Indonesian name. `tick_everything` stands apart: it takes all it may."""


def chosen_by(liking: Liking, item: Item) -> Chosen:
    """What a guesser chooses: the best liked option, or the better half where several may be."""
    ordered = liking(item.options)
    most = (len(ordered) + 1) // 2 if ITEM_TYPES[item.type].multiple else 1
    return tuple(sorted(option.id for option in ordered[:most]))


def tick_everything(item: Item) -> Chosen:
    """Every option where several may be chosen, else the first."""
    ids = tuple(sorted(option.id for option in item.options))
    return ids if ITEM_TYPES[item.type].multiple else (item.options[0].id,)


def guessed_scores(items: Sequence[Item]) -> dict[str, Fraction]:
    """The mean score over the items, 0 to 1, of every strategy and of chance ("kebetulan").

    Raises ZeroDivisionError for no items.
    """
    found = {"kebetulan": _mean(chance(item) for item in items)}
    for name, liking in STRATEGIES.items():
        found[name] = _mean(_score(item, chosen_by(liking, item)) for item in items)
    found["semua dicentang"] = _mean(_score(item, tick_everything(item)) for item in items)
    return found


def _score(item: Item, chosen: Chosen) -> Fraction:
    return ITEM_TYPES[item.type].score(item, chosen)


def _mean(values: Iterable[Fraction]) -> Fraction:
    listed = list(values)
    return sum(listed, Fraction(0)) / len(listed)
