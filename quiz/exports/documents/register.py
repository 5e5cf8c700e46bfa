"""Documents that are no table: about an event, a person in it, or the installation.

Adding one: its line in DOCUMENTS. The register rules: routes, buttons, permissions and the log
follow from it.
"""

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any, Literal

from sqlalchemy.orm import Session

from quiz.actions.taking.reading import hand_over
from quiz.exports.documents.activity_report import activity_paper
from quiz.exports.documents.apel_sheet import apel_paper, unit_apel_paper
from quiz.exports.documents.kinds import PAPER_KINDS
from quiz.exports.documents.paper import Paper, Text
from quiz.exports.documents.privacy.impact import impact_paper
from quiz.exports.documents.privacy.record import record_paper
from quiz.exports.documents.result_sheet import result_paper
from quiz.models.people.audit import Action
from quiz.permissions import Permission

About = Literal["event", "place", "own_place", "own_unit", "linked_unit", "installation"]
"""What a document is about, which decides its address and what ``paper`` is given: an event;
somebody's place on its roster, for the office or for the person; a unit at an event, for its head
by account or by link; or what the server knows of itself (``Machine``)."""


@dataclass(frozen=True)
class Document:
    """A paper about something, as every kind of file.

    ``stem`` is what its address and its files begin with. ``logged`` is the action that a download
    leaves in the audit log; None leaves nothing. ``paper`` may raise Refused, with what is missing.
    ``handed`` is what has to be noted because the paper is out; None is nothing.
    """

    label: str
    about: About
    stem: str
    permission: Permission
    paper: Callable[[Session, Any, datetime], Paper]
    logged: Action | None = None
    handed: Callable[[Session, Any, datetime], None] | None = None

    @property
    def named(self) -> bool:
        """True where a name stands beside scores: then the purpose stands at its end."""
        return self.about in {"place", "own_place"}

    def write(self, ending: str, session: Session, subject: Any, now: datetime) -> bytes:
        """The file with this ``ending`` (of PAPER_KINDS), as things stand at ``now``."""
        paper = self.paper(session, subject, now)
        if self.named:
            line = Text(subject.event.purpose_line, quiet=True)
            paper = replace(paper, blocks=[*paper.blocks, line])
        return PAPER_KINDS[ending].write(paper)


DOCUMENTS: dict[str, Document] = {
    "activity": Document(
        "Laporan pelaksanaan",
        "event",
        "laporan-pelaksanaan",
        Permission.SEE_REPORTS,
        activity_paper,
    ),
    "apel": Document("Lembar apel", "event", "lembar-apel", Permission.SEE_REPORTS, apel_paper),
    "own_apel": Document(
        "Lembar apel", "own_unit", "lembar-apel", Permission.SEE_OWN_UNIT, unit_apel_paper
    ),
    "linked_apel": Document(
        "Lembar apel", "linked_unit", "lembar-apel", Permission.PUBLIC, unit_apel_paper
    ),
    "result": Document(
        "Lembar hasil",
        "place",
        "lembar-hasil",
        Permission.SEE_NAMED_SCORES,
        result_paper,
        logged=Action.RESULT_SHEET_MADE,
        handed=hand_over,
    ),
    "own_result": Document(
        "Lembar hasil",
        "own_place",
        "lembar-hasil",
        Permission.OWN_DATA,
        result_paper,
        handed=hand_over,
    ),
    "record": Document(
        "Catatan kegiatan pemrosesan",
        "installation",
        "catatan-pemrosesan",
        Permission.ANSWER_REQUESTS,
        record_paper,
    ),
    "impact": Document(
        "Penilaian dampak",
        "installation",
        "penilaian-dampak",
        Permission.ANSWER_REQUESTS,
        impact_paper,
    ),
}
"""Every document by its name in the program."""
