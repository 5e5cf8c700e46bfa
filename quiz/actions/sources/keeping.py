"""Changing law, claims and material in the browser.

A record that the browser changed is no longer overwritten by its file (``FileOwned``).
"""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any, NamedTuple

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from quiz.assessment.items.item import normal_text
from quiz.models.people.audit import Detail
from quiz.models.refusals import Refused
from quiz.models.sources.material import (
    Claim,
    Material,
    Passage,
    Record,
    Reference,
    text_checksum,
)
from quiz.queries.bank.citations import flagged_by
from quiz.queries.sources.registers import claim_problem, reference_problem, waiting_values


class Change(NamedTuple):
    """What asking for a change came to.

    ``flagged`` are the codes of the items it flags, or would flag; ``columns`` what it changed,
    None as long as it is not made.
    """

    flagged: Sequence[str] = ()
    columns: Sequence[str] | None = None

    @property
    def made(self) -> bool:
        """True once the values are taken."""
        return self.columns is not None

    @property
    def detail(self) -> Detail:
        """What the audit log says of it."""
        return Detail(columns=list(self.columns or ()), codes=list(self.flagged))


def change_in_two_steps(
    session: Session, row: Record, values: Mapping[str, Any], shown: Sequence[str], now: datetime
) -> Change:
    """Take these values once the items they flag are those that were ``shown``.

    Until then nothing changes. Raises Refused for what reference_problem or claim_problem says.
    """
    refused = _problem(session, row, values)
    if refused:
        raise Refused(refused)
    flagged = flagged_by(session, row, values)
    if flagged != list(shown):
        return Change(flagged)
    columns = [name for name, value in values.items() if getattr(row, name) != value]
    for name in columns:
        setattr(row, name, values[name])
    if columns:
        row.edited_at = now
    return Change(flagged, columns)


def take_file_text(session: Session, row: Record, shown: Sequence[str], now: datetime) -> Change:
    """Change the record to the waiting text, as somebody's edit; as change_in_two_steps."""
    change = change_in_two_steps(session, row, waiting_values(row), shown, now)
    if change.made:
        row.pending = None
    return change


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


def add_claim(session: Session, code: str, values: Mapping[str, Any], now: datetime) -> Claim:
    """A new claim of the register. Raises Refused for a code that is taken, as claim_problem."""
    _refuse_taken(session, Claim, code, "pernyataan")
    refused = claim_problem(session, values)
    if refused:
        raise Refused(refused)
    row = Claim(code=code, edited_at=now, **values)
    session.add(row)
    return row


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
