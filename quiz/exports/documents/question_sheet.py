"""Question sheets: items on paper, bare for a sitting, or with what a trainer's table needs."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy.orm import Session

from quiz.assessment.items.abbreviations import abbreviations_of
from quiz.assessment.items.item import Item, option_letter
from quiz.assessment.items.types import ITEM_TYPES
from quiz.assessment.scores.ruling import Ruling, as_ruled, ruling_words
from quiz.exports.documents.office_paper import DOTS, letterhead, warnings
from quiz.exports.documents.paper import (
    Block,
    Fact,
    Facts,
    Heading,
    Notice,
    Paper,
    Points,
    Text,
    Together,
)
from quiz.models import Reference
from quiz.queries.people.settings import installation
from quiz.queries.scores.computed import rulings_for
from quiz.queries.sources.material import articles_by_code

CONFIDENTIAL = (
    "Memuat kunci jawaban. Untuk narasumber dan petugas: jangan dibagikan sebelum kuisnya selesai."
)


@dataclass(frozen=True)
class Beside:
    """What a sheet says beside stems and options. Any of it gives answers away."""

    key: bool = False
    explanation: bool = False
    articles: bool = False

    @property
    def anything(self) -> bool:
        """Whether the sheet tells more than what is asked."""
        return self.key or self.explanation or self.articles


@dataclass(frozen=True)
class Version:
    """An item as one version asks it; ``uid`` is the version's, by which rulings are found."""

    uid: str
    item: Item


@dataclass(frozen=True)
class Section:
    """Items under a name; "" where they need none."""

    name: str
    versions: Sequence[Version]


def question_paper(
    session: Session,
    subtitles: Sequence[str],
    sections: Sequence[Section],
    beside: Beside,
    now: datetime,
) -> Paper:
    """The items numbered through all sections, options in the author's order and lettered.

    A key is the one that counts now, after every ruling. Three queries.
    """
    here = installation(session)
    versions = [version for section in sections for version in section.versions]
    rulings = rulings_for(session, [version.uid for version in versions])
    codes = {code for version in versions for code in version.item.references}
    articles = articles_by_code(session, codes)
    short = abbreviations_of((version.item for version in versions), here.abbreviations)
    head: list[Block] = [Notice(CONFIDENTIAL)] if beside.anything else _to_fill_in()
    blocks = [*warnings(here, ()), *head, *_explained(short)]
    number = 0
    for section in sections:
        if section.name:
            blocks.append(Heading(section.name))
        for version in section.versions:
            number += 1
            applying = [each for each in rulings if each.item_version == version.uid]
            blocks += _whole(number, version.item, applying, articles, beside)
    return Paper(
        title="Naskah soal",
        subtitles=subtitles,
        blocks=blocks,
        foot="Naskah soal dengan kunci" if beside.anything else "Naskah soal tanpa kunci",
        made_at=now,
        letterhead=letterhead(here.office),
    )


def asked(item: Item, lead: str, marked: frozenset[int] = frozenset()) -> Together:
    """What is asked: scene, stem after ``lead``, and options; those ``marked`` by place in bold."""
    kind = ITEM_TYPES[item.type]
    scene = kind.scene(item)
    provisional = kind.provisional(item)
    blocks: list[Block] = [Text(item.stem, lead=lead)]
    if scene:
        invitation = Text("Baca simulasi ini, lalu jawab.", lead=lead)
        blocks = [invitation, Notice("\n".join(scene)), Text(item.stem)]
    if provisional:
        blocks.append(Text(f"{provisional.capitalize()}; tidak dihitung.", quiet=True))
    if kind.multiple:
        blocks.append(Text("Boleh memilih lebih dari satu.", quiet=True))
    if item.options:
        blocks.append(Points([option.text for option in item.options], "letters", marked))
    return Together(blocks)


def article_words(article: Reference) -> str:
    """Where it stands and what it says, in quotation marks where that is its own wording."""
    said = f"“{article.text}”" if article.verbatim else article.text
    place = f"{article.law} {article.article}".strip()
    return f"{place}: {said}" if said else f"{place}."


def _to_fill_in() -> list[Block]:
    return [
        Facts([Fact("Nama", DOTS * 2), Fact("Unit kerja", DOTS * 2)]),
        Text(
            "Silang (X) huruf jawaban Anda: satu huruf tiap soal, kecuali soal yang boleh dijawab "
            "lebih dari satu. Keliru menyilang? Lingkari silang itu, lalu silang huruf lain.",
            quiet=True,
        ),
    ]


def _explained(short: Mapping[str, str]) -> Iterator[Block]:
    if short:
        words = "; ".join(f"{word} {meaning}" for word, meaning in short.items())
        yield Text(f"{words}.", lead="Singkatan:", quiet=True)


def _whole(
    number: int,
    item: Item,
    rulings: Sequence[Ruling],
    articles: Mapping[str, Reference],
    beside: Beside,
) -> Iterator[Block]:
    ruled = as_ruled(item, rulings)
    keys = (place for place, option in enumerate(ruled.options) if option.is_key)
    yield asked(item, f"{number}.", frozenset(keys) if beside.key else frozenset())
    if beside.key:
        yield from _key(ruled)
        for ruling in rulings:
            yield Text(ruling_words(item, ruling), lead="Putusan.")
    if beside.explanation:
        yield from _explanation(ruled)
    if beside.articles:
        found = [article_words(articles[code]) for code in item.references if code in articles]
        if found:
            yield Text(" ".join(found), lead="Dasar hukum.")


def _key(item: Item) -> Iterator[Block]:
    """The letters in words too: a bold option is easily overlooked."""
    best = _letters(place for place, option in enumerate(item.options) if option.is_key)
    partial = _letters(place for place, o in enumerate(item.options) if 0 < o.weight < 1)
    if ITEM_TYPES[item.type].scale != "knowledge":
        yield Text(f"{best}." if best else "tidak ada.", lead="Dinilai terbaik:")
    elif best:
        words = f"{best}; sebagian tepat: {partial}." if partial else f"{best}."
        yield Text(words, lead="Kunci:")


def _letters(places: Iterable[int]) -> str:
    return ", ".join(option_letter(place) for place in places)


def _explanation(item: Item) -> Iterator[Block]:
    kind = ITEM_TYPES[item.type]
    yield Text(item.explanation, lead="Pembahasan.")
    reasons = [(place, kind.reason(option).strip()) for place, option in enumerate(item.options)]
    said = [f"{option_letter(place)}: {reason}" for place, reason in reasons if reason]
    if said:
        yield Points(said)
    if item.turns_on:
        yield Text(item.turns_on, lead="Yang mengubah jawaban.")
