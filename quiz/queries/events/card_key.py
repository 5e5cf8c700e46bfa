"""Whether a card key is the one this database's cards were made with.

Every enrolment holds an index that only its key can make, so the database itself is the proof:
nothing more has to be stored, and a database of any age can be asked.
"""

from sqlalchemy import select
from sqlalchemy.orm import Session

from quiz.codes import code_index, personal_code
from quiz.models import Enrolment

ASKED = 20
"""Enrolments that are asked, the latest first."""


def key_fits(session: Session, key: bytes) -> bool:
    """True when ``key`` made the codes of the latest enrolments, or nobody is enrolled. One query.

    An empty key fits only where nobody is enrolled.
    """
    rows = session.execute(
        select(Enrolment.uid, Enrolment.issue, Enrolment.code_index)
        .order_by(Enrolment.id.desc())
        .limit(ASKED)
    ).all()
    if not key:
        return not rows
    return all(
        index == code_index(key, personal_code(key, uid, issue)) for uid, issue, index in rows
    )
