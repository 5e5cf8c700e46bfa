"""Writing items as GIFT, so that Moodle and ``read_gift`` read them the same."""

import re
from collections.abc import Iterable, Mapping, Sequence
from fractions import Fraction
from itertools import groupby

from quiz.assessment.items.item import Item, Option
from quiz.assessment.items.types import ITEM_TYPES
from quiz.exchange.questions.kinds import TRUE_FALSE
from quiz.exchange.questions.moodle.paths import LEVEL_TAG, topic_category
from quiz.exchange.questions.moodle.shares import percent, shares_of

_SIGNS = re.compile(r"[\\~=#{}:]")
_LOOKS_FORMATTED = re.compile(r"\[(html|plain|markdown|moodle)\]", re.IGNORECASE)


def gift_items(items: Iterable[Item], topics: Mapping[str, str], remarks: Sequence[str]) -> str:
    """The items, by topic; ``topics`` are names by code, ``remarks`` stand above as comments."""
    lines = [f"// {line}" for remark in remarks for line in remark.splitlines()]
    for topic, group in groupby(items, key=lambda item: item.topic):
        lines += ["", f"$CATEGORY: {topic_category(topics.get(topic, topic))}"]
        for item in group:
            lines += ["", *_question(item)]
    return "\n".join(lines) + "\n"


def _question(item: Item) -> list[str]:
    remark = f"// [id:{item.code}] [tag:{LEVEL_TAG}{item.level.value}]"
    answers = _truth(item) if item.type == TRUE_FALSE else _choices(item)
    general = f"####{_written(item.explanation)}" if item.explanation else ""
    stem = f"::{_escaped(item.code)}::[plain]{_escaped(item.stem)}"
    return [remark, f"{stem} {{", *answers, f"{general}}}"]


def _truth(item: Item) -> list[str]:
    """GIFT wants the feedback of a wrong answer first, then that of a right one."""
    right, wrong = sorted(item.options, key=lambda option: not option.is_key)
    word = "TRUE" if item.options[0].is_key else "FALSE"
    if not wrong.feedback and not right.feedback:
        return [word]
    return [f"{word}#{_written(wrong.feedback)}#{_written(right.feedback)}"]


def _choices(item: Item) -> list[str]:
    shares = shares_of(item)
    several = ITEM_TYPES[item.type].multiple
    return [
        _answer(option, share, several=several)
        for option, share in zip(item.options, shares, strict=True)
    ]


def _answer(option: Option, share: Fraction, *, several: bool) -> str:
    sign = "=" if share == 1 and not several else f"~%{percent(share)}%"
    feedback = f"#{_written(option.feedback)}" if option.feedback else ""
    return f"{sign}{_written(option.text)}{feedback}"


def _written(text: str) -> str:
    """Escaped, and named as plain where it would seem to begin with the name of a format."""
    return f"[plain]{_escaped(text)}" if _LOOKS_FORMATTED.match(text) else _escaped(text)


def _escaped(text: str) -> str:
    return _SIGNS.sub(lambda sign: f"\\{sign[0]}", text).replace("\n", "\\n")
