"""What a sitting is called beside the others of its event: rows without a database."""

from datetime import UTC, datetime, timedelta

from quiz.models import Event, Sitting
from quiz.models.events.events import Phase

NOW = datetime(2026, 11, 20, 8, tzinfo=UTC)


def sittings(*plans: tuple[Phase, int]) -> list[Sitting]:
    """Of one event, each with the day it opens on."""
    event = Event()
    return [
        Sitting(event=event, phase=phase, opens_at=NOW + timedelta(days=day))
        for phase, day in plans
    ]


def test_a_sitting_alone_in_its_phase_has_the_name_of_the_phase() -> None:
    each = sittings((Phase.PRE, 0), (Phase.POST, 0), (Phase.FOLLOW_UP, 7))

    assert [sitting.label for sitting in each] == ["Pre-test", "Post-test", "Tindak lanjut"]


def test_several_of_one_phase_are_numbered_by_time() -> None:
    each = sittings((Phase.FOLLOW_UP, 40), (Phase.PRE, 0), (Phase.FOLLOW_UP, 7))

    assert [sitting.label for sitting in each] == ["Tindak lanjut 2", "Pre-test", "Tindak lanjut 1"]
