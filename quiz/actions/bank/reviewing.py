"""Review: from a draft that waits to a signed version, and back; never by its author."""

from datetime import datetime

from sqlalchemy.orm import Session

from quiz.actions.bank.citing import confirm_sources
from quiz.models.bank.citations import Source
from quiz.models.bank.items import BankItem, ItemVersion
from quiz.models.bank.notes import COMMENT, LONGEST_NOTE, RETURNED, ReviewNote
from quiz.models.people.users import User
from quiz.models.refusals import Refused


def ask_review(bank_item: BankItem, by: User, now: datetime) -> None:
    """Let the item's draft wait for a checker. Raises Refused without a draft or when waiting."""
    if bank_item.draft is None or bank_item.retired_at is not None:
        raise Refused(f"Soal {bank_item.code} tidak punya draf yang dapat dikirim.")
    if bank_item.in_review_at is not None:
        raise Refused(f"Soal {bank_item.code} sudah menunggu pemeriksa.")
    bank_item.in_review_at, bank_item.submitted_by_id = now, by.id


def approve(bank_item: BankItem, version_uid: str, by: User, now: datetime) -> ItemVersion:
    """Publish and sign the version under review, which must be the one that was read.

    Raises Refused for one's own text or submission, and when another text waits by now.
    """
    version = _under_review(bank_item, version_uid)
    check_not_own(bank_item, version, by)
    bank_item.publish(version)
    bank_item.sign(by, now)
    return version


def give_back(
    session: Session, bank_item: BankItem, version_uid: str, by: User, text: str, now: datetime
) -> ReviewNote:
    """Return the version under review to its author with a note. Raises Refused as ``approve``."""
    version = _under_review(bank_item, version_uid)
    check_not_own(bank_item, version, by)
    note = add_note(session, version, by, text, now, RETURNED)
    bank_item.in_review_at = None
    return note


def add_note(
    session: Session, version: ItemVersion, by: User, text: str, now: datetime, kind: str = COMMENT
) -> ReviewNote:
    """Say something of a version. Raises Refused for an empty or overlong note."""
    text = text.strip()
    if not text:
        raise Refused("Tulis dulu catatannya, supaya penulis tahu apa yang harus diperbaiki.")
    if len(text) > LONGEST_NOTE:
        raise Refused("Catatan paling panjang 2.000 huruf.")
    note = ReviewNote(version=version, author=by, kind=kind, text=text, created_at=now)
    session.add(note)
    return note


def retire(bank_item: BankItem, by: User, now: datetime) -> None:
    """Keep the item out of new sittings. Raises Refused for one's own, or when it is retired."""
    if bank_item.retired_at is not None:
        raise Refused(f"Soal {bank_item.code} sudah ditarik.")
    check_not_own(bank_item, bank_item.published or bank_item.draft, by)
    bank_item.retired_at = now


def restore(bank_item: BankItem, by: User) -> None:
    """Take a retired item into use again, as it was. Raises Refused for one's own."""
    if bank_item.retired_at is None:
        raise Refused(f"Soal {bank_item.code} tidak sedang ditarik.")
    check_not_own(bank_item, bank_item.published or bank_item.draft, by)
    bank_item.retired_at = None


def clear_flag(session: Session, bank_item: BankItem, version_uid: str) -> list[Source]:
    """Confirm that the published version still agrees with what it cites; returns what changed.

    Raises Refused when another version is published by now.
    """
    published = bank_item.published
    if published is None or published.uid != version_uid:
        raise Refused(f"Soal {bank_item.code} sudah berubah. Baca lagi sebelum menandainya.")
    return confirm_sources(session, published)


def _under_review(bank_item: BankItem, version_uid: str) -> ItemVersion:
    version = bank_item.draft
    if version is None or bank_item.in_review_at is None:
        raise Refused(f"Soal {bank_item.code} tidak sedang menunggu pemeriksa.")
    if version.uid != version_uid:
        raise Refused(f"Soal {bank_item.code} sudah berubah sejak Anda membacanya. Baca lagi.")
    return version


def check_not_own(bank_item: BankItem, version: ItemVersion | None, by: User) -> None:
    """Raises Refused when ``by`` wrote this version or sent the item to review."""
    written = version is not None and version.author_id == by.id
    if written or bank_item.submitted_by_id == by.id:
        raise Refused(f"Soal {bank_item.code} Anda tulis atau kirim sendiri. Minta pemeriksa lain.")
