"""Siapkan for pre-test and post-test of one quiz: alike, so that their scores can be compared."""

from collections import Counter
from datetime import timedelta

import pytest
from sqlalchemy.orm import Session

from quiz.actions.events.preparing import prepare
from quiz.assessment.items.item import Level
from quiz.models import Quiz, Sitting
from quiz.models.events.events import Phase
from quiz.queries.events.prepared import counterpart, stored_form
from quiz.queries.scores.designs import designs
from tests.factories import Make

ANY_LEVEL = ("makna", None, None, 5)


def fill_bank(make: Make, held: dict[Level, int]) -> None:
    for level, count in held.items():
        for _ in range(count):
            make.bank_item(make.item(references=(), level=level))


def two_tests(make: Make, quiz: Quiz | None = None) -> tuple[Sitting, Sitting]:
    event = make.event()
    make.enrolment(event)
    quiz = quiz or make.quiz(ANY_LEVEL)
    pre = make.sitting(event, Phase.PRE, prepared=False, quiz=quiz)
    post = make.sitting(event, Phase.POST, prepared=False, quiz=quiz)
    post.opens_at = pre.opens_at + timedelta(hours=2)
    post.closes_at = pre.closes_at + timedelta(hours=2)
    make.session.flush()
    return pre, post


def levels(session: Session, sitting: Sitting) -> list[Level]:
    return [slot.level for slot in stored_form(session, sitting)]


@pytest.mark.parametrize("seed", [f"benih {number}" for number in range(4)])
@pytest.mark.parametrize("post_first", [False, True])
def test_a_blueprint_that_names_no_level_gives_tests_of_the_same_levels(
    session: Session, make: Make, seed: str, post_first: bool
) -> None:
    fill_bank(make, {Level.MENGINGAT: 5, Level.MEMAHAMI: 4, Level.MENERAPKAN: 3})
    tests = two_tests(make)

    for sitting in reversed(tests) if post_first else tests:
        assert prepare(session, sitting, make.now, seed) == []

    pre, post = tests
    assert levels(session, pre) == levels(session, post)
    assert designs(session, [pre.event_id])[post.id].comparable
    assert not any(slot.anchor for slot in stored_form(session, post))


def test_what_the_bank_holds_once_is_asked_twice_up_to_a_fifth(
    session: Session, make: Make
) -> None:
    fill_bank(make, {Level.MENGINGAT: 4, Level.MEMAHAMI: 4, Level.MENERAPKAN: 1})
    pre, post = two_tests(make)

    for sitting in (pre, post):
        prepare(session, sitting, make.now, "benih")

    assert Counter(levels(session, pre)) == Counter(levels(session, post))
    assert sum(slot.anchor for slot in stored_form(session, post)) <= 1


def test_rather_other_levels_than_more_of_the_same_items(session: Session, make: Make) -> None:
    fill_bank(make, {Level.MENGINGAT: 1, Level.MEMAHAMI: 1})
    pre, post = two_tests(make, make.quiz(("makna", None, None, 2)))
    prepare(session, pre, make.now, "benih")
    fill_bank(make, {Level.MENERAPKAN: 2})

    prepare(session, post, make.now, "benih")

    asked = [
        {uid for slot in stored_form(session, sitting) for uid in slot.versions.values()}
        for sitting in (pre, post)
    ]
    assert asked[0].isdisjoint(asked[1])


@pytest.mark.parametrize(
    ("phase", "other"),
    [(Phase.PRE, Phase.POST), (Phase.POST, Phase.PRE), (Phase.PRACTICE, None)],
)
def test_scores_of_a_test_stand_beside_the_nearest_of_its_quiz(
    session: Session, make: Make, phase: Phase, other: Phase | None
) -> None:
    pre, post = two_tests(make)
    make.sitting(pre.event, Phase.POST, prepared=False)
    here = {Phase.PRE: pre, Phase.POST: post}.get(phase) or make.sitting(
        pre.event, phase, prepared=False, quiz=pre.quiz
    )

    found = counterpart(session, here)

    assert (found.phase if found else None) == other
    assert found in {None, pre, post}
