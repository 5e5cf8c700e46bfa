"""The bank of items: finding them, reading them as a participant would, and signing them."""

from datetime import UTC, datetime
from urllib.parse import urlencode

from flask import Blueprint, render_template, request, url_for
from flask.typing import ResponseReturnValue

from quiz.assessment.items.item import Chosen, Item, Level
from quiz.assessment.items.types import ITEM_TYPES
from quiz.database import db
from quiz.formats import wita
from quiz.models.bank.citations import Source
from quiz.models.bank.items import BankItem
from quiz.models.bank.states import STATES
from quiz.permissions import Permission
from quiz.queries.bank import items
from quiz.queries.bank.citations import changed_sources
from quiz.queries.bank.drafts import count_of_drafts, drafts_by, writers_of
from quiz.queries.bank.history import item_history, latest_return, returns_to
from quiz.queries.bank.signing import waiting_to_be_signed
from quiz.queries.bank.stock import duplicates
from quiz.queries.sources.material import topics
from quiz.queries.taking.attempt_page import practised_item
from quiz.views.bank._searching import search_asked
from quiz.web.access import can, me, requires
from quiz.web.loaders.bank import item_page_or_404
from quiz.web.paging import PAGE_SIZE, Page, page_number, this_page

bp = Blueprint("items", __name__)

MOST_PAIRS = 200
MINE = "draf-saya"
"""In place of a state: what whoever looks is writing, in the bank or not yet."""


def unsigned_words(bank_item: BankItem) -> str | None:
    """What to say of a published item nobody has signed; None for a signed or unpublished one."""
    if bank_item.published_id is None or bank_item.signed_at is not None:
        return None
    return f"{bank_item.origin}, belum disahkan" if bank_item.origin else "belum disahkan"


@bp.get("/soal")
@requires(Permission.EDIT_ITEMS)
def index() -> ResponseReturnValue:
    search = search_asked()
    number = page_number()
    rows, counted = items.items(
        db.session, search, offset=(number - 1) * PAGE_SIZE, limit=PAGE_SIZE
    )
    counted[MINE] = count_of_drafts(db.session, me().user_id)
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
        sheets=f"{url_for('item_sheets.page')}?{urlencode(request.args.to_dict())}",
        unsigned_words=unsigned_words,
        own_drafts=drafts_by(db.session, me().user_id) if search.state == MINE else None,
        returns=returns_to(db.session, me().user_id),
        unread=waiting_to_be_signed(db.session) if can(Permission.SIGN_ITEMS) else 0,
    )


def _choices(search: items.Search, counted: dict[str, int]) -> list[dict[str, object]]:
    """The filters by state with their counts; states nothing is in are left out."""
    shown = [("", "Semua", _all(counted))]
    shown += [(state, words, counted.get(state, 0)) for state, (_, words) in STATES.items()]
    shown += [
        (items.FLAGGED, "Perlu ditinjau", counted[items.FLAGGED]),
        (items.RETURNED, "Dikembalikan", counted.get(items.RETURNED, 0)),
        (MINE, "Draf saya", counted[MINE]),
    ]
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
    """How many items there are; those beside a state are counted in it already."""
    return sum(number for state, number in counted.items() if state in STATES)


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
        returned=latest_return(db.session, found.bank_item),
        history=item_history(db.session, found.bank_item),
    )


def _changed(bank_item: BankItem) -> list[Source]:
    """The sources of what is published that read otherwise since they were compared."""
    published = bank_item.published_id
    return changed_sources(db.session, [published]).get(published, []) if published else []


def _example(item: Item) -> Chosen:
    """A response that is not wholly right, so that the preview shows every verdict."""
    return next(((option.id,) for option in item.options if not option.is_key), ())
