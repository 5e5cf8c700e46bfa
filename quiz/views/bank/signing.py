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
def begin() -> ResponseReturnValue:
    """To the next item that waits (after ``sesudah``, of ``topik``), or that none does."""
    found = _reading_list()
    following = found.after(request.args.get("sesudah", ""))
    if following is not None:
        return redirect(_address("signing.page", following))
    return render_template("bank/signing/done.html", **_filter(found))


@bp.get("/soal/<code>/pengesahan")
@requires(Permission.SIGN_ITEMS)
def page(code: str) -> ResponseReturnValue:
    """The item as it is published, with everything it rests on."""
    return _page(published_page_or_404(code), NoteForm(formdata=None))


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
    return redirect(_address("signing.begin", sesudah=bank_item.code), 303)


@bp.post("/soal/<code>/pengesahan/kembalikan")
@requires(Permission.SIGN_ITEMS)
def send_back(code: str) -> ResponseReturnValue:
    """Return what was read with a reason, and go on to the next."""
    now = datetime.now(UTC)
    form = NoteForm()
    if not form.validate():
        return _page(published_page_or_404(code), form), 400
    bank_item = read_item_or_409(request.form.getlist("versi"))
    read = request.form.get("dibaca", "")
    try:
        note = return_read(db.session, bank_item, read, checker(), form.text.data, now)
    except Refused as refusal:
        abort(409, description=str(refusal))
    record_step(bank_item, Action.ITEM_RETURNED, now, version=note.version.number)
    db.session.commit()
    flash(f"Soal {code} dikembalikan dengan catatan.", "success")
    return redirect(_address("signing.begin", sesudah=code), 303)


def _page(found: ItemPage, form: NoteForm) -> str:
    own = found.version.author_id == me().user_id
    return render_template(
        "bank/signing/page.html",
        found=found,
        kind=ITEM_TYPES[found.item.type],
        parts=list(own_parts(found.item)),
        fingerprint=reading_of(db.session, found.version),
        findings=item_findings(db.session, found.item),
        returned=latest_return(db.session, found.bank_item),
        own=own,
        form=form,
        onward=_address("signing.begin", sesudah=found.bank_item.code),
        **_filter(_reading_list()),
    )


def _reading_list() -> ReadingList:
    return reading_list(db.session, me().user_id, _topic())


def _filter(listed: ReadingList) -> dict[str, object]:
    """How far the reading is, and the topics there are with how many wait in each."""
    return {
        "listed": listed,
        "topic": _topic(),
        "topics": [(t.code, f"{t.name} ({listed.by_topic[t.code]})") for t in topics(db.session)],
    }


def _topic() -> str:
    return request.values.get("topik", "")


def _address(endpoint: str, code: str | None = None, sesudah: str | None = None) -> str:
    """A page of the same reading: the topic it is narrowed to goes along."""
    return url_for(endpoint, code=code, topik=_topic() or None, sesudah=sesudah)
