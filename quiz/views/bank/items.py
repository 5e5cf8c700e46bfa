"""The bank of items: finding them, reading them as a participant would, and signing them."""

from datetime import UTC, datetime

from flask import Blueprint, abort, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from quiz.actions.people.auditing import record
from quiz.assessment.items.item import Chosen, Item, Level
from quiz.assessment.items.types import ITEM_TYPES
from quiz.database import db
from quiz.formats import wita
from quiz.models import User
from quiz.models.bank.citations import Source
from quiz.models.bank.items import BankItem
from quiz.models.bank.states import STATES
from quiz.models.people.audit import Action
from quiz.models.refusals import Refused
from quiz.permissions import Permission
from quiz.queries.bank import items
from quiz.queries.bank.citations import changed_sources
from quiz.queries.bank.drafts import writers_of
from quiz.queries.bank.duplicates import duplicates
from quiz.queries.bank.history import item_history
from quiz.queries.sources.material import topics
from quiz.queries.taking.attempt_page import practised_item
from quiz.web.access import me, requires, safe_path
from quiz.web.loaders.bank import item_page_or_404
from quiz.web.paging import PAGE_SIZE, Page, page_number, this_page

bp = Blueprint("items", __name__)

MOST_PAIRS = 200
ALSO_CALLED = {"menunggu": "in_review", "tinjau": items.FLAGGED}
"""A state as a typed address may name it → as the search does."""


def unsigned_words(bank_item: BankItem) -> str | None:
    """What to say of a published item nobody has signed; None for a signed or unpublished one."""
    if bank_item.published_id is None or bank_item.signed_at is not None:
        return None
    return f"{bank_item.origin}, belum disahkan" if bank_item.origin else "belum disahkan"


@bp.get("/soal")
@requires(Permission.EDIT_ITEMS)
def index() -> ResponseReturnValue:
    wanted = request.args.get("keadaan", "")
    search = items.Search(
        words=request.args.get("cari", "").strip()[:80],
        topic=request.args.get("topik", ""),
        level=request.args.get("tingkat", ""),
        type=request.args.get("jenis", ""),
        state=ALSO_CALLED.get(wanted, wanted),
        signed=request.args.get("sah", ""),
        reference=request.args.get("pasal", ""),
        author=request.args.get("penulis", ""),
    )
    number = page_number()
    rows, counted = items.items(
        db.session, search, offset=(number - 1) * PAGE_SIZE, limit=PAGE_SIZE
    )
    total = counted.get(search.state, 0) if search.state else _all(counted)
    return render_template(
        "bank/items/index.html",
        rows=rows,
        page=Page(number, total),
        search=search,
        choices=_choices(search, counted),
        topics=topics(db.session),
        levels=list(Level),
        types=ITEM_TYPES,
        states=STATES,
        references=items.articles(db.session),
        authors=items.authors(db.session),
        flagged=counted[items.FLAGGED],
        here=this_page(),
        unsigned_words=unsigned_words,
    )


def _choices(search: items.Search, counted: dict[str, int]) -> list[dict[str, object]]:
    """The filters by state with their counts; states nothing is in are left out."""
    shown = [("", "Semua", _all(counted))]
    shown += [(state, words, counted.get(state, 0)) for state, (_, words) in STATES.items()]
    shown += [(items.FLAGGED, "Perlu ditinjau", counted[items.FLAGGED])]
    return [
        {
            "text": f"{words} {number}",
            "url": this_page(keadaan=state, halaman=None),
            "current": search.state == state,
        }
        for state, words, number in shown
        if number or not state or state == search.state
    ]


def _all(counted: dict[str, int]) -> int:
    """How many items there are; the flagged ones are counted in their own state already."""
    return sum(number for state, number in counted.items() if state != items.FLAGGED)


@bp.get("/soal/serupa")
@requires(Permission.EDIT_ITEMS)
def similar() -> ResponseReturnValue:
    """Pairs of items that ask nearly the same."""
    pairs = duplicates(db.session)
    return render_template("bank/items/similar.html", pairs=pairs[:MOST_PAIRS], total=len(pairs))


@bp.get("/soal/<code>")
@requires(Permission.EDIT_ITEMS)
def page(code: str) -> ResponseReturnValue:
    now = datetime.now(UTC)
    found = item_page_or_404(code, request.args.get("versi", type=int))
    with_feedback = request.args.get("tampilan") == "pembahasan"
    return render_template(
        "bank/items/page.html",
        found=found,
        kind=ITEM_TYPES[found.item.type],
        entry=practised_item(
            found.item, _example(found.item) if with_feedback else (), reviewed=with_feedback
        ),
        with_feedback=with_feedback,
        today=wita(now).date(),
        state=STATES[found.bank_item.state],
        unsigned=unsigned_words(found.bank_item),
        own=me().user_id in {found.version.author_id, found.bank_item.submitted_by_id},
        changed=_changed(found.bank_item),
        writers=writers_of(db.session, found.bank_item),
        history=item_history(db.session, found.bank_item),
    )


def _changed(bank_item: BankItem) -> list[Source]:
    """The sources of what is published that read otherwise since they were compared."""
    published = bank_item.published_id
    return changed_sources(db.session, [published]).get(published, []) if published else []


def _example(item: Item) -> Chosen:
    """A response that is not wholly right, so that the preview shows every verdict."""
    return next(((option.id,) for option in item.options if not option.is_key), ())


@bp.post("/soal/sahkan")
@requires(Permission.SIGN_ITEMS)
def sign() -> ResponseReturnValue:
    """Sign the items whose published version is one of those sent, as ``versi``.

    A version is sent rather than a code, so nobody signs a text that came after they read it.
    """
    now = datetime.now(UTC)
    wanted = request.form.getlist("versi")[:PAGE_SIZE]
    found = items.published_as(db.session, wanted)
    if not found:
        abort(409, description="Pilih soal yang terbit. Kalau sudah, muat ulang: isinya berubah.")
    checker = db.session.get_one(User, me().user_id)
    refused: list[str] = []
    for bank_item in found:
        try:
            bank_item.sign(checker, now)
        except Refused as refusal:
            refused.append(str(refusal))
            continue
        record(db.session, now, checker.id, Action.ITEM_SIGNED, ("item", bank_item.code))
    db.session.commit()
    _say_what_was_signed(len(found) - len(refused), len(wanted) - len(found), refused)
    if "kembali" in request.form:
        return redirect(safe_path(request.form["kembali"]), 303)
    if len(wanted) == 1:
        return redirect(url_for("items.page", code=found[0].code), 303)
    return redirect(url_for("items.index", sah="belum"), 303)


def _say_what_was_signed(signed: int, changed: int, refused: list[str]) -> None:
    if signed:
        flash(f"{signed} soal disahkan.", "success")
    if changed:
        flash(f"{changed} soal dilewati karena isinya sudah berubah. Baca lagi.", "attention")
    for sentence in refused:
        flash(sentence, "attention")
