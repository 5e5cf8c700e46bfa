"""Which of our item types an outside format's question is. Only this file names them.

A file says at most that several answers may be chosen or that a statement is true or false; the
three types below are those every format knows.
"""

from collections.abc import Sequence
from dataclasses import replace
from fractions import Fraction

from quiz.assessment.items.types.multiple_choice import MultipleChoice
from quiz.assessment.items.types.single_choice import SingleChoice
from quiz.assessment.items.types.true_false import BENAR, SALAH, TrueFalse
from quiz.exchange.questions.imported import ImportedOption

SINGLE = SingleChoice.name
MULTIPLE = MultipleChoice.name
TRUE_FALSE = TrueFalse.name

EXCHANGED = (SINGLE, MULTIPLE, TRUE_FALSE)
"""The types outside formats can carry."""

_TRUE_WORDS = frozenset({"benar", "betul", "true", "ya, benar", "b", "t"})
_FALSE_WORDS = frozenset({"salah", "tidak benar", "false", "s", "f"})


def truth_of(text: str) -> bool | None:
    """True for Benar, B or True, False for Salah, S or False, None for anything else."""
    word = text.strip().rstrip(".").casefold()
    if word in _TRUE_WORDS:
        return True
    return False if word in _FALSE_WORDS else None


def true_false_options(
    true: bool | None, feedback: tuple[str, str] = ("", "")
) -> tuple[ImportedOption, ImportedOption]:
    """Benar and Salah; ``true`` says which is the key, None that neither is yet."""
    return (
        ImportedOption(BENAR, Fraction(true is True), feedback[0]),
        ImportedOption(SALAH, Fraction(true is False), feedback[1]),
    )


def typed(
    options: Sequence[ImportedOption], several: bool | None = None
) -> tuple[str, tuple[ImportedOption, ...]]:
    """The type of an item with these options, and the options in the order it wants.

    ``several`` is what the file says of choosing more than one; None leaves it to the keys.
    """
    truths = [truth_of(option.text) for option in options]
    if sorted(truths, key=str) == [False, True] and not several:
        order = sorted(zip(truths, options, strict=True), key=lambda pair: not pair[0])
        named = zip((BENAR, SALAH), order, strict=True)
        return TRUE_FALSE, tuple(replace(option, text=word) for word, (_, option) in named)
    if several is None:
        several = sum(option.is_key for option in options) > 1
    return MULTIPLE if several else SINGLE, tuple(options)
