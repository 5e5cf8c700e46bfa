"""What a roster file says: people, faults to mend, and what is worth a look."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import NamedTuple

from quiz.assessment.items.item import Status


@dataclass(frozen=True)
class RosterRow:
    """One person. ``nip`` is 18 digits or None; ``unit`` is "" when the file does not say.

    ``status`` is None when ``status_word``, what the file says of it, needs a person's decision.
    ``row_number`` is the row as Excel shows it; ``sheet`` and its number stand for files in which
    several sheets list people.
    """

    row_number: int
    name: str
    nip: str | None
    status: Status | None
    unit: str
    position: str | None
    status_word: str = ""
    sheet: str = ""
    sheet_number: int = 0

    @property
    def key(self) -> str:
        """What names the row in its file: 7, or 2.7 on the second sheet."""
        return f"{self.sheet_number}.{self.row_number}" if self.sheet else str(self.row_number)

    @property
    def place(self) -> str:
        """Where it stands, in words: baris 7; lembar “Desa A”, baris 7."""
        return _place(self.sheet, self.row_number)


@dataclass(frozen=True)
class RosterFault:
    """Something to mend, or as a warning to think about. The message is Indonesian.

    ``row`` is None for the sheet or file as a whole; ``column`` is a head with its letter, NIP (C);
    ``seen`` is what stands there, ``name`` whose row it is.
    """

    row: int | None
    column: str | None
    message: str
    seen: str = ""
    name: str = ""
    sheet: str = ""

    @property
    def place(self) -> str:
        """Whose cell, or which: baris 7 (Ani Lestari)."""
        place = _place(self.sheet, self.row)
        return f"{place} ({self.name})" if place and self.name else place

    @property
    def sentence(self) -> str:
        """Where and what, for a list: Baris 7 (Ani Lestari), kolom NIP (C): 17 angka. NIP …"""
        column = f"kolom {self.column}" if self.column else ""
        place = ", ".join(filter(None, [self.place, column]))
        message = f"{self.seen}. {self.message}" if self.seen else self.message
        return f"{place[0].upper()}{place[1:]}: {message}" if place else message


class FaultGroup(NamedTuple):
    """Faults of one kind: the sentence for all of them, and where each is."""

    sentence: str
    places: list[str]


def grouped(faults: Iterable[RosterFault]) -> list[FaultGroup]:
    """Faults of the same column and message together, in the order of the first of each."""
    found: dict[tuple[str | None, str], list[RosterFault]] = {}
    for fault in faults:
        found.setdefault((fault.column, fault.message), []).append(fault)
    groups = []
    for (column, message), alike in found.items():
        if len(alike) == 1:
            groups.append(FaultGroup(alike[0].sentence, []))
            continue
        sentence = f"Kolom {column}: {message}" if column else message
        seen = [f"{fault.place}: {fault.seen}" if fault.seen else fault.place for fault in alike]
        groups.append(FaultGroup(sentence, seen))
    return groups


def _place(sheet: str, row: int | None) -> str:
    named = f"lembar “{sheet}”" if sheet else ""
    return ", ".join(filter(None, [named, f"baris {row}" if row else ""]))


@dataclass
class RosterFile:
    """What a file says. ``rows`` are those without a fault; warnings do not stop a row."""

    rows: list[RosterRow] = field(default_factory=list)
    faults: list[RosterFault] = field(default_factory=list)
    warnings: list[RosterFault] = field(default_factory=list)
