"""A participant's attempt: start it, answer on its page, hand it in."""

from datetime import UTC, datetime

from flask import (
    Blueprint,
    abort,
    flash,
    jsonify,
    make_response,
    redirect,
    render_template,
    request,
    url_for,
)
from flask.typing import ResponseReturnValue

from quiz.actions.scores.scoring import score
from quiz.actions.taking.taking import Closed, hand_in, respond, start_attempt
from quiz.assessment.attempt_state import AttemptState
from quiz.assessment.items.item import BadResponse
from quiz.database import db
from quiz.models import Attempt
from quiz.permissions import Permission
from quiz.queries.taking.asked import asked_in
from quiz.queries.taking.attempt_page import items_to_answer
from quiz.views.taking._given import (
    changed_on_page,
    handed_in_by,
    held_in,
    note_notice,
    waiting_in,
)
from quiz.web.access import requires
from quiz.web.errors import ApiError
from quiz.web.forms import Form
from quiz.web.keys import receipt_of
from quiz.web.loaders.taking import own_attempt_or_404, own_sitting_or_404
from quiz.web.payload import LARGEST_SUBMISSION, iso, payload

bp = Blueprint("attempts", __name__)


@bp.post("/sesi/<uid>/mulai")
@requires(Permission.TAKE_QUIZ)
def start(uid: str) -> ResponseReturnValue:
    now = datetime.now(UTC)
    own = own_sitting_or_404(uid)
    try:
        attempt = start_attempt(db.session, *own, now)
    except Closed as error:
        abort(409, description=str(error))
    note_notice(own[1], now)
    db.session.commit()
    return redirect(url_for("attempts.take", uid=attempt.uid), 303)


@bp.get("/kuis/<uid>")
@requires(Permission.TAKE_QUIZ, writes=True)
def take(uid: str) -> ResponseReturnValue:
    now = datetime.now(UTC)
    attempt = own_attempt_or_404(uid, lock=True)
    if attempt.state(now) is not AttemptState.RUNNING:
        return redirect(url_for("feedback.page", uid=uid), 303)
    attempt.opened += 1
    entries = items_to_answer(db.session, attempt)
    db.session.commit()
    page = render_template(
        "taking/attempts/take.html",
        attempt=attempt,
        address=url_for("attempts.take", uid=uid),
        finish=url_for("attempts.finish", uid=uid),
        journal=uid,
        revision_base=attempt.revision_base,
        sitting=attempt.sitting,
        entries=entries,
        server_now=now,
        end_at=attempt.times.end_at,
        form=Form(),
    )
    reply = make_response(page)
    reply.headers["Cache-Control"] = "private, no-cache"
    return reply


@bp.post("/kuis/<uid>")
@requires(Permission.TAKE_QUIZ)
def save_page(uid: str) -> ResponseReturnValue:
    """The whole page without JavaScript: only what differs from its rendering is stored."""
    now = datetime.now(UTC)
    attempt = own_attempt_or_404(uid, lock=True)
    kept_newer = _save_changed(attempt, now)
    attempt.hear(None, now)
    db.session.commit()
    if kept_newer:
        numbers = ", ".join(str(position) for position in kept_newer)
        flash(
            f"Tidak diganti karena sudah ada jawaban yang lebih baru: soal {numbers}.", "attention"
        )
    else:
        flash("Jawaban tersimpan di server.", "success")
    return redirect(url_for("attempts.take", uid=uid), 303)


def _save_changed(attempt: Attempt, now: datetime) -> list[int]:
    """Store what the form changed; returns page numbers where a newer response stayed."""
    numbers = {e.position: e.number for e in items_to_answer(db.session, attempt)}
    stayed = []
    for given in changed_on_page(numbers, now):
        try:
            row = respond(db.session, attempt, given, now)
        except Closed as error:
            abort(409, description=str(error))
        except BadResponse as error:
            abort(400, description=f"Soal {numbers[given.position]}: {error}")
        if row.revision != given.revision or set(row.chosen) != set(given.values):
            stayed.append(numbers[given.position])
    return sorted(stayed)


@bp.post("/kuis/<uid>/selesai")
@requires(Permission.TAKE_QUIZ, api=True)
def finish(uid: str) -> ResponseReturnValue:
    return _finish_json(uid) if request.is_json else _finish_form(uid)


def _finish_json(uid: str) -> ResponseReturnValue:
    now = datetime.now(UTC)
    body = payload(LARGEST_SUBMISSION)
    (given, rejected), by, waiting = held_in(body), handed_in_by(body), waiting_in(body)
    attempt = own_attempt_or_404(uid, lock=True)
    _refuse_more_than_asked(attempt, len(given) + len(rejected))
    rejected += hand_in(db.session, attempt, given, receipt_of(attempt), now, by)
    attempt.hear(waiting or 0, now)
    _close_and_score(attempt, now)
    state = attempt.state(now)
    running = state is AttemptState.RUNNING
    return jsonify(
        receipt=None if running else receipt_of(attempt),
        submitted_at=None if running else iso(attempt.submitted_at or attempt.times.end_at),
        state=state.value,
        rejected=[{"position": p, "reason": reason} for p, reason in rejected],
        next=url_for("attempts.take" if running else "feedback.page", uid=uid),
    )


def _refuse_more_than_asked(attempt: Attempt, held: int) -> None:
    """A phone holds at most one response to each item; more is no phone of ours."""
    items = len(asked_in(db.session, attempt))
    if held > items:
        sentence = f"responses: paling banyak {items} jawaban, satu untuk tiap soal."
        raise ApiError(422, "not_offered", sentence)


def _finish_form(uid: str) -> ResponseReturnValue:
    now = datetime.now(UTC)
    attempt = own_attempt_or_404(uid, lock=True)
    if attempt.state(now) is not AttemptState.FINISHED:
        _save_changed(attempt, now)
    hand_in(db.session, attempt, [], receipt_of(attempt), now)
    attempt.hear(0, now)
    _close_and_score(attempt, now)
    return redirect(url_for("feedback.page", uid=uid), 303)


def _close_and_score(attempt: Attempt, now: datetime) -> None:
    db.session.flush()
    if attempt.state(now) is AttemptState.FINISHED:
        score(db.session, attempt, now)
    db.session.commit()
