"""Deleting what nobody has worked in, and putting away what somebody has."""

from datetime import datetime

from sqlalchemy import delete, select, update
from sqlalchemy.orm import Session

from quiz.actions.events.crossing import uncross
from quiz.actions.events.merging import part_people
from quiz.actions.events.preparing import mark_anchors, unprepare
from quiz.assessment.attempt_state import SittingState
from quiz.formats import datetime_id
from quiz.models import (
    ActivityReport,
    CoveredPassage,
    Edition,
    Enrolment,
    EvaluationBox,
    Event,
    EventMinutes,
    FormChoice,
    JoinRequest,
    PeopleMerge,
    Presence,
    RosterDraft,
    SetAside,
    Sitting,
    StoredSlot,
    SubjectRequest,
    UnitLink,
)
from quiz.models.refusals import Refused
from quiz.queries.events.doubles.likely import merges_in
from quiz.queries.events.doubles.merge_plan import leaned_on
from quiz.queries.events.prepared import has_attempts, work_in


def refusal_to_delete_sitting(session: Session, sitting: Sitting) -> str | None:
    """Why the sitting has to stay; None where nobody has started there."""
    if not has_attempts(session, sitting):
        return None
    return (
        f"{sitting.label} sudah dikerjakan, jadi tidak dapat dihapus: jawabannya akan "
        "hilang. Tutup saja sesinya."
    )


def delete_sitting(session: Session, sitting: Sitting) -> None:
    """Delete a sitting with its form. Raises Refused once somebody has started there."""
    session.flush()
    session.refresh(sitting, with_for_update=True)  # nobody starts while it goes
    refusal = refusal_to_delete_sitting(session, sitting)
    if refusal:
        raise Refused(refusal)
    event_id = sitting.event_id
    if sitting.crossed:
        uncross(session, sitting)
    unprepare(session, sitting)
    session.delete(sitting)
    session.flush()
    mark_anchors(session, event_id)


def refusal_to_delete_event(session: Session, event: Event) -> str | None:
    """Why the event has to stay, and the way out; None where nobody has worked in it."""
    if event.erased_words:
        return f"{event.erased_words} Edisi laporannya harus tetap ada."
    work = work_in(session, event)
    if work is None:
        return None
    phase, when = work.first.sitting.label, datetime_id(work.first.started_at)
    words = (
        f"Kegiatan ini tidak dapat dihapus: {work.persons} orang sudah mengerjakan, yang pertama "
        f"{phase} pada {when}. Jawaban yang sudah ada harus tetap tersimpan."
    )
    if event.archived_at is not None:
        return words
    return f"{words} Arsipkan saja: kegiatan hilang dari daftar, jawaban dan laporannya tetap ada."


def delete_event(session: Session, event: Event) -> None:
    """Delete an event with its roster, sittings and forms; people, units and quizzes stay.

    Who was merged there is two people again, unless another event's merge rests on it. Raises
    Refused once somebody has worked in it.
    """
    session.flush()
    session.refresh(event, with_for_update=True)
    here = Sitting.event_id == event.id
    session.execute(select(Sitting.id).where(here).with_for_update())  # nobody starts while it goes
    refusal = refusal_to_delete_event(session, event)
    if refusal:
        raise Refused(refusal)
    slots = select(StoredSlot.id).join(StoredSlot.sitting).where(here)
    session.execute(delete(FormChoice).where(FormChoice.slot_id.in_(slots)))
    sittings = select(Sitting.id).where(here)
    session.execute(delete(StoredSlot).where(StoredSlot.sitting_id.in_(sittings)))
    _part_merged(session, event)
    roster = select(Enrolment.id).where(Enrolment.event_id == event.id)
    session.execute(delete(Presence).where(Presence.enrolment_id.in_(roster)))
    asked = update(SubjectRequest).where(SubjectRequest.enrolment_id.in_(roster))
    session.execute(asked.values(enrolment_id=None))  # the person still waits for an answer
    own = (
        Sitting,
        RosterDraft,
        PeopleMerge,
        JoinRequest,
        Enrolment,
        EventMinutes,
        EvaluationBox,
        CoveredPassage,
        ActivityReport,
        Edition,
        UnitLink,
        SetAside,
    )
    for table in own:
        session.execute(delete(table).where(table.event_id == event.id))
    session.execute(delete(Event).where(Event.id == event.id))
    session.expunge(event)


def _part_merged(session: Session, event: Event) -> None:
    """Nothing could take these merges back once their event is gone."""
    for merge in merges_in(session, event):
        if leaned_on(session, merge) is None:
            part_people(session, merge)
    session.flush()


def refusal_to_archive(event: Event, now: datetime) -> str | None:
    """What still goes on in the event, and the way out; None where nothing does."""
    for sitting in event.sittings:
        match sitting.state(now):
            case SittingState.OPEN:
                return f"{sitting.label} masih terbuka. Tutup dulu, lalu arsipkan kegiatannya."
            case SittingState.SCHEDULED:
                return (
                    f"{sitting.label} masih akan terbuka {datetime_id(sitting.opens_at)}. "
                    "Hapus sesi itu, atau arsipkan kegiatannya sesudah sesi itu selesai."
                )
    return None


def archive(session: Session, event: Event, now: datetime) -> None:
    """Take the event out of the lists. Raises Refused while a sitting is or will be open."""
    session.flush()
    session.refresh(event, with_for_update=True)
    refusal = refusal_to_archive(event, now)
    if refusal:
        raise Refused(refusal)
    event.archived_at = event.archived_at or now
