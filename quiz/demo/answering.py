"""How invented people answer: an ability each, a difficulty of each item, and what a talk changes.

The chance of knowing follows the Rasch model, 1 / (1 + exp(difficulty - ability)). Who does not
know guesses, and prefers one distractor, as people do: so reports show misconceptions.
"""

import math
from dataclasses import dataclass

from quiz.assessment.items.item import Chosen, Item
from quiz.demo.seeds import rng

GAIN = 1.5
"""What listening adds to the average ability, in logits."""

BLANK = 0.02
"""Share of items that somebody leaves out."""


@dataclass(frozen=True)
class Participant:
    """An invented person's mind: ability and gain in logits, and how often they doubt (0 to 1)."""

    seed: str
    ability: float
    gain: float
    doubt: float

    @classmethod
    def invent(cls, seed: str, label: str, unit: str) -> "Participant":
        """A mind of its own; people of one unit know somewhat alike."""
        source = rng(seed, f"pikiran/{label}")
        shared = rng(seed, f"unit/{unit}").gauss(0, 0.35)
        return cls(
            seed=f"{seed}/{label}",
            ability=source.gauss(0.1, 0.8) + shared,
            gain=max(0.0, source.gauss(GAIN, 0.5)),
            doubt=source.betavariate(2, 6),
        )

    def knows(self, item: Item, *, after_talk: bool) -> float:
        """The chance, 0 to 1, of knowing the item before or after the talk."""
        ability = self.ability + (self.gain if after_talk else 0)
        return 1 / (1 + math.exp(difficulty(item) - ability))

    def answer(self, item: Item, *, multiple: bool, after_talk: bool) -> tuple[Chosen, int | None]:
        """The options chosen (() for a blank) and the confidence: 1 for doubt, else none given."""
        source = rng(self.seed, f"{item.code}/{after_talk}")
        if source.random() < BLANK:
            return (), None
        knows = source.random() < self.knows(item, after_talk=after_talk)
        confidence = 1 if source.random() < self.doubt * (0.5 if knows else 1.2) else None
        if knows:
            return tuple(sorted(item.keys)), confidence
        if multiple:
            return self._some(item), confidence
        return (self._mistaken(item),), confidence

    def _some(self, item: Item) -> Chosen:
        """Part of what is right, and something that is not."""
        source = rng(self.seed, f"{item.code}/sebagian")
        keys, others = list(item.keys), [o.id for o in item.options if not o.is_key]
        kept = source.sample(keys, max(1, len(keys) - 1))
        wrong = [tempting(item, others)] if source.random() < 0.6 else []
        return tuple(sorted({*kept, *wrong}))

    def _mistaken(self, item: Item) -> str:
        """A guess: the key by luck, else mostly the distractor that tempts."""
        source = rng(self.seed, f"{item.code}/tebak")
        others = [option.id for option in item.options if not option.is_key]
        if source.random() < 1 / (2 * len(item.options)):
            return item.keys[0]
        return tempting(item, others) if source.random() < 0.6 else source.choice(others)


def difficulty(item: Item) -> float:
    """Of an item, in logits; the same for everybody and every seed."""
    return rng("butir", item.code).gauss(0.0, 0.6)


def tempting(item: Item, others: list[str]) -> str:
    """The distractor that most people who are wrong choose."""
    return rng("butir", f"{item.code}/pengecoh").choice(others)
