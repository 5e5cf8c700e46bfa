"""What reading an event file in did, or would do: counts of both sides, and every conflict."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from quiz.exchange.events.of_event import OF_EVENT
from quiz.exchange.events.of_office import OF_OFFICE
from quiz.queries.events.transfer.words import sides_in_words

MOST_LISTED = 200
"""Conflicts told one by one; of more, only how many there are."""


@dataclass(frozen=True)
class Conflict:
    """A row that says something else here than in the file. ``about`` is what people know it by,
    ``columns`` what differs: name, here, in the file. ``here_counts`` says which was taken."""

    kind: str
    about: str
    columns: tuple[tuple[str, Any, Any], ...]
    here_counts: bool

    @property
    def sentence(self) -> str:
        """In words: what, both sides, and which counts."""
        sides = sides_in_words(self.columns)
        taken = "yang di sini" if self.here_counts else "yang di berkas"
        return f"{self.kind} {self.about}: {sides}. Yang dipakai {taken}, karena lebih baru."


@dataclass
class Count:
    """How many rows of a table there were here, are in the file, were added, were changed."""

    here: int = 0
    file: int = 0
    added: int = 0
    changed: int = 0

    @property
    def after(self) -> int:
        """How many there are then."""
        return self.here + self.added


@dataclass
class Merged:
    """``event_id`` is that of the event here; None while it would only be made.

    ``known`` says that all the file tells was read in here before, or comes from here. ``gone`` are
    people who were erased here and stay so. ``notes`` are sentences about what was fitted.
    """

    code: str = ""
    event_id: int | None = None
    new: bool = False
    known: bool = False
    gone: int = 0
    lines: int = 0
    conflicts_in_all: int = 0
    conflicts: list[Conflict] = field(default_factory=list)
    counts: dict[str, Count] = field(default_factory=dict)
    notes: list[str] = field(default_factory=list)

    def conflict(self, conflict: Conflict) -> None:
        """Count a conflict, and list it while there is room."""
        self.conflicts_in_all += 1
        if len(self.conflicts) < MOST_LISTED:
            self.conflicts.append(conflict)

    @property
    def changes(self) -> bool:
        """Whether anything is written."""
        return bool(self.lines or self.added or self.updated)

    @property
    def added(self) -> int:
        """How many rows are new."""
        return sum(each.added for each in self.counts.values())

    @property
    def updated(self) -> int:
        """How many rows changed."""
        return sum(each.changed for each in self.counts.values())

    @property
    def sentences(self) -> list[str]:
        """What to say beside the counts."""
        said = list(self.notes)
        if self.gone:
            said.append(
                f"{self.gone} orang sudah dihapus di sini, jadi data mereka tidak dimuat lagi."
            )
        if self.conflicts_in_all:
            said.append(
                f"{self.conflicts_in_all} isi berbeda di kedua sisi. Yang lebih baru dipakai; yang "
                "lain disimpan dan dapat dibaca pada halaman kegiatan."
            )
        return said

    @property
    def shown(self) -> Mapping[str, Count]:
        """Label → counts: the event's own first, then what of the office's changes."""
        own = {table.label: self.counts[table.name] for table in OF_EVENT}
        office = {table.label: self.counts[table.name] for table in OF_OFFICE}
        return {label: each for label, each in own.items() if each.here or each.after} | {
            label: each for label, each in office.items() if each.added or each.changed
        }
