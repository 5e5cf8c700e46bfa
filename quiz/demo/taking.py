"""One invented person in one sitting: arrives, starts, taps, perhaps sends."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from random import Random

from sqlalchemy.orm import Session

from quiz.actions.scores.scoring import score
from quiz.actions.taking.taking import Given, hand_in, respond, start_attempt
from quiz.assessment.forms.selection import display_order
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


def take(session: Session, seat: Seat, deed: Deed, now: datetime) -> None:
    """Do what ``deed`` says, nothing of it later than ``now``."""
    if deed is Deed.ABSENT:
        return
    seat.enrolment.check_in(seat.sitting.opens_at - timedelta(minutes=seat.pace.randrange(2, 14)))
    if deed is Deed.PRESENT:
        return
    attempt = _start(session, seat)
    if deed is Deed.OPENED:
        return
    last = _tap(session, seat, attempt, now, whole=deed is Deed.SUBMITTED)
    if deed is Deed.SUBMITTED:
        sent = min(last + timedelta(seconds=seat.pace.randrange(5, 40)), now)
        hand_in(session, attempt, (), receipt(attempt.uid, seat.card_key), sent)
        score(session, attempt, sent)
    elif seat.pace.random() < WITHOUT_SIGNAL:
        attempt.hear(seat.pace.randrange(1, 5), last)


def _start(session: Session, seat: Seat) -> Attempt:
    at = seat.sitting.opens_at + timedelta(seconds=seat.pace.randrange(5, SLOWEST_START))
    attempt = start_attempt(session, seat.sitting, seat.enrolment, at)
    label = f"{seat.enrolment.uid}/{seat.sitting.phase}"
    attempt.uid, attempt.seed = uid(seat.seed, f"pengerjaan/{label}"), uid(seat.seed, label)[:16]
    attempt.opened = 1
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
        item = asked[position].item
        chosen, confidence = seat.mind.answer(
            item,
            multiple=ITEM_TYPES[item.type].multiple,
            after_talk=seat.sitting.phase is not Phase.PRE,
        )
        if chosen:
            revision = attempt.revision_base + turn
            respond(session, attempt, Given(position, chosen, confidence, revision, at), at)
    return at
