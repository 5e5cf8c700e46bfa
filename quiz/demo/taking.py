"""One invented person in one sitting: arrives, starts, taps, perhaps sends."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from random import Random

from sqlalchemy.orm import Session

from quiz.actions.scores.scoring import score
from quiz.actions.taking.taking import Given, hand_in, respond, start_attempt
from quiz.assessment.forms.selection import display_order
from quiz.assessment.items.item import Item
from quiz.assessment.items.types import ITEM_TYPES
from quiz.codes import receipt
from quiz.demo.answering import Participant
from quiz.demo.seeds import uid
from quiz.demo.staging import Deed
from quiz.models import Attempt, Enrolment, Sitting
from quiz.models.events.events import Phase
from quiz.queries.taking.asked import asked_in

SLOWEST_START = 180
"""Seconds after the opening by which everybody has started."""

WITHOUT_SIGNAL = 0.15
"""The share of those in the middle whose phone still held responses when last heard of."""

TAP_SECONDS = (12, 55)
"""Between two taps, from reading a short statement to weighing a long one."""


@dataclass(frozen=True)
class Seat:
    """A person in a sitting: their mind, their pace, and what makes their data repeatable."""

    sitting: Sitting
    enrolment: Enrolment
    mind: Participant
    pace: Random
    card_key: bytes
    seed: str

    @property
    def label(self) -> str:
        """What tells this place in this sitting from every other."""
        return f"{self.enrolment.uid}/{self.sitting.phase}"

    def plays(self, attempt: Attempt) -> bool:
        """Whether the attempt is the invented person's own, and nobody has opened its page."""
        return attempt.seed == uid(self.seed, self.label)[:16] and attempt.opened == 1


def take(session: Session, seat: Seat, deed: Deed, now: datetime) -> None:
    """Do what ``deed`` says, nothing of it later than ``now``."""
    if deed is Deed.ABSENT:
        return
    seat.enrolment.check_in(seat.sitting.opens_at - timedelta(minutes=seat.pace.randrange(2, 14)))
    if deed is Deed.PRESENT:
        return
    first = seat.sitting.opens_at + timedelta(seconds=seat.pace.randrange(5, SLOWEST_START))
    attempt = start(session, seat, first)
    attempt.uid = uid(seat.seed, f"pengerjaan/{seat.label}")
    if deed is Deed.OPENED:
        return
    last = _tap(session, seat, attempt, now, whole=deed is Deed.SUBMITTED)
    if deed is Deed.SUBMITTED:
        send(session, seat, attempt, min(last + timedelta(seconds=seat.pace.randrange(5, 40)), now))
    elif seat.pace.random() < WITHOUT_SIGNAL:
        attempt.hear(seat.pace.randrange(1, 5), last)


def send(session: Session, seat: Seat, attempt: Attempt, at: datetime) -> None:
    """Hand the attempt in."""
    hand_in(session, attempt, (), receipt(attempt.uid, seat.card_key), at)
    score(session, attempt, at)


def start(session: Session, seat: Seat, at: datetime) -> Attempt:
    """Begin from the home page, in an order of items that follows from the seed."""
    seat.enrolment.notice(at)
    attempt = start_attempt(session, seat.sitting, seat.enrolment, at)
    attempt.seed, attempt.opened = uid(seat.seed, seat.label)[:16], 1
    session.flush()
    return attempt


def _tap(session: Session, seat: Seat, attempt: Attempt, now: datetime, *, whole: bool) -> datetime:
    """Answer in the order the page shows, all items or the first few; when the last tap was."""
    asked = asked_in(session, attempt)
    order = display_order(sorted(asked), attempt.seed, seat.sitting.shuffle_items)
    count = len(order) if whole else seat.pace.randrange(2, len(order) - 1)
    wanted = [seat.pace.randrange(*TAP_SECONDS) for _ in range(count)]
    room = (now - attempt.started_at).total_seconds() - 45
    hurry = min(1.0, room / sum(wanted))
    at = attempt.started_at
    for turn, position in enumerate(order[:count], start=1):
        at += timedelta(seconds=round(wanted[turn - 1] * hurry))
        given = think(seat, asked[position].item, position, attempt.revision_base + turn, at)
        if given is not None:
            respond(session, attempt, given, at)
    return at


def think(seat: Seat, item: Item, position: int, revision: int, at: datetime) -> Given | None:
    """What the person gives at this position; None where they leave it out."""
    chosen, confidence = seat.mind.answer(
        item,
        multiple=ITEM_TYPES[item.type].multiple,
        after_talk=seat.sitting.phase is not Phase.PRE,
    )
    return Given(position, chosen, confidence, revision, at) if chosen else None
