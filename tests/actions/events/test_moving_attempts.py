"""Two people used one place: an attempt given to whose it is, and back."""

import pytest
from sqlalchemy.orm import Session

from quiz.actions.events.merging import merge_people
from quiz.actions.events.moving_attempts import give_back, move_attempt
from quiz.assessment.items.item import Status
from quiz.models import Sitting, User
from quiz.models.refusals import Refused
from quiz.queries.events.doubles.merge_plan import plan_merge
from quiz.queries.scores.standings import standings
from tests.actions.events.test_merging import other_items_for
from tests.conftest import BOTH_DATABASES
from tests.factories import Make

both = pytest.mark.parametrize("database_url", BOTH_DATABASES, indirect=True)


@both
def test_an_attempt_moves_with_its_score_and_comes_back(
    session: Session, make: Make, citra: User
) -> None:
    sitting = make.sitting()
    attempt = make.finished(sitting)
    holder, whose = attempt.enrolment, make.enrolment(sitting.event)

    move = move_attempt(session, attempt, whose, citra.id, make.now)
    session.commit()

    assert _whose(session, sitting, make) == {holder.id: None, whose.id: attempt.id}
    assert [score.current for score in attempt.scores] == [True]

    give_back(session, move, citra.id, make.now)
    session.commit()

    assert _whose(session, sitting, make) == {holder.id: attempt.id, whose.id: None}
    with pytest.raises(Refused, match="sudah dibatalkan"):
        give_back(session, move, citra.id, make.now)


def _whose(session: Session, sitting: Sitting, make: Make) -> dict[int, int | None]:
    """Place → the attempt that counts there."""
    return {
        one.enrolment.id: one.attempt and one.attempt.id
        for one in standings(session, [sitting], make.now)
    }


def test_nobody_gets_a_second_attempt_at_a_sitting(
    session: Session, make: Make, citra: User
) -> None:
    sitting = make.sitting()
    attempt, own = make.attempt(sitting), make.attempt(sitting)

    with pytest.raises(Refused, match="sudah punya pengerjaan Pre-test sendiri"):
        move_attempt(session, attempt, own.enrolment, citra.id, make.now)


def test_nobody_gets_an_attempt_with_the_items_of_another_status(
    session: Session, make: Make, citra: User
) -> None:
    sitting = make.sitting()
    attempt = make.attempt(sitting)
    head = make.enrolment(sitting.event, make.user(status=Status.KEPALA_DESA))
    other_items_for(session, make, sitting, Status.KEPALA_DESA)

    with pytest.raises(Refused, match="adalah soal untuk PNS"):
        move_attempt(session, attempt, head, citra.id, make.now)


def test_an_attempt_does_not_come_back_over_one_begun_meanwhile(
    session: Session, make: Make, citra: User
) -> None:
    sitting = make.sitting()
    attempt = make.attempt(sitting)
    holder, whose = attempt.enrolment, make.enrolment(sitting.event)
    move = move_attempt(session, attempt, whose, citra.id, make.now)
    session.commit()
    make.attempt(sitting, holder)

    with pytest.raises(Refused, match="sudah punya pengerjaan Pre-test sendiri"):
        give_back(session, move, citra.id, make.now)


def test_an_attempt_merged_onwards_comes_back_only_after_the_merge(
    session: Session, make: Make, citra: User
) -> None:
    sitting = make.sitting()
    attempt = make.attempt(sitting)
    whose, kept = make.enrolment(sitting.event), make.enrolment(sitting.event)
    move = move_attempt(session, attempt, whose, citra.id, make.now)
    seen = plan_merge(session, kept, whose).basis
    merge_people(session, kept, whose, seen, citra.id, make.now)
    session.commit()

    with pytest.raises(Refused, match="yang lebih baru dulu"):
        give_back(session, move, citra.id, make.now)
