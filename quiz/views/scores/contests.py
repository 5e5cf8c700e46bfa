"""Contests: a participant says that a key is wrong; a legal checker keeps it or makes a ruling.

Who contested is never shown to the checker.
"""

from datetime import UTC, datetime

from flask import Blueprint, abort, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from wtforms import SelectMultipleField
from wtforms.validators import InputRequired

from quiz.actions.people.auditing import record
from quiz.actions.scores.contesting import file_contest
from quiz.database import db
from quiz.models import User
from quiz.models.people.audit import Action
from quiz.models.refusals import Refused
from quiz.permissions import Permission
from quiz.queries.scores.contested import contests
from quiz.queries.scores.contested.contests import open_contest
from quiz.queries.taking.asked import asked_in
from quiz.queries.taking.keys import feedback_allowed
from quiz.views.scores._deciding import reason_field, refusal_of
from quiz.web.access import me, requires
from quiz.web.forms import Form
from quiz.web.loaders.bank import version_or_404
from quiz.web.loaders.taking import own_attempt_or_404, page_item_or_404
from quiz.web.paging import PAGE_SIZE, Page, page_number

bp = Blueprint("contests", __name__)


class ContestForm(Form):
    """Why a participant thinks that a key is wrong."""

    words = reason_field(
        "Menurut saya kuncinya keliru, karena",
        "Sebut alasan atau pasalnya. Pemeriksa hukum membaca tulisan ini tanpa nama Anda.",
    )


@bp.route("/kuis/<uid>/sanggah/<int:position>", methods=["GET", "POST"])
@requires(Permission.TAKE_QUIZ, writes=True)
def file(uid: str, position: int) -> ResponseReturnValue:
    now = datetime.now(UTC)
    attempt = own_attempt_or_404(uid, lock=True)
    if not feedback_allowed(db.session, attempt, now):
        abort(409, description="Sanggahan dapat dikirim setelah pembahasan kuis ini dibuka.")
    entry = page_item_or_404(attempt, position)
    if open_contest(db.session, attempt, position) is not None:
        abort(409, description="Anda sudah menyanggah soal ini. Tunggu putusan pemeriksa hukum.")
    attempt.open_feedback(now)
    form = ContestForm()
    if not form.validate_on_submit():
        db.session.commit()
        page = render_template("scores/contests/file.html", attempt=attempt, entry=entry, form=form)
        return page, 400 if form.is_submitted() else 200
    asked = asked_in(db.session, attempt)[position]
    try:
        file_contest(db.session, attempt, position, asked.version_id, form.words.data or "", now)
    except Refused as refusal:
        abort(409, description=str(refusal))
    record(db.session, now, me().user_id, Action.CONTEST_FILED, ("item", entry.item.code))
    db.session.commit()
    flash("Sanggahan terkirim. Putusannya tampil di soal ini dan di halaman depan.", "success")
    return redirect(url_for("feedback.page", uid=uid, _anchor=f"sanggahan-{entry.number}"), 303)


@bp.get("/soal/sanggahan")
@requires(Permission.RULE_ON_KEYS)
def index() -> ResponseReturnValue:
    number = page_number()
    rows, total = contests.queue(db.session, offset=(number - 1) * PAGE_SIZE, limit=PAGE_SIZE)
    return render_template("scores/contests/index.html", rows=rows, page=Page(number, total))


class KeepForm(Form):
    """Why the key stands, and which contests this answers."""

    contests = SelectMultipleField(
        "Sanggahan yang dijawab", validators=[InputRequired("Pilih paling sedikit satu.")]
    )
    explanation = reason_field(
        "Mengapa kuncinya tetap", "Dibaca yang menyanggah, di samping soalnya. Sebut pasalnya."
    )


@bp.route("/soal/<code>/sanggahan", methods=["GET", "POST"])
@requires(Permission.RULE_ON_KEYS)
def decide(code: str) -> ResponseReturnValue:
    now = datetime.now(UTC)
    _, version = version_or_404(code, request.args.get("versi", type=int))
    waiting = contests.waiting_on(db.session, version, but_of=me().user_id)
    if request.method == "POST" and not waiting:
        abort(409, description="Tidak ada sanggahan atas soal ini yang menunggu putusan Anda.")
    form = KeepForm()
    form.contests.choices = [(contest.uid, contest.text) for contest in waiting]
    if not form.is_submitted():
        form.contests.data = [contest.uid for contest in waiting]
    if not form.validate_on_submit():
        decided = contests.decided_on(db.session, version)
        page = render_template(
            "scores/contests/decide.html",
            version=version,
            item=version.item,
            waiting=waiting,
            decided=decided,
            letters=contests.letters_seen(version, [*waiting, *decided]),
            form=form,
            refusal=refusal_of(version),
        )
        return page, 400 if form.is_submitted() else 200
    refusal = refusal_of(version)
    if refusal:
        abort(409, description=refusal)
    checker = db.session.get_one(User, me().user_id)
    words = form.explanation.data or ""
    answered = [contest for contest in waiting if contest.uid in (form.contests.data or [])]
    for contest in answered:
        contest.keep_key(words, checker, now)
    record(
        db.session,
        now,
        checker.id,
        Action.CONTEST_KEPT,
        ("item", code),
        version=version.number,
        contests=len(answered),
        reason=words,
    )
    db.session.commit()
    flash(f"Kunci {code} tetap. {len(answered)} sanggahan dijawab.", "success")
    return redirect(url_for("contests.index"), 303)
