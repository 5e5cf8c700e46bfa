"""Which of two attempts of one person counts."""

from datetime import UTC, datetime, timedelta

import pytest

from quiz.assessment.scores.counting import Work, counting

NINE = datetime(2026, 11, 27, 1, tzinfo=UTC)


def work(answered: int, minute: int, *, handed_in: bool = False) -> Work:
    return Work(answered, NINE + timedelta(minutes=minute), handed_in)


@pytest.mark.parametrize(
    ("counts", "aside"),
    [
        (work(3, 5), work(0, 0)),
        (work(3, 5), work(0, 0, handed_in=True)),
        (work(3, 5, handed_in=True), work(10, 0)),
        (work(10, 5), work(2, 0)),
        (work(2, 0, handed_in=True), work(10, 5, handed_in=True)),
        (work(4, 0), work(4, 5)),
        (work(0, 0), work(0, 5)),
    ],
)
def test_what_was_done_decides_which_counts(counts: Work, aside: Work) -> None:
    assert (counting([counts, aside]), counting([aside, counts])) == (0, 1)
