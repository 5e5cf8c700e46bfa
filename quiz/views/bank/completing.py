"""Drafts of one file completed together: what all share is said once, what each lacks beside it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from sqlalchemy.orm import Session
from wtforms import DateField, SelectField, SelectMultipleField, validators
from wtforms.fields.choices import SelectChoice

from quiz.actions.bank.completing import Own, Shared, completed
from quiz.actions.bank.editing import OlderDraft, save_draft, send_to_review
from quiz.actions.people.auditing import record
from quiz.assessment.items.item import EVERYBODY, Level, Status
from quiz.assessment.quality.suggesting import OF_A_VILLAGE, Suggester
from quiz.database import db
from quiz.models import ItemDraft, ItemImport
from quiz.models.people.audit import Action
from quiz.models.refusals import Refused
from quiz.permissions import Permission
from quiz.queries.bank.draft_check import Checked, checked_content
from quiz.queries.bank.imports import open_drafts, own_import
from quiz.queries.bank.suggestions import Offers, offers, suggester
from quiz.queries.sources.known import Sources, sources
from quiz.views.bank._typed import cleaned
from quiz.web.access import me, requires
from quiz.web.forms import Form
from quiz.web.loaders.bank import own_import_or_404
from quiz.web.paging import Page, page_number

bp = Blueprint("completing", __name__)

AT_ONCE = 10
"""Drafts on one page: as many as one form can hold and a person can keep in view."""

SEND = "kirim"
LEAVE = SelectChoice("", "Biarkan")


class SharedForm(Form):
    """What holds for every draft that is ticked."""

    topic = SelectField("Topik bagi yang belum punya", default="")
    level = SelectField(
        "Tingkat bagi yang belum punya",
        default="",
        choices=[LEAVE, *(SelectChoice(level.value, level.label) for level in Level)],
    )
    audience = SelectMultipleField(
        "Status peserta yang dituju",
        description="Tanpa centang, yang sudah ada pada tiap soal tetap.",
        choices=[SelectChoice(status.value, status.label) for status in Status],
    )
    law_as_of = DateField(
        "Keadaan hukum per tanggal",
        [validators.Optional()],
        description="Kosong: tanggal tiap soal tetap.",
    )


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
    form.topic.choices = _topics(sources(db.session))
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
    form.topic.choices = _topics(known)
    waiting = own_import_or_404(uid)
    drafts = [d for d in open_drafts(db.session, waiting) if _name("revisi", d) in request.form]
    if not drafts:
        flash("Soal di halaman itu sudah dikirim atau dibuang.", "attention")
        return redirect(url_for("imports.landed", uid=uid), 303)
    said = {draft.uid: _completed(draft, form, known) for draft in drafts}
    faults = _faults(drafts, known)
    if not form.validate_on_submit() or faults:
        return _shown_again(waiting, form, said, faults), 400
    try:
        for draft in drafts:
            save_draft(draft, said[draft.uid], _revision(draft), now)
    except OlderDraft:
        return _shown_again(waiting, form, said, [_older(draft)]), 409
    ticked = [draft for draft in drafts if _is_ticked(draft)]
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


def _completed(draft: ItemDraft, form: SharedForm, known: Sources) -> dict[str, Any]:
    shared = _shared(form) if _is_ticked(draft) else Shared()
    return completed(draft.content, _own(draft, known), shared, known)


def _shared(form: SharedForm) -> Shared:
    day = form.law_as_of.data
    return Shared(
        topic=form.topic.data or "",
        level=form.level.data or "",
        audience=tuple(form.audience.data or ()),
        law_as_of=day.isoformat() if day else "",
        references=tuple(request.form.getlist("references")),
    )


def _own(draft: ItemDraft, known: Sources) -> Own:
    topics, levels = {row.code for row in known.topics}, set(Level)
    typed = [code for code in _all("fakta", draft) if code]
    return Own(
        topic=_one_of(topics, _value("topik", draft)),
        level=_one_of(levels, _value("tingkat", draft)),
        audience=tuple(sorted(OF_A_VILLAGE)) if _value("sasaran", draft) else (),
        explanation=cleaned(_value("pembahasan", draft)),
        claims=tuple(typed),
        references=tuple(_all("pasal", draft)),
        passages=tuple(_all("bahan", draft)),
        offered_topic=_one_of(topics, _value("topik-saran", draft)),
        offered_level=_one_of(levels, _value("tingkat-saran", draft)),
    )


def _faults(drafts: Sequence[ItemDraft], known: Sources) -> list[str]:
    """What was typed or sent that leads nowhere."""
    registers = (
        ("fakta", {row.code for row in known.claims}),
        ("pasal", {row.code for row in known.references}),
        ("bahan", {row.code for row in known.passages}),
    )
    told = [
        f"Soal {draft.code}: {name} “{code[:60]}” tidak ada dalam daftar. Ketik sebagian "
        "katanya, lalu pilih dari yang muncul."
        for draft in drafts
        for name, codes in registers
        for code in _all(name, draft)
        if code and code not in codes and code not in _has(draft)
    ]
    articles = registers[1][1]
    return told + [
        f"Dasar hukum “{code[:60]}” tidak ada dalam daftar. Pilih yang lain."
        for code in request.form.getlist("references")
        if code and code not in articles
    ]


def _has(draft: ItemDraft) -> set[str]:
    """What the draft cites already; a code that has left the register since is told by its card."""
    cited = (draft.content.get(name) or () for name in ("claims", "references", "passages"))
    return {code for codes in cited for code in codes}


def _older(draft: ItemDraft) -> str:
    return (
        f"Soal {draft.code} sudah disimpan dari jendela lain sesudah halaman ini dibuka, jadi "
        "belum ada yang disimpan. Isian Anda di bawah ini; simpan sekali lagi untuk memakainya."
    )


def _name(field: str, draft: ItemDraft) -> str:
    return f"{field}-{draft.uid}"


def _value(field: str, draft: ItemDraft) -> str:
    return request.form.get(_name(field, draft), "")


def _all(field: str, draft: ItemDraft) -> list[str]:
    return [cleaned(value) for value in request.form.getlist(_name(field, draft))]


def _one_of(known: set[Any], value: str) -> str:
    return value if value in known else ""


def _revision(draft: ItemDraft) -> int:
    return request.form.get(_name("revisi", draft), 0, type=int)


def _is_ticked(draft: ItemDraft) -> bool:
    return bool(_value("pilih", draft))


def _topics(known: Sources) -> list[SelectChoice]:
    return [LEAVE, *(SelectChoice(topic.code, topic.name) for topic in known.topics)]


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
    ticked = said is None or _is_ticked(draft)
    return Card(draft, ticked, content, checked, offers(ranks, checked.item, known))
