"""What comes after an attempt: the receipt, and the feedback when it may be seen."""

from datetime import UTC, datetime
from typing import Any

from flask import Blueprint, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from quiz.assessment.attempt_state import AttemptState
from quiz.database import db
from quiz.formats import when_id
from quiz.models import Attempt
from quiz.permissions import Permission
from quiz.queries.scores.computed import computed_score
from quiz.queries.scores.contested.contests import told_beside
from quiz.queries.taking.attempt_page import items_to_answer, items_with_feedback
from quiz.queries.taking.change import change_of
from quiz.queries.taking.home import home_of
from quiz.queries.taking.keys import feedback_allowed, opens_by
from quiz.web.access import requires
from quiz.web.keys import receipt_of
from quiz.web.loaders.taking import own_attempt_or_404

bp = Blueprint("feedback", __name__)


@bp.get("/kuis/<uid>/hasil")
@requires(Permission.TAKE_QUIZ, writes=True)
def page(uid: str) -> ResponseReturnValue:
    now = datetime.now(UTC)
    attempt = own_attempt_or_404(uid, lock=True)
    state = attempt.state(now)
    if state is AttemptState.RUNNING:
        end = when_id(attempt.times.end_at, now)
        flash(f"Waktu Anda belum habis: kuis berlanjut sampai {end}.", "info")
        return redirect(url_for("attempts.take", uid=uid), 303)
    if not feedback_allowed(db.session, attempt, now):
        return _receipt_page(attempt, state, now)
    attempt.open_feedback(now)
    db.session.commit()
    return render_template(
        "taking/feedback/page.html",
        told=told_beside(db.session, attempt),
        asks_evaluation=_asks_evaluation(attempt, now),
        **_feedback(attempt, now),
    )


@bp.get("/kuis/<uid>/hasil/simpan")
@requires(Permission.TAKE_QUIZ, writes=True)
def keep(uid: str) -> ResponseReturnValue:
    """The feedback as a page to print or to save: whole, and without anything to press."""
    now = datetime.now(UTC)
    attempt = own_attempt_or_404(uid, lock=True)
    if not feedback_allowed(db.session, attempt, now):
        return redirect(url_for("feedback.page", uid=uid), 303)
    attempt.open_feedback(now)
    db.session.commit()
    return render_template("taking/feedback/keep.html", now=now, **_feedback(attempt, now))


def _feedback(attempt: Attempt, now: datetime) -> dict[str, Any]:
    """What both pages say."""
    entries = items_with_feedback(db.session, attempt)
    own = computed_score(db.session, attempt, now)
    return {
        "attempt": attempt,
        "sitting": attempt.sitting,
        "receipt": receipt_of(attempt),
        "entries": entries,
        "sure_but_wrong": [entry for entry in entries if entry.sure_but_wrong],
        "points": own.knowledge_points,
        "maximum": own.knowledge_max,
        "change": change_of(db.session, attempt, now),
    }


def _asks_evaluation(attempt: Attempt, now: datetime) -> bool:
    return home_of(db.session, attempt.enrolment, now).asks_evaluation


def _receipt_page(attempt: Attempt, state: AttemptState, now: datetime) -> ResponseReturnValue:
    entries = items_to_answer(db.session, attempt)
    return render_template(
        "taking/feedback/receipt.html",
        attempt=attempt,
        sitting=attempt.sitting,
        receipt=receipt_of(attempt),
        state=state,
        entries=entries,
        answered=sum(bool(entry.chosen) for entry in entries),
        total=len(entries),
        opens_by=opens_by(attempt, now),
        asks_evaluation=_asks_evaluation(attempt, now),
        now=now,
    )
