"""Taking a quiz: starting an attempt, keeping each response, closing and scoring it."""

import secrets
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from functools import lru_cache
from typing import Any, NamedTuple

from sqlalchemy import Executable, exists, select
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.orm import Session

from quiz.assessment.attempt_state import AttemptState, SittingState
from quiz.assessment.items.item import SURENESS, BadResponse
from quiz.assessment.items.types import ITEM_TYPES
from quiz.models.events.enrolments import Enrolment
from quiz.models.events.events import Sitting
from quiz.models.taking.attempts import Attempt, StoredResponse
from quiz.queries.taking.asked import asked_in, form_for
from quiz.queries.taking.attempts import current_attempt
from quiz.queries.taking.crossing import form_of

_KEY = ("attempt_id", "position")

_REPLACED = (
    "item_version_id",
    "chosen",
    "confidence",
    "revision",
    "given_at",
    "saved_at",
    "late",
)


class Closed(Exception):
    """The attempt or its sitting takes nothing more; the text is an Indonesian sentence."""


class HandedInBy(StrEnum):
    """Who closed an attempt: the person by pressing, or the clock when time was up."""

    PERSON = "person"
    CLOCK = "clock"


@dataclass(frozen=True)
class Given:
    """A response as it arrives. ``given_at`` is the phone's time of the tap (server's clock)."""

    position: int
    values: Sequence[str]
    confidence: int | None
    revision: int
    given_at: datetime | None


class Stored(NamedTuple):
    """What the database holds at a position after a response arrived."""

    chosen: list[str]
    confidence: int | None
    revision: int
    saved_at: datetime
    late: bool


def start_attempt(
    session: Session, sitting: Sitting, enrolment: Enrolment, now: datetime
) -> Attempt:
    """The attempt to go on with: the one there is, else a new one.

    A practice sitting gives a new attempt after a finished one. Raises Closed when the sitting is
    not open, or holds no form for the person's status.
    """
    attempt = current_attempt(session, sitting, enrolment)
    again = attempt is not None and not attempt.counted
    finished = attempt is not None and attempt.state(now) is AttemptState.FINISHED
    if attempt is not None and not (again and finished):
        attempt.hear(None, now)
        return attempt
    if sitting.state(now) is not SittingState.OPEN:
        raise Closed("Sesi ini belum dibuka atau sudah ditutup. Tunggu petunjuk petugas.")
    if not hold_place(session, enrolment):
        raise Closed("Daftar peserta baru saja diubah petugas. Buka lagi halaman ini.")
    form = form_of(session, sitting, enrolment)
    if not form_for(session, sitting, enrolment.status, form):
        raise Closed(
            f"Soal untuk status {enrolment.status.label} belum disiapkan. "
            "Hubungi petugas di meja depan: ia perlu menekan Lengkapi."
        )
    attempt = Attempt(
        enrolment=enrolment,
        sitting=sitting,
        form=form,
        counted=sitting.phase.counted,
        started_at=now,
        extra_seconds=(sitting.time_limit_minutes or 0) * 60 * enrolment.extra_percent // 100,
        seed=secrets.token_hex(8),
        after_release=sitting.keys_out(now) or has_read_feedback(session, sitting, enrolment),
    )
    session.add(attempt)
    session.flush()
    return attempt


def hold_place(session: Session, enrolment: Enrolment) -> bool:
    """See to it that the place is not taken off the roster or merged while somebody starts there,
    and that nobody else starts; False when it is on the roster no more."""
    session.flush()
    session.refresh(enrolment, ["removed_at", "status"], with_for_update=True)
    return enrolment.removed_at is None


def has_read_feedback(session: Session, sitting: Sitting, enrolment: Enrolment) -> bool:
    """Whether the person knows the keys from an attempt that was voided."""
    read = exists().where(
        Attempt.sitting_id == sitting.id,
        Attempt.enrolment_id == enrolment.id,
        Attempt.feedback_at.is_not(None),
    )
    return sitting.phase.counted and bool(session.scalar(select(read)))


def respond(session: Session, attempt: Attempt, given: Given, now: datetime) -> Stored:
    """Keep a response and return what is stored, which is the newer of the two.

    The same or an older revision changes nothing, so a phone may send again; in *per soal* mode
    the first response stays. Raises Closed when the attempt takes nothing at this time and this is
    no repetition, KeyError for a position it does not have, BadResponse for what the item does not
    offer.
    """
    asked = asked_in(session, attempt)[given.position]
    verdict = attempt.times.accepts(now, given.given_at)
    if not verdict.accepted:
        return _repeated(session, attempt, given)
    chosen = ITEM_TYPES[asked.item.type].read(asked.item, list(given.values))
    if given.confidence not in {None, *SURENESS}:
        raise BadResponse("Tingkat keyakinan harus 1, 2, atau 3.")
    when = now if given.given_at is None else given.given_at
    row = {
        "attempt_id": attempt.id,
        "position": given.position,
        "item_version_id": asked.version_id,
        "chosen": list(chosen),
        "confidence": given.confidence,
        "revision": given.revision,
        "given_at": min(max(when, attempt.started_at), now),
        "saved_at": now,
        "late": verdict.late,
    }
    if _upsert(session, row, replace=not attempt.sitting.per_item):
        if attempt.sitting.keys_out(now) and not verdict.late:
            attempt.after_release = True
        return Stored(list(chosen), given.confidence, given.revision, now, verdict.late)
    kept = _stored(session, attempt.id, given.position)
    assert kept is not None  # noqa: S101  # for the type checker; a conflict means there is a row
    return kept


def _repeated(session: Session, attempt: Attempt, given: Given) -> Stored:
    """What is stored, if it is what arrives again or newer: its first reply may have been lost."""
    stored = _stored(session, attempt.id, given.position)
    if stored is None or stored.revision < given.revision:
        raise Closed("Pengerjaan ini sudah ditutup. Jawaban yang sudah diterima tetap tersimpan.")
    return stored


def _upsert(session: Session, row: dict[str, Any], *, replace: bool) -> bool:
    """Insert, or replace an older revision; False when what is stored stays."""
    statement = _upsert_statement(session.get_bind().dialect.name, replace)
    return session.execute(statement, row).first() is not None


@lru_cache
def _upsert_statement(dialect: str, replace: bool) -> Executable:
    insert = (postgresql.insert if dialect == "postgresql" else sqlite.insert)(StoredResponse)
    if replace:
        fresh = {name: insert.excluded[name] for name in _REPLACED}
        newer = StoredResponse.revision < insert.excluded.revision
        insert = insert.on_conflict_do_update(index_elements=_KEY, set_=fresh, where=newer)
    else:
        insert = insert.on_conflict_do_nothing(index_elements=_KEY)
    return insert.returning(StoredResponse.id)


def _stored(session: Session, attempt_id: int, position: int) -> Stored | None:
    row = session.execute(
        select(
            StoredResponse.chosen,
            StoredResponse.confidence,
            StoredResponse.revision,
            StoredResponse.saved_at,
            StoredResponse.late,
        ).where(StoredResponse.attempt_id == attempt_id, StoredResponse.position == position)
    ).first()
    return None if row is None else Stored(*row)


def hand_in(
    session: Session,
    attempt: Attempt,
    held: Iterable[Given],
    receipt: str,
    now: datetime,
    by: HandedInBy = HandedInBy.PERSON,
) -> list[tuple[int, str]]:
    """Keep what the phone still holds, then close the attempt; repeating it changes nothing.

    Returns (position, reason) of what could not be kept. The person's hand-in is final. The
    clock's ends nothing: it notes that this phone holds no more, and while there is time left (the
    phone's clock was wrong, or more was given) not even that.
    """
    rejected: list[tuple[int, str]] = []
    for given in held:
        try:
            respond(session, attempt, given, now)
        except Closed as error:
            rejected.append((given.position, str(error)))
        except (BadResponse, KeyError) as error:
            reason = str(error) if isinstance(error, BadResponse) else "Soal ini tidak ada."
            rejected.append((given.position, reason))
    state = attempt.state(now)
    if by is HandedInBy.CLOCK and state is AttemptState.RUNNING:
        return rejected
    if state is not AttemptState.FINISHED:
        if by is HandedInBy.PERSON:
            attempt.submitted_at = now
        else:
            attempt.clocked_at = now
    attempt.receipt = attempt.receipt or receipt
    return rejected
