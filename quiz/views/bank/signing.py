"""Signing is reading: one published item whole on a page, signed or returned from there alone."""

from datetime import UTC, datetime

from flask import Blueprint, abort, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from quiz.actions.bank.signing import return_read, sign_read
from quiz.assessment.items.changes import own_parts
from quiz.assessment.items.types import ITEM_TYPES
from quiz.database import db
from quiz.models.people.audit import Action
from quiz.models.refusals import Refused
from quiz.permissions import Permission
from quiz.queries.bank.draft_check import item_findings
from quiz.queries.bank.history import latest_return
from quiz.queries.bank.item_page import ItemPage
from quiz.queries.bank.signing import ReadingList, reading_list, reading_of
from quiz.queries.sources.material import topics
from quiz.views.bank._checking import NoteForm, checker, record_step
from quiz.web.access import me, requires
from quiz.web.loaders.bank import published_page_or_404, read_item_or_409

bp = Blueprint("signing", __name__)


@bp.get("/soal/pengesahan")
@requires(Permission.SIGN_ITEMS)
def page() -> ResponseReturnValue:
    """An item as it is published, with everything it rests on, or that none waits.

    It is ``soal``, or the next that waits after ``sesudah``, of ``topik`` or of all topics.
    """
    listed = reading_list(db.session, me().user_id, _topic())
    code = request.args.get("soal") or listed.after(request.args.get("sesudah", ""))
    if code is None:
        return render_template("bank/signing/done.html", **_filter(listed))
    return _page(published_page_or_404(code), listed, NoteForm(formdata=None))


@bp.post("/soal/sahkan")
@requires(Permission.SIGN_ITEMS)
def sign() -> ResponseReturnValue:
    """Sign what was read (``versi`` and ``dibaca``), and go on to the next."""
    now = datetime.now(UTC)
    bank_item = read_item_or_409(request.form.getlist("versi"))
    try:
        sign_read(db.session, bank_item, request.form.get("dibaca", ""), checker(), now)
    except Refused as refusal:
        abort(409, description=str(refusal))
    record_step(bank_item, Action.ITEM_SIGNED, now)
    db.session.commit()
    flash(f"Soal {bank_item.code} disahkan.", "success")
    return redirect(_onward(bank_item.code), 303)


@bp.post("/soal/pengesahan/kembalikan")
@requires(Permission.SIGN_ITEMS)
def send_back() -> ResponseReturnValue:
    """Return what was read with a reason, and go on to the next."""
    now = datetime.now(UTC)
    bank_item = read_item_or_409(request.form.getlist("versi"))
    form = NoteForm()
    if not form.validate():
        listed = reading_list(db.session, me().user_id, _topic())
        return _page(published_page_or_404(bank_item.code), listed, form), 400
    read = request.form.get("dibaca", "")
    try:
        note = return_read(db.session, bank_item, read, checker(), form.text.data, now)
    except Refused as refusal:
        abort(409, description=str(refusal))
    record_step(bank_item, Action.ITEM_RETURNED, now, version=note.version.number)
    db.session.commit()
    flash(f"Soal {bank_item.code} dikembalikan dengan catatan.", "success")
    return redirect(_onward(bank_item.code), 303)


def _page(found: ItemPage, listed: ReadingList, form: NoteForm) -> str:
    return render_template(
        "bank/signing/page.html",
        found=found,
        kind=ITEM_TYPES[found.item.type],
        parts=list(own_parts(found.item)),
        fingerprint=reading_of(db.session, found.version),
        findings=item_findings(db.session, found.item),
        returned=latest_return(db.session, found.bank_item),
        own=found.version.author_id == me().user_id,
        form=form,
        onward=_onward(found.bank_item.code),
        **_filter(listed),
    )


def _filter(listed: ReadingList) -> dict[str, object]:
    """How far the reading is, and the topics there are with how many wait in each."""
    return {
        "listed": listed,
        "topic": _topic(),
        "topics": [(t.code, f"{t.name} ({listed.by_topic[t.code]})") for t in topics(db.session)],
    }


def _topic() -> str:
    return request.values.get("topik", "")


def _onward(code: str) -> str:
    """The next page of the same reading: the topic it is narrowed to goes along."""
    return url_for("signing.page", topik=_topic() or None, sesudah=code)
