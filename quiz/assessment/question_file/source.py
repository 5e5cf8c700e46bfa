"""Reading one YAML file into plain values, with the line of every one of them.

The file is bounded before and while it is read: at most 1 MB, no anchors or aliases (by which a
few bytes could become gigabytes), no tags, nesting at most 20 deep. Numbers with a decimal point
become exact Fractions, dates become dates.
"""

import re
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date
from fractions import Fraction
from pathlib import Path
from typing import Any

from ruamel.yaml import YAML
from ruamel.yaml.error import MarkedYAMLError, YAMLError
from ruamel.yaml.nodes import MappingNode, Node, ScalarNode, SequenceNode
from ruamel.yaml.reader import ReaderError

from quiz.assessment.items.fields import Place
from quiz.assessment.question_file.content import Fault
from quiz.assessment.question_file.wording import yaml_error_in_words

MOST_BYTES = 1_000_000
DEEPEST = 20

_TAG = "tag:yaml.org,2002:"


@dataclass
class Source:
    """One file as read: its values, the line of each, and the faults met so far.

    `readable` is False when nothing is known of what the file holds.
    """

    file: str
    content: Any = None
    readable: bool = True
    lines: dict[Place, int] = field(default_factory=lambda: {(): 1})
    faults: list[Fault] = field(default_factory=list)

    def line(self, place: Place) -> int:
        """The line (from 1) of the value at `place`, or of the nearest one that holds it."""
        while place not in self.lines:
            place = place[:-1]
        return self.lines[place]

    def fault(self, place: Place, message: str) -> None:
        """Note that something is wrong with the value at `place`."""
        self.faults.append(Fault(self.file, self.line(place), message))

    def unreadable(self, line: int | None, message: str) -> None:
        """Note that the file cannot be read at all."""
        self.readable = False
        self.faults.append(Fault(self.file, line, message))


def read_source(path: Path, file: str) -> Source:
    """What stands in the file at `path`, which faults will call `file`. Never raises."""
    source = Source(file)
    text = _text(path, source)
    if text is None:
        return source
    try:
        node = YAML(typ="safe", pure=True).compose(text)
    except MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        source.unreadable(mark.line + 1 if mark else None, yaml_error_in_words(error.problem or ""))
    except ReaderError as error:
        line = text.count("\n", 0, error.position) + 1
        source.unreadable(
            line, "Ada huruf kendali yang tidak boleh dipakai; ketik ulang baris ini."
        )
    except RecursionError:
        source.unreadable(None, f"Susunan berkas lebih dari {DEEPEST} tingkat.")
    except YAMLError as error:
        source.unreadable(None, yaml_error_in_words(str(error)))
    else:
        _Values(source).read_all(node)
    return source


def _text(path: Path, source: Source) -> str | None:
    try:
        if path.stat().st_size > MOST_BYTES:
            source.unreadable(None, "Berkas lebih besar dari 1 MB; bagi menjadi beberapa berkas.")
            return None
        raw = path.read_bytes()
    except OSError as error:
        source.unreadable(None, f"Berkas tidak dapat dibaca ({error.strerror}).")
        return None
    try:
        return raw.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = raw.count(b"\n", 0, error.start) + 1
        source.unreadable(line, "Berkas bukan UTF-8; simpan ulang dengan pengodean UTF-8.")
        return None


class _Values:
    """Turns YAML nodes into values, noting lines and faults in the source."""

    def __init__(self, source: Source) -> None:
        self.source = source

    def read_all(self, node: Node | None) -> None:
        self.source.content = None if node is None else self.read(node, ())

    def read(self, node: Node, place: Place) -> Any:
        self.source.lines.setdefault(place, node.start_mark.line + 1)
        refusal = _refusal(node, place)
        if refusal:
            self.source.fault(place, refusal)
            return None
        if isinstance(node, MappingNode):
            return self.read_mapping(node, place)
        if isinstance(node, SequenceNode):
            return [self.read(child, (*place, n)) for n, child in enumerate(node.value)]
        return _scalar(node)

    def read_mapping(self, node: MappingNode, place: Place) -> dict[str, Any]:
        values: dict[str, Any] = {}
        for key, child in node.value:
            name = key.value if isinstance(key, ScalarNode) else "?"
            line = key.start_mark.line + 1
            if name in values:
                message = f"Kolom `{name}` ditulis dua kali; hapus salah satu."
                self.source.faults.append(Fault(self.source.file, line, message))
                continue
            self.source.lines[(*place, name)] = line
            values[name] = self.read(child, (*place, name))
        return values


def _refusal(node: Node, place: Place) -> str | None:
    if node.anchor is not None:
        return f"Jangkar dan alias YAML (&{node.anchor}) tidak dipakai; tulis isinya lengkap."
    if not str(node.tag).startswith(_TAG):
        return f"Tag YAML ({node.tag}) tidak dipakai; apit teks itu dengan tanda kutip."
    if len(place) > DEEPEST:
        return f"Susunan berkas lebih dari {DEEPEST} tingkat."
    return None


def _scalar(node: Node) -> Any:
    """The value of a scalar; what only looks like a number or a date stays text."""
    text: str = node.value
    make = _SCALARS.get(str(node.tag).removeprefix(_TAG), str)
    try:
        return make(text)
    except ValueError:
        return text


def _decimal(text: str) -> Fraction | str:
    """Exact, and never one with an exponent, which could ask for gigabytes of digits."""
    return Fraction(text) if re.fullmatch(r"[-+]?[0-9]{0,9}\.[0-9]{0,9}", text) else text


_SCALARS: dict[str, Callable[[str], Any]] = {
    "null": lambda _: None,
    "bool": lambda text: text.lower() == "true",
    "int": int,
    "float": _decimal,
    "timestamp": date.fromisoformat,
}
