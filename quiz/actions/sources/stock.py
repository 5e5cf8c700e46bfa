"""The starting stock of topics, law, claims and passages, and who owns a record of it."""

import json
from collections.abc import Iterable, Iterator
from dataclasses import asdict, dataclass, field
from typing import Any, TypeVar

from sqlalchemy import select
from sqlalchemy.orm import Session

from quiz.assessment.question_file import Folder
from quiz.models.sources.kinds import KINDS
from quiz.models.sources.material import Claim, Material, Passage, Reference, Topic, text_checksum

_Record = TypeVar("_Record", Topic, Reference, Claim, Passage)


@dataclass
class Loaded:
    """Codes of what one loading added, updated and left waiting as *berkas berbeda*."""

    added: list[str] = field(default_factory=list)
    updated: list[str] = field(default_factory=list)
    waiting: list[str] = field(default_factory=list)

    def __str__(self) -> str:
        words = (
            ("baru", self.added),
            ("diperbarui", self.updated),
            ("berkas berbeda", self.waiting),
        )
        return ", ".join(f"{len(codes)} {word}" for word, codes in words)


@dataclass(frozen=True)
class Stock:
    """A record as its file has it: columns the file owns, and where it stands among the others."""

    code: str
    digest: str
    content: dict[str, Any]
    place: dict[str, Any]


def load_records(session: Session, folder: Folder, loaded: Loaded) -> None:
    """Load topics, references, claims and materials of a checked folder. A query per kind."""
    _settle(session, Topic, _topics(folder), loaded)
    _settle(session, Reference, _references(folder), loaded)
    _settle(session, Claim, _claims(folder), loaded)
    materials = _materials(session, folder)
    _settle(session, Passage, _passages(folder, materials), loaded)


def file_wins(file_digest: str | None, edited: bool, digest: str) -> bool | None:
    """True to take the file's text, False to let it wait, None to leave everything as it is.

    A record without ``file_digest`` was made in the browser.
    """
    if file_digest == digest:
        return None
    return file_digest is not None and not edited


def _settle(
    session: Session, model: type[_Record], stocks: Iterable[Stock], loaded: Loaded
) -> None:
    stored = {row.code: row for row in session.scalars(select(model))}
    for stock in stocks:
        row = stored.get(stock.code)
        if row is None:
            row = model(code=stock.code, file_digest=stock.digest, **stock.content, **stock.place)
            session.add(row)
            loaded.added.append(stock.code)
        else:
            _settle_known(row, stock, loaded)


def _settle_known(row: Topic | Reference | Claim | Passage, stock: Stock, loaded: Loaded) -> None:
    verdict = file_wins(row.file_digest, row.edited_at is not None, stock.digest)
    agreed = all(getattr(row, name) == value for name, value in stock.content.items())
    if verdict is None:
        return
    if verdict or agreed:
        for name, value in (stock.content | stock.place).items():
            setattr(row, name, value)
        row.file_digest, row.edited_at, row.pending = stock.digest, None, None
        loaded.updated.append(stock.code)
    elif row.pending_digest != stock.digest:
        row.pending_digest, row.pending = stock.digest, _plain(stock.content)
        loaded.waiting.append(stock.code)


def _plain(content: dict[str, Any]) -> dict[str, Any]:
    plain: dict[str, Any] = json.loads(json.dumps(content, default=str))
    return plain


def _topics(folder: Folder) -> Iterator[Stock]:
    for position, topic in enumerate(folder.topics, start=1):
        content = {"name": topic.name, "description": topic.description}
        yield Stock(topic.code, folder.digests[topic.code], content, {"position": position})


def _references(folder: Folder) -> Iterator[Stock]:
    for reference in folder.references:
        content = {
            "law": reference.law,
            "title": reference.title,
            "article": reference.article,
            "text": reference.text,
            "verbatim": reference.verbatim,
            "valid_from": reference.valid_from,
            "valid_to": reference.valid_to,
            "successor": reference.successor,
            "changes": [_plain(asdict(change)) for change in reference.changes],
        }
        yield Stock(reference.code, folder.digests[reference.code], content, {})


def _claims(folder: Folder) -> Iterator[Stock]:
    for claim in folder.claims:
        content = {
            "statement": claim.statement,
            "references": list(claim.references),
            "basis": claim.basis,
            "source": list(claim.source),
            "confidence": claim.confidence,
        }
        yield Stock(claim.code, folder.digests[claim.code], content, {})


def _materials(session: Session, folder: Folder) -> dict[str, Material]:
    """The stored materials by code, their heads as the files have them."""
    stored = {material.code: material for material in session.scalars(select(Material))}
    for position, material in enumerate(folder.materials, start=1):
        row = stored.setdefault(material.code, Material(code=material.code))
        row.kind, row.topic = KINDS[material.kind], material.topic
        row.title, row.source = material.title, material.source or ""
        row.held_on, row.position = material.date, position
        session.add(row)
    return stored


def _passages(folder: Folder, materials: dict[str, Material]) -> Iterator[Stock]:
    for material in folder.materials:
        for position, passage in enumerate(material.passages, start=1):
            content = {
                "text": passage.text,
                "role": passage.role,
                "checksum": text_checksum(passage.text),
            }
            place = {"position": position, "material": materials[material.code]}
            yield Stock(passage.code, folder.digests[passage.code], content, place)
