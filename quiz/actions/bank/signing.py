"""Signing what is published, one item at a time, by somebody who has read it."""

from datetime import datetime

from sqlalchemy.orm import Session

from quiz.actions.bank.reviewing import add_note, check_not_own
from quiz.models.bank.items import BankItem, ItemVersion
from quiz.models.bank.notes import RETURNED, ReviewNote
from quiz.models.people.users import User
from quiz.models.refusals import Refused
from quiz.queries.bank.signing import reading_of


def sign_read(session: Session, bank_item: BankItem, read: str, by: User, now: datetime) -> None:
    """Sign the published version, whose ``read`` (``reading_of``) is what its page showed.

    Raises Refused when it is not, as ``BankItem.sign`` does, and when it is signed already.
    """
    _check_read(session, bank_item, read)
    bank_item.sign(by, now)


def return_read(
    session: Session, bank_item: BankItem, read: str, by: User, text: str, now: datetime
) -> ReviewNote:
    """Return the published version with a reason: it stays in use, and waits for a better text.

    Raises Refused as ``sign_read``, and without a reason.
    """
    version = _check_read(session, bank_item, read)
    check_not_own(bank_item, version, by)
    return add_note(session, version, by, text, now, RETURNED)


def _check_read(session: Session, bank_item: BankItem, read: str) -> ItemVersion:
    version = bank_item.published
    if version is None or bank_item.retired_at is not None:
        raise Refused(f"Soal {bank_item.code} tidak terbit, jadi belum dapat disahkan.")
    if bank_item.signed_at is not None:
        raise Refused(f"Soal {bank_item.code} sudah disahkan.")
    if reading_of(session, version) != read:
        raise Refused(
            f"Soal {bank_item.code} tidak sama dengan yang Anda baca: isi atau dasarnya berubah. "
            "Kembali ke soalnya, muat ulang, lalu baca lagi."
        )
    return version
