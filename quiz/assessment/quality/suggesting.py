"""What an item may lean on, suggested from its own words and from what like items lean on.

A suggestion is only shown, with its reason. What counts is what a person accepts.
"""

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from quiz.assessment.items.item import ASN, EVERYBODY, Item, Level, Status
from quiz.assessment.quality.likeness import Like, Likeness, Weighted
from quiz.assessment.question_file.content import Claim, Material, Reference, Topic

SUGGESTED = 3
"""How many of a kind are suggested."""

_NEAR_ITEMS = 8
_ITEM_COUNTS = 0.5
_LEAST = 0.08
_NAMED_ITEMS = 2

_SITUATION = re.compile(
    r"\b(?:seorang|seseorang|hendak|Anda)\b|\b(?:tindakan|perbuatan|langkah)\b.*\bmana\b"
    r"|\.\s+(?!Pilih semua)\S",
    re.IGNORECASE,
)
_WHY = re.compile(r"\b(?:mengapa|kenapa|alasan|tujuan|makna|arti|maksud|beda)", re.IGNORECASE)
_VILLAGE = re.compile(
    r"(?<!penjabat )\bkepala desa\b|\bkades\b|\b(?:perangkat|sekretaris|permusyawaratan) desa\b"
    r"|\bBPD\b",
    re.IGNORECASE,
)
OF_A_VILLAGE = EVERYBODY - ASN


@dataclass(frozen=True)
class Suggestion:
    """A code, the words the item shares with its text, and like items that cite it.

    ``basis`` is the item's own claim that rests on it, which goes before any likeness.
    """

    code: str
    words: tuple[str, ...] = ()
    items: tuple[str, ...] = ()
    basis: str = ""

    @property
    def reason(self) -> str:
        """Why it is suggested, in Indonesian; "" where nothing speaks for it."""
        said = [f"dasar fakta {self.basis}"] if self.basis else []
        said += [f"mirip: {', '.join(self.words)}"] if self.words else []
        said += [f"dipakai soal serupa {' dan '.join(self.items)}"] if self.items else []
        return "; ".join(said)


class Pointed(NamedTuple):
    """A level or an audience that the item's words point to, and the reason in Indonesian."""

    value: str | frozenset[Status]
    reason: str


class Suggester:
    """Ranks what the registers hold by how like it is to an item.

    ``items`` are those of the bank to learn from; an item never learns from one with its own code.
    With 500 of them it takes about a fifth of a second to make and ten milliseconds an item.
    """

    def __init__(
        self,
        topics: Iterable[Topic],
        references: Iterable[Reference],
        claims: Iterable[Claim],
        materials: Iterable[Material],
        items: Sequence[Item],
    ) -> None:
        articles = {row.code: row for row in references}
        lessons = list(materials)
        self._by_claim = [(code, item.topic) for item in items for code in item.claims]
        self._items = Likeness({item.code: " ".join(_texts(item)) for item in items})
        self._claims = _Register(
            {claim.code: _claim_text(claim, articles) for claim in claims},
            {item.code: item.claims for item in items},
        )
        self._references = _Register(
            {code: f"{row.law} {row.article} {row.text}" for code, row in articles.items()},
            {item.code: item.references for item in items},
        )
        self._passages = _Register(
            {passage.code: passage.text for lesson in lessons for passage in lesson.passages},
            {item.code: item.passages for item in items},
        )
        self._topics = _Register(
            {topic.code: _topic_text(topic, lessons) for topic in topics},
            {item.code: (item.topic,) for item in items},
        )

    @property
    def claim_topics(self) -> dict[str, str]:
        """Claim → the topic of most items that cite it."""
        times = Counter(self._by_claim)
        return {code: topic for (code, topic), _ in reversed(times.most_common())}

    def claims(self, item: Item) -> list[Suggestion]:
        """Every claim, the likeliest first."""
        return self._ranked(self._claims, item)

    def references(self, item: Item) -> list[Suggestion]:
        """Every article, the likeliest first."""
        return self._ranked(self._references, item)

    def passages(self, item: Item) -> list[Suggestion]:
        """Every passage of the material, the likeliest first."""
        return self._ranked(self._passages, item)

    def topics(self, item: Item) -> list[Suggestion]:
        """Every topic, the likeliest first."""
        return self._ranked(self._topics, item)

    def _ranked(self, register: "_Register", item: Item) -> list[Suggestion]:
        asked = _asked(item)
        near = [row for row in self._items.like(asked) if row.name != item.code]
        return register.ranked(asked, near[:_NEAR_ITEMS])


class _Register:
    """Codes of one kind with their texts, and which of them each item of the bank cites."""

    def __init__(self, texts: Mapping[str, str], cited: Mapping[str, Sequence[str]]) -> None:
        self._order = {code: place for place, code in enumerate(texts)}
        self._likeness = Likeness(texts)
        self._cited = cited

    def ranked(self, asked: Weighted, near: Iterable[Like]) -> list[Suggestion]:
        """Every code, the likeliest first; those nothing speaks for stand last as they came."""
        like = {row.name: row for row in self._likeness.like(asked)}
        points = {code: like[code].likeness if code in like else 0.0 for code in self._order}
        items: defaultdict[str, list[str]] = defaultdict(list)
        for item in near:
            codes = [code for code in self._cited[item.name] if code in points]
            for code in codes:
                points[code] += _ITEM_COUNTS * item.likeness / len(codes) ** 0.5
                items[code].append(item.name)
        return [
            Suggestion(code, _words(like.get(code)), tuple(items[code][:_NAMED_ITEMS]))
            for code in sorted(points, key=lambda code: (-points[code], self._order[code]))
        ]


def _words(like: Like | None) -> tuple[str, ...]:
    return like.words if like and like.likeness >= _LEAST else ()


def _texts(item: Item) -> list[str]:
    return [item.stem, *(option.text for option in item.options), item.explanation]


def _asked(item: Item) -> list[tuple[str, float]]:
    """The item's texts: its keys and explanation say what is so, its distractors what is about."""
    asked = [(item.stem, 1.0), (item.explanation, 1.5)]
    asked += [(option.text, 2.0 if option.is_key else 0.5) for option in item.options]
    asked += [(option.feedback, 1.0 if option.is_key else 0.5) for option in item.options]
    return asked


def _claim_text(claim: Claim, articles: Mapping[str, Reference]) -> str:
    cited = [articles[code] for code in claim.references if code in articles]
    return " ".join([claim.statement, *(f"{r.law} {r.article} {r.text}" for r in cited)])


def _topic_text(topic: Topic, lessons: Iterable[Material]) -> str:
    taught = [p.text for lesson in lessons if lesson.topic == topic.code for p in lesson.passages]
    return " ".join([topic.name, topic.description, *taught])


def pointed_level(item: Item) -> Pointed:
    """What the stem asks of the mind, by how it asks."""
    if _SITUATION.search(item.stem):
        return Pointed(Level.MENERAPKAN, "pokok soal menceritakan suatu keadaan atau perbuatan")
    if _WHY.search(item.stem):
        return Pointed(Level.MEMAHAMI, "pokok soal menanyakan arti atau alasan")
    return Pointed(Level.MENGINGAT, "pokok soal menanyakan isi aturan")


def pointed_audience(item: Item) -> Pointed:
    """Whom the stem speaks of: the people of a village where it names one, else everybody."""
    if _VILLAGE.search(item.stem):
        return Pointed(OF_A_VILLAGE, "pokok soal menyebut kepala desa, perangkatnya, atau BPD")
    return Pointed(EVERYBODY, "pokok soal tidak menyebut status tertentu")
