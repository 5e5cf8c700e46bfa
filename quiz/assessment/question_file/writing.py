"""Writing values back as the question files they came from; `read_folder` reads them the same."""

from collections.abc import Iterable, Mapping
from dataclasses import replace
from fractions import Fraction
from io import StringIO
from typing import Any

from ruamel.yaml import YAML
from ruamel.yaml.comments import CommentedSeq
from ruamel.yaml.scalarstring import LiteralScalarString

from quiz.assessment.items.beside import tied_within
from quiz.assessment.items.item import ASN, EVERYBODY, Item, Option, Status
from quiz.assessment.items.stages import Stage
from quiz.assessment.items.types import ITEM_TYPES, weighs_options
from quiz.assessment.items.types.judgement import value_of
from quiz.assessment.question_file.content import Claim, Folder, Material, Passage, Reference


def write_items(items: Iterable[Item]) -> str:
    """A file of the items of one topic, in the order given. Raises ValueError for two topics."""
    listed = list(items)
    topics = {item.topic for item in listed}
    if len(topics) != 1:
        raise ValueError(f"a file holds the items of one topic, not of {sorted(topics)}")
    return _yaml({"topic": topics.pop(), "items": [_item(item) for item in listed]})


def write_folder(folder: Folder) -> dict[str, str]:
    """Every file of a folder: its text by its path within the folder.

    What tied an item to others that are not in it is left out.
    """
    folder = replace(folder, items=tied_within(folder.items))
    files = {
        "topics.yaml": _yaml({"topics": [vars(topic) for topic in folder.topics]}),
        "references.yaml": _yaml({"references": [_reference(r) for r in folder.references]}),
        "facts.yaml": _yaml({"claims": [_claim(claim) for claim in folder.claims]}),
    }
    for material in folder.materials:
        files[f"material/{material.code}.yaml"] = _yaml(_material(material))
    for number, topic in enumerate(dict.fromkeys(item.topic for item in folder.items), start=1):
        items = (item for item in folder.items if item.topic == topic)
        files[f"{number:02}-{topic}.yaml"] = write_items(items)
    if folder.practice_item is not None:
        files["latihan.yaml"] = _yaml({"item": _item(folder.practice_item)})
    return files


def _item(item: Item) -> dict[str, Any]:
    written = {
        "code": item.code,
        "type": item.type,
        "level": item.level.value,
        "audience": _row(_audience(item.audience)),
        "stem": item.stem,
        "options": [_option(item, option) for option in item.options],
        "explanation": item.explanation,
        "turns_on": item.turns_on,
        "passages": _row(item.passages),
        "claims": _row(item.claims),
        "references": _row(item.references),
        "basis_words": list(item.basis_words),
        "law_as_of": item.law_as_of,
        "not_with": _row(item.not_with),
        "pair": item.pair,
        "scenario": item.scenario,
        "stages": _row(stage.value for stage in Stage if stage in item.stages),
        "extra": dict(item.extra),
    }
    return {name: value for name, value in written.items() if value or name not in _OPTIONAL}


_OPTIONAL = {"turns_on", "basis_words", "not_with", "pair", "scenario", "stages", "extra"}
"""What an entry does without where it is empty."""


def _option(item: Item, option: Option) -> dict[str, Any]:
    written = {"text": option.text, **_worth(item, option)}
    written |= {"feedback": option.feedback} if option.feedback else {}
    written |= {"category": option.category.value} if option.category else {}
    return written | ({"stance": option.stance.value} if option.stance else {})


def _worth(item: Item, option: Option) -> dict[str, int | str]:
    if ITEM_TYPES[item.type].scale == "judgement":
        return {"value": int(value_of(option.weight))}
    return {"weight": _weight(option.weight)} if weighs_options(item.type) else {}


def _audience(statuses: frozenset[Status]) -> list[str]:
    if statuses == EVERYBODY:
        return ["semua"]
    asn = ["asn"] if statuses >= ASN else []
    rest = statuses - ASN if asn else statuses
    return asn + [status.value for status in Status if status in rest]


def _weight(weight: Fraction) -> int | str:
    return weight.numerator if weight.denominator == 1 else str(weight)


def _reference(reference: Reference) -> dict[str, Any]:
    return vars(reference) | {"changes": [vars(change) for change in reference.changes]}


def _claim(claim: Claim) -> dict[str, Any]:
    return vars(claim) | {"references": _row(claim.references), "source": list(claim.source)}


def _material(material: Material) -> dict[str, Any]:
    written = vars(material) | {"passages": [_passage(p) for p in material.passages]}
    return {name: value for name, value in written.items() if value is not None}


def _passage(passage: Passage) -> dict[str, Any]:
    return {name: value for name, value in vars(passage).items() if value is not None}


def _row(codes: Iterable[str]) -> CommentedSeq:
    """A list written in one row: [A, B]."""
    row = CommentedSeq(codes)
    row.fa.set_flow_style()
    return row


def _yaml(content: Mapping[str, Any]) -> str:
    writer = YAML()
    writer.width = 100
    writer.indent(mapping=2, sequence=4, offset=2)
    text = StringIO()
    writer.dump(_with_blocks(content), text)
    return text.getvalue()


def _with_blocks(value: Any) -> Any:
    """The same with every text of several lines as a block."""
    if isinstance(value, str):
        return LiteralScalarString(value) if "\n" in value else value
    if isinstance(value, Mapping):
        return {name: _with_blocks(part) for name, part in value.items()}
    if isinstance(value, list) and not isinstance(value, CommentedSeq):
        return [_with_blocks(part) for part in value]
    return value
