"""Changing law, claims and material in the browser, and what that would flag.

A record that the browser changed is no longer overwritten by its file (``FileOwned``).
"""

import hashlib
from collections.abc import Mapping, Sequence
from datetime import date, datetime
from typing import Any, Final

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from quiz.assessment.item import normal_text
from quiz.models.citations import (
    CLAIM,
    CLAIM_READ,
    LAW_READ,
    PASSAGE,
    REFERENCE,
    Source,
    items_citing,
)
from quiz.models.material import Claim, Material, Passage, Reference
from quiz.models.refusals import Refused

Record = Passage | Reference | Claim

READ: Final[dict[type[Record], tuple[str, tuple[str, ...]]]] = {
    Passage: (PASSAGE, ("text",)),
    Reference: (REFERENCE, LAW_READ),
    Claim: (CLAIM, CLAIM_READ),
}
"""Table → how citations call its records, and the columns an item rests on."""


def source_of(row: Record) -> Source:
    """What citations of this record name."""
    return Source(READ[type(row)][0], row.code)


def flagged_by(session: Session, row: Record, values: Mapping[str, Any]) -> list[str]:
    """The codes of the items that these values would flag; [] when nothing they rest on changes."""
    read = READ[type(row)][1]
    if all(getattr(row, name) == value for name, value in values.items() if name in read):
        return []
    return items_citing(session, source_of(row))


def change_record(
    session: Session, row: Record, values: Mapping[str, Any], now: datetime
) -> list[str]:
    """Take these values; returns the names of what changed.

    Raises Refused for what reference_problem or claim_problem says.
    """
    refused = _problem(session, row, values)
    if refused:
        raise Refused(refused)
    changed = [name for name, value in values.items() if getattr(row, name) != value]
    for name in changed:
        setattr(row, name, values[name])
    if changed:
        row.edited_at = now
    return changed


def add_reference(
    session: Session, code: str, values: Mapping[str, Any], now: datetime
) -> Reference:
    """A new article of the register. Raises Refused for a code that is taken."""
    _refuse_taken(session, Reference, code, "dasar hukum")
    refused = reference_problem(session, code, values)
    if refused:
        raise Refused(refused)
    row = Reference(code=code, edited_at=now, **values)
    session.add(row)
    return row


def reference_problem(session: Session, code: str, values: Mapping[str, Any]) -> str | None:
    """Why these values cannot be: dates the wrong way round, a successor that is not there."""
    first, last = values.get("valid_from"), values.get("valid_to")
    if isinstance(first, date) and isinstance(last, date) and last < first:
        return "Hari terakhir berlaku lebih awal dari hari pertamanya."
    successor = values.get("successor")
    if successor == code:
        return "Dasar hukum tidak dapat menggantikan dirinya sendiri."
    known = select(Reference.id).where(Reference.code == successor)
    if successor and session.scalar(known) is None:
        return f"Pengganti {successor} tidak ada dalam daftar."
    return None


def add_claim(session: Session, code: str, values: Mapping[str, Any], now: datetime) -> Claim:
    """A new claim of the register. Raises Refused for a code that is taken, as claim_problem."""
    _refuse_taken(session, Claim, code, "pernyataan")
    refused = claim_problem(session, values)
    if refused:
        raise Refused(refused)
    row = Claim(code=code, edited_at=now, **values)
    session.add(row)
    return row


def claim_problem(session: Session, values: Mapping[str, Any]) -> str | None:
    """Why these values cannot be: an article that is not in the register. One query."""
    wanted: Sequence[str] = values.get("references") or ()
    known = set(session.scalars(select(Reference.code).where(Reference.code.in_(wanted))))
    gone = [code for code in wanted if code not in known]
    if not gone:
        return None
    return f"Dasar hukum {', '.join(gone)} tidak ada dalam daftar. Hapus centangnya."


def passage_values(text: str) -> dict[str, str]:
    """What the register stores of a passage's text."""
    text = normal_text(text)
    return {"text": text, "checksum": text_checksum(text)}


def add_passage(
    session: Session, material: Material, code: str, text: str, now: datetime
) -> Passage:
    """A new passage at the end of a material. Raises Refused for a code that is taken."""
    _refuse_taken(session, Passage, code, "kalimat bahan")
    last = session.scalar(
        select(func.max(Passage.position)).where(Passage.material_id == material.id)
    )
    row = Passage(
        code=code,
        material=material,
        position=(last or 0) + 1,
        edited_at=now,
        **passage_values(text),
    )
    session.add(row)
    return row


def text_checksum(text: str) -> str:
    """SHA-256 (hex) of a passage's text, as loading from files computes it."""
    return hashlib.sha256(text.encode()).hexdigest()


def waiting_values(row: Record) -> dict[str, Any]:
    """The file's text that waits beside this record, by column; {} when none waits."""
    days = ("valid_from", "valid_to")
    return {
        name: date.fromisoformat(value) if name in days and value else value
        for name, value in (row.pending or {}).items()
    }


def take_file_text(session: Session, row: Record, now: datetime) -> list[str]:
    """Change the record to the waiting text, as somebody's edit; as change_record otherwise."""
    changed = change_record(session, row, waiting_values(row), now)
    row.pending = None
    return changed


def decline_file_text(row: Record) -> None:
    """Leave the record as it is; ``pending_digest`` keeps this text from waiting again."""
    row.pending = None


def _problem(session: Session, row: Record, values: Mapping[str, Any]) -> str | None:
    match row:
        case Reference():
            return reference_problem(session, row.code, values)
        case Claim():
            return claim_problem(session, values)
        case Passage():
            return None


def _refuse_taken(session: Session, model: type[Record], code: str, what: str) -> None:
    if session.scalar(select(model.id).where(model.code == code)) is not None:
        raise Refused(f"Kode {code} sudah dipakai untuk {what} lain.")
