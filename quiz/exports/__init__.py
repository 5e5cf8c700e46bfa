"""What can be downloaded of a sitting, or of all events. Adding one: its line in EXPORTS.

The register rules: routes, buttons, permissions and the log follow from it, the command line takes
its choices from it.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any, Literal

from sqlalchemy.orm import Session

from quiz.exports.documents.kinds import PAPER_KINDS, PaperKind
from quiz.exports.documents.paper import Paper
from quiz.exports.documents.trend_report import trend_paper
from quiz.exports.documents.unit_report import unit_paper
from quiz.exports.files import FILE_KINDS, FileKind
from quiz.exports.files.table_out import Head, TableOut
from quiz.exports.misread_sentences import misread_sentences
from quiz.exports.participants import participants
from quiz.exports.trend_figures import TITLE, trend_figures
from quiz.exports.unit_figures import unit_figures
from quiz.models.people.audit import Action
from quiz.permissions import Permission
from quiz.queries.people.settings import is_demo
from quiz.queries.scores.caveats import INVENTED

__all__ = ["EXPORTS", "FILE_KINDS", "Export", "Exported", "FileKind"]


Exported = Literal["sitting", "events"]
"""What an export is about, which decides its address and what ``table`` and ``paper`` are given: a
sitting, or all events together, of which there is nothing to give."""


@dataclass(frozen=True)
class Export:
    """A table about something, and perhaps a paper of it, as every kind of file.

    ``stem`` is what its address and its files begin with, and the page that shows the same:
    ``unit`` for /laporan/KODE/unit and /laporan/KODE/unit.xlsx. ``logged`` is the action that a
    download leaves in the audit log; None leaves nothing.
    """

    label: str
    stem: str
    permission: Permission
    table: Callable[[Session, Any, datetime], TableOut]
    logged: Action | None = None
    paper: Callable[[Session, Any, datetime], Paper] | None = None
    about: Exported = "sitting"

    @property
    def named(self) -> bool:
        """True where names stand beside scores: then the purpose stands there too."""
        return self.permission is Permission.SEE_NAMED_SCORES

    @property
    def kinds(self) -> Mapping[str, FileKind | PaperKind]:
        """The kinds of file it can be had as, by their endings."""
        return {**PAPER_KINDS, **FILE_KINDS} if self.paper else {**FILE_KINDS}

    def write(self, ending: str, session: Session, subject: Any, now: datetime) -> bytes:
        """The file with this ``ending``, as things stand at ``now``.

        One of a demonstration says so; one with names says what they may be used for.
        """
        if self.paper and ending in PAPER_KINDS:
            return PAPER_KINDS[ending].write(self.paper(session, subject, now))
        table = self.table(session, subject, now)
        if self.named:
            table = with_purpose(table, subject.event.purpose_line)
        if is_demo(session):
            table = replace(table, notes=(*table.notes, INVENTED))
        return FILE_KINDS[ending].write(table)


def with_purpose(table: TableOut, line: str) -> TableOut:
    """The same table; ``line`` stands below it, and in each row, because CSV has nothing below."""
    return replace(
        table,
        heads=[*table.heads, Head("purpose", "Tujuan")],
        rows=[[*row, line] for row in table.rows],
        notes=(*table.notes, line),
    )


EXPORTS: dict[str, Export] = {
    "units": Export(
        "Hasil per unit", "unit", Permission.SEE_REPORTS, unit_figures, paper=unit_paper
    ),
    "sentences": Export(
        "Kalimat yang masih keliru", "kalimat", Permission.SEE_REPORTS, misread_sentences
    ),
    "participants": Export(
        "Peserta dan nilai",
        "peserta",
        Permission.SEE_NAMED_SCORES,
        participants,
        logged=Action.PARTICIPANTS_DOWNLOADED,
    ),
    "trend": Export(
        TITLE, "tren", Permission.SEE_REPORTS, trend_figures, paper=trend_paper, about="events"
    ),
}
"""Every export by its name in the program."""
