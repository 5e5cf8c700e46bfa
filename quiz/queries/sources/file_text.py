"""A file's text that waits beside the browser's (*berkas berbeda*), laid side by side."""

from dataclasses import dataclass
from datetime import date
from typing import Any, Final

from sqlalchemy.orm import Session

from quiz.assessment.items.changes import TextChange, word_changes
from quiz.formats import date_id
from quiz.models import Claim, Passage, Reference
from quiz.models.sources.kinds import ROLES
from quiz.models.sources.material import Record
from quiz.queries.bank.citations import flagged_by, source_of
from quiz.queries.sources.registers import waiting_values

PARTS: Final[dict[type[Record], dict[str, str]]] = {
    Passage: {"text": "Kalimat bahan", "role": "Peran"},
    Reference: {
        "law": "Peraturan",
        "title": "Judul lengkap",
        "article": "Pasal",
        "text": "Isi pasal",
        "verbatim": "Kutipan persis",
        "valid_from": "Berlaku sejak",
        "valid_to": "Hari terakhir berlaku",
        "successor": "Digantikan oleh",
        "changes": "Perubahan",
    },
    Claim: {
        "statement": "Pernyataan",
        "references": "Dasar hukum",
        "basis": "Dasar lain",
        "source": "Sumber",
        "confidence": "Keyakinan",
    },
}
"""Table → its columns as pages call them, in the order they are read."""


@dataclass(frozen=True)
class FileText:
    """The waiting text of one record: both texts part by part, and what taking it would flag."""

    kind: str
    code: str
    digest: str
    changes: list[TextChange]
    flagged: list[str]

    @property
    def hidden(self) -> dict[str, str]:
        """What a button sends back, to tell which text and which items were shown."""
        return {"teks": self.digest, "akan": ",".join(self.flagged)}


def file_text(session: Session, row: Record) -> FileText | None:
    """The text that waits beside this record, or None. One query when there is one."""
    if not row.pending:
        return None
    values = waiting_values(row)
    changes = [
        TextChange(part, *word_changes(_words(getattr(row, name)), _words(values[name])))
        for name, part in PARTS[type(row)].items()
        if name in values
    ]
    source = source_of(row)
    flagged = flagged_by(session, row, values)
    digest = row.pending_digest or ""
    return FileText(source.kind, source.code, digest, changes, flagged)


def _words(value: Any) -> str:
    match value:
        case None:
            return ""
        case bool():
            return "ya" if value else "tidak"
        case date():
            return date_id(value)
        case list():
            return "\n".join(_words(one) for one in value)
        case {"date": day, "note": note}:
            return f"{date_id(date.fromisoformat(day))}: {note}"
        case _:
            return ROLES[value][0] if value in ROLES else str(value)
