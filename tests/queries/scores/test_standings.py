"""Where people stand, on both databases."""

from datetime import timedelta
from fractions import Fraction

from sqlalchemy import event
from sqlalchemy.orm import Session

from quiz.models import Attempt, Enrolment, Score, Sitting
from quiz.models.events.events import Phase
from quiz.queries.scores.standings import Standing, attempts_of, counted_sittings, standings
from tests.factories import Make

HOUR = timedelta(hours=1)


def _over(make: Make, **changes: object) -> Sitting:
    """A sitting of an hour that closed half an hour ago, its grace long past."""
    return make.sitting(opens_at=make.now - 2 * HOUR, closes_at=make.now - HOUR / 2, **changes)


def _only(session: Session, sitting: Sitting, make: Make) -> Standing:
    [one] = standings(session, [sitting], make.now)
    return one


def test_somebody_who_did_not_start_has_nothing(session: Session, make: Make) -> None:
    sitting = make.sitting()
    make.enrolment(sitting.event)

    one = _only(session, sitting, make)

    assert (one.words, one.submitted, one.percent, one.passed) == (
        "Belum mulai",
        False,
        None,
        None,
    )


def test_a_running_attempt_has_no_score_whatever_it_holds(session: Session, make: Make) -> None:
    sitting = make.sitting()
    make.response(make.attempt(sitting))

    one = _only(session, sitting, make)

    assert (one.words, one.submitted, one.without_response, one.score) == (
        "Berjalan",
        False,
        False,
        None,
    )


def test_within_the_grace_an_attempt_is_awaited(session: Session, make: Make) -> None:
    sitting = make.sitting(closes_at=make.now - timedelta(minutes=5))
    make.response(make.attempt(sitting))

    one = _only(session, sitting, make)

    assert (one.words, one.submitted) == ("Menunggu kiriman", False)


def test_a_submitted_attempt_has_its_score(session: Session, make: Make) -> None:
    sitting = make.sitting(pass_mark=60)
    make.finished(sitting, right=2)

    one = _only(session, sitting, make)

    assert (one.words, one.percent, one.passed) == ("Selesai", Fraction(200, 3), True)


def test_a_person_may_submit_nothing_and_gets_nought(session: Session, make: Make) -> None:
    sitting = make.sitting()
    make.finished(sitting, right=0)

    one = _only(session, sitting, make)

    assert (one.submitted, one.percent, one.passed) == (True, 0, False)


def test_time_closes_an_attempt_and_its_score_is_computed_in_memory(
    session: Session, make: Make
) -> None:
    sitting = _over(make)
    make.response(make.attempt(sitting, started_at=make.now - HOUR))

    one = _only(session, sitting, make)

    assert (one.words, one.submitted, one.percent) == (
        "Selesai, habis waktu",
        True,
        Fraction(100, 3),
    )
    assert session.query(Score).count() == 0


def test_time_closes_an_attempt_without_response_and_there_is_no_score(
    session: Session, make: Make
) -> None:
    sitting = _over(make)
    make.attempt(sitting, started_at=make.now - HOUR)

    one = _only(session, sitting, make)

    assert (one.words, one.submitted, one.without_response, one.percent) == (
        "Mulai tanpa jawaban",
        False,
        True,
        None,
    )


def test_a_response_that_was_cleared_is_none(session: Session, make: Make) -> None:
    sitting = _over(make)
    attempt = make.attempt(sitting, started_at=make.now - HOUR)
    make.response(attempt)
    make.response(attempt, chosen=[], revision=2)

    assert _only(session, sitting, make).without_response is True


def test_a_score_stored_before_more_time_was_given_is_computed_anew(
    session: Session, make: Make
) -> None:
    sitting = _over(make)
    attempt = make.attempt(sitting, started_at=make.now - HOUR)
    make.response(attempt)
    make.score(attempt, make.now)
    later = make.now + 2 * HOUR
    sitting.closes_at = make.now + HOUR
    session.commit()
    reopened = _only(session, sitting, make)
    make.response(attempt, position=3, given_at=make.now + timedelta(minutes=30))

    [one] = standings(session, [sitting], later)

    assert (reopened.words, reopened.score) == ("Berjalan", None)
    assert one.percent == Fraction(200, 3)


def test_a_voided_attempt_does_not_count_and_the_new_one_does(session: Session, make: Make) -> None:
    sitting = make.sitting()
    first = make.finished(sitting, right=3)
    first.void(make.user(), "HP mati", make.now)
    session.commit()
    voided = _only(session, sitting, make)
    make.finished(sitting, first.enrolment, right=1)

    one = _only(session, sitting, make)

    assert (voided.words, one.percent) == ("Belum mulai", Fraction(100, 3))
    assert [attempt.voided_at is None for attempt in attempts_of(session, first.enrolment)] == [
        True,
        False,
    ]


def test_people_removed_from_the_roster_are_left_out(session: Session, make: Make) -> None:
    sitting = make.sitting()
    attempt = make.finished(sitting)
    attempt.enrolment.removed_at = make.now
    session.commit()

    assert standings(session, [sitting], make.now) == []


def test_practice_does_not_count(session: Session, make: Make) -> None:
    sitting = make.sitting(phase=Phase.PRE)
    make.sitting(sitting.event, Phase.PRACTICE)

    assert [each.uid for each in counted_sittings(session, sitting.event)] == [sitting.uid]


def test_rows_stand_by_unit_and_name(session: Session, make: Make) -> None:
    sitting = make.sitting()
    b, a = make.unit("Unit B"), make.unit("Unit A")
    for name, unit in (("Umar", a), ("Budi", b), ("Ani", a)):
        make.enrolment(sitting.event, make.user(name), unit)

    rows = standings(session, [sitting], make.now)

    assert [row.enrolment.user.name for row in rows] == ["Ani", "Umar", "Budi"]


def test_queries_do_not_grow_with_people_sittings_or_missing_scores(
    session: Session, make: Make
) -> None:
    pre = _over(make)
    make.response(make.attempt(pre, started_at=make.now - HOUR))
    one = _statements(session, [pre], make)
    post = make.sitting(pre.event, Phase.POST)
    for _ in range(3):
        enrolment: Enrolment = make.enrolment(pre.event)
        make.response(make.attempt(pre, enrolment, started_at=make.now - HOUR))
        make.finished(post, enrolment)

    assert _statements(session, [pre, post], make) == one
    assert session.query(Attempt).count() == 7


def _statements(session: Session, sittings: list[Sitting], make: Make) -> int:
    seen: list[str] = []

    def note(_connection, _cursor, statement, *_rest) -> None:  # type: ignore[no-untyped-def]
        seen.append(statement)

    ids = [sitting.id for sitting in sittings]
    session.commit()
    session.expunge_all()
    engine = session.get_bind()
    again = [session.get_one(Sitting, each) for each in ids]
    event.listen(engine, "before_cursor_execute", note)
    for row in standings(session, again, make.now):
        assert row.enrolment.user.name
        assert row.enrolment.unit.code
        assert row.words
    event.remove(engine, "before_cursor_execute", note)
    return sum(statement.startswith("SELECT") for statement in seen)
