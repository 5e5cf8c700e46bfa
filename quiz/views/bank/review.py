"""Review: a checker compares, comments, publishes or returns; retiring and restoring."""

from collections.abc import Callable
from datetime import UTC, datetime

from flask import Blueprint, abort, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from quiz.actions.bank.citing import cite_new_versions
from quiz.actions.bank.reviewing import (
    add_note,
    approve,
    ask_review,
    clear_flag,
    give_back,
    restore,
    retire,
)
from quiz.assessment.items.changes import item_changes, own_parts
from quiz.database import db
from quiz.models import BankItem, User
from quiz.models.people.audit import Action
from quiz.models.refusals import Refused
from quiz.permissions import Permission
from quiz.queries.bank import items
from quiz.queries.bank.draft_check import item_findings
from quiz.queries.bank.history import notes_on, submitter_of
from quiz.queries.sources.known import Sources, sources
from quiz.views.bank._checking import NoteForm, checker, record_step
from quiz.web.access import me, requires, safe_path
from quiz.web.loaders.bank import item_in_review_or_404, item_or_404, item_page_or_404
from quiz.web.paging import PAGE_SIZE

bp = Blueprint("review", __name__)


@bp.get("/soal/<code>/periksa-hukum")
@requires(Permission.EDIT_ITEMS)
def page(code: str) -> ResponseReturnValue:
    """The version under review beside the one published, with its basis and what was said."""
    return _review_page(item_in_review_or_404(code), NoteForm(formdata=None))


def _review_page(bank_item: BankItem, form: NoteForm) -> str:
    waiting = bank_item.draft
    found = item_page_or_404(bank_item.code, waiting.number if waiting else None)
    before = bank_item.published.item if bank_item.published else None
    sender = submitter_of(db.session, bank_item)
    own = me().user_id in {found.version.author_id, bank_item.submitted_by_id}
    return render_template(
        "bank/review/page.html",
        found=found,
        changes=item_changes(before, found.item),
        parts=list(own_parts(found.item)),
        notes=notes_on(db.session, found.version),
        findings=item_findings(db.session, found.item),
        sender=sender,
        own=own,
        form=form,
    )


@bp.post("/soal/<code>/terbitkan")
@requires(Permission.SIGN_ITEMS)
def publish(code: str) -> ResponseReturnValue:
    """Sign and publish the version that was read, sent as ``versi``."""
    now = datetime.now(UTC)
    bank_item = item_in_review_or_404(code)
    try:
        version = approve(bank_item, request.form.get("versi", ""), checker(), now)
    except Refused as refusal:
        abort(409, description=str(refusal))
    cite_new_versions(db.session)
    record_step(bank_item, Action.ITEM_PUBLISHED, now, version=version.number)
    db.session.commit()
    flash(f"Soal {code} disahkan dan terbit. Sesi yang sudah disiapkan tidak berubah.", "success")
    return redirect(url_for("items.page", code=code), 303)


@bp.post("/soal/<code>/kembalikan")
@requires(Permission.SIGN_ITEMS)
def send_back(code: str) -> ResponseReturnValue:
    """Return the version to its author with a note."""
    now = datetime.now(UTC)
    bank_item = item_in_review_or_404(code)
    form = NoteForm()
    if not form.validate():
        return _review_page(bank_item, form), 400
    wanted = request.form.get("versi", "")
    try:
        note = give_back(db.session, bank_item, wanted, checker(), form.text.data, now)
    except Refused as refusal:
        abort(409, description=str(refusal))
    record_step(bank_item, Action.ITEM_RETURNED, now, version=note.version.number)
    db.session.commit()
    flash(f"Soal {code} dikembalikan kepada penulisnya.", "success")
    return redirect(url_for("items.page", code=code, versi=note.version.number), 303)


@bp.post("/soal/<code>/catatan")
@requires(Permission.EDIT_ITEMS)
def comment(code: str) -> ResponseReturnValue:
    """Say something of the version under review; its author may answer here too."""
    now = datetime.now(UTC)
    bank_item = item_in_review_or_404(code)
    form = NoteForm()
    if not form.validate() or bank_item.draft is None:
        return _review_page(bank_item, form), 400
    add_note(db.session, bank_item.draft, checker(), form.text.data, now)
    record_step(bank_item, Action.ITEM_COMMENTED, now, version=bank_item.draft.number)
    db.session.commit()
    return redirect(url_for("review.page", code=code, _anchor="catatan"), 303)


@bp.post("/soal/<code>/sudah-ditinjau")
@requires(Permission.SIGN_ITEMS)
def clear(code: str) -> ResponseReturnValue:
    """Confirm that the published text still agrees with its changed sources."""
    now = datetime.now(UTC)
    bank_item = item_or_404(code)
    try:
        changed = clear_flag(db.session, bank_item, request.form.get("versi", ""))
    except Refused as refusal:
        abort(409, description=str(refusal))
    record_step(bank_item, Action.ITEM_CLEARED, now, codes=[source.code for source in changed])
    db.session.commit()
    flash(f"Soal {code} dapat dipakai lagi dalam sesi baru.", "success")
    return redirect(url_for("items.page", code=code), 303)


@bp.post("/soal/<code>/pakai-lagi")
@requires(Permission.SIGN_ITEMS)
def take_back(code: str) -> ResponseReturnValue:
    """Take a retired item into use again."""
    now = datetime.now(UTC)
    bank_item = item_or_404(code)
    try:
        restore(bank_item, checker())
    except Refused as refusal:
        abort(409, description=str(refusal))
    record_step(bank_item, Action.ITEM_RESTORED, now)
    db.session.commit()
    flash(f"Soal {code} dipakai lagi.", "success")
    return redirect(url_for("items.page", code=code), 303)


@bp.post("/soal/tarik")
@requires(Permission.SIGN_ITEMS)
def retire_chosen() -> ResponseReturnValue:
    """Keep the chosen items out of new sittings."""
    return _with_each(retire, Action.ITEM_RETIRED, "ditarik. Sesi yang memakainya tidak berubah.")


@bp.post("/soal/kirim")
@requires(Permission.EDIT_ITEMS)
def submit_chosen() -> ResponseReturnValue:
    """Let the drafts of the chosen items wait for a checker, as far as nothing is wanting."""
    known = sources(db.session)

    def send(bank_item: BankItem, by: User, now: datetime) -> None:
        _check_whole(bank_item, known)
        ask_review(bank_item, by, now)

    return _with_each(send, Action.ITEM_SENT, "dikirim ke pemeriksa.")


def _check_whole(bank_item: BankItem, known: Sources) -> None:
    """Raises Refused with the first thing that keeps the draft from review."""
    findings = known.findings(bank_item.draft.item) if bank_item.draft else []
    lacking = next((finding for finding in findings if finding.severity == "error"), None)
    if lacking is not None:
        raise Refused(f"Soal {bank_item.code} masih kurang: {lacking.message} Buka Sunting.")


def _with_each(
    step: Callable[[BankItem, User, datetime], None], action: Action, done_words: str
) -> ResponseReturnValue:
    """Take one step with every item sent by a version (``versi``); a refusal names its row."""
    now = datetime.now(UTC)
    chosen = items.items_with_versions(db.session, request.form.getlist("versi")[:PAGE_SIZE])
    if not chosen:
        abort(409, description="Pilih dulu soalnya, lalu tekan tombolnya sekali lagi.")
    person, done = checker(), 0
    for bank_item in chosen:
        try:
            step(bank_item, person, now)
        except Refused as refusal:
            flash(str(refusal), "attention")
            continue
        record_step(bank_item, action, now)
        done += 1
    cite_new_versions(db.session)
    db.session.commit()
    if done:
        flash(f"{done} soal {done_words}", "success")
    return redirect(safe_path(request.form.get("kembali") or url_for("items.index")), 303)
