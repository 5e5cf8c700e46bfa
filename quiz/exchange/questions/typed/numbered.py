"""Questions as people type them: 1. …, A. …, Kunci: B, Pembahasan: …, in a document or pasted.

Lines are read once, from the top. A number begins a question, a letter an option, a label a field,
and anything else goes on with what stands above it.
"""

from collections.abc import Iterable
from dataclasses import dataclass, field

from quiz.exchange.questions.imported import MAX_ITEMS, ImportedItem, too_many
from quiz.exchange.questions.keys import keys_in_row, looks_like_key
from quiz.exchange.questions.typed.gathered import Gathered, GatheredOption, imported
from quiz.exchange.questions.typed.labels import Label, Labelled, labelled
from quiz.exchange.questions.typed.lines import (
    MOST_OPTIONS,
    Line,
    Mark,
    Marked,
    marked,
    plain_lines,
)
from quiz.exchange.questions.typed.opened import Opened
from quiz.exchange.questions.typed.strays import Strays

_DEFAULTS = frozenset({Label.TOPIC, Label.LEVEL, Label.TYPE})
"""Labels that hold for all questions when they stand above the first."""


def read_plain(text: str) -> tuple[list[ImportedItem], list[str]]:
    """The items of a pasted text or a text file, and notes on what was passed over."""
    reader = NumberedReader()
    reader.read(plain_lines(text))
    items = [
        imported(found, number, _where_in_text(found))
        for number, found in enumerate(reader.found(), start=1)
    ]
    return items, reader.notes()


def _where_in_text(found: Gathered) -> str:
    at = f"baris {found.place}"
    return f"nomor {found.number}, {at}" if found.number is not None else at


@dataclass
class NumberedReader:
    """Gathers questions from lines; ``found`` and ``notes`` tell what it made of them."""

    _all: list[Opened] = field(default_factory=list)
    _strays: Strays = field(default_factory=Strays)
    _defaults: list[Labelled] = field(default_factory=list)
    _keys: dict[int, list[str]] = field(default_factory=dict)
    _awaits_key: bool = False
    _in_key_list: bool = False
    _lists: set[str] = field(default_factory=set)
    _numbers_seen: bool = False

    def read(self, lines: Iterable[Line]) -> None:
        """Take all of these lines in. Raises UnreadableFile for far too many questions."""
        for line in lines:
            before = len(self._all)
            self._take(line)
            if line.lost and self._open is not None and len(self._all) == before:
                self._open.found.lost += line.lost

    def read_one(self, number: int | None, lines: Iterable[Line]) -> Gathered:
        """The one question in these lines, whose number stands elsewhere."""
        self._begin(number, Line("", 0))
        self.read(lines)
        first = self._all[0].found
        if len(self._all) > 1:
            first.faults.append("Satu sel memuat lebih dari satu soal; yang dibaca yang pertama.")
        return first

    def found(self) -> list[Gathered]:
        """The questions in order, with the keys of a list at the end put in."""
        questions = [each.found for each in self._all]
        if self._numbers_seen:
            for each in questions:
                if each.number is None and not each.complete:
                    self._strays.add(Line("\n".join(each.stem), each.place))
            questions = [each for each in questions if each.number is not None or each.complete]
        for each in questions:
            keys = self._keys.get(each.number or 0, [])
            if not each.key and len(keys) == 1:
                each.key = keys[0]
        return questions

    def notes(self) -> list[str]:
        """What was passed over. Ask after ``found``."""
        return self._strays.notes()

    @property
    def _open(self) -> Opened | None:
        return self._all[-1] if self._all else None

    def _take(self, line: Line) -> None:
        """Put the line where it belongs; a picture without words belongs to what is open."""
        if not line.text and not (line.numbering and line.lost):
            return
        mark = marked(line)
        if self._is_key(mark, line):
            return
        named = labelled(line)
        if named is not None:
            self._label(named)
        elif mark is not None and mark.mark is Mark.NUMBER and self._begins_question(mark):
            self._begin(mark.ordinal, mark.rest)
            if mark.numbering is not None:
                self._lists.add(mark.numbering.list_id)
        elif mark is not None and self._is_option(mark):
            self._option(mark)
        else:
            self._continue(line, mark)

    def _is_key(self, mark: Marked | None, line: Line) -> bool:
        """Whether the line is the value of a label above it, or part of a list of keys."""
        awaits, self._awaits_key = self._awaits_key, False
        if (self._in_key_list or awaits) and (keys := _listed_keys(mark, line)):
            self._in_key_list = True
            for number, key in keys:
                self._keys.setdefault(number, []).append(key)
            return True
        self._in_key_list = False
        if awaits and self._open is not None and looks_like_key(line.text):
            self._open.set_key(line.text)
            return True
        self._awaits_key = awaits and mark is None and labelled(line) is None
        return False

    def _label(self, named: Labelled) -> None:
        if named.label is Label.KEY and not named.rest.text:
            self._awaits_key = True
        if self._open is not None:
            self._open.label(named)
        elif named.label in _DEFAULTS:
            self._defaults.append(named)
        elif not self._awaits_key:
            self._strays.add(named.rest)

    def _begins_question(self, mark: Marked) -> bool:
        """Whether a number begins a question rather than a list within one."""
        now = self._open
        if now is None:
            return True
        if mark.numbering is not None and mark.numbering.depth > 0:
            return False
        follows = now.found.number is None or mark.ordinal == now.found.number + 1
        in_list = mark.numbering is not None and mark.numbering.list_id in self._lists
        if now.found.complete:
            return follows or in_list or not now.explains
        if now.statement and mark.ordinal == now.statement + 1 and not in_list:
            return False
        return follows or in_list

    def _begin(self, number: int | None, line: Line) -> None:
        if len(self._all) > 2 * MAX_ITEMS:
            raise too_many()
        self._numbers_seen |= number is not None
        found = Gathered(line.place, number, lost=list(line.lost))
        now = Opened(found, found.stem)
        now.add_text(line.text, joins=False)
        for default in self._defaults:
            now.label(default)
        self._all.append(now)

    def _is_option(self, mark: Marked) -> bool:
        """Whether a letter, bullet or deeper number is an option here."""
        now = self._open
        is_letter = mark.mark is Mark.LETTER
        if now is None:
            return is_letter and mark.ordinal == 1 and self._strays.last is not None
        options = now.found.options
        if len(options) >= MOST_OPTIONS:
            return False
        if mark.numbering is not None:
            offers = mark.mark is not Mark.NUMBER or mark.numbering.depth > 0
            return offers and (now.in_stem or now.in_option)
        if not is_letter or now.explains:
            return False
        if options and options[0].from_list:
            return mark.ordinal == 1
        return mark.ordinal in _fitting({option.ordinal for option in options}, mark.in_capital)

    def _option(self, mark: Marked) -> None:
        if self._open is None and (stem := self._strays.take_back()) is not None:
            self._begin(None, stem)
        now = self._all[-1]
        is_letter = mark.mark is Mark.LETTER
        ordinal = mark.ordinal if is_letter else len(now.found.options) + 1
        text = [mark.rest.text]
        now.add_option(GatheredOption(ordinal, text, mark.rest.stands_out, from_list=not is_letter))

    def _continue(self, line: Line, mark: Marked | None) -> None:
        """A line without a mark of its own; one that continues nothing is the next stem or none."""
        now = self._open
        if now is None or now.texts is None or (now.in_option and _begins_anew(line, mark)):
            if now is not None and now.found.number is None and now.found.complete:
                self._begin(None, line)
            else:
                self._strays.add(line)
            return
        if now.in_stem and mark is not None and mark.mark is Mark.NUMBER:
            now.statement = mark.ordinal
        text = _with_mark(line, mark)
        now.add_text(text, joins=mark is None and not line.starts and text[:1].islower())


def _fitting(shown: set[int], in_capital: bool) -> set[int]:
    """The ordinals of letters that may come next: the following one.

    Capitals may also stand in columns (A, C, B, D) or leave one or two out, which is told later.
    """
    following = max(shown, default=0) + 1
    if not shown or not in_capital:
        return {following}
    return set(range(1, following + 3)) - shown


def _listed_keys(mark: Marked | None, line: Line) -> list[tuple[int, str]]:
    """The keys by number in a line of a list of keys; [] for any other line."""
    if mark is not None and mark.mark is Mark.NUMBER and looks_like_key(mark.rest.text):
        return [(mark.ordinal, mark.rest.text)]
    return keys_in_row(line.text)


def _begins_anew(line: Line, mark: Marked | None) -> bool:
    """Whether a line below an option is no part of it: a new paragraph that begins a sentence."""
    return line.starts and mark is None and not line.text[:1].islower()


def _with_mark(line: Line, mark: Marked | None) -> str:
    """The line's text, with the sign automatic numbering shows before it."""
    if mark is None or mark.numbering is None:
        return line.text
    letter = chr(ord("a") + (mark.ordinal - 1) % 26)
    shown = {Mark.NUMBER: f"{mark.ordinal}. ", Mark.LETTER: f"{letter}. ", Mark.BULLET: "- "}
    return f"{shown[mark.mark]}{line.text}"
