"""Filing a contest (sanggahan)."""

from datetime import datetime

from sqlalchemy.orm import Session

from quiz.models.refusals import Refused
from quiz.models.scores.contests import Contest
from quiz.models.taking.attempts import Attempt
from quiz.queries.scores.contested.contests import open_contest


def file_contest(
    session: Session, attempt: Attempt, position: int, version_id: int, words: str, now: datetime
) -> Contest:
    """A new open contest. Raises Refused while one at this position waits for an answer."""
    if open_contest(session, attempt, position) is not None:
        raise Refused("Anda sudah menyanggah soal ini. Tunggu putusan pemeriksa.")
    contest = Contest(
        attempt=attempt, position=position, item_version_id=version_id, text=words, filed_at=now
    )
    session.add(contest)
    session.flush()
    return contest
