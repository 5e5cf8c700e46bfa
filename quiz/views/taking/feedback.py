"""What comes after an attempt: the receipt, and the feedback when it may be seen."""

from datetime import UTC, datetime
from typing import Any

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from quiz.assessment.attempt_state import AttemptState
from quiz.database import db
from quiz.formats import when_id
from quiz.models import Attempt
from quiz.permissions import Permission
from quiz.queries.scores.computed import computed_score
from quiz.queries.scores.contests import told_beside
from quiz.queries.taking.attempt_page import (
    PageItem,
    items_to_answer,
    items_with_feedback,
)
from quiz.queries.taking.attempts import pre_test_attempt
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
    if request.method == "GET":
        attempt.open_feedback(now)
    db.session.commit()
    entries = items_with_feedback(db.session, attempt)
    summary = _summary(attempt, entries, now)
    told = told_beside(db.session, attempt)
    return render_template(
        "taking/feedback/page.html",
        attempt=attempt,
        sitting=attempt.sitting,
        receipt=receipt_of(attempt),
        entries=entries,
        sure_but_wrong=[entry for entry in entries if entry.sure_but_wrong],
        summary=summary,
        told=told,
    )


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
        now=now,
    )


def _summary(attempt: Attempt, entries: list[PageItem], now: datetime) -> dict[str, Any]:
    """Items right of how many, for knowledge; and the same of the pre-test for a later sitting."""
    own = computed_score(db.session, attempt, now)
    return {
        "points": own.knowledge_points,
        "maximum": own.knowledge_max,
        "answered": own.answered,
        "right": sum(entry.feedback is not None and entry.feedback.right for entry in entries),
        "previous": _previous_score(attempt, now),
    }


def _previous_score(attempt: Attempt, now: datetime) -> dict[str, Any] | None:
    earlier = pre_test_attempt(db.session, attempt)
    if earlier is None or earlier.state(now) is not AttemptState.FINISHED:
        return None
    earned = computed_score(db.session, earlier, now)
    return {"points": earned.knowledge_points, "maximum": earned.knowledge_max}
