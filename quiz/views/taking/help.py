"""Helping one person with an attempt: extra time, and what a receipt stands for."""

from datetime import UTC, datetime

from flask import Blueprint, abort, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from wtforms import BooleanField, HiddenField, IntegerField
from wtforms.validators import InputRequired, ValidationError

from quiz.actions.people.auditing import record
from quiz.actions.taking.extra_time import MOST_MINUTES, give_minutes, give_share, take_share_back
from quiz.codes import RECEIPT_LENGTH, normalise_code, receipt
from quiz.database import db
from quiz.formats import when_id
from quiz.models import Attempt, Enrolment
from quiz.models.people.audit import Action
from quiz.models.refusals import Refused
from quiz.permissions import Permission
from quiz.queries.taking.extra_time import attempts_to_go_on, times_of
from quiz.queries.taking.receipts import attempts_by_receipt
from quiz.web.access import log_apart, me, requires
from quiz.web.forms import Form
from quiz.web.keys import card_key
from quiz.web.layout import name_of
from quiz.web.loaders.events import event_or_404, others_enrolment_or_409

bp = Blueprint("help", __name__)


class ShareForm(Form):
    """Whether the person has 130 % of every time limit."""

    share = BooleanField("Beri 130 % waktu pada setiap sesi kegiatan ini")


class MinutesForm(Form):
    """Minutes for one attempt, and the extra seconds it had, so that two clicks give them once."""

    minutes = IntegerField(
        "Tambahkan",
        default=5,
        validators=[InputRequired("Tulis banyaknya menit.")],
        render_kw={"inputmode": "numeric"},
    )
    had = HiddenField()

    def validate_minutes(self, field: IntegerField) -> None:
        if field.data is not None and not 1 <= field.data <= MOST_MINUTES:
            raise ValidationError(f"Isi antara 1 dan {MOST_MINUTES} menit.")


@bp.get("/kegiatan/<code>/peserta/<uid>/waktu")
@requires(Permission.MANAGE_EVENTS)
def extra_time(code: str, uid: str) -> ResponseReturnValue:
    return _page(others_enrolment_or_409(code, uid), datetime.now(UTC))


def _page(
    enrolment: Enrolment, now: datetime, wrong: tuple[str, MinutesForm] | None = None
) -> ResponseReturnValue:
    """The page; ``wrong`` is an attempt's uid and its form as it was sent."""
    times = times_of(db.session, enrolment, now)
    forms = {
        time.attempt.uid: MinutesForm(
            formdata=None, had=time.attempt.extra_seconds, prefix=time.attempt.uid
        )
        for time in times
        if time.attempt is not None
    }
    if wrong is not None:
        forms[wrong[0]] = wrong[1]
    page = render_template(
        "taking/help/extra_time.html",
        event=enrolment.event,
        enrolment=enrolment,
        share_form=ShareForm(formdata=None, share=bool(enrolment.extra_percent)),
        times=times,
        forms=forms,
        wrong=wrong[1] if wrong else None,
        now=now,
    )
    return page, 400 if wrong else 200


@bp.post("/kegiatan/<code>/peserta/<uid>/waktu")
@requires(Permission.MANAGE_EVENTS)
def set_share(code: str, uid: str) -> ResponseReturnValue:
    now = datetime.now(UTC)
    enrolment = others_enrolment_or_409(code, uid)
    before, name = enrolment.extra_percent, name_of(enrolment)
    if ShareForm().share.data:
        give_share(enrolment, attempts_to_go_on(db.session, enrolment, now))
        flash(f"{name} mendapat 130 % waktu, juga pada pengerjaan yang sedang berjalan.", "success")
    else:
        take_share_back(enrolment)
        flash(f"{name} memakai batas waktu biasa mulai pengerjaan berikutnya.", "success")
    after = enrolment.extra_percent
    record(
        db.session,
        now,
        me().user_id,
        Action.EXTRA_SHARE_SET,
        ("enrolment", enrolment.uid),
        before=f"{100 + before} %",
        after=f"{100 + after} %",
    )
    db.session.commit()
    return redirect(url_for("help.extra_time", code=code, uid=uid), 303)


@bp.post("/kegiatan/<code>/peserta/<uid>/waktu/<attempt_uid>")
@requires(Permission.MANAGE_EVENTS)
def add_minutes(code: str, uid: str, attempt_uid: str) -> ResponseReturnValue:
    now = datetime.now(UTC)
    enrolment = others_enrolment_or_409(code, uid)
    attempt = _attempt_or_refusal(enrolment, attempt_uid, now)
    form = MinutesForm(prefix=attempt_uid)
    if not form.validate_on_submit():
        return _page(enrolment, now, wrong=(attempt_uid, form))
    by, had = me().user_id, form.had.data
    try:
        give_minutes(db.session, attempt, form.minutes.data, now, by, had)
    except Refused as refusal:
        abort(409, description=str(refusal))
    db.session.commit()
    end = when_id(attempt.times.end_at, now)
    flash(f"Waktu {name_of(enrolment)} kini habis {end}.", "success")
    return redirect(url_for("help.extra_time", code=code, uid=uid), 303)


def _attempt_or_refusal(enrolment: Enrolment, uid: str, now: datetime) -> Attempt:
    """The person's attempt that can still be given time; else a page that says why not."""
    for attempt in attempts_to_go_on(db.session, enrolment, now):
        if attempt.uid == uid:
            return attempt
    abort(
        409,
        description="Pengerjaan ini sudah selesai atau tidak ada lagi, jadi waktunya tidak dapat "
        "ditambah. Muat ulang halaman waktu peserta ini.",
    )


@bp.get("/kegiatan/<code>/tanda-terima")
@requires(Permission.HANDLE_CARDS)
def find_receipt(code: str) -> ResponseReturnValue:
    now = datetime.now(UTC)
    event = event_or_404(code)
    typed = request.args.get("kode", "").strip()[:20]
    wanted = normalise_code(typed, RECEIPT_LENGTH)
    found = (
        attempts_by_receipt(db.session, event, wanted, lambda uid: receipt(uid, card_key()))
        if wanted
        else []
    )
    page = render_template(
        "taking/help/receipt.html",
        event=event,
        typed=typed,
        wanted=wanted,
        found=found,
        now=now,
    )
    matched = [each.attempt.uid for each in found]
    for uid in matched:
        log_apart(Action.RECEIPT_MATCHED, ("attempt", uid), again=False)
    return page
