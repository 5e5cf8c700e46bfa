"""Texts with links, for the officer to send by WhatsApp; the application sends nothing itself.

A personal link enters as its person, like a card, so every showing leaves a line in the audit log.
"""

from typing import NamedTuple

from flask import Blueprint, render_template, request, url_for
from flask.typing import ResponseReturnValue

from quiz.actions.events.enrolling import code_of, token_of
from quiz.codes import show_code
from quiz.config.addresses import only_here
from quiz.database import db
from quiz.formats import day_date_id, time_id
from quiz.models import Enrolment, Event
from quiz.models.people.audit import Action, SubjectType
from quiz.permissions import Permission
from quiz.queries.events import roster
from quiz.views.events._hall import hall_url
from quiz.web.access import log_apart, requires
from quiz.web.keys import card_key_of, office
from quiz.web.loaders.events import enrolment_or_404, event_or_404
from quiz.web.paging import Page, page_number

bp = Blueprint("texts", __name__)

TEXTS_A_PAGE = 50


class Text(NamedTuple):
    """A text for one person."""

    name: str
    unit: str
    words: str


class Base(NamedTuple):
    """The address links begin with, and whether it opens outside the hall."""

    address: str
    anywhere: bool


@bp.get("/kegiatan/<code>/hp/pesan")
@requires(Permission.MANAGE_EVENTS)
def group(code: str) -> ResponseReturnValue:
    event, base = event_or_404(code), _base()
    return render_template(
        "events/texts/group.html",
        event=event,
        words=_for_group(event, base),
        base=base,
        reachable=not only_here(base.address),
    )


@bp.get("/kegiatan/<code>/hp/pesan/peserta")
@requires(Permission.HANDLE_CARDS)
def personal(code: str) -> ResponseReturnValue:
    event, base, person = event_or_404(code), _base(), request.args.get("orang")
    chosen = enrolment_or_404(code, person) if person else None
    number = page_number()
    rows, total = roster.enrolments_for_cards(
        db.session,
        event,
        uid=person,
        offset=(number - 1) * TEXTS_A_PAGE,
        limit=TEXTS_A_PAGE,
    )
    page = render_template(
        "events/texts/personal.html",
        event=event,
        person=chosen,
        texts=[
            Text(each.user.name, each.unit_name, _for_person(event, each, base)) for each in rows
        ],
        page=Page(number, total, TEXTS_A_PAGE),
        base=base,
        reachable=not only_here(base.address),
    )
    shown: tuple[SubjectType, str] = ("enrolment", chosen.uid) if chosen else ("event", event.uid)
    if rows:
        log_apart(Action.CARDS_OPENED, shown, again=False)
    return page


def _base() -> Base:
    """The office's address, because messages are read at home; without one the hall's."""
    outside = office().office_url
    return Base(outside or hall_url(), bool(outside))


def _for_group(event: Event, base: Base) -> str:
    link = base.address + url_for("auth.join", code=event.code)
    return _paragraphs(
        _invitation(event),
        f"Kuis dikerjakan di HP masing-masing, lewat tautan ini:\n{link}",
        "Masuk dengan kode pada kartu Anda. Kode itu milik Anda sendiri: jangan ditulis di grup "
        "ini.",
        _where(event, base),
        office().organisation,
    )


def _for_person(event: Event, enrolment: Enrolment, base: Base) -> str:
    key = card_key_of(enrolment)
    link = base.address + url_for("auth.enter_by_card", token=token_of(enrolment, key))
    return _paragraphs(
        f"Yth. {enrolment.user.name}",
        _invitation(event),
        f"Tautan Anda untuk masuk kuis:\n{link}",
        f"Bila diminta kode, ketik {show_code(code_of(enrolment, key))}. Tautan dan kode ini milik "
        "Anda sendiri, jadi jangan diteruskan.",
        _where(event, base),
        office().organisation,
    )


def _invitation(event: Event) -> str:
    hours = f"{time_id(event.starts_at).removesuffix(' WITA')} sampai {time_id(event.ends_at)}"
    if day_date_id(event.starts_at) != day_date_id(event.ends_at):
        hours = f"{time_id(event.starts_at)}, sampai {day_date_id(event.ends_at)}"
    lines = (event.title, f"{day_date_id(event.starts_at)}, {hours}", event.place)
    return "\n".join(filter(None, lines))


def _where(event: Event, base: Base) -> str:
    """What a link that opens only in the hall needs to be said of it."""
    if base.anywhere:
        return ""
    network = f"Wi-Fi {event.wifi_name}" if event.wifi_name else "Wi-Fi ruangan"
    return f"Tautan terbuka di ruangan kegiatan, setelah HP tersambung ke {network}."


def _paragraphs(*words: str) -> str:
    return "\n\n".join(filter(None, words))
