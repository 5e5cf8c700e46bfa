"""Changing the law register and the material in the browser, and what that would flag.

A record that the browser changed is no longer overwritten by its file (``FileOwned``).
"""

import hashlib
from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from quiz.assessment.item import normal_text
from quiz.models.citations import PASSAGE, REFERENCE, Source, items_citing
from quiz.models.material import Material, Passage, Reference
from quiz.models.refusals import Refused


def flagged_by_reference(session: Session, row: Reference, values: Mapping[str, Any]) -> list[str]:
    """The codes of the items that these values would flag; [] when nothing would change."""
    return items_citing(session, Source(REFERENCE, row.code)) if _differs(row, values) else []


def flagged_by_passage(session: Session, row: Passage, text: str) -> list[str]:
    """The codes of the items that this text would flag; [] when it is the same text."""
    if normal_text(text) == normal_text(row.text):
        return []
    return items_citing(session, Source(PASSAGE, row.code))


def change_reference(
    session: Session, row: Reference, values: Mapping[str, Any], now: datetime
) -> list[str]:
    """Take these values; returns the names of what changed. Raises Refused as reference_problem."""
    refused = reference_problem(session, row.code, values)
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
    if session.scalar(select(Reference.id).where(Reference.code == code)) is not None:
        raise Refused(f"Kode {code} sudah dipakai untuk dasar hukum lain.")
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


def change_passage(row: Passage, text: str, now: datetime) -> bool:
    """Take this text; True when it differs from what was there."""
    text = normal_text(text)
    if text == row.text:
        return False
    row.text, row.checksum, row.edited_at = text, text_checksum(text), now
    return True


def add_passage(
    session: Session, material: Material, code: str, text: str, now: datetime
) -> Passage:
    """A new passage at the end of a material. Raises Refused for a code that is taken."""
    if session.scalar(select(Passage.id).where(Passage.code == code)) is not None:
        raise Refused(f"Kode {code} sudah dipakai untuk kalimat bahan lain.")
    last = session.scalar(
        select(func.max(Passage.position)).where(Passage.material_id == material.id)
    )
    row = Passage(
        code=code,
        material=material,
        position=(last or 0) + 1,
        text=normal_text(text),
        checksum=text_checksum(normal_text(text)),
        edited_at=now,
    )
    session.add(row)
    return row


def text_checksum(text: str) -> str:
    """SHA-256 (hex) of a passage's text, as loading from files computes it."""
    return hashlib.sha256(text.encode()).hexdigest()


def _differs(row: Reference, values: Mapping[str, Any]) -> bool:
    return any(getattr(row, name) != value for name, value in values.items())
