"""Crossing pre-test and post-test: both get the same two forms, each half of the people another."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy.orm import Session

from quiz.actions.events.preparing import mark_anchors, prepare, unprepare
from quiz.assessment.forms.form import Gap
from quiz.models.events.events import Event, Phase, Sitting
from quiz.models.refusals import Refused
from quiz.queries.events.events import sittings_with_quiz
from quiz.queries.events.prepared import has_attempts, roster_statuses


def refusal_to_cross(session: Session, sittings: Sequence[Sitting]) -> str | None:
    """Why an event with these sittings cannot be crossed, and the way out; None where it can."""
    pre, post = (
        [each for each in sittings if each.phase is phase] for phase in (Phase.PRE, Phase.POST)
    )
    if len(pre) != 1 or len(post) != 1:
        return (
            "Yang disilangkan adalah satu pre-test dan satu post-test. Kegiatan ini punya "
            f"{len(pre)} pre-test dan {len(post)} post-test: tambah yang belum ada, atau hapus "
            "yang lebih."
        )
    if pre[0].quiz_id != post[0].quiz_id:
        return (
            "Pre-test dan post-test harus memakai kuis yang sama, supaya kedua formulir soalnya "
            "setara. Ubah dulu kuis salah satunya."
        )
    begun = next((each for each in (*pre, *post) if has_attempts(session, each)), None)
    return _begun(begun) if begun else None


def refusal_to_uncross(session: Session, sitting: Sitting) -> str | None:
    """Why a crossed sitting has to stay so; None where nobody has begun it nor its twin."""
    begun = next((each for each in sitting.pair if has_attempts(session, each)), None)
    return _begun(begun) if begun else None


def _begun(sitting: Sitting) -> str:
    return (
        f"{sitting.label} sudah dikerjakan, jadi formulir soalnya tidak dapat diganti. Yang sudah "
        "dijawab akan kehilangan soalnya."
    )


def cross(session: Session, event: Event, now: datetime, seed: str) -> list[Gap]:
    """Cross the event's pre-test and post-test, and prepare them where somebody is on the roster.

    Returns the gaps that prevent it; then the caller undoes what was begun. Raises Refused where
    ``refusal_to_cross`` says why.
    """
    sittings = _locked(session, sittings_with_quiz(session, event))
    refusal = refusal_to_cross(session, sittings)
    if refusal:
        raise Refused(refusal)
    tests = [each for each in sittings if each.phase in (Phase.PRE, Phase.POST)]
    for each in tests:
        unprepare(session, each)
        each.crossed = True
    session.flush()
    mark_anchors(session, event.id)
    return prepare(session, tests[0], now, seed) if roster_statuses(session, event.id) else []


def uncross(session: Session, sitting: Sitting) -> None:
    """Let a crossed sitting and its twin hold one form each, for which both have to be prepared.

    One that somebody has begun keeps its two forms. The caller sees to it that nobody has begun
    ``sitting`` itself.
    """
    for each in _locked(session, sitting.pair):
        if not has_attempts(session, each):
            unprepare(session, each)
            each.crossed = False
    session.flush()
    mark_anchors(session, sitting.event_id)


def _locked(session: Session, sittings: Sequence[Sitting]) -> Sequence[Sitting]:
    """The same, so that nobody starts an attempt meanwhile."""
    session.flush()
    for each in sorted(sittings, key=lambda each: each.id):
        session.refresh(each, with_for_update=True)
    return sittings
