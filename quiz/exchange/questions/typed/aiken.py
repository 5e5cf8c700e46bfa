"""Aiken: a question, its options A. to Z., and ANSWER: with the letter of the key."""

import re

from quiz.exchange.questions.emphasis import plain_text
from quiz.exchange.questions.imported import ImportedItem, as_typed, limited
from quiz.exchange.questions.typed.gathered import Gathered, GatheredOption, imported
from quiz.exchange.questions.typed.headings import is_rule
from quiz.exchange.questions.typed.labels import Label, Labelled, labelled
from quiz.exchange.questions.typed.lines import MOST_OPTIONS, Line
from quiz.exchange.questions.typed.opened import Opened

_OPTION = re.compile(
    r"(?P<letter>[A-Za-z])\s?(?P<end>[.)]{1,2})(?:\s{1,8}|(?=[^\W_]{2}|[“\"'(]))(?P<text>\S.*)"
)
NO_ANSWER = "Baris “ANSWER:” dengan huruf kuncinya tidak ada. Tambahkan di bawah opsi terakhir."


def read_aiken(text: str) -> list[ImportedItem]:
    """The items of an Aiken text; one without an ANSWER line ends where options begin again.

    Raises UnreadableFile for more than can be taken at once.
    """
    found: list[Gathered] = []
    now: Gathered | None = None
    gap = False
    for place, line in enumerate(text.splitlines(), start=1):
        stripped = plain_text(as_typed(line)).strip()
        if not stripped or is_rule(stripped):
            gap = True
            continue
        label = labelled(Line(stripped, place))
        option = None if label else _option(stripped, now)
        is_key = label is not None and label.label is Label.KEY
        if label is not None and not is_key and found and (now is None or now.options):
            _say(found[-1], label)
            continue
        if now is None or (now.options and gap and not option and not is_key):
            now = Gathered(place, None, signs=False)
            found.append(now)
        gap = False
        if label is not None and is_key:
            now.key, now = label.rest.text or "?", None
        elif option:
            now.options.append(option)
        elif now.options:
            now.options[-1].text.append(stripped)
        else:
            now.stem.append(stripped)
    return [_item(each, number) for number, each in enumerate(limited(found), start=1)]


def _option(line: str, now: Gathered | None) -> GatheredOption | None:
    """The option a line offers; small letters only where they go on from the one above."""
    found = _OPTION.match(line)
    if found is None or now is None or len(now.options) >= MOST_OPTIONS:
        return None
    ordinal = ord(found["letter"].upper()) - ord("A") + 1
    following = now.options[-1].ordinal + 1 if now.options else 1
    if found["letter"].islower() and ordinal != following:
        return None
    return GatheredOption(ordinal, [found["text"]])


def _say(found: Gathered, label: Labelled) -> None:
    """Take in a labelled line that follows a question: its feedback, topic and the like."""
    Opened(found, None).label(label)


def _item(found: Gathered, number: int) -> ImportedItem:
    if not found.key:
        found.faults.append(NO_ANSWER)
    return imported(found, number, f"baris {found.place}")
