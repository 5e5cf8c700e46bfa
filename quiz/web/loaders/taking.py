"""A participant's own attempts, sittings and invitations, named in an address."""

from datetime import datetime

from flask import abort

from quiz.assessment.items.item import Item
from quiz.database import db
from quiz.models import (
    Attempt,
    Enrolment,
    Sitting,
)
from quiz.queries.people.settings import practice_item
from quiz.queries.taking.attempt_page import PageItem, items_with_feedback
from quiz.queries.taking.attempts import own_attempt, own_enrolments, own_sitting
from quiz.queries.taking.extra_time import attempt_at
from quiz.queries.taking.own_data import own_place
from quiz.web.access import me
from quiz.web.loaders import found, missing


def own_attempt_or_404(uid: str, *, lock: bool = False, saving: bool = False) -> Attempt:
    """The attempt ``uid`` if it belongs to whoever asks; see queries.attempts.own_attempt."""
    identity = me()
    attempt = own_attempt(
        db.session,
        uid,
        user_id=identity.user_id,
        enrolment_id=identity.enrolment_id,
        lock=lock,
        saving=saving,
    )
    if attempt is None:
        abort(404)
    return attempt


def own_sitting_or_404(uid: str) -> tuple[Sitting, Enrolment]:
    """The sitting ``uid`` of an event whoever asks is invited to, and that invitation."""
    identity = me()
    own = own_sitting(db.session, uid, user_id=identity.user_id, enrolment_id=identity.enrolment_id)
    if own is None:
        abort(404)
    return own


def own_enrolment_or_404(uid: str, now: datetime) -> Enrolment:
    """The invitation ``uid`` if it is one that whoever asks has today."""
    identity = me()
    mine = own_enrolments(
        db.session, user_id=identity.user_id, enrolment_id=identity.enrolment_id, now=now
    )
    for enrolment in mine:
        if enrolment.uid == uid:
            return enrolment
    abort(404)


def own_place_or_404(uid: str) -> Enrolment:
    """The place ``uid`` on a roster if it belongs to whoever asks, however long ago that was."""
    identity = me()
    place = own_place(db.session, uid, user_id=identity.user_id, enrolment_id=identity.enrolment_id)
    if place is None:
        abort(404)
    return place


def attempt_at_or_404(sitting: Sitting, uid: str) -> Attempt:
    """The attempt ``uid`` at this sitting, with its person."""
    return found(
        attempt_at(db.session, sitting, uid),
        "Pengerjaan ini tidak ada pada sesi ini, atau sudah dibatalkan. Buka lagi papan langsung.",
    )


def practice_item_or_404() -> Item:
    """The item everybody may try; it is loaded with the starting stock."""
    return found(
        practice_item(db.session),
        "Soal latihan belum dimuat. Petugas perlu memuat folder questions.",
    )


def page_item_or_404(attempt: Attempt, position: int) -> PageItem:
    """The item at that position of the attempt, with its feedback."""
    for item in items_with_feedback(db.session, attempt):
        if item.position == position:
            return item
    missing("Soal ini tidak ada pada kuis Anda.")
