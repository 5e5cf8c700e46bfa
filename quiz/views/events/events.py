"""Events for the officer: the list, one event and what it still lacks, making and editing it."""

import re
from collections.abc import Sequence
from datetime import UTC, datetime
from random import SystemRandom
from string import ascii_uppercase
from typing import Any, Self

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from wtforms import BooleanField, StringField, TextAreaField
from wtforms.validators import DataRequired, Length, Optional, Regexp, ValidationError

from quiz.actions.people.auditing import record
from quiz.assessment.items.item import Status
from quiz.codes import join_code
from quiz.database import db
from quiz.exchange.rosters.names import name_and_role
from quiz.formats import datetime_id, wita
from quiz.models import Event, Sitting
from quiz.models.people.audit import Action
from quiz.permissions import Permission
from quiz.queries.events import event_steps, events
from quiz.queries.events.ready import TESTS
from quiz.views.events._hall import (
    cards_lead_elsewhere,
    hall_reachable,
    hall_url,
    qr_svg,
    without_scheme,
)
from quiz.web import moments
from quiz.web.access import me, requires
from quiz.web.forms import Form, one_line
from quiz.web.loaders.events import event_or_404
from quiz.web.paging import PAGE_SIZE, Page, page_number

bp = Blueprint("events", __name__)

CODE_LETTERS = 4
"""Letters of a code the application makes, when the title has as many words."""


@bp.get("/kegiatan")
@requires(Permission.MANAGE_EVENTS)
def index() -> ResponseReturnValue:
    search = request.args.get("cari", "").strip()[:80]
    number = page_number()
    rows, total = events.event_rows(
        db.session,
        search,
        datetime.now(UTC),
        offset=(number - 1) * PAGE_SIZE,
        limit=PAGE_SIZE,
    )
    return render_template(
        "events/events/index.html",
        rows=rows,
        page=Page(number, total),
        search=search,
    )


class EventForm(Form):
    """What an event is called, when and where it is, and who holds it. Times are WITA."""

    title = StringField(
        "Judul kegiatan",
        validators=[DataRequired("Tulis judul kegiatan."), Length(max=200)],
        filters=[one_line],
    )
    place = StringField("Tempat", validators=[Length(max=200)], filters=[one_line])
    day = moments.DayField("Tanggal")
    start = moments.ClockField("Mulai (WITA)")
    end = moments.ClockField("Selesai (WITA)")
    last_day = moments.DayField(
        "Tanggal selesai", description="Hanya bila kegiatan lebih dari satu hari."
    )
    organiser = StringField("Penyelenggara", validators=[Length(max=200)], filters=[one_line])
    speakers = TextAreaField(
        "Narasumber dan panitia",
        description="Satu orang per baris, misalnya: Dewi Larasati, narasumber.",
        validators=[Length(max=500, message="Paling banyak 500 huruf.")],
    )

    starts_at: datetime
    ends_at: datetime

    @classmethod
    def of(cls, event: Event) -> Self:
        """The form filled with what the event says."""
        day, start = moments.show(event.starts_at)
        last_day, end = moments.show(event.ends_at)
        later = last_day if last_day != day else ""
        return cls(obj=event, day=day, start=start, end=end, last_day=later)

    def validate(self, extra_validators: Any = None) -> bool:
        """Also that the event ends after it starts; sets ``starts_at`` and ``ends_at``."""
        fine = bool(super().validate(extra_validators))
        last_day = self.last_day if (self.last_day.data or "").strip() else self.day
        starts_at = moments.read(self.day, self.start)
        if starts_at is None:
            return False
        ends_at = moments.read(last_day, self.end)
        if ends_at is None:
            return False
        if ends_at <= starts_at:
            self.end.errors = ["Jam selesai harus sesudah jam mulai."]
            return False
        self.starts_at, self.ends_at = starts_at, ends_at
        return fine

    def write_to(self, event: Event) -> None:
        """Put what was typed into the event."""
        event.title, event.place = self.title.data, self.place.data or ""
        event.organiser = self.organiser.data or ""
        lines = (self.speakers.data or "").splitlines()
        event.speakers = "\n".join(filter(None, (" ".join(line.split()) for line in lines)))
        event.starts_at, event.ends_at = self.starts_at, self.ends_at


class EditEventForm(EventForm):
    """An event there is, and whether its sittings go along when it moves."""

    move_sittings = BooleanField(
        "Bila waktu mulainya berubah, pindahkan juga sesi yang belum dikerjakan",
        description="Jam buka dan tutupnya bergeser sama jauh dengan waktu mulai kegiatan.",
        default=True,
    )


class NewEventForm(EventForm):
    """A new event: its code too."""

    code = StringField(
        "Kode kegiatan",
        description="Tertulis di layar depan, contoh LJN-482. Kosongkan agar dibuatkan.",
        validators=[
            Optional(),
            Regexp(
                r"^[A-Z]{2,8}-[0-9]{3}\Z",
                message="Kode terdiri atas 2 sampai 8 huruf, strip, dan 3 angka. Contoh: LJN-482.",
            ),
        ],
        filters=[lambda text: text.strip().upper() if text else text],
        render_kw={"autocapitalize": "characters", "spellcheck": "false"},
    )

    def validate_code(self, field: StringField) -> None:
        same = events.event_with_code(db.session, field.data) if field.data else None
        if same is not None:
            raise ValidationError(
                f"Kode ini sudah dipakai kegiatan {same.title}. Pilih kode lain, atau kosongkan."
            )


@bp.route("/kegiatan/baru", methods=["GET", "POST"])
@requires(Permission.MANAGE_EVENTS)
def add() -> ResponseReturnValue:
    now = datetime.now(UTC)
    form = NewEventForm(day=moments.show(now)[0], start="08:00", end="11:15")
    if not form.validate_on_submit():
        status = 400 if form.is_submitted() else 200
        return render_template("events/events/add.html", form=form), status
    event = Event(
        code=form.code.data or _free_code(form.place.data or form.title.data),
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


def _free_code(words: str) -> str:
    """A code of the words' initials that no event has yet."""
    initials = "".join(re.findall(r"\b[A-Z]", words.upper()))[:CODE_LETTERS]
    letters = initials if len(initials) > 1 else "KGT"
    while True:
        code = join_code(SystemRandom(), letters)
        if events.event_with_code(db.session, code) is None:
            return code
        letters = initials[:CODE_LETTERS] + "".join(SystemRandom().choices(ascii_uppercase, k=2))


@bp.get("/kegiatan/<code>")
@requires(Permission.MANAGE_EVENTS)
def page(code: str) -> ResponseReturnValue:
    now = datetime.now(UTC)
    event = event_or_404(code)
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
            roster,
            sittings,
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
        now=now,
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
        times = ", ".join(f"{each.phase.label} {datetime_id(each.opens_at)}" for each in sittings)
        if times:
            flash(f"{words}: {times}.", "attention")
    if wita(event.starts_at).date() != wita(before).date():
        flash(
            "Tanggal berubah. Siapkan ulang sesi yang belum dikerjakan, agar dasar hukum soal "
            "diperiksa pada tanggal yang baru.",
            "attention",
        )
