"""Questions as people type them: 1. …, A. …, Kunci: B, Pembahasan: …, in a document or pasted.

Lines are read once, from the top. A number begins a question, a letter an option, a label a field,
and anything else goes on with what stands above it.
"""

from collections.abc import Iterable
from dataclasses import dataclass, field

from quiz.exchange.questions.gathered import Gathered, GatheredOption, imported
from quiz.exchange.questions.imported import ImportedItem
from quiz.exchange.questions.keys import keys_in_row, looks_like_key
from quiz.exchange.questions.labels import Label, Labelled, labelled
from quiz.exchange.questions.lines import (
    MOST_OPTIONS,
    Line,
    Mark,
    Marked,
    marked,
    plain_lines,
)

_SHOWN_STRAY = 60
_MOST_STRAY = 5


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
class _Open:
    """The question being read: which of its lists a continuing line goes on with."""

    found: Gathered
    texts: list[str] | None
    in_option: bool = False
    statement: int = 0
    """The last number of a list within the stem."""


@dataclass
class NumberedReader:
    """Gathers questions from lines; ``found`` and ``notes`` tell what it made of them."""

    _all: list[_Open] = field(default_factory=list)
    _stray: list[Line] = field(default_factory=list)
    _defaults: dict[str, str] = field(default_factory=dict)
    _keys: dict[int, list[str]] = field(default_factory=dict)
    _awaited: Labelled | None = None
    _in_key_list: bool = False
    _lists: set[str] = field(default_factory=set)
    _numbers_seen: bool = False

    def read(self, lines: Iterable[Line]) -> None:
        """Take all of these lines in."""
        for line in lines:
            if line.text or line.lost:
                self._take(line)

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
                    self._stray += [Line(text, each.place) for text in each.stem]
            questions = [each for each in questions if each.number is not None or each.complete]
        for each in questions:
            keys = self._keys.get(each.number or 0, [])
            if not each.key and len(keys) == 1:
                each.key = keys[0]
        return questions

    def notes(self) -> list[str]:
        """What was passed over. Ask after ``found``."""
        shown = [f"“{_short(line.text)}”" for line in self._stray[:_MOST_STRAY] if line.text]
        if not shown:
            return []
        more = len(self._stray) - len(shown)
        rest = f" dan {more} baris lain" if more > 0 else ""
        return [f"Baris yang bukan bagian soal tidak diambil: {', '.join(shown)}{rest}."]

    @property
    def _open(self) -> _Open | None:
        return self._all[-1] if self._all else None

    def _take(self, line: Line) -> None:
        before = len(self._all)
        self._place(line)
        begun = len(self._all) > before and self._all[-1].found.place == line.place
        if line.lost and self._open is not None and not begun:
            self._open.found.lost += line.lost

    def _place(self, line: Line) -> None:
        """Put the line where it belongs; a picture without words belongs to what is open."""
        if not line.text and not (line.numbering and line.lost):
            return
        mark = marked(line)
        if self._takes_key(mark, line):
            return
        named = labelled(line)
        if named is not None:
            self._label(named)
        elif mark is not None and mark.mark is Mark.NUMBER and self._begins_question(mark):
            self._begin(mark.ordinal, mark.rest)
            if mark.numbering is not None:
                self._lists.add(mark.numbering.list_id)
        elif mark is None or not self._is_option(mark):
            self._continue(line, mark)
        else:
            self._option(mark)

    # Keys in a list of their own

    def _takes_key(self, mark: Marked | None, line: Line) -> bool:
        """Whether the line is the value of a label above it, or part of a list of keys."""
        awaited, self._awaited = self._awaited, None
        if (self._in_key_list or awaited) and (keys := _listed_keys(mark, line)):
            self._in_key_list = True
            for number, key in keys:
                self._keys.setdefault(number, []).append(key)
            return True
        self._in_key_list = False
        if awaited is not None and labelled(line) is None and self._open is not None:
            self._open.found.key = line.text
            self._open.texts = None
            return True
        return False

    # What a line begins

    def _begins_question(self, mark: Marked) -> bool:
        """Whether a number begins a question rather than a list within one."""
        now = self._open
        if mark.numbering is not None and mark.numbering.depth > 0 and now is not None:
            return False
        if now is None:
            return True
        follows = now.found.number is None or mark.ordinal == now.found.number + 1
        in_list = mark.numbering is not None and mark.numbering.list_id in self._lists
        if now.found.complete:
            return follows or in_list or not self._explains(now)
        if now.statement and mark.ordinal == now.statement + 1 and not in_list:
            return False
        return follows or in_list

    def _explains(self, now: _Open) -> bool:
        return now.texts is now.found.explanation

    def _begin(self, number: int | None, line: Line) -> None:
        self._numbers_seen |= number is not None
        found = Gathered(place=line.place, number=number, lost=list(line.lost))
        found.topic = self._defaults.get("topic", "")
        found.level = self._defaults.get("level", "")
        found.kind = self._defaults.get("kind", "")
        self._all.append(_Open(found, found.stem))
        if line.text:
            found.stem.append(line.text)

    def _is_option(self, mark: Marked) -> bool:
        """Whether a letter or bullet is an option here."""
        now = self._open
        if now is None:
            return mark.mark is Mark.LETTER and mark.ordinal == 1 and bool(self._stray)
        if mark.numbering is not None:
            in_stem = now.texts is now.found.stem or now.in_option
            return in_stem and (mark.mark is not Mark.NUMBER or mark.numbering.depth > 0)
        if mark.mark is not Mark.LETTER or self._explains(now):
            return False
        options = now.found.options
        if options and options[0].from_list:
            return mark.ordinal == 1
        expected = options[-1].ordinal + 1 if options else 1
        skips = expected < mark.ordinal <= expected + 2 and mark.in_capital and bool(options)
        return mark.ordinal == expected or skips

    def _option(self, mark: Marked) -> None:
        if self._open is None:
            stem = self._stray.pop()
            self._begin(None, stem)
        now = self._all[-1]
        options = now.found.options
        is_letter = mark.mark is Mark.LETTER
        if is_letter and options and options[0].from_list:
            now.found.stem += [_as_statement(option) for option in options]
            options.clear()
        if len(options) >= MOST_OPTIONS:
            self._continue(mark.rest, None)
            return
        ordinal = mark.ordinal if is_letter else len(options) + 1
        option = GatheredOption(
            ordinal, [mark.rest.text], mark.rest.stands_out, from_list=not is_letter
        )
        options.append(option)
        now.texts, now.in_option = option.text, True

    # Labels

    def _label(self, named: Labelled) -> None:
        now = self._open
        text = named.rest.text
        if now is None:
            self._default(named)
            return
        found = now.found
        match named.label:
            case Label.KEY:
                self._key(named, now)
            case Label.EXPLANATION:
                self._write(now, found.explanation, text)
            case Label.FEEDBACK:
                self._feedback(named, now)
            case Label.TOPIC:
                found.topic = text
            case Label.LEVEL:
                found.level = text
            case Label.TYPE:
                found.kind = text
            case Label.CODE:
                found.code = text.upper()
            case Label.UNUSED:
                found.lost.append(f"“{named.words.capitalize()}: {_short(text)}” tidak diambil.")

    def _default(self, named: Labelled) -> None:
        """A label above the first question holds for all of them."""
        names = {Label.TOPIC: "topic", Label.LEVEL: "level", Label.TYPE: "kind"}
        if named.label in names:
            self._defaults[names[named.label]] = named.rest.text
        elif named.label is Label.KEY and not named.rest.text:
            self._awaited = named
        else:
            self._stray.append(named.rest)

    def _key(self, named: Labelled, now: _Open) -> None:
        now.texts, now.in_option = None, False
        if named.rest.text:
            now.found.key = named.rest.text
        else:
            self._awaited = named

    def _feedback(self, named: Labelled, now: _Open) -> None:
        if named.about:
            self._write(now, now.found.feedback.setdefault(named.about, []), named.rest.text)
        elif now.in_option and now.found.options:
            self._write(now, now.found.options[-1].feedback, named.rest.text)
            now.in_option = True
        else:
            self._write(now, now.found.explanation, named.rest.text)

    def _write(self, now: _Open, texts: list[str], text: str) -> None:
        now.texts, now.in_option = texts, False
        if text:
            texts.append(text)

    # Anything else

    def _continue(self, line: Line, mark: Marked | None) -> None:
        now = self._open
        text = _with_mark(line, mark)
        if now is None or now.texts is None or (now.in_option and _begins_anew(line, mark)):
            self._stray_or_stem(line)
            return
        if now.texts is now.found.stem and mark is not None and mark.mark is Mark.NUMBER:
            now.statement = mark.ordinal
        if now.texts and not line.starts and mark is None and text[:1].islower():
            now.texts[-1] += f" {text}"
        else:
            now.texts.append(text)

    def _stray_or_stem(self, line: Line) -> None:
        """A line that continues nothing; without any numbers it is the next question's stem."""
        now = self._open
        if now is not None and now.found.number is None and now.found.complete:
            self._begin(None, line)
        else:
            self._stray.append(line)


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
    shown = {
        Mark.NUMBER: f"{mark.ordinal}. ",
        Mark.LETTER: f"{chr(ord('a') + (mark.ordinal - 1) % 26)}. ",
        Mark.BULLET: "- ",
    }
    return f"{shown[mark.mark]}{line.text}"


def _as_statement(option: GatheredOption) -> str:
    return f"{option.ordinal}. {' '.join(option.text)}"


def _short(text: str) -> str:
    return text if len(text) <= _SHOWN_STRAY else f"{text[: _SHOWN_STRAY - 1]}…"
