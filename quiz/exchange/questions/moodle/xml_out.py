"""Writing items as Moodle XML, so that Moodle and ``read_moodle`` read them the same."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import groupby
from xml.sax.saxutils import escape, quoteattr

from quiz.assessment.items.item import Item
from quiz.assessment.items.types import ITEM_TYPES
from quiz.exchange.questions.kinds import TRUE_FALSE
from quiz.exchange.questions.moodle.paths import LEVEL_TAG, topic_category
from quiz.exchange.questions.moodle.shares import percent, shares_of


def moodle_items(items: Iterable[Item], topics: Mapping[str, str], remarks: Sequence[str]) -> str:
    """The items, by topic; ``topics`` are names by code, ``remarks`` stand above as a comment.

    Texts are marked as plain, so that none of their signs is taken for HTML.
    """
    lines = ['<?xml version="1.0" encoding="UTF-8"?>', *_comment(remarks), "<quiz>"]
    for topic, group in groupby(items, key=lambda item: item.topic):
        category = escape(topic_category(topics.get(topic, topic)))
        lines += [
            '<question type="category">',
            f"<category><text>{category}</text></category>",
            "</question>",
        ]
        for item in group:
            lines += _question(item)
    return "\n".join([*lines, "</quiz>"]) + "\n"


def _comment(remarks: Sequence[str]) -> list[str]:
    """The remarks as one comment, in which XML allows no double hyphen."""
    safe = [remark.replace("--", "- -") for remark in remarks]
    return ["<!--", *safe, "-->"] if safe else []


def _question(item: Item) -> Iterator[str]:
    truth = item.type == TRUE_FALSE
    yield f'<question type="{"truefalse" if truth else "multichoice"}">'
    yield f"<name><text>{escape(item.code)}</text></name>"
    yield _text("questiontext", item.stem)
    yield _text("generalfeedback", item.explanation)
    yield "<defaultgrade>1</defaultgrade><penalty>0</penalty><hidden>0</hidden>"
    yield f"<idnumber>{escape(item.code)}</idnumber>"
    if not truth:
        several = ITEM_TYPES[item.type].multiple
        yield f"<single>{'false' if several else 'true'}</single>"
        yield "<shuffleanswers>true</shuffleanswers><answernumbering>ABCD</answernumbering>"
    yield from _answers(item, ("true", "false") if truth else [o.text for o in item.options])
    yield f"<tags><tag><text>{LEVEL_TAG}{item.level.value}</text></tag></tags>"
    yield "</question>"


def _answers(item: Item, texts: Sequence[str]) -> Iterator[str]:
    for option, text, share in zip(item.options, texts, shares_of(item), strict=True):
        yield f'<answer fraction="{percent(share)}" format="plain_text">'
        yield f"<text>{escape(text)}</text>{_text('feedback', option.feedback)}"
        yield "</answer>"


def _text(name: str, text: str) -> str:
    return f"<{name} format={quoteattr('plain_text')}><text>{escape(text)}</text></{name}>"
