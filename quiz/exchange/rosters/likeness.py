"""Which of many texts are worth comparing with one: those that share a word with it, or nearly."""

from collections import Counter, defaultdict
from collections.abc import Iterable
from typing import Generic, TypeVar

Kept = TypeVar("Kept")

_MOST = 8
_TOO_COMMON = 200
"""A word that more of them share tells nothing, and would make every comparison a search of all."""

_LONGEST_WORD = 20


class LikeIndex(Generic[Kept]):
    """Things by the words of their names, found in a time that does not grow with their number."""

    def __init__(self) -> None:
        self._by_key: defaultdict[str, list[Kept]] = defaultdict(list)

    def add(self, words: Iterable[str], thing: Kept) -> None:
        """Keep a thing under its words."""
        for key in _keys(words):
            self._by_key[key].append(thing)

    def worth_comparing(self, words: Iterable[str]) -> list[Kept]:
        """The things that share most with these words, the most first; eight at most."""
        shared: Counter[Kept] = Counter()
        for key in _keys(words):
            found = self._by_key.get(key, ())
            if len(found) <= _TOO_COMMON:
                shared.update(found)
        return [thing for thing, _ in shared.most_common(_MOST)]


def _keys(words: Iterable[str]) -> set[str]:
    """Each word, each with one letter left out (so that two with one slip meet), and all in one."""
    plain = [word[:_LONGEST_WORD] for word in words]
    keys = {"".join(plain)[: 2 * _LONGEST_WORD], *plain}
    for word in plain:
        if len(word) > 3:
            keys |= {word[:at] + word[at + 1 :] for at in range(len(word))}
    return keys
