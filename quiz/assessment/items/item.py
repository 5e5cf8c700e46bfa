"""What is asked: an item, its options, and the fingerprint of its text.

An item here is a plain value. Its entry in the bank and its history are tables elsewhere.
"""

import hashlib
import json
import re
import string
import unicodedata
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from enum import StrEnum
from fractions import Fraction
from typing import Any, Self, TypeVar

from quiz.assessment.items.stages import Stage

Chosen = tuple[str, ...]
"""The ids of the options a person chose, in the order the item's type keeps them; () is a blank."""

VERY_SURE = 3
SURENESS = (1, 2, VERY_SURE)
"""How sure people say they are of what they chose: in doubt, fairly, very; nothing said is None."""

FIRST_YEAR, LAST_YEAR = 1945, 2099
"""Dates outside are slips of the hand, and times near either end of the calendar overflow."""

LETTERS = string.ascii_lowercase

_LINE_END = re.compile("\r\n|[\r\x85\u2028\u2029]")  # as browsers, Word and YAML write them

Thing = TypeVar("Thing", int, str)


class BadResponse(ValueError):
    """What was sent cannot be a response to this item. The message is Indonesian, for the page."""


class Status(StrEnum):
    """What a person is in law on the day of an event; it decides which rules bind them."""

    PNS = "pns"
    CALON_PNS = "calon_pns"
    PPPK = "pppk"
    KEPALA_DESA = "kepala_desa"
    PENJABAT_KEPALA_DESA = "penjabat_kepala_desa"
    PERANGKAT_DESA = "perangkat_desa"
    BPD = "bpd"
    NON_ASN = "non_asn"

    @property
    def label(self) -> str:
        """The Indonesian word for the page."""
        return _STATUS_LABELS[self]


_STATUS_LABELS = {
    Status.PNS: "PNS",
    Status.CALON_PNS: "Calon PNS",
    Status.PPPK: "PPPK",
    Status.KEPALA_DESA: "Kepala desa",
    Status.PENJABAT_KEPALA_DESA: "Penjabat kepala desa",
    Status.PERANGKAT_DESA: "Perangkat desa",
    Status.BPD: "Anggota BPD",
    Status.NON_ASN: "Pegawai non-ASN",
}

EVERYBODY = frozenset(Status)
ASN = frozenset({Status.PNS, Status.CALON_PNS, Status.PPPK, Status.PENJABAT_KEPALA_DESA})
"""Statuses bound as ASN. A penjabat kepala desa is a PNS acting as village head."""


class Level(StrEnum):
    """What an item asks of the mind; MENERAPKAN always puts a situation."""

    MENGINGAT = "mengingat"
    MEMAHAMI = "memahami"
    MENERAPKAN = "menerapkan"

    @property
    def label(self) -> str:
        """The Indonesian word for the page."""
        return self.value.capitalize()


class Category(StrEnum):
    """What the law calls an act that an option describes; said in the feedback."""

    ALLOWED = "boleh"
    ETHICS = "kode_etik"
    DISCIPLINE = "disiplin"
    VILLAGE_LAW = "hukum_desa"
    CRIME = "pidana"

    @property
    def label(self) -> str:
        """The Indonesian words for the page."""
        return _CATEGORY_LABELS[self]


_CATEGORY_LABELS = {
    Category.ALLOWED: "Boleh",
    Category.ETHICS: "Pelanggaran kode etik",
    Category.DISCIPLINE: "Pelanggaran disiplin",
    Category.VILLAGE_LAW: "Melanggar Undang-Undang Desa",
    Category.CRIME: "Diancam pidana",
}


class Stance(StrEnum):
    """Whether an option lets the act that its item asks about happen, or refuses it."""

    REFUSES = "tolak"
    PERMITS = "boleh"


@dataclass(frozen=True)
class Option:
    """One answer offered. `weight` is the share of the item's point it earns, 0 to 1.

    `feedback` is "" where the item's explanation says all there is to say; `stance` is None where
    nobody declared it.
    """

    id: str
    text: str
    weight: Fraction
    feedback: str
    category: Category | None = None
    stance: Stance | None = None

    @property
    def is_key(self) -> bool:
        """Whether it earns the whole point."""
        return self.weight == 1


@dataclass(frozen=True)
class Item:
    """One item as asked. Codes of topic, passages, claims and references are the bank's.

    `options` stand in the author's order. `extra` is JSON for types that need more than options.
    `turns_on` is the one detail that would change the key, told with the feedback.

    The rest nobody reads but selection and linter. Items `not_with` each other give each other
    away; those of one `pair` are one scene with one detail changed, those of one `scenario` the
    same scene for other statuses or other `stages` of an election (none: any). `basis_words` are
    words of the article on which the key rests.
    """

    code: str
    type: str
    topic: str
    level: Level
    audience: frozenset[Status]
    stem: str
    options: tuple[Option, ...]
    explanation: str
    passages: tuple[str, ...]
    claims: tuple[str, ...]
    references: tuple[str, ...]
    law_as_of: date
    extra: Mapping[str, Any] = field(default_factory=dict, hash=False)
    turns_on: str = ""
    not_with: tuple[str, ...] = ()
    pair: str = ""
    scenario: str = ""
    stages: frozenset[Stage] = frozenset()
    basis_words: tuple[str, ...] = ()

    @property
    def keys(self) -> Chosen:
        """The ids of the options that earn the whole point, in the author's order."""
        return tuple(option.id for option in self.options if option.is_key)

    def option(self, option_id: str) -> Option:
        """The option with this id. Raises KeyError when the item does not offer it."""
        for option in self.options:
            if option.id == option_id:
                return option
        raise KeyError(option_id)

    def to_json(self) -> dict[str, Any]:
        """A JSON-ready dict from which `from_json` makes the same item; weights as "1/2".

        What an item may do without is left out where it is empty, so that older ones keep their
        uid.
        """
        told = {"turns_on": self.turns_on} if self.turns_on else {}
        return self._always() | told | self._beside()

    def _beside(self) -> dict[str, Any]:
        written = {
            "not_with": list(self.not_with),
            "pair": self.pair,
            "scenario": self.scenario,
            "stages": sorted(self.stages),
            "basis_words": list(self.basis_words),
        }
        return {name: value for name, value in written.items() if value}

    def _always(self) -> dict[str, Any]:
        return {
            "code": self.code,
            "type": self.type,
            "topic": self.topic,
            "level": self.level.value,
            "audience": sorted(self.audience),
            "stem": self.stem,
            "options": [_option_json(option) for option in self.options],
            "explanation": self.explanation,
            "passages": list(self.passages),
            "claims": list(self.claims),
            "references": list(self.references),
            "law_as_of": self.law_as_of.isoformat(),
            "extra": dict(self.extra),
        }

    @classmethod
    def from_json(cls, stored: Mapping[str, Any]) -> Self:
        """The item that `to_json` wrote. Raises KeyError or ValueError on anything else."""
        return cls(
            code=stored["code"],
            type=stored["type"],
            topic=stored["topic"],
            level=Level(stored["level"]),
            audience=frozenset(Status(status) for status in stored["audience"]),
            stem=stored["stem"],
            options=tuple(_option_from(option) for option in stored["options"]),
            explanation=stored["explanation"],
            passages=tuple(stored["passages"]),
            claims=tuple(stored["claims"]),
            references=tuple(stored["references"]),
            law_as_of=date.fromisoformat(stored["law_as_of"]),
            extra=dict(stored.get("extra", {})),
            turns_on=stored.get("turns_on", ""),
            not_with=tuple(stored.get("not_with", ())),
            pair=stored.get("pair", ""),
            scenario=stored.get("scenario", ""),
            stages=frozenset(Stage(stage) for stage in stored.get("stages", ())),
            basis_words=tuple(stored.get("basis_words", ())),
        )


BESIDE = ("not_with", "pair", "scenario", "stages", "basis_words")
"""What of an item's content only selection and linter read; so does the `stance` of options."""


def content_hash(item: Item) -> str:
    """The version's uid: 32 hex digits of SHA-256 over the item's code and content, without ids.

    The same text gives the same version on every machine: it does not depend on option ids, on
    Unicode form (NFC is taken), on line endings or on white space around a text. Everything a
    participant or a checker can read, and the order of options and codes, is part of it; what only
    selection and linter read is not.
    """
    content = item.to_json()
    for name in BESIDE:
        content.pop(name, None)
    for option in content["options"]:
        del option["id"]
        option.pop("stance", None)
    canonical = json.dumps(
        _normal(content), sort_keys=True, ensure_ascii=False, separators=(",", ":")
    )
    return hashlib.sha256(canonical.encode()).hexdigest()[:32]


def lettered(item: Item) -> Item:
    """The same item with option ids a, b, c … dealt by a shuffle seeded with its content hash.

    Options keep their order; only the letters are shuffled, so a letter says nothing about the
    key, and every machine deals the same letters. Raises ValueError beyond 26 options.
    """
    if len(item.options) > len(LETTERS):
        raise ValueError(f"item {item.code} has more than {len(LETTERS)} options")
    dealt = seeded_order(range(len(item.options)), content_hash(item))
    letter_of = {place: LETTERS[turn] for turn, place in enumerate(dealt)}
    options = (replace(option, id=letter_of[i]) for i, option in enumerate(item.options))
    return replace(item, options=tuple(options))


def option_letter(place: int) -> str:
    """What everybody calls the option at this place, from 0, of the author's order: "B".

    Past the alphabet, where no reader or editor lets an item go, it is a number.
    """
    return LETTERS[place].upper() if place < len(LETTERS) else str(place + 1)


def seeded_order(things: Iterable[Thing], seed: str) -> list[Thing]:
    """Distinct things in an order decided by `seed` alone, the same on every Python version.

    Sorting by SHA-256 of seed and thing is used because `random.shuffle` promises no such thing.
    """
    return sorted(things, key=lambda thing: hashlib.sha256(f"{seed}/{thing}".encode()).digest())


def normal_text(text: str) -> str:
    """Text as it is stored and compared: NFC, line feeds only, no white space around it."""
    return _LINE_END.sub("\n", unicodedata.normalize("NFC", text)).strip()


def without_accents(text: str) -> str:
    """Text with plain letters in place of those with marks, ligatures and wide forms."""
    parts = unicodedata.normalize("NFKD", text)
    return "".join(letter for letter in parts if not unicodedata.combining(letter))


def _option_json(option: Option) -> dict[str, Any]:
    """What an option does not have is left out, so that older versions keep their uid."""
    written = {"id": option.id, "text": option.text, "weight": str(option.weight)}
    if option.feedback:
        written["feedback"] = option.feedback
    written |= {"category": option.category.value} if option.category else {}
    return written | ({"stance": option.stance.value} if option.stance else {})


def _option_from(stored: Mapping[str, Any]) -> Option:
    category, stance = stored.get("category"), stored.get("stance")
    return Option(
        stored["id"],
        stored["text"],
        Fraction(stored["weight"]),
        stored.get("feedback", ""),
        Category(category) if category else None,
        Stance(stance) if stance else None,
    )


def _normal(value: Any) -> Any:
    if isinstance(value, str):
        return normal_text(value)
    if isinstance(value, Mapping):
        return {key: _normal(part) for key, part in value.items()}
    if isinstance(value, list | tuple):
        return [_normal(part) for part in value]
    return value
