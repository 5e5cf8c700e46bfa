"""From entries as written to the plain values the rest of the house works with."""

from collections.abc import Iterable, Iterator
from itertools import chain
from typing import TypeVar

from pydantic import BaseModel

from quiz.assessment.items.item import Item, Option, Status
from quiz.assessment.question_file import schema
from quiz.assessment.question_file.content import (
    Claim,
    LawChange,
    Material,
    Passage,
    Reference,
    Topic,
)
from quiz.assessment.question_file.entries import Document

Model = TypeVar("Model", bound=BaseModel)


def topics(documents: Iterable[Document]) -> tuple[Topic, ...]:
    """The topics of all files."""
    entries = _models(documents, schema.TopicEntry)
    return tuple(Topic(entry.code, entry.name, entry.description) for entry in entries)


def references(documents: Iterable[Document]) -> tuple[Reference, ...]:
    """The articles of law of all files."""
    return tuple(_reference(entry) for entry in _models(documents, schema.ReferenceEntry))


def claims(documents: Iterable[Document]) -> tuple[Claim, ...]:
    """The checked claims of all files."""
    return tuple(_claim(entry) for entry in _models(documents, schema.ClaimEntry))


def materials(documents: Iterable[Document]) -> tuple[Material, ...]:
    """The material and the lessons, a file each."""
    return tuple(chain.from_iterable(_material(document) for document in documents))


def item(entry: schema.ItemEntry, topic: str) -> Item:
    """The item of one entry; its options are numbered, not yet lettered."""
    nobody: frozenset[Status] = frozenset()
    return Item(
        code=entry.code,
        type=entry.type,
        topic=topic,
        level=entry.level,
        audience=nobody.union(*(schema.AUDIENCES[name] for name in entry.audience)),
        stem=entry.stem,
        options=tuple(
            Option(
                str(n),
                option.text,
                option.weight,
                option.feedback,
                option.category,
                option.stance,
            )
            for n, option in enumerate(entry.options)
        ),
        explanation=entry.explanation,
        passages=tuple(entry.passages),
        claims=tuple(entry.claims),
        references=tuple(entry.references),
        law_as_of=entry.law_as_of,
        extra=entry.extra,
        turns_on=entry.turns_on,
        not_with=tuple(entry.not_with),
        pair=entry.pair or "",
        scenario=entry.scenario or "",
        stages=frozenset(entry.stages),
        basis_words=tuple(entry.basis_words),
    )


def _reference(entry: schema.ReferenceEntry) -> Reference:
    return Reference(
        code=entry.code,
        law=entry.law,
        title=entry.title,
        article=entry.article,
        text=entry.text,
        verbatim=entry.verbatim,
        valid_from=entry.valid_from,
        valid_to=entry.valid_to,
        successor=entry.successor,
        changes=tuple(LawChange(change.date, change.note) for change in entry.changes),
    )


def _claim(entry: schema.ClaimEntry) -> Claim:
    return Claim(
        code=entry.code,
        statement=entry.statement,
        references=tuple(entry.references),
        basis=entry.basis,
        source=tuple(entry.source),
        confidence=entry.confidence,
    )


def _material(document: Document) -> Iterator[Material]:
    header = document.header
    if isinstance(header, schema.MaterialFile | schema.LessonFile):
        yield Material(
            kind=header.kind,
            code=header.code,
            title=header.title,
            source=header.source,
            date=header.date,
            topic=getattr(header, "topic", None),
            passages=tuple(_passage(entry) for entry in _models([document], schema.PassageEntry)),
        )


def _passage(entry: schema.PassageEntry) -> Passage:
    return Passage(entry.code, entry.text, getattr(entry, "role", None))


def _models(documents: Iterable[Document], model: type[Model]) -> Iterator[Model]:
    for document in documents:
        for entry in document.entries:
            if isinstance(entry.model, model):
                yield entry.model
