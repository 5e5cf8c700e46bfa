"""A whole folder of questions, read and checked at once, or every fault in it."""

import hashlib
import json
from collections.abc import Iterator
from dataclasses import asdict
from itertools import chain
from pathlib import Path
from typing import Any

from quiz.assessment.items.beside import beside
from quiz.assessment.items.fields import Problem
from quiz.assessment.items.item import LETTERS, Item, content_hash, lettered
from quiz.assessment.items.types import ITEM_TYPES
from quiz.assessment.question_file import building, schema
from quiz.assessment.question_file.checks import check_between
from quiz.assessment.question_file.content import (
    Claim,
    Fault,
    Folder,
    FolderFaults,
    Passage,
    Reference,
    Topic,
)
from quiz.assessment.question_file.entries import Document, read_documents
from quiz.assessment.question_file.wording import in_file, suggestion

PRACTICE_TOPIC = "latihan"

Coded = Topic | Reference | Claim | Passage


def read_folder(path: Path) -> Folder:
    """Everything in a folder of question files, in the order of files and of entries in them.

    Raises FolderFaults with every fault in every file, in the order of files and lines, each
    naming file, line and remedy in Indonesian. Reads nothing but files ending in .yaml.
    """
    if not path.is_dir():
        raise FolderFaults([Fault(str(path), None, "Folder soal tidak ada.")])
    documents = read_documents(path)
    if not documents:
        raise FolderFaults([Fault(str(path), None, "Folder soal tidak berisi berkas .yaml.")])
    check_between(documents)
    items = list(chain.from_iterable(_items(document) for document in documents))
    faults = [fault for document in documents for fault in document.source.faults]
    if faults:
        raise FolderFaults(sorted(faults, key=lambda f: (f.file, f.line or 0, f.message)))
    return _folder(documents, items)


def _folder(documents: list[Document], items: list[tuple[str, Item]]) -> Folder:
    topics = building.topics(documents)
    references = building.references(documents)
    claims = building.claims(documents)
    materials = building.materials(documents)
    practice = [item for kind, item in items if kind == "practice"]
    values: list[Coded] = [*topics, *references, *claims]
    values += [passage for material in materials for passage in material.passages]
    return Folder(
        topics=topics,
        references=references,
        claims=claims,
        materials=materials,
        items=tuple(item for kind, item in items if kind == "item"),
        practice_item=practice[0] if practice else None,
        digests={value.code: _digest(value) for value in values}
        | {item.code: item_digest(item) for _, item in items},
    )


def _items(document: Document) -> Iterator[tuple[str, Item]]:
    """The items of a file that are in order; the problems of the others are noted."""
    if document.kind not in {"item", "practice"}:
        return
    header = document.header
    topic = header.topic if isinstance(header, schema.ItemsFile) else PRACTICE_TOPIC
    for entry in document.entries:
        model = entry.model
        if not isinstance(model, schema.ItemEntry):
            continue
        item = building.item(model, topic)
        problems = _problems(item)
        for problem in problems:
            entry.fault(problem.place, f"Soal {item.code}: {in_file(problem)}")
        if not problems:
            yield entry.kind, lettered(item)


def _problems(item: Item) -> list[Problem]:
    if item.type not in ITEM_TYPES:
        near = suggestion(item.type, ITEM_TYPES)
        return [Problem(f"Jenis “{item.type}” tidak dikenal.{near}", ("type",))]
    if len(item.options) > len(LETTERS):
        return [Problem(f"Opsi terlalu banyak: {len(item.options)}.", ("options",))]
    return ITEM_TYPES[item.type].problems(item)


def item_digest(item: Item) -> str:
    """The fingerprint of all an item's file says: the version's uid, and of what it leaves out."""
    left_out = beside(item.to_json())
    return content_hash(item) + (_hash(left_out)[:32] if left_out else "")


def _digest(value: Coded) -> str:
    return _hash(asdict(value))


def _hash(value: Any) -> str:
    canonical = json.dumps(value, sort_keys=True, ensure_ascii=False, default=str)
    return hashlib.sha256(canonical.encode()).hexdigest()
