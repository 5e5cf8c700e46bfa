"""What an event still lacks, in the order of its three steps, and which of them is due."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from quiz.assessment.attempt_state import SittingState
from quiz.assessment.items.item import Status
from quiz.models.events.events import ARRIVAL, Event
from quiz.queries.events.events import RosterFacts, SittingFacts
from quiz.queries.events.ready import TESTS

NOT_READY = (SittingState.NOT_PREPARED, SittingState.MISSED)


class Lack(StrEnum):
    """Something missing; the page says what follows from it and where it is mended."""

    PEOPLE = "people"
    SITTINGS = "sittings"
    PREPARATION = "preparation"
    STATUSES = "statuses"
    OUTSIDE = "outside"
    LATE = "late"
    ADDRESS = "address"
    MOVED = "moved"
    RELEASE = "release"


@dataclass(frozen=True)
class Wanting:
    """One thing an event lacks, and the sittings it is about."""

    lack: Lack
    sittings: tuple[SittingFacts, ...] = ()

    @property
    def facts(self) -> SittingFacts | None:
        """The sitting it is about where it is about one."""
        return self.sittings[0] if len(self.sittings) == 1 else None

    @property
    def not_served(self) -> dict[Status, int]:
        """The statuses without a form in any of the sittings, with how many people."""
        return {status: n for facts in self.sittings for status, n in facts.not_served.items()}


def wanting(
    event: Event,
    roster: RosterFacts,
    sittings: Sequence[SittingFacts],
    now: datetime,
    *,
    reachable: bool,
    moved: bool = False,
) -> list[Wanting]:
    """Everything that is missing, the first thing to do first; computed, never stored.

    What the same step mends stands in one line, however many sittings it is about. ``reachable``:
    cards and posters lead to an address phones can open. ``moved``: cards printed before lead to
    another one.
    """
    return [
        *_of_people_and_items(roster, sittings),
        *_of_times(event, sittings, now),
        *([Wanting(Lack.MOVED)] if moved and reachable else []),
        *([] if reachable else [Wanting(Lack.ADDRESS)]),
        *_of_feedback(sittings),
    ]


def _of_people_and_items(
    roster: RosterFacts, sittings: Sequence[SittingFacts]
) -> Iterator[Wanting]:
    if not roster.invited:
        yield Wanting(Lack.PEOPLE)
    if not sittings:
        yield Wanting(Lack.SITTINGS)
    unprepared = tuple(facts for facts in sittings if facts.state in NOT_READY)
    if unprepared:
        yield Wanting(Lack.PREPARATION, unprepared)
    incomplete = tuple(facts for facts in sittings if lacks_statuses(facts))
    if incomplete:
        yield Wanting(Lack.STATUSES, incomplete)


def lacks_statuses(facts: SittingFacts) -> bool:
    """Whether somebody on the roster could start this prepared sitting and finds no form."""
    return bool(facts.not_served) and facts.state not in {*NOT_READY, SittingState.CLOSED}


def _of_times(event: Event, sittings: Sequence[SittingFacts], now: datetime) -> Iterator[Wanting]:
    """Tests that open when nobody is there, or have closed before anybody began."""
    for facts in sittings:
        if facts.sitting.phase not in TESTS or now >= event.ends_at:
            continue
        there = event.starts_at - ARRIVAL <= facts.sitting.opens_at < event.ends_at
        if facts.state is SittingState.CLOSED and not facts.started:
            yield Wanting(Lack.LATE, (facts,))
        elif facts.state is SittingState.SCHEDULED and not there:
            yield Wanting(Lack.OUTSIDE, (facts,))


def _of_feedback(sittings: Sequence[SittingFacts]) -> Iterator[Wanting]:
    """Feedback that waits for the officer, once no test can be spoilt by it any more."""
    tests = [facts for facts in sittings if facts.sitting.phase in TESTS]
    if all(facts.state is SittingState.CLOSED for facts in tests):
        for facts in tests:
            if facts.started and facts.sitting.awaits_release:
                yield Wanting(Lack.RELEASE, (facts,))


class Step(StrEnum):
    """Where a step stands on the line."""

    DONE = "done"
    NOW = "now"
    LATER = "later"


def steps(roster: RosterFacts, sittings: Sequence[SittingFacts]) -> tuple[Step, Step, Step]:
    """The roster, the sittings, and running them."""
    people = bool(roster.invited)
    prepared = bool(sittings) and all(
        facts.sitting.prepared_at is not None and not facts.not_served for facts in sittings
    )
    over = prepared and all(facts.state is SittingState.CLOSED for facts in sittings)
    under_way = any(facts.sitting.prepared_at is not None for facts in sittings)
    first = Step.DONE if people else Step.NOW
    second = Step.DONE if people and prepared else (Step.NOW if people else Step.LATER)
    if over:
        return first, second, Step.DONE
    return first, second, Step.NOW if second is Step.DONE or under_way else Step.LATER
