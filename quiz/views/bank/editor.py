"""Writing an item: a draft of one's own, checked and shown as on a phone while it is written."""

from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any

from flask import Blueprint, flash, jsonify, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from sqlalchemy.orm import Session
from werkzeug.datastructures import MultiDict

from quiz.actions.bank.editing import (
    NewerVersion,
    OlderDraft,
    save_draft,
    send_to_review,
    take_ties,
)
from quiz.actions.people.auditing import record
from quiz.assessment.items.changes import item_changes
from quiz.assessment.items.drafting import parts_of
from quiz.assessment.items.item import Level, Status
from quiz.assessment.items.stages import Stage
from quiz.assessment.items.types import ITEM_TYPES
from quiz.assessment.items.unfinished import read_draft
from quiz.database import db
from quiz.formats import datetime_id, time_id
from quiz.models import BankItem, ItemDraft
from quiz.models.people.audit import Action
from quiz.models.refusals import Refused
from quiz.permissions import Permission
from quiz.queries.bank.draft_check import checked_content, previewed_item
from quiz.queries.bank.drafts import newer_version, other_drafts, own_draft
from quiz.queries.bank.history import latest_return
from quiz.queries.bank.suggestions import (
    choosers,
    cited_explanations,
    offers,
    suggester,
)
from quiz.queries.sources.known import Sources, sources
from quiz.views.bank._typed import LARGEST_FORM, shown_parts, typed_content
from quiz.web.access import me, requires
from quiz.web.errors import ApiError
from quiz.web.loaders.bank import own_draft_or_404
from quiz.web.payload import payload

bp = Blueprint("editor", __name__)

EVERYTHING = "semua"
"""What ``kurang`` says when what is not written yet is to be shown too, not only what is wrong."""


@bp.get("/soal/draf/<uid>")
@requires(Permission.EDIT_ITEMS)
def page(uid: str) -> ResponseReturnValue:
    draft = own_draft_or_404(uid)
    return _editor(draft, draft.content)


@bp.post("/soal/draf/<uid>")
@requires(Permission.EDIT_ITEMS)
def save(uid: str) -> ResponseReturnValue:
    """Store what was typed, after the button pressed: a row added or moved, another type."""
    now = datetime.now(UTC)
    draft = own_draft_or_404(uid)
    content = typed_content(request.form, draft.content)
    try:
        save_draft(draft, content, request.form.get("revisi", 0, type=int), now)
    except OlderDraft as refusal:
        return _editor(draft, content, refused=str(refusal)), 409
    db.session.commit()
    return redirect(url_for("editor.page", uid=uid, _anchor=_where_to(content)), 303)


@bp.put("/soal/draf/<uid>")
@requires(Permission.EDIT_ITEMS, api=True)
def autosave(uid: str) -> ResponseReturnValue:
    """Store what the page holds. 200 says that it is on disk; 409 that another window saved."""
    now = datetime.now(UTC)
    fields, revision = _sent()
    draft = own_draft_or_404(uid)
    try:
        save_draft(draft, typed_content(fields, draft.content), revision, now)
    except OlderDraft as refusal:
        raise ApiError(409, "newer", str(refusal)) from refusal
    notices = _notices(db.session, draft)
    db.session.commit()
    return jsonify(revision=draft.revision, saved_at=time_id(draft.updated_at), notices=notices)


@bp.post("/soal/draf/<uid>/periksa")
@requires(Permission.EDIT_ITEMS, api=True)
def check(uid: str) -> ResponseReturnValue:
    """What is still wanting, what the linter says, and the preview. Stores nothing."""
    fields, _revision = _sent()
    with db.reading() as session:
        draft = own_draft(session, uid, _my_id())
        if draft is None:
            raise ApiError(404, "other_person", "Draf ini tidak ada lagi.")
        content = typed_content(fields, draft.content)
        checked = checked_content(content, sources(session))
    reviewed = fields.get("tampilan") == "pembahasan"
    asked = fields.get("kurang") == EVERYTHING
    entry = previewed_item(content, reviewed=reviewed)
    return jsonify(
        problems=[lack.sentence for lack in checked.lacks],
        findings=[hint.sentence for hint in checked.hints],
        fields=checked.fields(gaps=asked),
        checked=render_template("bank/editor/_checked.html", checked=checked, asked=asked),
        preview=render_template("bank/editor/_preview.html", entry=entry, reviewed=reviewed),
    )


@bp.post("/soal/draf/<uid>/kirim")
@requires(Permission.EDIT_ITEMS)
def send(uid: str) -> ResponseReturnValue:
    """Store what was typed, and let it wait for a checker when nothing is wanting."""
    now = datetime.now(UTC)
    draft = own_draft_or_404(uid)
    content = typed_content(request.form, draft.content)
    try:
        save_draft(draft, content, request.form.get("revisi", draft.revision, type=int), now)
    except OlderDraft as refusal:
        return _editor(draft, content, refused=str(refusal)), 409
    checked = checked_content(draft.content, sources(db.session))
    if checked.lacks:
        db.session.commit()
        flash(f"Belum dikirim: {checked.title}. Draf Anda tersimpan.", "attention")
        return redirect(url_for("editor.page", uid=uid, kurang=EVERYTHING, _anchor="kurang"), 303)
    if draft.bank_item and take_ties(db.session, draft, checked.item):
        return _ties_taken(draft.bank_item, now)
    try:
        bank_item = send_to_review(db.session, draft, checked.item, now, request.form.get("atas"))
    except NewerVersion as newer:
        db.session.commit()
        return _side_by_side(draft, newer), 409
    except Refused as refusal:
        return _editor(draft, draft.content, refused=str(refusal)), 409
    number = bank_item.draft.number if bank_item.draft else 0
    record(db.session, now, _my_id(), Action.ITEM_SENT, ("item", bank_item.code), version=number)
    db.session.commit()
    flash(f"Soal {bank_item.code} menunggu pemeriksa.", "success")
    return redirect(url_for("items.page", code=bank_item.code, versi=number), 303)


def _ties_taken(bank_item: BankItem, now: datetime) -> ResponseReturnValue:
    version = bank_item.published.number if bank_item.published else 0
    record(db.session, now, _my_id(), Action.ITEM_SENT, ("item", bank_item.code), version=version)
    db.session.commit()
    flash(
        f"Ikatan soal {bank_item.code} dengan soal lain tersimpan. Teksnya tetap, jadi tidak perlu "
        "diperiksa lagi.",
        "success",
    )
    return redirect(url_for("items.page", code=bank_item.code), 303)


def _editor(draft: ItemDraft, content: Mapping[str, Any], refused: str = "") -> str:
    """The page; with suggestions only where it is read, for a refused form holds the write lock."""
    known = sources(db.session)
    checked = checked_content(content, known)
    asked = request.args.get("kurang") == EVERYTHING
    reviewed = request.args.get("tampilan") == "pembahasan"
    ranks = suggester(db.session, known) if request.method == "GET" else None
    return render_template(
        "bank/editor/page.html",
        draft=draft,
        now=datetime.now(UTC),
        content=content,
        kind=ITEM_TYPES.get(str(content.get("type"))),
        parts=shown_parts(content),
        statuses=list(Status),
        stages=list(Stage),
        checked=checked,
        asked=asked,
        wanting=checked.fields(gaps=asked),
        entry=previewed_item(content, reviewed=reviewed),
        reviewed=reviewed,
        refused=refused,
        others=_notices(db.session, draft),
        returned=latest_return(db.session, draft.bank_item) if draft.bank_item else None,
        item=checked.item,
        choosers=choosers(known, checked.item, ranks),
        explanations=cited_explanations(checked.item, known),
        offers=offers(ranks, checked.item, known) if ranks else None,
        **_choices(known),
    )


def _choices(known: Sources) -> dict[str, list[tuple[str, str]]]:
    """What the form's lists offer: code and words."""
    return {
        "passages": [(row.code, row.text) for row in known.passages],
        "references": [
            (row.code, f"{row.law} {row.article}. {row.text}") for row in known.references
        ],
        "claims": [(row.code, f"{row.statement} ({row.confidence})") for row in known.claims],
        "topics": [(row.code, row.name) for row in known.topics],
        "types": [(kind.name, kind.label) for kind in ITEM_TYPES.values()],
        "levels": [(level.value, level.label) for level in Level],
    }


def _notices(session: Session, draft: ItemDraft) -> list[str]:
    """What the author should know of others: who writes too, and what came in meanwhile."""
    said = [
        f"{other.author.name} juga menyunting soal ini, terakhir {datetime_id(other.updated_at)}. "
        "Draf Anda terpisah: tidak ada yang tertimpa."
        for other in other_drafts(session, draft)
    ]
    newer = newer_version(draft)
    if newer is not None:
        author = newer.author.name if newer.author else "berkas"
        said.append(
            f"Versi {newer.number} dari {author} masuk {datetime_id(newer.created_at)}, sesudah "
            "Anda mulai. Saat Anda mengirim, keduanya ditampilkan berdampingan."
        )
    return said


def _side_by_side(draft: ItemDraft, newer: NewerVersion) -> str:
    changes = item_changes(newer.version.item, read_draft(draft.content)[0])
    return render_template(
        "bank/editor/newer.html", draft=draft, newer=newer.version, changes=changes
    )


def _sent() -> tuple[MultiDict[str, str], int]:
    """The fields and the revision a script sent. Raises ApiError for anything else."""
    body = payload(LARGEST_FORM)
    fields, revision = body.get("fields"), body.get("revision")
    pairs = isinstance(fields, list) and all(
        isinstance(pair, list) and len(pair) == 2 and all(isinstance(part, str) for part in pair)
        for pair in fields
    )
    if not pairs or type(revision) is not int:
        raise ApiError(422, "bad_request", "fields: isi dengan pasangan nama dan isi.")
    return MultiDict(fields), revision


def _where_to(content: Mapping[str, Any]) -> str | None:
    """The part of the page whose button was pressed."""
    place = request.form.get("tindakan", "").partition(".")[0]
    return place if place in {"jenis", *(part.name for part in parts_of(content))} else None


def _my_id() -> int:
    return me().user_id
