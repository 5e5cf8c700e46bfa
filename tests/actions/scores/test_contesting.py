"""Contests on both databases: one open per position, decided once and for all to read."""

import pytest
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from quiz.actions.scores.contesting import file_contest
from quiz.models import Contest, User
from quiz.models.refusals import Refused
from quiz.queries.scores.contested.contests import (
    open_contest,
    queue,
    told_at_home,
    waiting_count,
    waiting_on,
)
from tests.factories import Make


def test_a_second_contest_at_a_position_waits_for_the_first(make: Make) -> None:
    attempt = make.finished()
    make.contest(attempt, 1)

    with pytest.raises(Refused, match="sudah menyanggah soal ini"):
        make.contest(attempt, 1)


def test_two_at_once_are_stopped_by_the_database(session: Session, make: Make) -> None:
    first = make.contest(make.finished(), 1)

    session.add(
        Contest(
            attempt=first.attempt,
            position=1,
            item_version_id=first.item_version_id,
            text="Sama lagi, dari ketukan kedua.",
            filed_at=make.now,
        )
    )

    with pytest.raises(IntegrityError):
        session.flush()


def test_a_decided_contest_leaves_room_for_another(
    session: Session, make: Make, hadi: User
) -> None:
    first = make.contest(make.finished(), 1)
    first.keep_key("Kuncinya sesuai Pasal 9.", hadi, make.now)

    second = file_contest(
        session, first.attempt, 1, first.item_version_id, "Pasal lain berkata lain.", make.now
    )

    assert (first.open, second.open) == (False, True)
    assert open_contest(session, first.attempt, 1) is second


def test_a_ruling_decides_as_its_maker_at_its_time(make: Make, hadi: User) -> None:
    contest = make.contest(make.finished(), 1)
    row = make.ruling(contest.version, by=hadi)

    contest.answer_with(row)

    assert (contest.decided_at, contest.decided_by, contest.open) == (make.now, hadi, False)


def test_what_waits_is_counted_and_grouped_by_version(
    session: Session, make: Make, hadi: User
) -> None:
    attempt = make.finished()
    waiting, decided = make.contest(attempt, 1), make.contest(attempt, 2)
    same = make.contest(make.finished(attempt.sitting), 1)
    decided.keep_key("Kuncinya sesuai Pasal 9.", hadi, make.now)
    session.commit()

    rows, total = queue(session, offset=0, limit=10)

    assert waiting_count(session) == 1
    assert [(row.version.id, row.waiting, row.since) for row in rows] == [
        (waiting.item_version_id, None, make.now)
    ]
    assert total == 1
    everybody = waiting_on(session, waiting.version, but_of=hadi.id)
    others = waiting_on(session, waiting.version, but_of=attempt.enrolment.user_id)
    assert (everybody, others) == ([waiting, same], [same])


def test_home_counts_what_waits_what_was_kept_and_what_was_ruled(
    session: Session, make: Make, hadi: User
) -> None:
    attempt = make.finished()
    make.contest(attempt, 1)
    make.contest(attempt, 2).keep_key("Kuncinya sesuai Pasal 9.", hadi, make.now)
    third = make.contest(attempt, 3)
    third.answer_with(make.ruling(third.version))
    make.contest(make.finished(attempt.sitting), 1)
    session.commit()

    [line] = told_at_home(session, [attempt.enrolment_id])[attempt.enrolment_id]

    assert (line.attempt, line.waiting, line.kept, line.ruled) == (attempt, 1, 1, 1)
