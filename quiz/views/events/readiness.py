"""Uji siap: whether everything an event needs is there, looked at again every few seconds."""

import shutil
from datetime import UTC, datetime
from urllib.parse import urlsplit

from flask import Blueprint, render_template, url_for
from flask.typing import ResponseReturnValue

from quiz.database import db
from quiz.database.kept import kept_in
from quiz.models import Event
from quiz.permissions import Permission
from quiz.queries.events import event_steps, events
from quiz.queries.events.readiness import Machine, checks, overlapping
from quiz.queries.people.audit import last_line_at
from quiz.queries.people.settings import reached
from quiz.views.events._hall import cards_lead_elsewhere, hall_reachable, hall_url, without_scheme
from quiz.views.events._live import Fragment, reply, shared
from quiz.web.access import can, requires
from quiz.web.forms import Form
from quiz.web.keys import settings
from quiz.web.loaders.events import event_or_404
from quiz.web.machine.addresses import is_ours

bp = Blueprint("readiness", __name__)


@bp.get("/kegiatan/<code>/siap")
@requires(Permission.MANAGE_EVENTS)
def page(code: str) -> ResponseReturnValue:
    now = datetime.now(UTC)
    return render_template(
        "events/readiness/page.html",
        event=event_or_404(code),
        live=_fragment(code, now, anew=True),
        form=Form(),
        now=now,
    )


@bp.get("/kegiatan/<code>/siap/isi")
@requires(Permission.MANAGE_EVENTS, api=True, idle=True)
def live(code: str) -> ResponseReturnValue:
    """The part that changes, for its script."""
    return reply(_fragment(code, datetime.now(UTC)))


def _fragment(code: str, now: datetime, *, anew: bool = False) -> Fragment:
    key = ("readiness", code.upper(), hall_url(), can(Permission.HANDLE_CARDS))
    return shared(key, now, lambda: _rendered(code, now), anew=anew)


def _rendered(code: str, now: datetime) -> str:
    event = event_or_404(code)
    roster = events.roster_facts(db.session, event)
    sittings = events.sitting_facts(db.session, event, roster, now)
    wanting = event_steps.wanting(event, roster, sittings, now, reachable=True)
    overlaps = overlapping(db.session, event, [facts.sitting for facts in sittings], now)
    machine = _machine(event)
    return render_template(
        "events/readiness/_live.html",
        event=event,
        checks=checks(machine, wanting, overlaps, now),
        machine=machine,
        wanting={want.lack.value: want for want in wanting},
        roster=roster,
        sittings=sittings,
        overlaps=overlaps,
        cards=url_for("cards.index", code=code) if can(Permission.HANDLE_CARDS) else None,
        address=without_scheme(hall_url(url_for("auth.join", code=event.code))),
        printed=without_scheme(event.cards_base or ""),
        now=now,
    )


def _machine(event: Event) -> Machine:
    instance = settings().instance
    kept = kept_in(instance)
    return Machine(
        reachable=hall_reachable(),
        ours=is_ours(hall_url()),
        reached_at=reached(db.session).get(urlsplit(hall_url()).netloc),
        printed=None if event.cards_base is None else not cards_lead_elsewhere(event),
        free=shutil.disk_usage(instance).free,
        backed_up_at=kept[0].made_at if kept else None,
        logged_at=last_line_at(db.session),
    )
