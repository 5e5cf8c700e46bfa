"""What is shown of a ruling's effect never tells of one to four people."""

import itertools

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quiz.assessment.analysis.suppression import step_of
from quiz.assessment.scores.effect import Effect, ShownEffect, shown_effect

counts = st.integers(0, 12)


def test_an_effect_is_told_in_steps_and_a_lost_score_falls() -> None:
    shown = shown_effect(Effect(up=9, down=2, same=10, emptied=4, newly_passed=8, newly_failed=1))

    assert shown == ShownEffect(
        attempts=25,
        up=step_of(9),
        down=step_of(6),
        same=step_of(10),
        newly_passed=step_of(8),
        newly_failed=step_of(1),
    )


def test_an_effect_on_five_is_told() -> None:
    shown = shown_effect(Effect(up=5))

    assert shown is not None
    assert (shown.attempts, shown.up, shown.down) == (5, step_of(5), step_of(0))


@pytest.mark.parametrize(
    "found",
    [
        Effect(),
        Effect(up=2),
        Effect(up=2, same=2),
        Effect(up=2, down=2, same=2),
        Effect(up=3, same=3),
    ],
    ids=["nobody", "two", "four", "two each", "three each"],
)
def test_an_effect_on_a_few_is_not_told(found: Effect) -> None:
    assert shown_effect(found) is None


@given(counts, counts, counts)
def test_no_number_of_one_to_four_follows_from_the_others_and_their_sum(
    up: int, down: int, same: int
) -> None:
    shown = shown_effect(Effect(up=up, down=down, same=same))
    if shown is None:
        return

    ranges = [range(step.low, step.high + 1) for step in (shown.up, shown.down, shown.same)]
    fitting = [found for found in itertools.product(*ranges) if sum(found) == shown.attempts]
    for place in range(3):
        possible = {found[place] for found in fitting}
        assert len(possible) > 1 or not 0 < min(possible) < 5
