"""GIFT, Moodle's text format: blocks of a title, a question, and answers in braces.

What a sign means depends on where it stands, so a text is scanned from its start: outside braces
only ``{`` and ``::`` count, inside them ``= ~ # % }``; a backslash takes any sign literally. Blank
lines part questions, except within braces.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from quiz.assessment.items.item import Level
from quiz.exchange.questions.imported import ImportedItem, limited
from quiz.exchange.questions.moodle.foreign import not_ours
from quiz.exchange.questions.moodle.gift_answers import Format, read_answers
from quiz.exchange.questions.moodle.paths import LEVEL_TAG, last_topic
from quiz.exchange.questions.typed.labels import read_level, unknown_level

_BRACE = re.compile(r"\\.|[{}]", re.DOTALL)
_TITLE = re.compile(r"::((?:\\.|[^:\\]|:(?!:))*)::", re.DOTALL)
_CATEGORY = re.compile(r"\$CATEGORY\s*:(.*)", re.IGNORECASE)
_REMARK = re.compile(r"\[(id|tag):((?:\\\]|[^\]\n]){1,200})\]")
_OPENED = re.compile(r"\\.|\{", re.DOTALL)

_FILLED = re.compile(r"\{(?:\\.|[^}\\])*\}?", re.DOTALL)
UNCLOSED = (
    "Kurung kurawal pembuka { tidak mempunyai penutup }. Tambahkan } sesudah jawaban terakhir."
)
BLANK = "_____"
LONGEST = 60_000
"""Letters of one question that are read: ten options with feedback have 5,000."""


@dataclass
class _Block:
    """The lines of one question, and what stood before it."""

    line: int
    topic: str
    code: str = ""
    tags: list[str] = field(default_factory=list)
    lines: list[str] = field(default_factory=list)
    braces: int = 0
    """0 before the answers, 1 within, 2 after them."""

    def add(self, line: str) -> None:
        """Go on with a line, and keep account of the braces."""
        self.lines.append(line)
        for match in _BRACE.finditer(line):
            if (match[0], self.braces) in {("{", 0), ("}", 1)}:
                self.braces += 1


@dataclass(frozen=True)
class _Split:
    """A question's text in its parts; ``answers`` is None without braces."""

    title: str
    before: str
    answers: str | None
    after: str


def read_gift(text: str) -> list[ImportedItem]:
    """The items of a GIFT text in its order; kinds this house does not have are among them.

    Raises UnreadableFile for more than can be taken at once.
    """
    return [_item(number, block) for number, block in enumerate(limited(_blocks(text)), start=1)]


def _blocks(text: str) -> Iterator[_Block]:
    now = _Block(0, "")
    gap = False
    for place, line in enumerate(text.splitlines(), start=1):
        stripped = line.strip()
        category = _CATEGORY.match(stripped)
        begins = category is not None or stripped.startswith(("::", "//"))
        remark_within = now.braces == 0 and stripped.startswith("//")
        ends = now.braces != 1 and (gap or not stripped or (begins and not remark_within))
        if now.lines and (ends or (gap and begins)):
            yield now
            now = _Block(0, now.topic)
        gap = not stripped
        if category is not None:
            now.topic = last_topic(_unescaped(category[1]))
        elif stripped.startswith("//"):
            _read_remark(now, stripped)
        elif stripped or now.lines:
            now.line = now.line or place
            now.add(line)
    if now.lines:
        yield now


def _read_remark(block: _Block, line: str) -> None:
    """What a comment says of the next question: its idnumber, and tags."""
    for name, text in _REMARK.findall(line):
        if name == "id":
            block.code = text.strip()
        else:
            block.tags.append(text.replace("\\]", "]").strip())


def _split(text: str) -> _Split:
    """The parts of a question's text; a title stands first, in double colons."""
    found = _TITLE.match(text)
    title = found[1] if found else ""
    rest = text[found.end() :] if found else text
    places: list[int] = []
    for match in _BRACE.finditer(rest):
        if match[0] == "{}"[len(places)]:
            places.append(match.start())
        if len(places) == 2:
            break
    if not places:
        return _Split(title, rest, None, "")
    first, last = places[0], places[1] if len(places) == 2 else len(rest)
    return _Split(title, rest[:first], rest[first + 1 : last], rest[last + 1 :])


def _item(number: int, block: _Block) -> ImportedItem:
    text = "\n".join(block.lines).strip()
    parts = _split(text[:LONGEST])
    form, before = Format.of(parts.before)
    stem, lost = form.plain(_with_blank(before, parts))
    code = block.code or _unescaped(parts.title).strip()
    where = f"baris {block.line}"
    if count := _other_places(parts):
        return _with_several_places(number, where, parts, count, code)
    if parts.answers is None:
        return not_ours(number, where, stem, "description", code)
    answers = read_answers(parts.answers, form)
    if answers.foreign:
        return not_ours(number, where, stem, answers.foreign, code)
    level, level_faults = _level(block.tags)
    cut = block.braces == 1 or len(text) > LONGEST or _opens(parts.answers)
    unclosed = (UNCLOSED,) if cut else ()
    return ImportedItem(
        number=number,
        where=where,
        stem=stem,
        type=answers.offered.type,
        options=answers.offered.options,
        explanation=answers.explanation,
        code=code,
        topic=block.topic,
        level=level,
        faults=(*unclosed, *level_faults, *answers.offered.faults),
        lost=(*lost, *answers.lost, *answers.offered.lost, *_lost_tags(block.tags)),
    )


def _opens(text: str) -> int:
    """How many braces open in a text."""
    return sum(match[0] == "{" for match in _OPENED.finditer(text))


def _other_places(parts: _Split) -> int:
    """How many places for answers there are beside the first."""
    return _opens(parts.after) if parts.answers is not None else 0


def _with_several_places(
    number: int, where: str, parts: _Split, count: int, code: str
) -> ImportedItem:
    """The item that cannot be taken because answers stand in several of its places."""
    form, before = Format.of(parts.before)
    after = _FILLED.sub(BLANK, parts.after)
    stem, _ = form.plain(f"{before.rstrip()} {BLANK} {after.strip()}")
    return ImportedItem(
        number=number,
        where=where,
        stem=stem,
        type="",
        code=code,
        faults=(
            f"Soal ini mempunyai {count + 1} tempat jawaban {{…}} (isian dalam teks), sedangkan di "
            "sini satu soal mempunyai satu. Pecah menjadi beberapa soal, atau lewati.",
        ),
    )


def _with_blank(before: str, parts: _Split) -> str:
    """The question; where it goes on after the answers, they fill a gap in it."""
    after = parts.after.strip()
    return f"{before.rstrip()} {BLANK} {after}" if after else before


def _level(tags: list[str]) -> tuple[Level | None, tuple[str, ...]]:
    named = [tag.removeprefix(LEVEL_TAG).strip() for tag in tags if tag.startswith(LEVEL_TAG)]
    if not named:
        return None, ()
    level = read_level(named[0])
    return level, () if level else (unknown_level(named[0]),)


def _lost_tags(tags: list[str]) -> tuple[str, ...]:
    others = [tag for tag in tags if not tag.startswith(LEVEL_TAG)]
    return (f"Label (tag) tidak diambil: {', '.join(others)[:80]}.",) if others else ()


def _unescaped(text: str) -> str:
    return Format.PLAIN.plain(text)[0]
