"""A demonstration that can be watched: its people come, begin, answer and send by themselves."""

from datetime import UTC, datetime, timedelta
from random import Random

import pytest
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from quiz import demo as demonstration
from quiz.models import Attempt, Enrolment, Score, Sitting, StoredResponse, User
from quiz.models.events.events import Phase
from tests.demo.conftest import Demo

KEY = bytes.fromhex(demonstration.card_key("1"))


def play(session: Session, steps: int, now: datetime, chance: Random | None = None) -> int:
    """How many of ``steps`` happened, as they come in a hall."""
    chance = chance or Random(7)
    moved = 0
    for number in range(steps):
        at = now + timedelta(seconds=0.8 * number)
        moved += demonstration.step(session, KEY, "1", chance, at)
    session.commit()
    return moved


def counts(session: Session, sitting: Sitting) -> tuple[int, int, int, int]:
    """Present, begun, answers stored, sent."""
    begun = select(Attempt.id).where(Attempt.sitting_id == sitting.id)
    answers = select(func.count()).where(StoredResponse.attempt_id.in_(begun))
    return (
        session.scalar(select(func.count(Enrolment.checked_in_at))) or 0,
        session.scalar(select(func.count()).select_from(begun.subquery())) or 0,
        session.scalar(answers) or 0,
        session.scalar(
            select(func.count(Attempt.submitted_at)).where(Attempt.sitting_id == sitting.id)
        )
        or 0,
    )


@pytest.fixture
def pre(demo: Demo, session: Session) -> Sitting:
    demo("live", people=14)
    return session.scalars(select(Sitting).where(Sitting.phase == Phase.PRE)).one()


def test_a_minute_of_it_shows_people_coming_beginning_answering_and_sending(
    pre: Sitting, session: Session
) -> None:
    before = counts(session, pre)

    assert play(session, 60, datetime.now(UTC)) == 60

    after = counts(session, pre)
    assert all(later > earlier for earlier, later in zip(before, after, strict=True))


def test_it_ends_with_a_score_for_whoever_came(pre: Sitting, session: Session) -> None:
    play(session, 700, datetime.now(UTC))

    _present, begun, _answers, sent = counts(session, pre)
    assert sent >= begun - demonstration.SHOWN_GUESTS > 7
    assert session.scalar(select(func.count()).select_from(Score)) == sent


def test_whoever_is_shown_to_visitors_is_left_to_them(demo: Demo, session: Session) -> None:
    shown = [each["name"] for each in demo("live", people=14)["accounts"][5:8]]

    def theirs() -> list[object]:
        rows = session.execute(
            select(Enrolment.checked_in_at, Attempt.submitted_at, func.count(StoredResponse.id))
            .join(User, User.id == Enrolment.user_id)
            .outerjoin(Attempt, Attempt.enrolment_id == Enrolment.id)
            .outerjoin(StoredResponse, StoredResponse.attempt_id == Attempt.id)
            .where(User.name.in_(shown))
            .group_by(Enrolment.id, Attempt.id)
            .order_by(Enrolment.id)
        )
        return [tuple(row) for row in rows]

    before = theirs()
    play(session, 700, datetime.now(UTC))

    assert len(before) == 3
    assert theirs() == before


def test_an_attempt_somebody_has_opened_is_left_alone(pre: Sitting, session: Session) -> None:
    running = select(Attempt).where(Attempt.sitting_id == pre.id, Attempt.submitted_at.is_(None))
    attempt = session.scalars(running.order_by(Attempt.id.desc())).first()
    assert attempt is not None
    attempt.opened += 1
    session.commit()
    given = select(func.count()).where(StoredResponse.attempt_id == attempt.id)
    before = session.scalar(given)

    play(session, 700, datetime.now(UTC))

    assert (session.scalar(given), attempt.submitted_at) == (before, None)


def test_they_go_on_in_the_post_test_once_the_officer_opens_it(
    pre: Sitting, session: Session
) -> None:
    now = datetime.now(UTC)
    post = session.scalars(select(Sitting).where(Sitting.phase == Phase.POST)).one()
    post.opens_at = now
    session.commit()

    play(session, 300, now + timedelta(seconds=1))

    _present, begun, answers, _sent = counts(session, post)
    assert begun > 5 and answers > 50


def test_nothing_moves_where_nothing_is_open(pre: Sitting, session: Session) -> None:
    assert play(session, 3, pre.closes_at + timedelta(hours=9)) == 0


@pytest.mark.parametrize("stage", ["before", "open", "over"])
def test_only_the_live_stage_moves_by_itself(demo: Demo, session: Session, stage: str) -> None:
    demo(stage)

    assert demonstration.seed_of_moving(session) is None


def test_the_live_stage_tells_its_seed(pre: Sitting, session: Session) -> None:
    assert demonstration.seed_of_moving(session) == "1"
