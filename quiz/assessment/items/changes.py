"""What changed between two texts of an item, word by word, for two columns side by side."""

import difflib
import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import takewhile, zip_longest

from quiz.assessment.items.fields import Rows, said, value_at
from quiz.assessment.items.item import EVERYBODY, Item, Option, Status, option_letter
from quiz.assessment.items.stages import Stage
from quiz.assessment.items.types import ITEM_TYPES
from quiz.assessment.items.types.choice import OPTIONS

_TOKEN = re.compile(r"\s+|\w+|[^\w\s]")
_SENTENCE = re.compile(r"[^.?!\n]+[.?!\n]*|[.?!\n]+")
_MOST_WORK = 1_500_000
"""Half a second, for all of an item; two texts of 5,000 letters about the same need a third."""


@dataclass(frozen=True)
class Piece:
    """A run of words; ``changed`` when the other text does not have it."""

    text: str
    changed: bool


@dataclass(frozen=True)
class TextChange:
    """A part of the item in both texts. An empty side is a part that is not there."""

    part: str
    before: tuple[Piece, ...]
    after: tuple[Piece, ...]

    @property
    def differs(self) -> bool:
        """Whether anything in it changed."""
        return any(piece.changed for piece in (*self.before, *self.after))


def word_changes(before: str, after: str) -> tuple[tuple[Piece, ...], tuple[Piece, ...]]:
    """Both texts in runs of words that the other has, or has not.

    Texts whose words repeat so often that comparing them would take long are compared sentence by
    sentence and, where even these do, as a whole.
    """
    left, right, _ = _compared(before, after, _MOST_WORK)
    return left, right


def _compared(
    before: str, after: str, most: int
) -> tuple[tuple[Piece, ...], tuple[Piece, ...], int]:
    """The runs of both texts, and the work it took, at ``most`` so much."""
    for token in (_TOKEN, _SENTENCE):
        old, new = token.findall(before), token.findall(after)
        first = _common(old, new)
        last = _common(old[first:][::-1], new[first:][::-1])
        work = _work(old[first : len(old) - last], new[first : len(new) - last])
        if work <= most:
            return *_runs(old, new, first, last), work
    return _whole(before), _whole(after), 0


def _runs(
    old: list[str], new: list[str], first: int, last: int
) -> tuple[tuple[Piece, ...], tuple[Piece, ...]]:
    """The runs of both; so many tokens are the same at their beginnings and at their ends."""
    left, right = _differing(old[first : len(old) - last], new[first : len(new) - last])
    head = [Piece("".join(old[:first]), False)] if first else []
    tail = [Piece("".join(old[len(old) - last :]), False)] if last else []
    return (*head, *left, *tail), (*head, *right, *tail)


def _differing(old: list[str], new: list[str]) -> tuple[list[Piece], list[Piece]]:
    left: list[Piece] = []
    right: list[Piece] = []
    for verb, a, b, c, d in difflib.SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        changed = verb != "equal"
        left += [Piece("".join(old[a:b]), changed)] if b > a else []
        right += [Piece("".join(new[c:d]), changed)] if d > c else []
    return left, right


def _common(one: list[str], other: list[str]) -> int:
    """How many tokens are the same from the beginning."""
    pairs = zip(one, other, strict=False)
    return sum(1 for _ in takewhile(lambda pair: pair[0] == pair[1], pairs))


def _work(old: list[str], new: list[str]) -> int:
    """How many pairs of equal tokens the comparison would look at, at its first step."""
    times = Counter(old)
    return sum(times[token] for token in new)


def _whole(text: str) -> tuple[Piece, ...]:
    return (Piece(text, True),) if text else ()


def item_changes(before: Item | None, after: Item) -> list[TextChange]:
    """Every part of the item in both texts, in the order it is read; a new item has no before.

    What would take too long, all parts together, is compared as word_changes says.
    """
    old = dict(_parts(before)) if before else {}
    new = dict(_parts(after))
    pairs = [(name, old.get(name, ""), text) for name, text in new.items()]
    pairs += [(name, text, "") for name, text in old.items() if name not in new]
    options = _option_pairs(before.options if before else (), after.options)
    changes, left = [], _MOST_WORK
    for name, was, now in [*pairs, *options]:
        *runs, work = _compared(was, now, left)
        left -= work
        changes.append(TextChange(name, *runs))
    return [change for change in changes if change.before or change.after]


def _parts(item: Item) -> Iterator[tuple[str, str]]:
    yield "Pokok soal", item.stem
    yield from own_parts(item)
    yield "Pembahasan", item.explanation
    yield "Yang mengubah jawaban", item.turns_on
    yield "Jenis", item.type
    yield "Topik", item.topic
    yield "Tingkat", item.level.label
    yield "Untuk", _audience(item)
    yield "Hukum per tanggal", item.law_as_of.isoformat()
    yield "Dasar hukum", ", ".join(item.references)
    yield "Fakta", ", ".join(item.claims)
    yield "Kalimat bahan", ", ".join(item.passages)
    yield "Kata pasal", "\n".join(item.basis_words)
    yield "Jangan satu formulir dengan", ", ".join(item.not_with)
    yield "Pasangan", item.pair
    yield "Skenario", item.scenario
    yield "Tahap pemilihan", ", ".join(stage.label for stage in Stage if stage in item.stages)


def own_parts(item: Item) -> Iterator[tuple[str, str]]:
    """What the item's type asks besides options, each field once and each row as a whole."""
    for part in ITEM_TYPES[item.type].parts if item.type in ITEM_TYPES else ():
        if part.place == OPTIONS:
            continue
        written = value_at({"extra": item.extra}, part.place) or {}
        if isinstance(part, Rows):
            for place, row in enumerate(written):
                yield part.called((place,)), "\n".join(said(part.fields, row))
        else:
            yield from zip((f.label for f in part.fields), said(part.fields, written), strict=True)


def _audience(item: Item) -> str:
    if item.audience == EVERYBODY:
        return "semua peserta"
    return ", ".join(status.label for status in Status if status in item.audience)


def _option_pairs(
    before: Sequence[Option], after: Sequence[Option]
) -> Iterator[tuple[str, str, str]]:
    """Options with the same text belong together; the others are paired in their order."""
    left = list(before)
    partner: dict[int, Option] = {}
    for place, option in enumerate(after):
        same = next((old for old in left if old.text == option.text), None)
        if same is not None:
            partner[place] = same
            left.remove(same)
    unpaired = [place for place in range(len(after)) if place not in partner]
    for place, old in zip_longest(unpaired, left):
        if old is not None and place is not None:
            partner[place] = old
    gone = left[len(unpaired) :]
    for place, option in enumerate(after):
        old = partner.get(place)
        name = f"Opsi {option_letter(place)}"
        yield name, _said(old, before) if old else "", _said(option, after)
    for old in gone:
        yield f"Opsi {option_letter(before.index(old))} (dihapus)", _said(old, before), ""


def _said(option: Option, of: Sequence[Option]) -> str:
    category = f" Kategori: {option.category.label}." if option.category else ""
    feedback = f" Umpan balik: {option.feedback}" if option.feedback else ""
    letter = option_letter(of.index(option))
    return f"{letter}. {option.text}\nBobot {option.weight}.{category}{feedback}"
