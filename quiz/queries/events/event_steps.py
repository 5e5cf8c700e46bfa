"""What an event still lacks before it can run, and which of its three steps is due."""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from quiz.assessment.attempt_state import SittingState
from quiz.queries.events.events import RosterFacts, SittingFacts


class Lack(StrEnum):
    """Something missing; the page says what follows from it and where it is mended."""

    PEOPLE = "people"
    SITTINGS = "sittings"
    PREPARATION = "preparation"
    STATUSES = "statuses"
    ADDRESS = "address"
    MOVED = "moved"


@dataclass(frozen=True)
class Wanting:
    """One thing an event lacks, and the sitting it is about."""

    lack: Lack
    facts: SittingFacts | None = None


def wanting(
    roster: RosterFacts,
    sittings: Sequence[SittingFacts],
    *,
    reachable: bool,
    moved: bool = False,
) -> list[Wanting]:
    """Everything that is missing, the first thing to do first; computed, never stored.

    ``reachable``: cards and posters lead to an address phones can open. ``moved``: cards printed
    before lead to another one.
    """
    found = []
    if not roster.invited:
        found.append(Wanting(Lack.PEOPLE))
    if not sittings:
        found.append(Wanting(Lack.SITTINGS))
    for facts in sittings:
        if facts.state in (SittingState.NOT_PREPARED, SittingState.MISSED):
            found.append(Wanting(Lack.PREPARATION, facts))
        elif facts.not_served and facts.state is not SittingState.CLOSED:
            found.append(Wanting(Lack.STATUSES, facts))
    if not reachable:
        found.append(Wanting(Lack.ADDRESS))
    elif moved:
        found.append(Wanting(Lack.MOVED))
    return found


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
