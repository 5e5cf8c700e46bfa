"""The JSON side of an attempt: one response at a time, and the state the phone compares with."""

from datetime import UTC, datetime
from typing import Any

from flask import Blueprint, jsonify
from flask.typing import ResponseReturnValue
from flask_wtf.csrf import generate_csrf

from quiz.actions.taking.taking import Closed, Stored, respond
from quiz.assessment.items.item import BadResponse
from quiz.database import db
from quiz.models import Attempt
from quiz.models.taking.attempts import StoredResponse
from quiz.permissions import Permission
from quiz.queries.taking.asked import responses_of
from quiz.queries.taking.attempt_page import review_of_locked
from quiz.queries.taking.keys import attempt_word
from quiz.views.taking._given import given_in, waiting_in
from quiz.web.access import requires
from quiz.web.errors import ApiError
from quiz.web.loaders.taking import own_attempt_or_404
from quiz.web.payload import LARGEST_RESPONSE, iso, payload

bp = Blueprint("responses", __name__)


@bp.put("/kuis/<uid>/jawaban/<int:position>")
@requires(Permission.TAKE_QUIZ, api=True)
def save_response(uid: str, position: int) -> ResponseReturnValue:
    now = datetime.now(UTC)
    body = payload(LARGEST_RESPONSE)
    given, waiting = given_in(position, body), waiting_in(body)
    attempt = own_attempt_or_404(uid, lock=True, saving=True)
    try:
        row = respond(db.session, attempt, given, now)
    except Closed as error:
        raise ApiError(409, "closed", str(error)) from error
    except KeyError as error:
        raise ApiError(404, "other_person", "Soal ini tidak ada pada kuis Anda.") from error
    except BadResponse as error:
        raise ApiError(422, "not_offered", str(error)) from error
    attempt.hear(waiting, now, row.saved_at)
    answer = _stored(row)
    if attempt.sitting.per_item:
        answer["feedback"] = _item_feedback(attempt, position)
    db.session.commit()
    return jsonify(answer)


def _item_feedback(attempt: Attempt, position: int) -> dict[str, Any] | None:
    review = review_of_locked(db.session, attempt, position)
    if review is None:
        return None
    return {
        "right": review.right,
        "options": [{"id": o.id, "key": o.is_key, "feedback": o.reason} for o in review.options],
        "explanation": review.explanation,
        "turns_on": review.turns_on,
    }


@bp.get("/kuis/<uid>/keadaan")
@requires(Permission.TAKE_QUIZ, api=True)
def state(uid: str) -> ResponseReturnValue:
    now = datetime.now(UTC)
    attempt = own_attempt_or_404(uid)
    rows = responses_of(db.session, attempt)
    return jsonify(
        csrf=generate_csrf(),
        now=iso(now),
        end=iso(attempt.times.end_at),
        accepts_until=iso(attempt.times.accepts_until),
        state=attempt.state(now).value,
        opened=attempt.opened,
        base=attempt.revision_base,
        receipt=attempt.receipt,
        word=attempt_word(db.session, attempt, now),
        responses=[{"position": p, **_stored(row)} for p, row in sorted(rows.items())],
    )


def _stored(row: Stored | StoredResponse) -> dict[str, Any]:
    return {
        "revision": row.revision,
        "chosen": row.chosen,
        "confidence": row.confidence,
        "saved_at": iso(row.saved_at),
    }
