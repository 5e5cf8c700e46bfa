"""Events for the officer: the list, one event and what it still lacks, making and editing it."""

from collections.abc import Sequence
from datetime import UTC, datetime

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from wtforms import BooleanField

from quiz.actions.people.auditing import record
from quiz.assessment.items.item import Status
from quiz.database import db
from quiz.exchange.rosters.names import name_and_role
from quiz.formats import datetime_id, wita
from quiz.models import Event, Sitting
from quiz.models.people.audit import Action
from quiz.permissions import Permission
from quiz.queries.events import event_steps, events
from quiz.queries.events.attendance import box_of
from quiz.queries.events.ready import TESTS
from quiz.queries.people.privacy.requests import waiting_requests
from quiz.queries.people.retention import erases_at, erasure_of, leapt_from
from quiz.queries.scores.editions import published
from quiz.views.events._event_form import EventForm, NewEventForm
from quiz.views.events._hall import (
    cards_lead_elsewhere,
    hall_reachable,
    hall_url,
    without_scheme,
)
from quiz.web import moments
from quiz.web.access import me, requires
from quiz.web.layout.qr import qr_svg
from quiz.web.loaders.events import event_or_404
from quiz.web.paging import PAGE_SIZE, Page, page_number

bp = Blueprint("events", __name__)


@bp.get("/kegiatan")
@requires(Permission.MANAGE_EVENTS)
def index() -> ResponseReturnValue:
    now = datetime.now(UTC)
    search = request.args.get("cari", "").strip()[:80]
    archived = request.args.get("tampil") == "arsip"
    number = page_number()
    rows, total = events.event_rows(
        db.session,
        search,
        now,
        archived=archived,
        offset=(number - 1) * PAGE_SIZE,
        limit=PAGE_SIZE,
    )
    return render_template(
        "events/events/index.html",
        rows=rows,
        page=Page(number, total),
        search=search,
        archived=archived,
        counts=events.event_counts(db.session),
        requests=waiting_requests(db.session),
        clock_leapt=leapt_from(db.session, now),
    )


class EditEventForm(EventForm):
    """An event there is, and whether its sittings go along when it moves."""

    move_sittings = BooleanField(
        "Bila waktu mulainya berubah, pindahkan juga sesi yang belum dikerjakan",
        description="Jam buka dan tutupnya bergeser sama jauh dengan waktu mulai kegiatan.",
        default=True,
    )


@bp.route("/kegiatan/baru", methods=["GET", "POST"])
@requires(Permission.MANAGE_EVENTS)
def add() -> ResponseReturnValue:
    now = datetime.now(UTC)
    form = NewEventForm(day=moments.show(now)[0], start="08:00", end="11:15")
    if not form.validate_on_submit():
        status = 400 if form.is_submitted() else 200
        return render_template(
            "events/events/add.html", form=form, may_copy=any(events.event_counts(db.session))
        ), status
    event = Event(
        code=form.event_code,
        created_at=now,
        created_by_id=me().user_id,
    )
    form.write_to(event)
    db.session.add(event)
    db.session.flush()
    record(
        db.session, now, me().user_id, Action.EVENT_ADDED, ("event", event.uid), title=event.title
    )
    db.session.commit()
    flash(f"Kegiatan {event.code} dibuat. Langkah pertama: daftar peserta.", "success")
    return redirect(url_for("events.page", code=event.code), 303)


@bp.get("/kegiatan/<code>")
@requires(Permission.MANAGE_EVENTS)
def page(code: str) -> ResponseReturnValue:
    now = datetime.now(UTC)
    event = event_or_404(code, erased_too=True)
    if event.erased_words:
        return _without_people(event)
    roster = events.roster_facts(db.session, event)
    sittings = events.sitting_facts(db.session, event, roster, now)
    address = hall_url(url_for("auth.join", code=event.code))
    return render_template(
        "events/events/page.html",
        event=event,
        state=event.state([facts.state for facts in sittings], now),
        roster=roster,
        sittings=sittings,
        wanting=event_steps.wanting(
            event,
            roster,
            sittings,
            now,
            reachable=hall_reachable() or event.ends_at <= now,
            moved=cards_lead_elsewhere(event) and now < event.ends_at,
        ),
        steps=event_steps.steps(roster, sittings),
        lacks_tests=not any(facts.sitting.phase in TESTS for facts in sittings),
        status_words=_status_words(roster.statuses),
        speakers=[name_and_role(line) for line in event.speakers.splitlines()],
        address=without_scheme(address),
        printed=without_scheme(event.cards_base or ""),
        qr=qr_svg(address, 168),
        erases_at=erases_at(db.session, event),
        now=now,
    )


def _without_people(event: Event) -> str:
    """What is left of an event whose people are erased: its editions, and numbers."""
    return render_template(
        "events/events/erased.html",
        event=event,
        erasure=erasure_of(db.session, event),
        editions=published.editions(db.session, event),
        box=box_of(db.session, event),
    )


def _status_words(statuses: dict[Status, int]) -> str:
    """31 PNS, 11 PPPK, 8 kepala desa."""
    labels = [(number, status.label) for status, number in statuses.items()]
    return ", ".join(
        f"{number} {label if label.isupper() else label[0].lower() + label[1:]}"
        for number, label in labels
    )


@bp.route("/kegiatan/<code>/ubah", methods=["GET", "POST"])
@requires(Permission.MANAGE_EVENTS)
def edit(code: str) -> ResponseReturnValue:
    now = datetime.now(UTC)
    event = event_or_404(code)
    form = EditEventForm.of(event)
    sittings = events.sittings_not_begun(db.session, event)
    if not form.validate_on_submit():
        status = 400 if form.is_submitted() else 200
        return render_template(
            "events/events/edit.html", form=form, event=event, sittings=sittings
        ), status
    before = event.starts_at
    form.write_to(event)
    shift = event.starts_at - before
    moved = sittings if shift and form.move_sittings.data else []
    for sitting in moved:
        sitting.move(shift)
    record(
        db.session, now, me().user_id, Action.EVENT_CHANGED, ("event", event.uid), title=event.title
    )
    db.session.commit()
    flash("Tersimpan.", "success")
    if shift:
        _tell_of_sittings(event, moved, before)
    return redirect(url_for("events.page", code=event.code), 303)


def _tell_of_sittings(event: Event, moved: Sequence[Sitting], before: datetime) -> None:
    """Which sittings went along with the event, which did not, and when each now opens."""
    for sittings, words in (
        (moved, "Ikut pindah"),
        ([each for each in event.sittings if each not in moved], "Tidak ikut pindah"),
    ):
        times = ", ".join(f"{each.label} {datetime_id(each.opens_at)}" for each in sittings)
        if times:
            flash(f"{words}: {times}.", "attention")
    if wita(event.starts_at).date() != wita(before).date():
        flash(
            "Tanggal berubah. Siapkan ulang sesi yang belum dikerjakan, agar dasar hukum soal "
            "diperiksa pada tanggal yang baru.",
            "attention",
        )
