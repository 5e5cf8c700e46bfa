"""Finding every entry of a folder of questions, file by file, before any is checked."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from pydantic import BaseModel

from quiz.assessment.items.fields import Place
from quiz.assessment.question_file import schema
from quiz.assessment.question_file.source import Source, read_source

MATERIAL = "material"


@dataclass
class Written:
    """One entry of one kind: where it stands, what is written, and its model if it is in order."""

    kind: str
    source: Source
    place: Place
    model: BaseModel | None

    @property
    def raw(self) -> dict[str, Any]:
        """The fields as written; {} when it is not made of fields."""
        value = self.source.content
        for part in self.place:
            value = value[part]
        return value if isinstance(value, dict) else {}

    @property
    def code(self) -> str | None:
        """Its code as written, in order or not."""
        code = self.raw.get("code")
        return code if isinstance(code, str) else None

    def fault(self, within: Place, message: str) -> None:
        """Note a fault at a place within the entry."""
        self.source.fault((*self.place, *within), message)


@dataclass
class Document:
    """One file: its own fields and the entries listed in it."""

    source: Source
    kind: str
    header: BaseModel | None = None
    entries: list[Written] = field(default_factory=list)


@dataclass(frozen=True)
class _Shape:
    kind: str
    header: type[BaseModel]
    key: str
    entry: type[BaseModel]


_TOPICS = _Shape("topic", schema.TopicsFile, "topics", schema.TopicEntry)
_REFERENCES = _Shape("reference", schema.ReferencesFile, "references", schema.ReferenceEntry)
_CLAIMS = _Shape("claim", schema.ClaimsFile, "claims", schema.ClaimEntry)
_ABBREVIATIONS = _Shape(
    "abbreviation", schema.AbbreviationsFile, "abbreviations", schema.AbbreviationEntry
)
_MATERIAL = _Shape("passage", schema.MaterialFile, "passages", schema.PassageEntry)
_LESSON = _Shape("passage", schema.LessonFile, "passages", schema.LessonPassageEntry)
_PRACTICE = _Shape("practice", schema.PracticeFile, "item", schema.PracticeEntry)
_ITEMS = _Shape("item", schema.ItemsFile, "items", schema.ItemEntry)

_BY_NAME = {
    "topics.yaml": _TOPICS,
    "references.yaml": _REFERENCES,
    "facts.yaml": _CLAIMS,
    "abbreviations.yaml": _ABBREVIATIONS,
    "latihan.yaml": _PRACTICE,
}


def read_documents(folder: Path) -> list[Document]:
    """Every file of questions in the folder, in the order of their names, with its faults."""
    return [_document(read_source(folder / file, file)) for file in _files(folder)]


def _files(folder: Path) -> list[str]:
    found = (path for path in folder.rglob("*") if path.suffix.lower() in {".yaml", ".yml"})
    files = (path.relative_to(folder) for path in found if path.is_file())
    return sorted(
        file.as_posix() for file in files if not any(part.startswith(".") for part in file.parts)
    )


def _document(source: Source) -> Document:
    shape = _shape(source)
    if shape is None:
        source.unreadable(
            None,
            "Berkas ini tidak pada tempatnya; soal dan daftar ada di folder paling atas, "
            f"bahan di folder {MATERIAL}, dan semuanya berakhiran .yaml.",
        )
        return Document(source, "unknown")
    document = Document(source, shape.kind)
    if not source.readable:
        return document
    if source.content is None and not source.faults:
        first = next(iter(shape.header.model_fields))
        source.unreadable(None, f"Berkas masih kosong; isinya diawali `{first}:`.")
        return document
    document.header = schema.read_entry(source, (), shape.header)
    for place in _places(source, shape.key):
        document.entries.append(_entry(source, place, shape))
    return document


def _shape(source: Source) -> _Shape | None:
    folder, _, name = source.file.rpartition("/")
    if not name.endswith(".yaml") or folder not in {"", MATERIAL}:
        return None
    if folder == MATERIAL:
        content = source.content if isinstance(source.content, dict) else {}
        return _LESSON if content.get("kind") == "lesson" else _MATERIAL
    return _BY_NAME.get(name, _ITEMS)


def _places(source: Source, key: str) -> Iterator[Place]:
    listed = source.content.get(key) if isinstance(source.content, dict) else None
    if isinstance(listed, list):
        yield from ((key, n) for n in range(len(listed)))
    elif isinstance(listed, dict) and key == _PRACTICE.key:
        yield (key,)


def _entry(source: Source, place: Place, shape: _Shape) -> Written:
    return Written(shape.kind, source, place, schema.read_entry(source, place, shape.entry))
