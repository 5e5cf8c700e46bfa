"""A table with one item a row, in Excel or in a Word document: reading a row."""

import re
from collections.abc import Mapping, Sequence
from fractions import Fraction
from itertools import pairwise

from quiz.exchange.questions.key_signs import Sign, signed
from quiz.exchange.questions.keys import looks_like_key
from quiz.exchange.questions.sheets.heads import (
    CODE,
    DIFFICULTY,
    EXPLANATION,
    FEEDBACK,
    INFORMATION,
    KEY,
    KIND,
    LETTERS,
    LEVEL,
    NUMBER,
    OPTIONS,
    STEM,
    TEXT,
    TOGETHER,
    TOPIC,
    WEIGHTS,
)
from quiz.exchange.questions.typed.gathered import Gathered, GatheredOption
from quiz.exchange.questions.typed.labels import read_level
from quiz.exchange.questions.typed.lines import Line, Mark, Marked, marked
from quiz.exchange.questions.typed.numbered import NumberedReader
from quiz.exchange.questions.typed.opened import not_taken
from quiz.exchange.questions.typed.side_by_side import plain_lines

_WEIGHT = re.compile(
    r"([A-Za-z])\s{0,4}[=:]?\s{0,4}(?:([0-9]{1,3})/([1-9][0-9]{0,3})"
    r"|([0-9]{1,3}(?:[.,][0-9]{1,6})?)\s{0,4}(%?))",
)
_YES = frozenset({"1", "v", "x", "y", "ya", "true", "benar", "betul", "kunci", "correct", "key"})
_NO = frozenset({"", "0", "-", "tidak", "false", "salah", "no", "n", "incorrect", "wrong"})


def gathered_row(
    cells: Mapping[str, str],
    place: int,
    prominent: frozenset[str] = frozenset(),
    lines: Sequence[Line] | None = None,
) -> Gathered:
    """The item of one row; ``cells`` are its texts by column, ``prominent`` letters of bold ones.

    Where a table has no columns A, B, C, options are looked for in the cell of the question and
    in that of all options: ``lines``, by default their texts. Raises UnreadableFile for a line
    that is too long.
    """
    found = _begun(cells, place)
    if any(column.key in cells for column in OPTIONS):
        found.options = _options(cells, prominent)
        _put(found.stem, cells.get(STEM.key, ""))
    else:
        _read_within(found, _lines_of(cells) if lines is None else lines)
    _read_weights(found, cells.get(WEIGHTS.key, ""))
    return found


def gathered_rows(
    rows: Sequence[Mapping[str, str]], place: int, prominent: Sequence[bool] = ()
) -> Gathered:
    """The item of several rows, each of which holds one option; ``prominent`` are bold ones.

    The option's cell holds its text or, beside a column of texts, its letter; the key's cell holds
    a sign in the row of the key, or the letter of the key in any.
    """
    first = rows[0]
    found = _begun({**first, KEY.key: ""}, place)
    _put(found.stem, first.get(STEM.key, ""))
    for ordinal, cells in enumerate(rows, start=1):
        option = _option_of(cells, ordinal)
        option.stands_out = any(prominent[ordinal - 1 : ordinal])
        if option.text[0] or len(rows) > ordinal:
            found.options.append(option)
        _take_key(found, option, cells.get(KEY.key, ""))
    _read_weights(found, first.get(WEIGHTS.key, ""))
    found.signs = True
    return found


def in_groups(rows: Sequence[Mapping[str, str]]) -> list[range] | None:
    """Which rows belong to one item, where each holds one option; None for any other table.

    A question stands in the first of its rows, or is repeated in all of them.
    """
    starts: list[int] = []
    for place, cells in enumerate(rows):
        above = rows[place - 1] if place else {}
        stem = cells.get(STEM.key, "")
        repeats = stem == above.get(STEM.key, "") and _same_number(cells, above)
        if not starts or (stem and not repeats):
            starts.append(place)
    groups = [range(one, two) for one, two in pairwise([*starts, len(rows)])]
    offers = all(_says_option(cells) for cells in rows)
    long = any(len(group) > 1 for group in groups)
    return groups if rows and long and offers and _has_no_letters(rows[0]) else None


def _begun(cells: Mapping[str, str], place: int) -> Gathered:
    """The item with all that stands beside its options."""
    number = cells.get(NUMBER.key, "").rstrip(". )")
    found = Gathered(
        place=place,
        number=int(number) if number.isascii() and number.isdigit() and len(number) < 6 else None,
        key=cells.get(KEY.key, ""),
        topic=cells.get(TOPIC.key, ""),
        level=cells.get(LEVEL.key, ""),
        kind=cells.get(KIND.key, ""),
        code=cells.get(CODE.key, "").upper(),
        signs=False,
    )
    _put(found.explanation, cells.get(EXPLANATION.key, ""))
    for letter, column in zip(LETTERS, FEEDBACK, strict=True):
        if text := cells.get(column.key, ""):
            found.feedback[letter] = [text]
    for column in INFORMATION:
        text = cells.get(column.key, "")
        if column is DIFFICULTY and read_level(text) and not found.level:
            found.level = text
        elif text and not (column.key == "points" and _all_weights(text)):
            found.lost.append(not_taken(column.head, text))
    return found


def _same_number(cells: Mapping[str, str], above: Mapping[str, str]) -> bool:
    number = cells.get(NUMBER.key, "")
    return not number or number == above.get(NUMBER.key, "")


def _has_no_letters(cells: Mapping[str, str]) -> bool:
    return not any(column.key in cells for column in OPTIONS)


def _says_option(cells: Mapping[str, str]) -> bool:
    """Whether a row holds one option, and not a list of them."""
    text = cells.get(TOGETHER.key) or cells.get(TEXT.key) or ""
    return bool(text) and "\n" not in text


def _option_of(cells: Mapping[str, str], ordinal: int) -> GatheredOption:
    letter, text = cells.get(TOGETHER.key, ""), cells.get(TEXT.key, "")
    if not text:
        mark = _lettered(letter)
        if mark is None:
            return GatheredOption(ordinal, [letter])
        return GatheredOption(mark.ordinal, [mark.rest.text])
    name = letter.strip(" .)(").upper()
    if len(name) == 1 and name in LETTERS:
        return GatheredOption(LETTERS.index(name) + 1, [text])
    return GatheredOption(ordinal, [text])


def _take_key(found: Gathered, option: GatheredOption, said: str) -> None:
    """Take in the key's cell beside an option: a sign for it, or the letter of one."""
    word = said.strip(" .").casefold()
    if word in _YES or (said and signed(f"{said} x").sign is Sign.FOR):
        option.ticked = True
    elif word in _NO:
        return
    elif looks_like_key(said) and found.key in {"", said}:
        found.key = said
    else:
        found.faults.append(
            f"Kolom kunci di samping opsi “{option.text[0][:30]}” berisi “{said[:30]}”. Isi v di "
            "baris opsi yang benar, dan kosongkan yang lain."
        )


def _lines_of(cells: Mapping[str, str]) -> list[Line]:
    texts = (cells.get(STEM.key, ""), cells.get(TOGETHER.key, ""))
    return list(plain_lines("\n".join(texts)))


def _options(cells: Mapping[str, str], prominent: frozenset[str]) -> list[GatheredOption]:
    """The options up to the last filled cell; an empty one between is an option without text."""
    texts = [cells.get(column.key, "") for column in OPTIONS]
    last = max((place for place, text in enumerate(texts, start=1) if text), default=0)
    return [
        GatheredOption(place + 1, [text], stands_out=LETTERS[place] in prominent)
        for place, text in enumerate(_without_letters(texts[:last]))
    ]


def _without_letters(texts: list[str]) -> list[str]:
    """The texts of columns A, B, C without the A., B., C. typed before all of them."""
    marks = [_lettered(text) for text in texts]
    own = [mark.rest.text for place, mark in enumerate(marks, 1) if mark and mark.ordinal == place]
    return own if len(own) == len(texts) and all(own) else texts


def _lettered(text: str) -> Marked | None:
    """The letter before a text of one line."""
    mark = marked(Line(text, 0, "0" * len(text))) if "\n" not in text else None
    return mark if mark is not None and mark.mark is Mark.LETTER else None


def _read_within(found: Gathered, lines: Sequence[Line]) -> None:
    """Read stem and options that stand in one cell, line by line."""
    within = NumberedReader().read_one(found.number, lines)
    found.stem, found.options = within.stem, within.options
    found.key = found.key or within.key
    found.explanation = found.explanation or within.explanation
    found.faults += within.faults
    found.lost += within.lost
    found.signs = True


def _all_weights(text: str) -> bool:
    """Whether a text is nothing but shares of options: B=1/2; C=50%."""
    return _WEIGHT.search(text) is not None and not _WEIGHT.sub("", text).strip(" ;,\n")


def _read_weights(found: Gathered, text: str) -> None:
    """Read B=1/2; C=50% into shares of the options."""
    rest = _WEIGHT.sub("", text).strip(" ;,\n")
    for letter, over, under, number, percent in _WEIGHT.findall(text):
        share = Fraction(int(over), int(under)) if over else Fraction(number.replace(",", "."))
        share = share / 100 if percent else share
        if not 0 <= share <= 1:
            rest = rest or text
            continue
        found.weights[LETTERS.index(letter.upper())] = share
    if rest:
        found.faults.append(
            f"Bobot sebagian “{text[:40]}” tidak terbaca. Tulis hurufnya dan bobotnya antara 0 dan "
            "1, misalnya “B=1/2; C=1/4”."
        )


def _put(texts: list[str], text: str) -> None:
    if text:
        texts.append(text)
