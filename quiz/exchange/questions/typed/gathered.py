"""One typed question as it is gathered line by line, and the item it makes."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from fractions import Fraction
from string import ascii_uppercase

from quiz.exchange.questions.guards import EMPTY_STEM, NO_OPTIONS
from quiz.exchange.questions.imported import ImportedItem, ImportedOption
from quiz.exchange.questions.key_signs import Sign, Signed, marked_places, signed
from quiz.exchange.questions.keys import BadKey, is_by_number, read_key
from quiz.exchange.questions.kinds import (
    MULTIPLE,
    SINGLE,
    TRUE_FALSE,
    true_false_options,
    truth_of,
    typed,
)
from quiz.exchange.questions.typed.labels import (
    Kind,
    read_kind,
    read_level,
    unknown_kind,
    unknown_level,
)

NO_KEY = (
    "Kunci belum ada. Tulis “Kunci: B” di bawah opsi, beri tanda * di depan opsi kunci, atau "
    "tebalkan opsi kuncinya saja."
)

_ASKS_TRUTH = re.compile(r"\(\s*(?:b\s*[/-]\s*s|benar\s*[/-]\s*salah)\s*\)\s*\.?$", re.IGNORECASE)


@dataclass
class GatheredOption:
    """An option; ``ordinal`` is its shown letter (A is 1), ``stands_out`` bold or highlighted."""

    ordinal: int
    text: list[str]
    stands_out: bool = False
    feedback: list[str] = field(default_factory=list)
    from_list: bool = False
    """Numbered or bulleted rather than lettered, so it may be a statement of the stem after all."""
    bullet: bool = False
    ticked: bool = False
    """Marked as a key beside its text."""
    capital: bool = True
    """How its letter is written; a, b, c may be a list of the stem when A follows."""

    @property
    def shown(self) -> str:
        """What stood before it."""
        if self.bullet:
            return "-"
        return f"{self.ordinal}." if self.from_list else f"({self.ordinal})"


@dataclass
class Gathered:
    """What was found of one question. ``place`` is where it begins."""

    place: int
    number: int | None
    stem: list[str] = field(default_factory=list)
    options: list[GatheredOption] = field(default_factory=list)
    key: str = ""
    explanation: list[str] = field(default_factory=list)
    feedback: dict[str, list[str]] = field(default_factory=dict)
    """By option, A to H, Benar or Salah."""
    topic: str = ""
    level: str = ""
    kind: str = ""
    code: str = ""
    weights: dict[int, Fraction] = field(default_factory=dict)
    """Shares of options that are part of the key, by place from 0."""
    faults: list[str] = field(default_factory=list)
    lost: list[str] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)
    row: int = 0
    """Its row, where it stands in a table of a document."""
    signs: bool = True
    """Whether an asterisk at an option marks the key even where the key is written too."""

    @property
    def complete(self) -> bool:
        """Whether it has options or a key, so that another may begin."""
        return bool(self.options or self.key)


def take_listed_key(found: Gathered, keys: Sequence[str]) -> None:
    """Put in the key a list gives for a question's number; two that differ are a fault."""
    if not keys:
        return
    known = {key.strip().upper() for key in keys}
    if found.key:
        known.add(found.key.strip().upper())
    if len(known) > 1:
        said = ", ".join(sorted(known))[:60]
        found.faults.append(
            f"Kunci nomor {found.number} disebut lebih dari sekali dan berbeda: {said}. Sisakan "
            "satu."
        )
    elif not found.key:
        found.key = keys[0]


def imported(found: Gathered, number: int, where: str) -> ImportedItem:
    """The item of a gathered question, with every fault found."""
    faults = list(found.faults)
    notes = list(found.notes)
    kind = _kind(found)
    if found.kind and kind is None:
        faults.append(unknown_kind(found.kind))
    level = read_level(found.level)
    if found.level and level is None:
        faults.append(unknown_level(found.level))
    type_, options = _options(found, kind, faults, notes)
    if not any(found.stem):
        faults.append(EMPTY_STEM)
    return ImportedItem(
        number=number,
        where=where,
        stem="\n".join(found.stem),
        type=type_,
        options=options,
        explanation="\n".join(found.explanation),
        code=found.code,
        topic=found.topic,
        level=level,
        faults=tuple(faults),
        lost=tuple(found.lost),
        notes=tuple(notes),
    )


def _kind(found: Gathered) -> Kind | None:
    """What the file calls the item; a stem that ends in (B/S) asks for true or false."""
    if found.kind or not found.stem or found.options:
        return read_kind(found.kind)
    if end := _ASKS_TRUTH.search(found.stem[-1]):
        found.stem[-1] = found.stem[-1][: end.start()].rstrip()
        return Kind(truth=True)
    return None


def _options(
    found: Gathered, kind: Kind | None, faults: list[str], notes: list[str]
) -> tuple[str, tuple[ImportedOption, ...]]:
    if not found.options and ((kind and kind.truth) or _is_truth_word(found.key)):
        truth = truth_of(found.key)
        if truth is None:
            faults.append("Kunci belum ada. Tulis “Jawaban: Benar” atau “Jawaban: Salah”.")
        return TRUE_FALSE, true_false_options(
            truth, (_feedback_of(found, "Benar", "A"), _feedback_of(found, "Salah", "B"))
        )
    found.options.sort(key=lambda option: option.ordinal)
    if not found.options:
        faults.append(NO_OPTIONS)
    elif missing := _missing_letters(found.options):
        faults.append(
            f"Opsi {missing} tidak terbaca. Periksa hurufnya; tiap opsi mulai di baris baru."
        )
    keys, texts = _keys(found, faults, notes)
    options = tuple(
        ImportedOption(
            text,
            Fraction(1) if place in keys else found.weights.get(place, Fraction(0)),
            _feedback(found, option, place),
        )
        for place, (option, text) in enumerate(zip(found.options, texts, strict=True))
    )
    return _typed(options, kind, faults)


def _is_truth_word(key: str) -> bool:
    """Benar or Salah in words; a mere B may be the letter of an option that was not found."""
    return truth_of(key) is not None and len(key.strip(" .")) > 1


def _typed(
    options: tuple[ImportedOption, ...], kind: Kind | None, faults: list[str]
) -> tuple[str, tuple[ImportedOption, ...]]:
    """The type the file names; without one, the type the keys make it."""
    guessed, ordered = typed(options, several=True if kind and kind.several else None)
    count = sum(option.is_key for option in options)
    if kind is None or kind.several is not False or guessed == TRUE_FALSE:
        return guessed, ordered
    if kind.truth:
        faults.append("Jenisnya Benar atau salah, tetapi opsinya bukan Benar dan Salah.")
    elif count > 1:
        faults.append(
            f"Jenisnya pilihan tunggal, tetapi kuncinya {count}. Sisakan satu kunci, atau tulis "
            "“Jenis: Pilihan ganda kompleks”."
        )
    return SINGLE if guessed == MULTIPLE else guessed, options


def _keys(
    found: Gathered, faults: list[str], notes: list[str]
) -> tuple[frozenset[int], Sequence[str]]:
    """The places of the keys, and the options' texts without the signs that mark them."""
    whole = ["\n".join(option.text) for option in found.options]
    signs = found.signs or not found.key
    plain = [signed(text) if signs else Signed(text, Sign.NONE) for text in whole]
    texts = [each.text for each in plain]
    starred = marked_places(
        [Sign.FOR if o.ticked else s.sign for o, s in zip(found.options, plain, strict=True)]
    )
    bold = frozenset(place for place, option in enumerate(found.options) if option.stands_out)
    bold = bold if 0 < len(bold) < len(found.options) else frozenset()
    shown = starred or bold
    written: frozenset[int] | None = None
    if found.key and found.options:
        try:
            written = read_key(found.key, texts, _first(found.options))
        except BadKey as fault:
            faults.append(str(fault))
        if written and is_by_number(found.key):
            notes.append(f"Kunci “{found.key[:20]}” dibaca sebagai opsi {_letters(written)}.")
    elif found.options and not shown:
        faults.append(NO_KEY)
    if shown and written is None:
        sign = "tanda pada opsinya" if starred else "huruf tebal atau warna opsinya"
        notes.append(f"Kunci {_letters(shown)} dibaca dari {sign}.")
    if written is not None and shown and written != shown:
        faults.append(
            f"Kunci tertulis {_letters(written)}, tetapi yang ditandai opsi {_letters(shown)}. "
            "Yang dipakai kunci yang tertulis: periksa."
        )
    return shown if written is None else written, texts


def _first(options: Sequence[GatheredOption]) -> int:
    """The shown ordinal of the first option where they run on from it, else 1."""
    first = options[0].ordinal if options else 1
    in_order = all(option.ordinal == first + place for place, option in enumerate(options))
    return first if in_order else 1


def _missing_letters(options: Sequence[GatheredOption]) -> str:
    """B, or B dan D, for typed letters that are skipped; "" when none is."""
    shown = {option.ordinal for option in options}
    first = _first(options)
    gaps = set(range(first, max(shown) + 1)) - shown
    return _letters({gap - 1 for gap in gaps})


def _letters(places: frozenset[int] | set[int]) -> str:
    return " dan ".join(ascii_uppercase[place] for place in sorted(places) if place < 26)


def _feedback(found: Gathered, option: GatheredOption, place: int) -> str:
    truth = truth_of("\n".join(option.text))
    word = {True: "Benar", False: "Salah"}.get(truth, "") if truth is not None else ""
    letter = ascii_uppercase[place : place + 1]
    return "\n".join([*option.feedback, _feedback_of(found, word, letter)]).strip()


def _feedback_of(found: Gathered, *names: str) -> str:
    return "\n".join(line for name in names for line in found.feedback.get(name, ()))
