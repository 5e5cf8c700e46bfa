"""A participant's attempt: start, answer, submit, learn. The contract's attempt page."""

from collections.abc import Iterator
from datetime import UTC, datetime
from typing import Any

from flask import (
    Blueprint,
    abort,
    current_app,
    flash,
    jsonify,
    make_response,
    redirect,
    render_template,
    request,
    url_for,
)
from flask.typing import ResponseReturnValue
from flask_wtf.csrf import generate_csrf
from sqlalchemy import select

from quiz.access import me, requires
from quiz.assessment.attempt_state import AttemptState
from quiz.assessment.item import BadResponse
from quiz.codes import receipt
from quiz.db import db
from quiz.errors import ApiError
from quiz.forms import Form
from quiz.models import Attempt, Enrolment, Sitting
from quiz.models.attempts import ResponseRow
from quiz.models.events import FeedbackMode, Phase
from quiz.models.scoring import computed_score, score
from quiz.models.taking import (
    Closed,
    Given,
    Stored,
    current_attempt,
    respond,
    responses_of,
    start_attempt,
    submit,
)
from quiz.permissions import Permission
from quiz.queries.attempt_page import (
    Entry,
    entries_to_answer,
    entries_with_feedback,
    feedback_allowed,
)
from quiz.queries.attempts import own_attempt

bp = Blueprint("attempts", __name__)

LARGEST_RESPONSE = 4_096
LARGEST_SUBMISSION = 262_144


def _own(uid: str, *, lock: bool = False, saving: bool = False) -> Attempt:
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


def _receipt(attempt: Attempt) -> str:
    return attempt.receipt or receipt(attempt.uid, current_app.extensions["quiz.settings"].card_key)


@bp.post("/sesi/<uid>/mulai")
@requires(Permission.TAKE_QUIZ)
def start(uid: str) -> ResponseReturnValue:
    now = datetime.now(UTC)
    identity = me()
    found = db.session.execute(
        select(Sitting, Enrolment)
        .join(Enrolment, Enrolment.event_id == Sitting.event_id)
        .where(
            Sitting.uid == uid,
            Enrolment.user_id == identity.user_id,
            Enrolment.removed_at.is_(None),
        )
    ).first()
    if found is None or identity.enrolment_id not in {None, found[1].id}:
        abort(404)
    try:
        attempt = start_attempt(db.session, found[0], found[1], now)
    except Closed as error:
        abort(409, description=str(error))
    db.session.commit()
    return redirect(url_for("attempts.take", uid=attempt.uid), 303)


@bp.get("/kuis/<uid>")
@requires(Permission.TAKE_QUIZ, writes=True)
def take(uid: str) -> ResponseReturnValue:
    now = datetime.now(UTC)
    attempt = _own(uid, lock=True)
    if attempt.state(now) is not AttemptState.RUNNING:
        return redirect(url_for("attempts.feedback", uid=uid), 303)
    attempt.opened += request.method == "GET"
    entries = entries_to_answer(db.session, attempt)
    db.session.commit()
    page = render_template(
        "attempts/take.html",
        attempt=attempt,
        sitting=attempt.sitting,
        entries=entries,
        server_now=now,
        end_at=attempt.times.end_at,
        accepts_until=attempt.times.accepts_until,
        state=attempt.state(now),
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
    attempt = _own(uid, lock=True)
    kept_newer = _save_changed(attempt, now)
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
    numbers = {e.position: e.number for e in entries_to_answer(db.session, attempt)}
    stayed = []
    for given in _changed(numbers, now):
        try:
            row = respond(db.session, attempt, given, now)
        except Closed as error:
            abort(409, description=str(error))
        except BadResponse as error:
            abort(400, description=f"Soal {numbers[given.position]}: {error}")
        if row.revision != given.revision or set(row.chosen) != set(given.values):
            stayed.append(numbers[given.position])
    return sorted(stayed)


def _changed(positions: dict[int, int], now: datetime) -> Iterator[Given]:
    base = request.form.get("base", "")
    if not base.isdecimal() or len(base) > 18:
        abort(400, description="Halaman kuis tidak lengkap. Muat ulang halamannya.")
    for position in positions:
        rendered = request.form.get(f"asal-{position}")
        if rendered is None:
            continue
        values = [v for v in request.form.getlist(f"jawaban-{position}") if v]
        sure = request.form.get(f"yakin-{position}", "")
        was_sure = request.form.get(f"asal-yakin-{position}", sure)
        if set(values) == set(filter(None, rendered.split(","))) and sure == was_sure:
            continue
        confidence = int(sure) if sure in {"1", "2", "3"} else None
        yield Given(position, values, confidence, int(base) + 1, now)


def _payload(largest: int) -> dict[str, Any]:
    if (request.content_length or 0) > largest:
        raise ApiError(413, "too_large", "Kiriman terlalu besar.")
    body = request.get_json(silent=True)
    if not isinstance(body, dict):
        raise ApiError(400, "bad_request", "Kiriman bukan JSON yang dikenal.")
    return body


def _given(position: int, body: dict[str, Any]) -> Given:
    """The response in ``body``. Raises ApiError naming the field that is not as agreed."""
    chosen, revision = body.get("chosen"), body.get("revision")
    if not isinstance(chosen, list) or not all(isinstance(c, str) for c in chosen):
        raise ApiError(422, "not_offered", "chosen: isi dengan daftar id opsi.")
    if type(revision) is not int or not 0 < revision < 2**62:
        raise ApiError(422, "not_offered", "revision: isi dengan bilangan bulat positif.")
    confidence = body.get("confidence")
    if confidence is not None and (type(confidence) is not int or not 1 <= confidence <= 3):
        raise ApiError(422, "not_offered", "confidence: isi 1, 2, 3, atau null.")
    return Given(position, chosen, confidence, revision, _moment(body.get("at")))


def _moment(text: object) -> datetime | None:
    try:
        moment = datetime.fromisoformat(text) if isinstance(text, str) else None
    except ValueError as error:
        raise ApiError(422, "not_offered", "at: isi dengan waktu ISO 8601.") from error
    return moment.replace(tzinfo=UTC) if moment and moment.tzinfo is None else moment


def _stored(row: Stored | ResponseRow) -> dict[str, Any]:
    return {
        "revision": row.revision,
        "chosen": row.chosen,
        "confidence": row.confidence,
        "saved_at": _iso(row.saved_at),
    }


def _iso(moment: datetime) -> str:
    return moment.astimezone(UTC).isoformat().replace("+00:00", "Z")


@bp.put("/kuis/<uid>/jawaban/<int:position>")
@requires(Permission.TAKE_QUIZ, api=True)
def save_response(uid: str, position: int) -> ResponseReturnValue:
    now = datetime.now(UTC)
    given = _given(position, _payload(LARGEST_RESPONSE))
    attempt = _own(uid, lock=True, saving=True)
    try:
        row = respond(db.session, attempt, given, now)
    except Closed as error:
        raise ApiError(409, "closed", str(error)) from error
    except KeyError as error:
        raise ApiError(404, "other_person", "Soal ini tidak ada pada kuis Anda.") from error
    except BadResponse as error:
        raise ApiError(422, "not_offered", str(error)) from error
    answer = _stored(row)
    if attempt.sitting.feedback_mode == FeedbackMode.PER_ITEM:
        answer["feedback"] = _item_feedback(attempt, position)
    db.session.commit()
    return jsonify(answer)


def _item_feedback(attempt: Attempt, position: int) -> dict[str, Any] | None:
    entries = {e.position: e for e in entries_to_answer(db.session, attempt)}
    review = entries[position].feedback
    if review is None:
        return None
    return {
        "right": review.right,
        "options": [{"id": o.id, "key": o.is_key, "feedback": o.reason} for o in review.options],
        "explanation": review.explanation,
    }


@bp.get("/kuis/<uid>/keadaan")
@requires(Permission.TAKE_QUIZ, api=True)
def state(uid: str) -> ResponseReturnValue:
    now = datetime.now(UTC)
    attempt = _own(uid)
    rows = responses_of(db.session, attempt)
    return jsonify(
        csrf=generate_csrf(),
        now=_iso(now),
        end=_iso(attempt.times.end_at),
        accepts_until=_iso(attempt.times.accepts_until),
        state=attempt.state(now).value,
        opened=attempt.opened,
        base=attempt.revision_base,
        receipt=attempt.receipt,
        responses=[{"position": p, **_stored(row)} for p, row in sorted(rows.items())],
    )


@bp.post("/kuis/<uid>/selesai")
@requires(Permission.TAKE_QUIZ, api=True)
def finish(uid: str) -> ResponseReturnValue:
    return _finish_json(uid) if request.is_json else _finish_form(uid)


def _finish_json(uid: str) -> ResponseReturnValue:
    now = datetime.now(UTC)
    held = _payload(LARGEST_SUBMISSION).get("responses", [])
    if not isinstance(held, list) or not all(isinstance(r, dict) for r in held):
        raise ApiError(422, "not_offered", "responses: isi dengan daftar jawaban.")
    attempt = _own(uid, lock=True)
    given, rejected = [], []
    for entry in held:
        position = entry.get("position")
        if type(position) is not int:
            raise ApiError(422, "not_offered", "position: isi dengan nomor soal.")
        try:
            given.append(_given(position, entry))
        except ApiError as error:
            rejected.append((position, error.message))
    rejected += submit(db.session, attempt, given, _receipt(attempt), now)
    code = _close_and_score(attempt, now)
    return jsonify(
        receipt=code,
        submitted_at=_iso(attempt.submitted_at or attempt.times.end_at),
        rejected=[{"position": p, "reason": reason} for p, reason in rejected],
        next=url_for("attempts.feedback", uid=uid),
    )


def _finish_form(uid: str) -> ResponseReturnValue:
    now = datetime.now(UTC)
    attempt = _own(uid, lock=True)
    if attempt.state(now) is not AttemptState.FINISHED:
        _save_changed(attempt, now)
    submit(db.session, attempt, [], _receipt(attempt), now)
    _close_and_score(attempt, now)
    return redirect(url_for("attempts.feedback", uid=uid), 303)


def _close_and_score(attempt: Attempt, now: datetime) -> str:
    db.session.flush()
    if attempt.state(now) is AttemptState.FINISHED:
        score(db.session, attempt, now)
    code = _receipt(attempt)
    db.session.commit()
    return code


@bp.get("/kuis/<uid>/hasil")
@requires(Permission.TAKE_QUIZ)
def feedback(uid: str) -> ResponseReturnValue:
    now = datetime.now(UTC)
    attempt = _own(uid)
    sitting = attempt.sitting
    state = attempt.state(now)
    if state is AttemptState.RUNNING:
        return redirect(url_for("attempts.take", uid=uid), 303)
    if not feedback_allowed(attempt, sitting, now):
        return _receipt_page(attempt, state, now)
    entries = entries_with_feedback(db.session, attempt)
    return render_template(
        "attempts/feedback.html",
        attempt=attempt,
        sitting=sitting,
        receipt=_receipt(attempt),
        entries=entries,
        sure_but_wrong=[entry for entry in entries if entry.sure_but_wrong],
        summary=_summary(attempt, entries, now),
    )


def _receipt_page(attempt: Attempt, state: AttemptState, now: datetime) -> ResponseReturnValue:
    entries = entries_to_answer(db.session, attempt)
    return render_template(
        "attempts/receipt.html",
        attempt=attempt,
        sitting=attempt.sitting,
        receipt=_receipt(attempt),
        state=state,
        entries=entries,
        answered=sum(bool(entry.chosen) for entry in entries),
        total=len(entries),
        now=now,
    )


def _summary(attempt: Attempt, entries: list[Entry], now: datetime) -> dict[str, Any]:
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
    if attempt.sitting.phase not in {Phase.POST, Phase.FOLLOW_UP}:
        return None
    pre = db.session.scalar(
        select(Sitting)
        .where(Sitting.event_id == attempt.sitting.event_id, Sitting.phase == Phase.PRE)
        .order_by(Sitting.opens_at)
        .limit(1)
    )
    earlier = current_attempt(db.session, pre, attempt.enrolment) if pre else None
    if earlier is None or earlier.state(now) is not AttemptState.FINISHED:
        return None
    earned = computed_score(db.session, earlier, now)
    return {"points": earned.knowledge_points, "maximum": earned.knowledge_max}
