"""Writing items of the bank for other programs, and saying what a format does not carry."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from quiz.assessment.items.item import EVERYBODY, Item
from quiz.assessment.items.types import ITEM_TYPES
from quiz.exchange.questions.kinds import EXCHANGED
from quiz.exchange.questions.moodle.gift_out import gift_items
from quiz.exchange.questions.moodle.shares import SHARES
from quiz.exchange.questions.moodle.xml_out import moodle_items
from quiz.exchange.questions.sheets.template import xlsx_items

Topics = Mapping[str, str]
"""Names of topics by code."""


@dataclass(frozen=True)
class Writer:
    """A format to write; ``shares`` says that it knows only the shares Moodle knows."""

    label: str
    extension: str
    mimetype: str
    shares: bool
    write: Callable[[Sequence[Item], Topics, Sequence[str]], bytes]


WRITERS: dict[str, Writer] = {
    "xlsx": Writer(
        "Excel (.xlsx)",
        "xlsx",
        "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
        False,
        xlsx_items,
    ),
    "gift": Writer("GIFT", "gift.txt", "text/plain", True, lambda *a: gift_items(*a).encode()),
    "moodle-xml": Writer(
        "XML Moodle", "xml", "application/xml", True, lambda *a: moodle_items(*a).encode()
    ),
}
"""Formats for other programs by the name that commands and forms use."""

_NOT_CARRIED: tuple[tuple[str, Callable[[Item], object]], ...] = (
    ("tanggal keadaan hukum", lambda item: True),
    ("dasar hukum (pasal)", lambda item: item.references),
    ("pernyataan yang sudah diperiksa", lambda item: item.claims),
    ("bagian bahan sosialisasi", lambda item: item.passages),
    ("status peserta yang dituju", lambda item: item.audience != EVERYBODY),
    ("isian tambahan", lambda item: item.extra),
)
"""What an item holds and no outside format does, and whether an item holds it."""

_ROUNDED = "bobot sebagian yang tidak dikenal Moodle, dibulatkan ke yang terdekat"


def write_items(format: str, items: Sequence[Item], topics: Topics) -> bytes:
    """The items in a format of ``WRITERS``, by topic, with what it does not carry above them.

    Items of a type the format does not know are left out; ``not_carried`` names them.
    """
    carried = sorted(carried_items(items), key=_by_topic)
    return WRITERS[format].write(carried, topics, remarks(format, items))


def carried_items(items: Sequence[Item]) -> list[Item]:
    """Those of a type that outside formats know."""
    return [item for item in items if item.type in EXCHANGED]


def _by_topic(item: Item) -> tuple[str, str]:
    return item.topic, item.code


def remarks(format: str, items: Sequence[Item]) -> list[str]:
    """What stands above the items in a file: where it is from, and what is not in it."""
    lost = not_carried(format, items)
    head = ["Ditulis oleh Kuis Netralitas ASN."]
    return (
        [*head, "Yang tidak ikut di berkas ini:", *(f"- {line}" for line in lost)] if lost else head
    )


def not_carried(format: str, items: Sequence[Item]) -> list[str]:
    """Indonesian phrases: what of these items the format leaves behind, and of how many."""
    kept = carried_items(items)
    lost = [_left_out(name, items) for name in ITEM_TYPES if name not in EXCHANGED]
    for words, holds in _NOT_CARRIED:
        count = sum(bool(holds(item)) for item in kept)
        lost.append(f"{words} ({count} soal)" if count else "")
    if WRITERS[format].shares:
        count = sum(any(o.weight not in SHARES for o in item.options) for item in kept)
        lost.append(f"{_ROUNDED} ({count} soal)" if count else "")
    return [line for line in lost if line]


def _left_out(type: str, items: Sequence[Item]) -> str:
    codes = sorted(item.code for item in items if item.type == type)
    if not codes:
        return ""
    shown = ", ".join(codes[:10]) + (" dan lainnya" if len(codes) > 10 else "")
    return f"{len(codes)} soal jenis {ITEM_TYPES[type].label}, seluruhnya: {shown}"
