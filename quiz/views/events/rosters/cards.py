"""Cards and the desk's list, to be printed; codes are derived while they are shown.

Whoever holds a code can enter as its person, so every showing leaves a line in the audit log.
"""

from datetime import UTC, datetime
from typing import NamedTuple

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from markupsafe import Markup

from quiz.actions.events.enrolling import code_of, token_of
from quiz.actions.people.auditing import record
from quiz.codes import show_code
from quiz.database import db
from quiz.models import Enrolment, Event
from quiz.models.people.audit import Action, SubjectType
from quiz.permissions import Permission
from quiz.queries.events import roster
from quiz.views.events._hall import (
    cards_lead_elsewhere,
    hall_reachable,
    hall_url,
    without_scheme,
)
from quiz.web.access import log_apart, me, requires
from quiz.web.keys import card_key_of, card_keys
from quiz.web.layout import name_of
from quiz.web.layout.qr import qr_svg
from quiz.web.loaders.events import enrolment_or_404, event_or_404
from quiz.web.paging import Page, page_number

bp = Blueprint("cards", __name__)

CARDS_A_PAGE = 500
"""Cards on one page of the browser: more than a hall holds; each costs 4 ms for its QR code."""

SHEET = 8
QR_PIXELS = 132


class Card(NamedTuple):
    """What stands on one card."""

    name: str
    unit: str
    code: str
    qr: Markup


class DeskLine(NamedTuple):
    """What the desk reads out."""

    name: str
    unit: str
    code: str


@bp.get("/kegiatan/<code>/kartu")
@requires(Permission.HANDLE_CARDS)
def index(code: str) -> ResponseReturnValue:
    """Cards to be printed; the first look at them remembers the address they lead to."""
    event = event_or_404(code)
    unit, person = request.args.get("unit"), request.args.get("orang")
    chosen = enrolment_or_404(code, person) if person else None
    number = page_number()
    rows, total = roster.enrolments_for_cards(
        db.session,
        event,
        unit_uid=unit,
        uid=person,
        offset=(number - 1) * CARDS_A_PAGE,
        limit=CARDS_A_PAGE,
    )
    if rows and event.cards_base is None and hall_reachable():
        _remember(event)
    cards = [_card(enrolment) for enrolment in rows]
    page = render_template(
        "events/cards/index.html",
        event=event,
        sheets=[cards[start : start + SHEET] for start in range(0, len(cards), SHEET)],
        person=chosen,
        page=Page(number, total, CARDS_A_PAGE),
        choices=[] if person else _units(event, unit),
        address=without_scheme(hall_url(url_for("auth.join", code=event.code))),
        reachable=hall_reachable(),
        printed=without_scheme(event.cards_base or "") if cards_lead_elsewhere(event) else None,
    )
    shown: tuple[SubjectType, str] = ("enrolment", chosen.uid) if chosen else ("event", event.uid)
    if cards:
        log_apart(Action.CARDS_OPENED, shown, again=False)
    return page


def _remember(event: Event) -> None:
    """Note where the cards lead, in a transaction of its own: drawing them must lock nobody out."""
    db.session.commit()  # ends the reading, which SQLite without WAL would wait for
    with db.writing() as session:
        session.merge(event).cards_base = hall_url()


@bp.post("/kegiatan/<code>/kartu/dicetak-ulang")
@requires(Permission.HANDLE_CARDS)
def reprinted(code: str) -> ResponseReturnValue:
    """All cards are printed again: from now on they lead to today's address."""
    now = datetime.now(UTC)
    event = event_or_404(code)
    event.cards_base = hall_url()
    record(
        db.session,
        now,
        me().user_id,
        Action.CARDS_PRINTED,
        ("event", event.uid),
        address=event.cards_base,
    )
    db.session.commit()
    flash("Dicatat. Bagikan kartu yang baru; kode QR pada kartu lama tidak terbuka.", "success")
    return redirect(url_for("cards.index", code=event.code), 303)


def _card(enrolment: Enrolment) -> Card:
    key = card_key_of(enrolment)
    address = hall_url(url_for("auth.enter_by_card", token=token_of(enrolment, key)))
    return Card(
        name=name_of(enrolment),
        unit=enrolment.unit_name,
        code=show_code(code_of(enrolment, key)),
        qr=qr_svg(address, QR_PIXELS),
    )


def _units(event: Event, chosen: str | None) -> list[dict[str, object]]:
    """Links that choose one unit's cards, or everybody's."""
    found = roster.units_on(db.session, event)
    everybody = {
        "text": "Semua unit",
        "url": url_for("cards.index", code=event.code),
        "current": chosen is None,
    }
    return [everybody] + [
        {
            "text": f"{name} {number}",
            "url": url_for("cards.index", code=event.code, unit=uid),
            "current": uid == chosen,
        }
        for uid, name, number in found
    ]


@bp.get("/kegiatan/<code>/daftar-meja")
@requires(Permission.HANDLE_CARDS)
def desk(code: str) -> ResponseReturnValue:
    event = event_or_404(code)
    keys = card_keys()
    rows, _ = roster.enrolments_for_cards(db.session, event)
    by_unit: dict[str, list[DeskLine]] = {}
    for enrolment in rows:
        code = code_of(enrolment, keys.of(enrolment.card_key))
        line = DeskLine(name_of(enrolment), enrolment.unit_name, show_code(code))
        by_unit.setdefault(line.unit, []).append(line)
    page = render_template(
        "events/cards/desk.html",
        event=event,
        by_unit=by_unit,
        address=without_scheme(hall_url(url_for("auth.join", code=event.code))),
    )
    if by_unit:
        log_apart(Action.CARDS_LISTED, ("event", event.uid), again=False)
    return page
