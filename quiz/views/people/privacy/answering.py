"""The office's queue of requests about personal data: seen, corrected with one press, answered."""

from datetime import UTC, datetime
from typing import Unpack

from flask import Blueprint, abort, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from wtforms import TextAreaField
from wtforms.validators import DataRequired, Length

from quiz.actions.events.privacy import requesting
from quiz.actions.people.auditing import record
from quiz.database import db
from quiz.models import SubjectRequest
from quiz.models.events.subject_requests import LONGEST_TEXT
from quiz.models.people.audit import Action, Detail, SubjectType
from quiz.models.refusals import Refused
from quiz.permissions import Permission
from quiz.queries.people.privacy.requests import queue, waiting_requests
from quiz.web.access import me, requires
from quiz.web.forms import Form, trimmed
from quiz.web.loaders.people import request_or_404
from quiz.web.paging import PAGE_SIZE, Page, page_number

bp = Blueprint("answering", __name__)


@bp.get("/data-pribadi/permintaan")
@requires(Permission.ANSWER_REQUESTS)
def index() -> ResponseReturnValue:
    answered = request.args.get("tampil") == "terjawab"
    number = page_number()
    rows, total = queue(
        db.session, answered=answered, offset=(number - 1) * PAGE_SIZE, limit=PAGE_SIZE
    )
    return render_template(
        "people/answering/index.html",
        rows=rows,
        person_of=requesting.person_of,
        page=Page(number, total),
        answered=answered,
        waiting=waiting_requests(db.session),
        now=datetime.now(UTC),
    )


class ReplyForm(Form):
    """What the person is told."""

    reply = TextAreaField(
        "Jawaban",
        description="Dibaca orangnya di Data saya: apa yang dilakukan, atau mengapa tidak.",
        validators=[
            DataRequired("Tulis jawabannya."),
            Length(max=LONGEST_TEXT, message=f"Jawaban paling banyak {LONGEST_TEXT} huruf."),
        ],
        filters=[trimmed],
        render_kw={"rows": 4},
    )


@bp.get("/data-pribadi/permintaan/<uid>")
@requires(Permission.ANSWER_REQUESTS)
def page(uid: str) -> ResponseReturnValue:
    return _page(request_or_404(uid), ReplyForm())


@bp.post("/data-pribadi/permintaan/<uid>/betulkan")
@requires(Permission.ANSWER_REQUESTS)
def correct(uid: str) -> ResponseReturnValue:
    now = datetime.now(UTC)
    asked = request_or_404(uid)
    try:
        done = requesting.correct(db.session, asked, me().user_id, now)
    except Refused as refusal:
        abort(409, description=str(refusal))
    return _answered(asked, Action.REQUEST_GRANTED, now, before=done.before, after=done.after)


@bp.post("/data-pribadi/permintaan/<uid>/jawab")
@requires(Permission.ANSWER_REQUESTS)
def answer(uid: str) -> ResponseReturnValue:
    now = datetime.now(UTC)
    asked, form = request_or_404(uid), ReplyForm()
    if not form.validate_on_submit():
        return _page(asked, form), 400
    try:
        requesting.answer(db.session, asked, me().user_id, form.reply.data or "", now)
    except Refused as refusal:
        abort(409, description=str(refusal))
    return _answered(asked, Action.REQUEST_ANSWERED, now)


def _answered(
    asked: SubjectRequest, action: Action, now: datetime, **change: Unpack[Detail]
) -> ResponseReturnValue:
    """Say so in the log, commit, and go on to the next."""
    place = requesting.place_of(asked)
    about: tuple[SubjectType, str] = (
        ("enrolment", place.uid) if place else ("user", requesting.person_of(asked).uid)
    )
    told, detail = asked.reply, Detail(kind=asked.kind.label, **change)
    record(db.session, now, me().user_id, action, about, **detail)
    db.session.commit()
    flash(f"Terjawab: {told}", "success")
    return redirect(url_for("answering.index"), 303)


def _page(asked: SubjectRequest, form: ReplyForm) -> str:
    return render_template(
        "people/answering/page.html",
        asked=asked,
        person=requesting.person_of(asked),
        place=requesting.place_of(asked),
        stands=requesting.current_value(asked),
        refusal=requesting.OWN if requesting.is_own(asked, me().user_id) else None,
        form=form,
        now=datetime.now(UTC),
    )
