"""How far the demonstration's day has gone: when things happened, and who did what."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from random import Random

from quiz.models.events.events import Phase


class Stage(StrEnum):
    """*before*: roster loaded, nothing open; *open*: the pre-test open, nobody has started; *live*:
    people in the middle of it; *over*: both tests done by nearly all, and the report published."""

    BEFORE = "before"
    OPEN = "open"
    LIVE = "live"
    OVER = "over"


class Deed(StrEnum):
    """What one person does in one sitting."""

    ABSENT = "absent"
    PRESENT = "present"
    OPENED = "opened"
    HALFWAY = "halfway"
    UNSENT = "unsent"
    SUBMITTED = "submitted"


@dataclass(frozen=True)
class Day:
    """The times of the demonstration: the event, and each sitting's window."""

    starts_at: datetime
    ends_at: datetime
    windows: dict[Phase, tuple[datetime, datetime]]

    @classmethod
    def of(cls, stage: Stage, now: datetime) -> "Day":
        """The day as it stands at ``now`` in this stage, to the minute."""
        now = now.replace(second=0, microsecond=0)
        start = now + _START[stage]
        pre = start + timedelta(minutes=15)
        post = start + timedelta(minutes=150)
        length = timedelta(hours=4) if stage in (Stage.OPEN, Stage.LIVE) else timedelta(minutes=45)
        later = timedelta(0) if stage in (Stage.BEFORE, Stage.OVER) else length
        return cls(
            starts_at=start,
            ends_at=start + timedelta(hours=4) + 2 * later,
            windows={
                Phase.PRE: (pre, pre + length),
                Phase.POST: (post + later, post + later + length),
            },
        )


_START = {
    Stage.BEFORE: timedelta(minutes=45),
    Stage.OPEN: timedelta(minutes=-20),
    Stage.LIVE: timedelta(minutes=-30),
    Stage.OVER: timedelta(hours=-5),
}

_SHARES: dict[tuple[Stage, Phase], tuple[tuple[Deed, float], ...]] = {
    (Stage.LIVE, Phase.PRE): (
        (Deed.ABSENT, 0.14),
        (Deed.PRESENT, 0.16),
        (Deed.OPENED, 0.04),
        (Deed.HALFWAY, 0.30),
        (Deed.SUBMITTED, 0.36),
    ),
    (Stage.OVER, Phase.PRE): (
        (Deed.ABSENT, 0.04),
        (Deed.OPENED, 0.02),
        (Deed.UNSENT, 0.02),
        (Deed.SUBMITTED, 0.92),
    ),
    (Stage.OVER, Phase.POST): (
        (Deed.ABSENT, 0.02),
        (Deed.PRESENT, 0.02),
        (Deed.UNSENT, 0.02),
        (Deed.SUBMITTED, 0.94),
    ),
}


def deeds(stage: Stage, phase: Phase, people: int, source: Random) -> list[Deed]:
    """What each of ``people`` does in a sitting of this phase, in the roster's order."""
    shares = _SHARES.get((stage, phase), ((Deed.ABSENT, 1.0),))
    dealt = list(_dealt(shares, people))
    source.shuffle(dealt)
    return dealt


def _dealt(shares: tuple[tuple[Deed, float], ...], people: int) -> Iterator[Deed]:
    """Each deed as often as its share says; the last one fills up."""
    given = 0
    for deed, share in shares[:-1]:
        count = min(round(share * people), people - given)
        given += count
        yield from [deed] * count
    yield from [shares[-1][0]] * (people - given)
