"""Whether the card keys are those this database's cards were made with.

Every enrolment holds an index that only its key can make, so the database itself is the proof:
nothing more has to be stored.
"""

from sqlalchemy import select
from sqlalchemy.orm import Session

from quiz.codes import CardKeys, code_index, personal_code
from quiz.config.keys import CARD_KEY, foreign_key_file
from quiz.models import Enrolment

ASKED = 20
"""Enrolments of each key that are asked, the latest first."""


def lacking_key(session: Session, keys: CardKeys) -> str | None:
    """The file of a card key that is not there or did not make the codes of the latest enrolments
    with it; None where all fit. A query for each key, and one.

    An empty key fits only where nobody is enrolled by it.
    """
    named = session.scalars(select(Enrolment.card_key).distinct()).all()
    for print in sorted(each or "" for each in named):
        key = keys.others.get(print, b"") if print else keys.own
        if not _fits(session, print or None, key):
            return foreign_key_file(print) if print else CARD_KEY
    return None


def _fits(session: Session, print: str | None, key: bytes) -> bool:
    rows = session.execute(
        select(Enrolment.uid, Enrolment.issue, Enrolment.code_index)
        .where(Enrolment.card_key.is_(None) if print is None else Enrolment.card_key == print)
        .order_by(Enrolment.id.desc())
        .limit(ASKED)
    ).all()
    if not key:
        return not rows
    return all(
        index == code_index(key, personal_code(key, uid, issue)) for uid, issue, index in rows
    )
