"""The life of an attempt and of a sitting, computed from times alone.

Nothing here reads the clock: `now` is an argument. All times are aware, and best UTC.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

GRACE = timedelta(minutes=10)
"""How long responses given before an attempt's end may still arrive, unless a sitting says so."""


class AttemptState(StrEnum):
    """Where an attempt stands."""

    RUNNING = "running"
    AWAITING = "awaiting"
    FINISHED = "finished"

    @property
    def label(self) -> str:
        """The Indonesian words for the page."""
        return _ATTEMPT_LABELS[self]


_ATTEMPT_LABELS = {
    AttemptState.RUNNING: "Berjalan",
    AttemptState.AWAITING: "Menunggu kiriman",
    AttemptState.FINISHED: "Selesai",
}


class Outcome(StrEnum):
    """What has become of a person's attempt, for every count of people."""

    RUNNING = "running"
    AWAITING = "awaiting"
    SUBMITTED = "submitted"
    EMPTY = "empty"
    AFTER_RELEASE = "after_release"


def outcome(
    state: AttemptState, *, by_person: bool, answered: bool, after_release: bool
) -> Outcome:
    """Submitted is what its person handed in, and what time ended with at least one answer.

    `answered` says that something chosen is stored. Whoever answered when the keys were out stands
    in no figure, whatever the state.
    """
    if after_release:
        return Outcome.AFTER_RELEASE
    if state is not AttemptState.FINISHED:
        return Outcome(state.value)
    return Outcome.SUBMITTED if by_person or answered else Outcome.EMPTY


class SittingState(StrEnum):
    """Where a sitting stands."""

    NOT_PREPARED = "not_prepared"
    MISSED = "missed"
    SCHEDULED = "scheduled"
    OPEN = "open"
    CLOSED = "closed"

    @property
    def label(self) -> str:
        """The Indonesian words for the page."""
        return _SITTING_LABELS[self]


_SITTING_LABELS = {
    SittingState.NOT_PREPARED: "Belum disiapkan",
    SittingState.MISSED: "Tetap tertutup, belum disiapkan",
    SittingState.SCHEDULED: "Terjadwal",
    SittingState.OPEN: "Dibuka",
    SittingState.CLOSED: "Ditutup",
}


@dataclass(frozen=True)
class Verdict:
    """Whether a response is taken, and whether it is to be marked as sent after the end."""

    accepted: bool
    late: bool


@dataclass(frozen=True)
class AttemptTimes:
    """Every time that decides an attempt's state; window and grace are its sitting's.

    `submitted_at` is the person's own hand-in, `feedback_at` the first opening of its feedback:
    after either, more time changes nothing. What only the clock ended runs on when it gets more.
    `time_limit` None means the sitting's closing is the only end; `extra` then changes nothing.
    """

    started_at: datetime
    submitted_at: datetime | None
    feedback_at: datetime | None
    time_limit: timedelta | None
    extra: timedelta
    opens_at: datetime
    closes_at: datetime
    grace: timedelta = GRACE

    @property
    def end_at(self) -> datetime:
        """When the person's own time is up: limit plus extra time, or the sitting's closing."""
        if self.time_limit is None:
            return self.closes_at
        return min(self.started_at + self.time_limit + self.extra, self.closes_at)

    @property
    def accepts_until(self) -> datetime:
        """From here on nothing is taken any more, however early it was given."""
        return self.end_at + self.grace

    @property
    def final(self) -> bool:
        """True when no further time can make it run on."""
        return self.submitted_at is not None or self.feedback_at is not None

    @property
    def settled_at(self) -> datetime:
        """From here on nothing stored of it changes, as its times stand."""
        moments = (self.submitted_at, self.feedback_at, self.accepts_until)
        return min(moment for moment in moments if moment is not None)

    def state(self, now: datetime) -> AttemptState:
        """Finished when final or past the grace; awaiting from the end on; else running."""
        if self.final or now >= self.accepts_until:
            return AttemptState.FINISHED
        return AttemptState.AWAITING if now >= self.end_at else AttemptState.RUNNING

    def accepts(self, now: datetime, given_at: datetime | None) -> Verdict:
        """Whether a response that arrives `now` and was given at `given_at` is taken.

        While running: always. Within the grace: only one given by the end, and marked late.
        The phone's word is held within [started_at, now]; None means given now.
        """
        state = self.state(now)
        if state is AttemptState.RUNNING:
            return Verdict(accepted=True, late=False)
        if state is AttemptState.FINISHED:
            return Verdict(accepted=False, late=False)
        given = now if given_at is None else min(max(given_at, self.started_at), now)
        in_time = given <= self.end_at
        return Verdict(accepted=in_time, late=in_time)


def sitting_state(
    prepared_at: datetime | None, opens_at: datetime, closes_at: datetime, now: datetime
) -> SittingState:
    """Open when prepared and opens_at <= now < closes_at.

    A sitting that nobody prepared by its opening stays shut and is MISSED, also after its
    closing; preparing it late opens it while its window lasts.
    """
    if prepared_at is None:
        return SittingState.NOT_PREPARED if now < opens_at else SittingState.MISSED
    if now >= closes_at:
        return SittingState.CLOSED
    return SittingState.OPEN if now >= opens_at else SittingState.SCHEDULED
