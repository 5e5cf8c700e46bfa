from datetime import date

import pytest

from quiz.assessment.items.stages import Stage, stage_on


@pytest.mark.parametrize(
    ("day", "stage"),
    [
        (date(2024, 2, 26), None),
        (date(2024, 2, 27), Stage.BEFORE),
        (date(2024, 9, 21), Stage.BEFORE),
        (date(2024, 9, 22), Stage.CAMPAIGN),
        (date(2024, 11, 23), Stage.CAMPAIGN),
        (date(2024, 11, 24), Stage.QUIET),
        (date(2024, 11, 26), Stage.QUIET),
        (date(2024, 11, 27), Stage.POLLING),
        (date(2024, 11, 28), Stage.AFTER),
        (date(2025, 2, 20), Stage.AFTER),
        (date(2025, 2, 21), None),
    ],
)
def test_each_day_of_an_election_has_its_stage(day: date, stage: Stage | None) -> None:
    assert stage_on(day) == stage
