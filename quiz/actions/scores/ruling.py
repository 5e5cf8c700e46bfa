"""Making and withdrawing a ruling: what it would change, and the new scores it leaves behind.

Versions and responses never change. A ruling adds a row; every finished attempt that met the
version gets a new current score beside its old ones.
"""

from datetime import datetime

from sqlalchemy import Exists, exists, select, text
from sqlalchemy.orm import Session

from quiz.actions.scores.scoring import keep_scores
from quiz.assessment.scores.proposing import ruling_problems
from quiz.assessment.scores.ruling import ONE, Ruling
from quiz.models.bank.items import ItemVersion
from quiz.models.events.enrolments import Enrolment
from quiz.models.events.forms import FormChoice
from quiz.models.people.users import User
from quiz.models.refusals import Refused
from quiz.models.scores.contests import Contest
from quiz.models.scores.rulings import StoredRuling
from quiz.models.taking.attempts import Attempt
from quiz.queries.people.merges import of_person
from quiz.queries.scores.computed import rulings_for
from quiz.queries.scores.contested.effects import Rescored, would_make, would_withdraw


def refuse_to_rule(session: Session, version: ItemVersion, by: User) -> None:
    """Raises Refused where ``by`` cannot rule on this version: own text, own contest, or unused."""
    if version.author_id == by.id:
        raise Refused("Soal ini Anda tulis sendiri. Minta pemeriksa lain yang memutus kuncinya.")
    if session.scalar(select(_contested_by(version, by))):
        raise Refused("Anda sendiri menyanggah soal ini. Minta pemeriksa lain yang memutusnya.")
    if not session.scalar(select(exists().where(FormChoice.item_version_id == version.id))):
        raise Refused("Versi ini belum dipakai dalam sesi mana pun. Sunting saja soalnya.")


def _contested_by(version: ItemVersion, by: User) -> Exists:
    return exists().where(
        Contest.item_version_id == version.id,
        Contest.attempt_id == Attempt.id,
        Attempt.enrolment_id == Enrolment.id,
        of_person(by.id),
    )


def make_ruling(
    session: Session, version: ItemVersion, ruling: Ruling, reason: str, by: User, now: datetime
) -> tuple[StoredRuling, list[Rescored]]:
    """Rule on a version and give every finished attempt at it a new current score.

    Raises Refused for one's own text, an unused version, and a ruling that makes no sense.
    """
    _hold_submissions(session)
    refuse_to_rule(session, version, by)
    problems = ruling_problems(version.item, ruling, rulings_for(session, [version.uid]))
    if problems:
        raise Refused(" ".join(problems))
    rescored = would_make(session, version, ruling, now)
    row = StoredRuling(
        version=version,
        kind=ruling.kind,
        weights=_stored_weights(ruling),
        reason=reason,
        made_at=now,
        made_by=by,
    )
    session.add(row)
    keep_scores(session, [one.after for one in rescored])
    return row, rescored


def withdraw_ruling(
    session: Session, row: StoredRuling, reason: str, by: User, now: datetime
) -> list[Rescored]:
    """Take a ruling back; every finished attempt at its version gets a new current score.

    Raises Refused for one's own text and for a ruling already withdrawn.
    """
    _hold_submissions(session)
    refuse_to_rule(session, row.version, by)
    if row.withdrawn_at is not None:
        raise Refused("Putusan ini sudah dicabut.")
    rescored = would_withdraw(session, row, now)
    row.withdrawn_at, row.withdrawn_by, row.withdraw_reason = now, by, reason
    keep_scores(session, [one.after for one in rescored])
    return rescored


def _stored_weights(ruling: Ruling) -> dict[str, str]:
    accepted = dict.fromkeys(ruling.options, ONE)
    return {option: str(weight) for option, weight in (accepted | dict(ruling.weights)).items()}


def _hold_submissions(session: Session) -> None:
    """On PostgreSQL let nobody submit until the ruling is committed: a score computed meanwhile
    without it would stay current. SQLite has one writer at a time anyway."""
    if session.get_bind().dialect.name == "postgresql":
        session.execute(text("LOCK TABLE attempt IN SHARE ROW EXCLUSIVE MODE"))
