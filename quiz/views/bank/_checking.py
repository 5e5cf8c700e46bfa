"""What the checker's pages share: the note, who checks, and the line in the audit log."""

from datetime import datetime
from typing import Unpack

from wtforms import TextAreaField, validators

from quiz.actions.people.auditing import record
from quiz.database import db
from quiz.models import BankItem, User
from quiz.models.bank.notes import LONGEST_NOTE
from quiz.models.people.audit import Action, Detail
from quiz.web.access import me
from quiz.web.forms import Form


class NoteForm(Form):
    """What somebody says of the version under review."""

    text = TextAreaField(
        "Catatan",
        [
            validators.DataRequired("Tulis dulu catatannya."),
            validators.Length(max=LONGEST_NOTE, message="Catatan paling panjang 2.000 huruf."),
        ],
    )


def checker() -> User:
    """Whoever asks."""
    return db.session.get_one(User, me().user_id)


def record_step(
    bank_item: BankItem, action: Action, now: datetime, **detail: Unpack[Detail]
) -> None:
    """Leave a line in the audit log: whoever asks did this to the item."""
    record(db.session, now, me().user_id, action, ("item", bank_item.code), **detail)
