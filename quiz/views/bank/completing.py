"""Drafts of one file completed together: what all share is said once, what each lacks beside it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from sqlalchemy.orm import Session

from quiz.actions.bank.editing import OlderDraft, save_draft, send_to_review
from quiz.actions.people.auditing import record
from quiz.assessment.items.item import EVERYBODY, Level
from quiz.assessment.quality.suggesting import Suggester
from quiz.database import db
from quiz.models import ItemDraft, ItemImport
from quiz.models.people.audit import Action
from quiz.models.refusals import Refused
from quiz.permissions import Permission
from quiz.queries.bank.draft_check import Checked, checked_content
from quiz.queries.bank.imports import open_drafts, own_import
from quiz.queries.bank.suggestions import Offers, offers, suggester
from quiz.queries.sources.known import Sources, sources
from quiz.views.bank._completed import (
    SharedForm,
    faults_of,
    is_ticked,
    name_of,
    older,
    revision_of,
    said_of,
    topic_choices,
    was_read,
)
from quiz.web.access import me, requires
from quiz.web.loaders.bank import own_import_or_404
from quiz.web.paging import Page, page_number

bp = Blueprint("completing", __name__)

AT_ONCE = 10
"""Drafts on one page: as many as one form can hold and a person can keep in view."""

SEND = "kirim"

UNREAD = "pembahasannya baru diisi dari fakta yang Anda terima. Baca dahulu, lalu kirim."


@dataclass(frozen=True)
class Card:
    """One draft on the page: what it would hold, what it lacks, and what is suggested."""

    draft: ItemDraft
    ticked: bool
    content: Mapping[str, Any]
    checked: Checked
    offers: Offers


@bp.get("/soal/ambil/<uid>/lengkapi")
@requires(Permission.EDIT_ITEMS)
def page(uid: str) -> ResponseReturnValue:
    waiting = own_import_or_404(uid)
    drafts = open_drafts(db.session, waiting)
    if not drafts:
        return redirect(url_for("imports.landed", uid=uid), 303)
    form = SharedForm()
    form.topic.choices = topic_choices(sources(db.session))
    return _page(db.session, waiting, form, drafts)


@bp.post("/soal/ambil/<uid>/lengkapi")
@requires(Permission.EDIT_ITEMS)
def save(uid: str) -> ResponseReturnValue:
    """Store what the form says of each draft on the page; send those ticked when asked to.

    All of it is stored, or nothing: a draft saved elsewhere meanwhile refuses the whole form.
    """
    now = datetime.now(UTC)
    with db.reading() as session:
        known = sources(session)
    form = SharedForm()
    form.topic.choices = topic_choices(known)
    waiting = own_import_or_404(uid)
    drafts = [d for d in open_drafts(db.session, waiting) if name_of("revisi", d) in request.form]
    if not drafts:
        flash("Soal di halaman itu sudah dikirim atau dibuang.", "attention")
        return redirect(url_for("imports.landed", uid=uid), 303)
    said = {draft.uid: said_of(draft, form, known) for draft in drafts}
    faults = faults_of(drafts, known)
    if not form.validate_on_submit() or faults:
        return _shown_again(waiting, form, said, faults), 400
    try:
        for draft in drafts:
            save_draft(draft, said[draft.uid], revision_of(draft), now)
    except OlderDraft:
        return _shown_again(waiting, form, said, [older(draft)]), 409
    ticked = [draft for draft in drafts if is_ticked(draft)]
    if request.form.get("tindakan") == SEND:
        _send(ticked, known, now)
    else:
        flash(f"{len(drafts)} draf tersimpan.", "success")
    left = len(open_drafts(db.session, waiting))
    db.session.commit()
    if not left:
        return redirect(url_for("imports.landed", uid=uid), 303)
    number = min(page_number(), Page(1, left, AT_ONCE).pages)
    return redirect(url_for("completing.page", uid=uid, halaman=number), 303)


def _send(ticked: Sequence[ItemDraft], known: Sources, now: datetime) -> None:
    """Let those that lack nothing wait for a checker; say how many did and did not."""
    sent, kept = 0, []
    for draft in ticked:
        if not was_read(draft):
            kept.append(f"{draft.code}: {UNREAD}")
            continue
        checked = checked_content(draft.content, known)
        if checked.lacks:
            kept.append(f"{draft.code}: {checked.lacks[0].sentence}")
            continue
        try:
            bank_item = send_to_review(db.session, draft, checked.item, now)
        except Refused as refusal:
            kept.append(f"{draft.code}: {refusal}")
            continue
        version = bank_item.draft.number if bank_item.draft else 0
        record(
            db.session,
            now,
            me().user_id,
            Action.ITEM_SENT,
            ("item", bank_item.code),
            version=version,
        )
        sent += 1
    if sent:
        flash(f"{sent} soal menunggu pemeriksa.", "success")
    if kept:
        flash(f"{len(kept)} soal belum dikirim dan tersimpan. {' '.join(kept)}", "attention")
    if not ticked:
        flash("Belum ada soal yang dicentang untuk dikirim. Isinya tersimpan.", "attention")


def _shown_again(
    waiting: ItemImport,
    form: SharedForm,
    said: Mapping[str, Mapping[str, Any]],
    faults: Sequence[str],
) -> str:
    """The page with what was sent; written without the lock, because suggesting takes a while."""
    db.give_up()
    with db.reading() as session:
        again = own_import(session, waiting.uid, me().user_id) or waiting
        return _page(session, again, form, open_drafts(session, again), said, faults)


def _page(
    session: Session,
    waiting: ItemImport,
    form: SharedForm,
    drafts: Sequence[ItemDraft],
    said: Mapping[str, Mapping[str, Any]] | None = None,
    faults: Sequence[str] = (),
) -> str:
    known = sources(session)
    number = page_number()
    if said is None:
        shown = drafts[(number - 1) * AT_ONCE : number * AT_ONCE] or drafts[:AT_ONCE]
    else:
        shown = [draft for draft in drafts if draft.uid in said]
    ranks = suggester(session, known)
    cards = [_card(draft, said, ranks, known) for draft in shown]
    return render_template(
        "bank/completing/page.html",
        waiting=waiting,
        form=form,
        faults=faults,
        cards=cards,
        page=Page(number, len(drafts), AT_ONCE),
        topics=[(row.code, row.name) for row in known.topics],
        levels=[(level.value, level.label) for level in Level],
        claim_words={row.code: row.statement for row in known.claims},
        reference_words={r.code: f"{r.law} {r.article}. {r.text}" for r in known.references},
        passage_words={row.code: row.text for row in known.passages},
        everybody=EVERYBODY,
        chosen_references=request.form.getlist("references"),
    )


def _card(
    draft: ItemDraft,
    said: Mapping[str, Mapping[str, Any]] | None,
    ranks: Suggester,
    known: Sources,
) -> Card:
    content = draft.content if said is None else said[draft.uid]
    checked = checked_content(content, known)
    ticked = said is None or is_ticked(draft)
    return Card(draft, ticked, content, checked, offers(ranks, checked.item, known))
