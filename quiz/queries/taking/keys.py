"""When keys and explanations may leave the server: the one place where this is decided.

While one person may still answer, nobody else learns the keys from us, but where the sitting's mode
says so from the start (*langsung setelah kirim* while it is open, *per soal*). Others may still
answer in a crossed sitting of the event too, which asks half of them what this one asked the other
half; practice and its items are kept apart when the forms are chosen.
"""

from collections.abc import Collection, Iterable, Sequence
from datetime import datetime, timedelta

from sqlalchemy import func, select
from sqlalchemy.orm import Session, contains_eager

from quiz.assessment.attempt_state import AttemptState, SittingState
from quiz.formats import when_id
from quiz.models import Attempt, BankItem, Event, FormChoice, ItemVersion, Sitting, StoredSlot
from quiz.models.events.events import FeedbackMode


def feedback_allowed(session: Session, attempt: Attempt, now: datetime) -> bool:
    """Whether the feedback of a whole attempt may be shown to its person at ``now``.

    Never before the attempt is finished. Once opened it stays open. Two queries at most.
    """
    return may_open(attempt, now) and not awaited(session, [attempt], now)


def attempt_word(session: Session, attempt: Attempt, now: datetime) -> str:
    """Where the attempt stands for its person, in a word: its state, or "feedback"."""
    return "feedback" if feedback_allowed(session, attempt, now) else attempt.state(now).value


def may_open(attempt: Attempt, now: datetime) -> bool:
    """What the attempt's own times and its sitting's mode say, others left aside."""
    state = attempt.state(now)
    if attempt.feedback_at is not None:
        return state is AttemptState.FINISHED
    return attempt.sitting.feedback_allowed(state, now)


def awaited(session: Session, attempts: Iterable[Attempt], now: datetime) -> set[int]:
    """The ids of those attempts whose feedback has to wait because others may still answer. Two
    queries at most, however many attempts."""
    closed = [attempt for attempt in attempts if attempt.feedback_at is None]
    return _awaited_here(session, closed, now) | _awaited_in_pair(session, closed, now)


def _awaited_here(session: Session, attempts: Iterable[Attempt], now: datetime) -> set[int]:
    held = [attempt for attempt in attempts if _waits_for_others(attempt.sitting, now)]
    if not held:
        return set()
    others = session.scalars(
        select(Attempt)
        .join(Attempt.sitting)
        .options(contains_eager(Attempt.sitting))
        .where(
            Attempt.sitting_id.in_([attempt.sitting_id for attempt in held]),
            Attempt.voided_at.is_(None),
            Attempt.submitted_at.is_(None),
            Attempt.feedback_at.is_(None),
        )
    )
    busy = {one.sitting_id for one in others if one.state(now) is not AttemptState.FINISHED}
    return {attempt.id for attempt in held if attempt.sitting_id in busy}


def _waits_for_others(sitting: Sitting, now: datetime) -> bool:
    """Whether it matters that somebody may still answer in it."""
    if now >= sitting.last_arrival:
        return False
    if sitting.feedback_mode is FeedbackMode.PER_ITEM:
        return False
    is_open = sitting.state(now) is SittingState.OPEN
    return not (is_open and sitting.feedback_mode is FeedbackMode.AFTER_SUBMIT)


def _awaited_in_pair(session: Session, attempts: Sequence[Attempt], now: datetime) -> set[int]:
    counted = [attempt for attempt in attempts if attempt.counted]
    if not counted:
        return set()
    crossed = session.scalars(
        select(Sitting).where(
            Sitting.event_id.in_({attempt.sitting.event_id for attempt in counted}),
            Sitting.crossed,
        )
    ).all()
    return {
        attempt.id
        for attempt in counted
        if any(_holds_back(each, attempt.sitting, now) for each in crossed)
    }


def _holds_back(crossed: Sitting, sitting: Sitting, now: datetime) -> bool:
    """Whether keys of ``sitting`` wait for a crossed one of the same event, which is another."""
    concerned = crossed.event_id == sitting.event_id and crossed.id != sitting.id
    return concerned and _is_awaited(crossed, now)


def opens_by(attempt: Attempt, now: datetime) -> datetime | None:
    """When its feedback opens at the latest; None while that is for an officer to say.

    Of an attempt whose feedback is not open yet.
    """
    sitting = attempt.sitting
    if sitting.feedback_mode is FeedbackMode.DELAYED and sitting.released_at is None:
        return None
    alone = sitting.last_arrival
    if sitting.feedback_mode is FeedbackMode.AFTER_SUBMIT and not attempt.times.final:
        alone = min(attempt.times.accepts_until, alone)
    elif not _waits_for_others(sitting, now):
        alone = now
    return max([alone, *(each.last_arrival for each in _holding_back(sitting, now))])


def keys_are_out(sitting: Sitting, now: datetime) -> bool:
    """Whether every participant may know the keys by now, and so whoever runs the sitting.

    Those who keep the bank know them anyway.
    """
    if sitting.awaits_release or now < sitting.last_arrival:
        return False
    return not _holding_back(sitting, now)


def held_by_crossing(sitting: Sitting, now: datetime) -> str | None:
    """Why keys of ``sitting`` are for nobody yet but who keeps the bank: a crossed one of its event
    is still to be answered. None where that is not so."""
    last = max(_holding_back(sitting, now), key=lambda each: each.last_arrival, default=None)
    if last is None:
        return None
    return (
        f"Kunci dan pembahasan {sitting.label} belum diperlihatkan: soalnya masih dikerjakan orang "
        f"lain di {last.label}, karena formulir A dan B bersilang. Terbuka "
        f"{when_id(last.last_arrival, now)}."
    )


def _holding_back(sitting: Sitting, now: datetime) -> list[Sitting]:
    """The crossed sittings of its event that its keys wait for. Reads ``event.sittings``."""
    crossed = (each for each in sitting.event.sittings if each.crossed)
    return [each for each in crossed if _holds_back(each, sitting, now)]


def refusal_of_keys(
    session: Session, sitting: Sitting, codes: Collection[str], now: datetime, *, edits: bool
) -> str | None:
    """Why no paper of ``sitting`` may carry the keys of the items ``codes``; None where it may.

    In a crossed event nobody's may before both sittings are over. For whoever ``edits`` items that
    is all; for others every sitting that asks one of them must be over, whatever its event. Three
    queries at most; reads ``event.sittings``.
    """
    crossed = [each for each in sitting.event.sittings if each.crossed and _is_awaited(each, now)]
    if crossed:
        last = max(crossed, key=lambda each: each.last_arrival)
        return (
            f"Kunci dan pembahasan {sitting.label} belum dapat dicetak: formulir A dan B "
            f"bersilang, dan soalnya masih dikerjakan di {last.label}. Cetak sesudah "
            f"{when_id(last.last_arrival, now)}."
        )
    if edits:
        return None
    if not keys_are_out(sitting, now):
        return (
            f"Kunci dan pembahasan {sitting.label} belum terbuka bagi pesertanya. Cetak sesudah "
            "sesinya ditutup, masa tenggangnya lewat, dan pembahasannya dirilis."
        )
    asking = still_asking(session, codes, now)
    if not asking:
        return None
    other = max(asking.values(), key=lambda each: each.last_arrival)
    return (
        f"{len(asking)} soal di sini masih ditanyakan pada {other.label} kegiatan "
        f"{other.event.code}, jadi kuncinya belum dapat dicetak. Cetak sesudah "
        f"{when_id(other.last_arrival, now)}."
    )


def still_asking(session: Session, codes: Collection[str], now: datetime) -> dict[str, Sitting]:
    """Item code → the last sitting, of any event, in which somebody may still be asked a version
    of it. Three queries at most."""
    longest = timedelta(minutes=session.scalar(select(func.max(Sitting.grace_minutes))) or 0)
    rows = session.execute(
        select(BankItem.code, Sitting)
        .join(ItemVersion, ItemVersion.bank_item_id == BankItem.id)
        .join(FormChoice, FormChoice.item_version_id == ItemVersion.id)
        .join(StoredSlot, StoredSlot.id == FormChoice.slot_id)
        .join(Sitting, Sitting.id == StoredSlot.sitting_id)
        .join(Sitting.event)
        .options(contains_eager(Sitting.event).selectinload(Event.sittings))
        .where(BankItem.code.in_(codes), Sitting.closes_at > now - longest)
        .distinct()
    )
    last = sorted(rows, key=lambda row: row[1].last_arrival)
    return {code: sitting for code, sitting in last if _is_awaited(sitting, now)}


def _is_awaited(sitting: Sitting, now: datetime) -> bool:
    """Whether somebody may still answer in it, now or later."""
    return sitting.prepared_at is not None and now < sitting.last_arrival
