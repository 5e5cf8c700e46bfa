"""What the desk at the door handles, named in an address."""

from flask import abort, request

from quiz.database import db
from quiz.models import Attempt, Enrolment, Event, JoinRequest, Sitting
from quiz.queries.events.desk.waiting import request_waiting
from quiz.queries.taking.attempts import current_attempt
from quiz.web.loaders import missing


def waiting_request_or_409(event: Event, uid: str) -> JoinRequest:
    """The request ``uid`` while it waits; 409 once somebody has settled it, or nobody asked."""
    asked = request_waiting(db.session, event, uid, lock=request.method == "POST")
    if asked is None:
        abort(
            409,
            description="Permintaan ini sudah diputuskan, mungkin oleh petugas lain, atau sudah "
            "lewat. Buka lagi meja depan.",
        )
    return asked


def typed_paper_or_404(sitting: Sitting, enrolment: Enrolment) -> Attempt:
    """The person's attempt at the sitting if it was typed from paper."""
    attempt = current_attempt(db.session, sitting, enrolment)
    if attempt is None or not attempt.on_paper:
        missing(
            f"Kertas {sitting.label} {enrolment.user.name} belum diketik, atau sudah dibatalkan. "
            "Buka lagi halaman Kertas."
        )
    return attempt
