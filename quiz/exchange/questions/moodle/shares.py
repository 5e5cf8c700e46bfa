"""Shares of a point as Moodle and GIFT write them: percent, below zero for wrong choices."""

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction

from quiz.assessment.items.item import Item
from quiz.assessment.items.types import ITEM_TYPES
from quiz.exchange.questions.imported import ImportedOption
from quiz.exchange.questions.kinds import typed

SHARES = tuple(
    Fraction(share)
    for share in (
        *("1", "9/10", "5/6", "4/5", "3/4", "7/10", "2/3", "3/5", "1/2", "2/5", "1/3"),
        *("3/10", "1/4", "1/5", "1/6", "1/7", "1/8", "1/9", "1/10", "1/20", "0"),
    )
)
"""What Moodle lets an answer earn; an import with any other share is refused by it."""

_CLOSE = Fraction(1, 10_000)
_LONGEST = 40


def share_of(percent: str) -> Fraction | None:
    """The share in "33.33333": the fraction Moodle means by it; None for what is no number."""
    text = percent.strip().removesuffix("%").replace(",", ".")
    digits = text.removeprefix("-")
    if len(text) > _LONGEST or not digits.replace(".", "", 1).isdigit() or not digits.isascii():
        return None
    exact = Fraction(digits) / 100
    near = min(SHARES, key=lambda share: abs(share - exact))
    share = near if abs(near - exact) < _CLOSE else exact
    return -share if text.startswith("-") else share


def nearest_share(weight: Fraction) -> Fraction:
    """The share Moodle knows that is next to a weight."""
    return min(SHARES, key=lambda share: abs(share - weight))


def shares_of(item: Item) -> list[Fraction]:
    """What Moodle is to give each option, so that it scores the item as we do.

    Of several keys each earns its part of the point and each distractor takes its part of it.
    """
    if not ITEM_TYPES[item.type].multiple:
        return [nearest_share(option.weight) for option in item.options]
    keys = sum(option.is_key for option in item.options)
    others = len(item.options) - keys
    return [Fraction(1, keys) if o.is_key else Fraction(-1, others) for o in item.options]


def percent(share: Fraction) -> str:
    """A share as Moodle writes it: 100, 50, 33.33333, -50."""
    return f"{float(share * 100):.5f}".rstrip("0").rstrip(".")


@dataclass(frozen=True)
class Answer:
    """An answer as an outside file gives it."""

    text: str
    share: Fraction
    feedback: str = ""


@dataclass(frozen=True)
class Offered:
    """What answers become here, with what had to be said about it."""

    type: str
    options: tuple[ImportedOption, ...]
    faults: tuple[str, ...] = ()
    lost: tuple[str, ...] = ()


def offered(answers: Sequence[Answer], *, several: bool) -> Offered:
    """The options of an item with these answers.

    Of several answers, each that earns anything is a key: our multiple choice counts keys and
    distractors itself. Of one, a share below zero becomes 0.
    """
    lost = []
    if several:
        weights = [Fraction(answer.share > 0) for answer in answers]
        if not _counts_as_ours(answers):
            lost.append(
                "Bobot tiap jawaban tidak diambil: di sini tiap kunci bernilai sama, dan pilihan "
                "keliru mengurangi nilai menurut banyaknya pengecoh."
            )
    else:
        weights = [min(max(answer.share, Fraction(0)), Fraction(1)) for answer in answers]
        if any(answer.share < 0 for answer in answers):
            lost.append(
                "Nilai negatif menjadi 0: pada pilihan tunggal, jawaban keliru tidak mengurangi "
                "nilai."
            )
    options = tuple(
        ImportedOption(answer.text, weight, answer.feedback)
        for answer, weight in zip(answers, weights, strict=True)
    )
    kind, ordered = typed(options, several=several)
    return Offered(kind, ordered, _faults(ordered, several=several), tuple(lost))


def no_key(share: Fraction) -> str:
    """The fault of answers without a key or, where their ``share`` is 1, that are all keys."""
    if share == 1:
        return "Semua jawaban bernilai 100 %. Pilih satu kuncinya di penyunting."
    return "Tidak ada jawaban bernilai 100 %. Pilih kuncinya di penyunting."


def _faults(options: Sequence[ImportedOption], *, several: bool) -> tuple[str, ...]:
    keys = sum(option.is_key for option in options)
    if not keys:
        return (no_key(Fraction(0)),)
    if keys > 1 and not several:
        return (f"Kuncinya {keys}, padahal hanya satu yang boleh dipilih. Sisakan satu kunci.",)
    return ()


def _counts_as_ours(answers: Sequence[Answer]) -> bool:
    """Whether the shares add up as ours do: keys share 100 %, distractors minus 100 %."""
    keys = [answer.share for answer in answers if answer.share > 0]
    wrong = [answer.share for answer in answers if answer.share <= 0]
    return _even(keys, 1) and _even(wrong, -1)


def _even(shares: Sequence[Fraction], total: int) -> bool:
    if not shares:
        return True
    return all(abs(share - Fraction(total, len(shares))) < _CLOSE for share in shares)
