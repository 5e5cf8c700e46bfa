"""What an item's ties and stages mean for the sittings of an event."""

from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy.orm import Session

from quiz.actions.events.preparing import prepare
from quiz.assessment.items.stages import Stage
from quiz.models import BankItem, Event, Sitting
from quiz.models.events.events import Phase
from quiz.queries.events.prepared import stored_form
from tests.factories import Make


def roster(make: Make, **fields: object) -> Event:
    event = make.event(**fields)
    make.enrolment(event, make.user())
    return event


def prepared(make: Make, event: Event, phase: Phase, count: int) -> Sitting:
    quiz = make.quiz(("makna", None, None, count))
    sitting = make.sitting(event, phase, prepared=False, quiz=quiz)
    assert prepare(make.session, sitting, make.now, "benih") == []
    return sitting


def codes(session: Session, sitting: Sitting, bank: list[BankItem]) -> set[str]:
    asked = {uid for slot in stored_form(session, sitting) for uid in slot.versions.values()}
    return {item.code for item in bank if item.published.uid in asked}


def test_each_test_asks_a_side_of_a_pair(session: Session, make: Make) -> None:
    sides = [make.bank_item(make.item(references=(), pair="unggahan")) for _ in range(2)]
    bank = [*sides, *(make.bank_item(make.item(references=())) for _ in range(4))]
    event = roster(make)

    pre, post = (prepared(make, event, phase, 5) for phase in (Phase.PRE, Phase.POST))

    asked = [
        codes(session, sitting, bank) & {side.code for side in sides} for sitting in (pre, post)
    ]
    assert sorted(map(len, asked)) == [1, 1]
    assert asked[0] != asked[1]


@pytest.mark.parametrize(
    ("day", "stage"),
    [
        (datetime(2024, 9, 10, 1, tzinfo=UTC), Stage.BEFORE),
        (datetime(2024, 11, 22, 1, tzinfo=UTC), Stage.CAMPAIGN),
        (datetime(2024, 11, 25, 1, tzinfo=UTC), Stage.QUIET),
        (datetime(2024, 11, 27, 1, tzinfo=UTC), Stage.POLLING),
        (datetime(2024, 12, 3, 1, tzinfo=UTC), Stage.AFTER),
    ],
)
def test_an_event_asks_what_is_meant_for_its_stage(
    session: Session, make: Make, day: datetime, stage: Stage
) -> None:
    bank = [
        make.bank_item(make.item(references=(), stages=frozenset({each}), scenario="warung"))
        for each in Stage
    ]
    event = roster(make, starts_at=day, ends_at=day + timedelta(hours=3))

    sitting = prepared(make, event, Phase.PRE, 1)

    assert codes(session, sitting, bank) == {bank[list(Stage).index(stage)].code}


def test_on_a_day_without_an_election_a_scene_is_still_told_once(
    session: Session, make: Make
) -> None:
    for stage in Stage:
        make.bank_item(make.item(references=(), stages=frozenset({stage}), scenario="warung"))
    other = make.bank_item(make.item(references=()))
    day = datetime(2026, 3, 2, 1, tzinfo=UTC)
    event = roster(make, starts_at=day, ends_at=day + timedelta(hours=3))

    sitting = prepared(make, event, Phase.PRE, 2)

    assert codes(session, sitting, [other]) == {other.code}
