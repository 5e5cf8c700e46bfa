"""Questions as people type them: 1. …, A. …, Kunci: B, Pembahasan: …, in a document or pasted.

Lines are read once, from the top. A number begins a question, a letter an option, a label a field,
and anything else goes on with what stands above it.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from itertools import zip_longest

from quiz.exchange.questions.imported import ImportedItem, limited
from quiz.exchange.questions.keys import keys_in_row, looks_like_key
from quiz.exchange.questions.typed.gathered import (
    Gathered,
    GatheredOption,
    imported,
    take_listed_key,
)
from quiz.exchange.questions.typed.headings import Passage, begins_passage, is_rule, is_title
from quiz.exchange.questions.typed.labels import Label, Labelled, labelled
from quiz.exchange.questions.typed.lines import MOST_OPTIONS, Line, Mark, Marked, marked
from quiz.exchange.questions.typed.opened import Opened, may_be_statements
from quiz.exchange.questions.typed.romans import romans_as_letters
from quiz.exchange.questions.typed.runs import with_digits, with_letters
from quiz.exchange.questions.typed.side_by_side import plain_lines
from quiz.exchange.questions.typed.strays import Strays

_LAST_WITH_GAPS = 8
_DEFAULTS = frozenset({Label.TOPIC, Label.LEVEL, Label.TYPE})
"""Labels that hold for all questions when they stand above the first."""


def read_plain(text: str) -> tuple[list[ImportedItem], list[str]]:
    """The items of a pasted text or a text file, and notes on what was passed over."""
    reader = NumberedReader()
    reader.read(plain_lines(text))
    items = [
        imported(found, number, _where_in_text(found))
        for number, found in enumerate(limited(reader.found()), start=1)
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
    _passage: Passage | None = None
    _next: Line | None = None

    def read(self, lines: Iterable[Line]) -> None:
        """Take all of these lines in, which the next ones may go on with."""
        listed = with_letters(romans_as_letters(list(lines)))
        for line, self._next in zip_longest(listed, listed[1:]):
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
            self.give_key(each)
            with_digits(each)
        return questions

    def give_key(self, found: Gathered) -> None:
        """Put in the key that a list gives for the number of a question."""
        take_listed_key(found, self._keys.pop(found.number or 0, []))

    def notes(self) -> list[str]:
        """What was passed over. Ask after ``found``."""
        notes = self._strays.notes()
        if self._keys:
            numbers = ", ".join(map(str, sorted(self._keys)[:10]))
            notes.append(f"Daftar kunci menyebut nomor yang tidak ada soalnya: {numbers}.")
        return notes

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
        if is_rule(line.text):
            self._close()
        elif named is not None:
            self._label(named, line)
        elif self._is_heading(line, mark):
            self._strays.add(line)
            self._close()
        elif mark is not None and mark.mark is Mark.NUMBER and self._begins_question(mark):
            self._begin(mark.ordinal, mark.rest)
            if mark.numbering is not None:
                self._lists.add(mark.numbering.list_id)
        elif mark is not None and self._is_option(mark):
            self._option(mark)
        else:
            self._continue(line, mark)

    def _is_heading(self, line: Line, mark: Marked | None) -> bool:
        """Whether a line is the title of a part or of a passage, and no part of a question."""
        now = self._open
        if mark is None:
            if begins_passage(line.text):
                return now is not None and not now.in_stem
            return is_title(line.text)
        if mark.mark is not Mark.LETTER or mark.numbering is not None or self._fits(mark):
            return now is None and is_title(line.text)
        follows = marked(self._next) if self._next is not None else None
        return is_title(line.text) or (follows is not None and follows.mark is Mark.NUMBER)

    def _fits(self, mark: Marked) -> bool:
        """Whether the letter is the next one of the question that is open."""
        return self._open is not None and not self._open.found.key and self._is_option(mark)

    def _close(self) -> None:
        """Let nothing go on with a question that is complete."""
        now = self._open
        if now is not None and now.found.complete:
            now.texts, now.in_option = None, False

    def _is_key(self, mark: Marked | None, line: Line) -> bool:
        """Whether the line is the value of a label above it, or part of a list of keys."""
        awaits, self._awaits_key = self._awaits_key, False
        if (self._in_key_list or awaits) and (keys := _listed_keys(mark, line)):
            self._in_key_list = True
            self._note_keys(keys)
            return True
        self._in_key_list = False
        if awaits and self._open is not None and looks_like_key(line.text):
            self._open.set_key(line.text)
            return True
        self._awaits_key = awaits and mark is None and labelled(line) is None
        return False

    def _label(self, named: Labelled, line: Line) -> None:
        if named.label is Label.KEY and (keys := keys_in_row(named.rest.text)):
            self._in_key_list = True
            self._note_keys(keys)
            return
        if named.label is Label.KEY and not named.rest.text:
            self._awaits_key = True
        if self._open is not None:
            self._open.label(named)
        elif named.label in _DEFAULTS:
            self._defaults.append(named)
        elif not self._awaits_key:
            self._strays.add(line)

    def _note_keys(self, keys: list[tuple[int, str]]) -> None:
        for number, key in keys:
            self._keys.setdefault(number, []).append(key)

    def _begins_question(self, mark: Marked) -> bool:
        """Whether a number begins a question rather than a list within one."""
        now = self._open
        if now is None:
            return not mark.alone or mark.ordinal == 1
        if mark.numbering is not None and mark.numbering.depth > 0:
            return False
        if mark.alone:
            return now.found.complete and mark.ordinal == (now.found.number or 0) + 1
        follows = now.found.number is None or mark.ordinal == now.found.number + 1
        in_list = mark.numbering is not None and mark.numbering.list_id in self._lists
        if now.found.complete:
            return follows or in_list or not now.explains
        if now.statement and mark.ordinal == now.statement + 1 and not in_list:
            return False
        return follows or in_list

    def _begin(self, number: int | None, line: Line) -> None:
        self._numbers_seen |= number is not None
        found = Gathered(line.place, number, lost=list(line.lost))
        now = Opened(found, found.stem)
        now.add_text(line.text, joins=False)
        self._passage = self._strays.take_passage() or (
            self._passage if self._passage and self._passage.is_for(number) else None
        )
        if self._passage is not None:
            found.lost.append(self._passage.sentence)
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
        if mark.mark is Mark.BULLET:
            return now.in_stem or (now.in_option and options[0].bullet)
        return is_letter and not now.explains and _letter_fits(mark, options)

    def _option(self, mark: Marked) -> None:
        if self._open is None and (stem := self._strays.take_back()) is not None:
            self._begin(None, stem)
        now = self._all[-1]
        is_letter = mark.mark is Mark.LETTER
        option = GatheredOption(
            mark.ordinal if is_letter else len(now.found.options) + 1,
            [mark.rest.text],
            mark.rest.stands_out,
            from_list=not is_letter,
            bullet=mark.mark is Mark.BULLET,
            capital=mark.in_capital,
        )
        now.add_option(option)

    def _continue(self, line: Line, mark: Marked | None) -> None:
        """A line without a mark of its own; one that continues nothing is the next stem or none."""
        now = self._open
        page = mark is not None and mark.alone and now is not None and now.found.complete
        if page or now is None or now.texts is None or (now.in_option and _begins_anew(line, mark)):
            if not page and now is not None and now.found.number is None and now.found.complete:
                self._begin(None, line)
            else:
                self._strays.add(line)
            return
        if now.in_stem and mark is not None and mark.mark is Mark.NUMBER:
            now.statement = mark.ordinal
        text = _with_mark(line, mark)
        now.add_text(text, joins=mark is None and not line.starts and text[:1].islower())


def _letter_fits(mark: Marked, options: Sequence[GatheredOption]) -> bool:
    """Whether a typed letter may come after these options."""
    if options and mark.ordinal == 1:
        return may_be_statements(options, mark.in_capital)
    if options and options[0].from_list:
        return False
    same_case = not options or options[-1].capital == mark.in_capital
    return mark.ordinal in _fitting({option.ordinal for option in options}, same_case)


def _fitting(shown: set[int], same_case: bool) -> set[int]:
    """The ordinals of letters that may come next: the following one.

    Letters written alike may also stand in columns (A, C, B, D) or leave one or two out, which is
    told later.
    """
    following = max(shown, default=0) + 1
    if not shown or not same_case:
        return {following}
    last = following + 2 if following <= _LAST_WITH_GAPS else following
    return set(range(1, last + 1)) - shown


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
