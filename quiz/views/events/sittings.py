"""A sitting on the day: prepared, opened, closed, extended, its feedback released, or deleted.

Each step has a page that says what will happen, and a button on it that does it.
"""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from secrets import token_hex
from typing import Any, Unpack

from flask import Blueprint, abort, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from wtforms import HiddenField, RadioField

from quiz.actions.events.preparing import complete as complete_form
from quiz.actions.events.preparing import mark_anchors, unprepare
from quiz.actions.events.preparing import prepare as prepare_form
from quiz.actions.people.auditing import record
from quiz.assessment.attempt_state import SittingState
from quiz.assessment.forms.form import Gap
from quiz.assessment.items.item import Status
from quiz.assessment.items.types import ITEM_TYPES
from quiz.database import db
from quiz.formats import when_id
from quiz.models import Sitting
from quiz.models.people.audit import Action, Detail
from quiz.models.refusals import Refused
from quiz.permissions import Permission
from quiz.queries.events import events
from quiz.queries.events.anchors import practised_positions
from quiz.queries.events.prepared import has_attempts, stored_form
from quiz.queries.sources.material import topic_names
from quiz.queries.taking.keys import keys_are_out, last_arrival
from quiz.views.events._gaps import gap_words
from quiz.web.access import can, me, requires
from quiz.web.forms import Form
from quiz.web.loaders.events import sitting_or_404

bp = Blueprint("sittings", __name__)

EXTENSIONS = (3, 5, 10)
"""Minutes on offer when a sitting is extended; a closed one also by the whole limit and more."""

SHORTEST_WINDOW = 30
"""Minutes offered for a sitting without a limit."""

SPARE = 10
"""Minutes beyond the limit for reading the screen and finding one's card after a late start."""


@bp.get("/kegiatan/<code>/sesi/<uid>")
@requires(Permission.MANAGE_EVENTS)
def page(code: str, uid: str) -> ResponseReturnValue:
    now = datetime.now(UTC)
    sitting = sitting_or_404(code, uid)
    form = stored_form(db.session, sitting)
    return render_template(
        "events/sittings/page.html",
        **_facts(sitting, now),
        form=form,
        served=[status for status in Status if form and all(status in s.versions for s in form)],
        shows_keys=can(Permission.EDIT_ITEMS) or keys_are_out(sitting, now),
        practised=practised_positions(db.session, sitting),
        topics=topic_names(db.session),
        types=ITEM_TYPES,
    )


def _facts(sitting: Sitting, now: datetime) -> dict[str, Any]:
    """What every page about a sitting shows."""
    roster = events.roster_facts(db.session, sitting.event)
    every = events.sitting_facts(db.session, sitting.event, roster, now)
    return {
        "event": sitting.event,
        "sitting": sitting,
        "facts": next(facts for facts in every if facts.sitting is sitting),
        "roster": roster,
        "begun": has_attempts(db.session, sitting),
        "now": now,
        "back": _came_from(sitting),
        "onward": {"kembali": request.args.get("kembali")},
    }


@bp.route("/kegiatan/<code>/sesi/<uid>/siapkan", methods=["GET", "POST"])
@requires(Permission.MANAGE_EVENTS)
def prepare(code: str, uid: str) -> ResponseReturnValue:
    now = datetime.now(UTC)
    return _choose_items(
        sitting_or_404(code, uid),
        "events/sittings/prepare.html",
        lambda sitting: prepare_form(db.session, sitting, now, token_hex(8)),
        (Action.SITTING_PREPARED, "siap"),
        now,
    )


@bp.route("/kegiatan/<code>/sesi/<uid>/lengkapi", methods=["GET", "POST"])
@requires(Permission.MANAGE_EVENTS)
def complete(code: str, uid: str) -> ResponseReturnValue:
    now = datetime.now(UTC)
    return _choose_items(
        sitting_or_404(code, uid),
        "events/sittings/complete.html",
        lambda sitting: complete_form(db.session, sitting),
        (Action.SITTING_COMPLETED, "lengkap untuk semua status"),
        now,
    )


def _choose_items(
    sitting: Sitting,
    template: str,
    choose: Callable[[Sitting], list[Gap]],
    done: tuple[Action, str],
    now: datetime,
) -> ResponseReturnValue:
    """Ask, then let ``choose`` fill the form; gaps or a refusal are shown and change nothing."""
    form = Form()
    faults: list[str] = []
    if form.validate_on_submit():
        try:
            gaps = choose(sitting)
        except Refused as refusal:
            db.session.rollback()
            abort(409, description=str(refusal))
        if not gaps:
            return _done(sitting, done[0], f"{sitting.phase.label} {done[1]}.", now)
        faults = gap_words(gaps, topic_names(db.session))
    status = 400 if faults else 200
    return render_template(template, form=form, faults=faults, **_facts(sitting, now)), status


@bp.route("/kegiatan/<code>/sesi/<uid>/buka", methods=["GET", "POST"])
@requires(Permission.MANAGE_EVENTS)
def open_now(code: str, uid: str) -> ResponseReturnValue:
    now = datetime.now(UTC)
    sitting = _in_state(code, uid, now, SittingState.SCHEDULED)
    form = Form()
    if not form.validate_on_submit():
        return render_template("events/sittings/open.html", form=form, **_facts(sitting, now))
    sitting.open_now(now)
    said = f"{sitting.phase.label} terbuka sampai {when_id(sitting.closes_at, now)}."
    return _done(sitting, Action.SITTING_OPENED, said, now)


@bp.route("/kegiatan/<code>/sesi/<uid>/tutup", methods=["GET", "POST"])
@requires(Permission.MANAGE_EVENTS)
def close(code: str, uid: str) -> ResponseReturnValue:
    now = datetime.now(UTC)
    sitting = _in_state(code, uid, now, SittingState.OPEN)
    form = Form()
    if not form.validate_on_submit():
        return render_template("events/sittings/close.html", form=form, **_facts(sitting, now))
    sitting.close_now(now)
    return _done(sitting, Action.SITTING_CLOSED, f"{sitting.phase.label} ditutup.", now)


class ExtendForm(Form):
    """How long, and the closing time it was asked for, so that two clicks extend once."""

    minutes = RadioField("Tambahan waktu", coerce=int, default=EXTENSIONS[0])
    closes = HiddenField()

    def offer(self, sitting: Sitting, now: datetime) -> None:
        """Fill the choices with the closing time each leads to, and whom it would cut short."""
        start = max(sitting.closes_at, now)
        limit = sitting.time_limit_minutes or SHORTEST_WINDOW
        whole = {limit, limit + SPARE} if sitting.closes_at <= now else set()
        self.minutes.choices = {
            minutes: _extension_words(minutes, start + timedelta(minutes=minutes), sitting, now)
            for minutes in sorted(whole.union(EXTENSIONS))
        }

    def suggest(self, sitting: Sitting, *, begun: bool) -> None:
        """Mark a whole limit where nobody has begun: the start was late."""
        if not begun:
            choices = dict(self.minutes.choices)
            limit = sitting.time_limit_minutes or SHORTEST_WINDOW
            self.minutes.data = limit if limit in choices else self.minutes.data


def _extension_words(minutes: int, closes_at: datetime, sitting: Sitting, now: datetime) -> str:
    words = f"{minutes} menit, ditutup {when_id(closes_at, now)}"
    limit = sitting.time_limit_for()
    if limit is not None and closes_at - now < limit:
        words += f"; yang baru mulai tidak mendapat {sitting.time_limit_minutes} menit penuh"
    return words


@bp.route("/kegiatan/<code>/sesi/<uid>/perpanjang", methods=["GET", "POST"])
@requires(Permission.MANAGE_EVENTS)
def extend(code: str, uid: str) -> ResponseReturnValue:
    now = datetime.now(UTC)
    sitting = _in_state(code, uid, now, SittingState.OPEN, SittingState.CLOSED)
    refusal = sitting.refusal_to_reopen(now)
    if refusal:
        abort(409, description=refusal)
    stamp = sitting.closes_at.isoformat()
    form = ExtendForm(closes=stamp)
    form.offer(sitting, now)
    if form.validate_on_submit():
        if form.closes.data == stamp:
            sitting.extend(form.minutes.data, now)
            said = f"{sitting.phase.label} kini ditutup {when_id(sitting.closes_at, now)}."
            return _done(sitting, Action.SITTING_EXTENDED, said, now, minutes=form.minutes.data)
        form.closes.data = stamp
        form.minutes.errors = [
            f"Jam tutup sudah berubah menjadi {when_id(sitting.closes_at, now)} sejak halaman ini "
            "dibuka. Perpanjang lagi hanya bila masih perlu."
        ]
    if not form.is_submitted():
        form.suggest(sitting, begun=has_attempts(db.session, sitting))
    status = 400 if form.is_submitted() else 200
    return render_template("events/sittings/extend.html", form=form, **_facts(sitting, now)), status


@bp.route("/kegiatan/<code>/sesi/<uid>/rilis", methods=["GET", "POST"])
@requires(Permission.MANAGE_EVENTS)
def release(code: str, uid: str) -> ResponseReturnValue:
    now = datetime.now(UTC)
    sitting = _in_state(code, uid, now, SittingState.CLOSED)
    if not sitting.awaits_release:
        abort(409, description=f"Pembahasan {sitting.phase.label} sudah dapat dilihat peserta.")
    form = Form()
    if not form.validate_on_submit():
        return render_template(
            "events/sittings/release.html",
            form=form,
            last_arrival=last_arrival(sitting),
            **_facts(sitting, now),
        )
    sitting.release(now)
    said = f"Pembahasan {sitting.phase.label} dirilis."
    if now < last_arrival(sitting):
        said += (
            " Peserta melihatnya begitu tidak ada lagi yang ditunggu, paling lambat "
            f"{when_id(last_arrival(sitting), now)}."
        )
    return _done(sitting, Action.SITTING_RELEASED, said, now)


def _in_state(code: str, uid: str, now: datetime, *states: SittingState) -> Sitting:
    """The sitting in one of these states, or a page that says which state it is in."""
    sitting = sitting_or_404(code, uid)
    state = sitting.state(now)
    if state not in states:
        abort(
            409,
            description=f"{sitting.phase.label} kini berkeadaan “{state.label}”, jadi langkah ini "
            "tidak berlaku. Mungkin sudah dilakukan di jendela lain.",
        )
    return sitting


@bp.route("/kegiatan/<code>/sesi/<uid>/hapus", methods=["GET", "POST"])
@requires(Permission.MANAGE_EVENTS)
def delete(code: str, uid: str) -> ResponseReturnValue:
    now = datetime.now(UTC)
    sitting = sitting_or_404(code, uid)
    event = sitting.event
    if has_attempts(db.session, sitting):
        abort(
            409,
            description=f"{sitting.phase.label} sudah dikerjakan, jadi tidak dapat dihapus: "
            "jawabannya akan hilang. Tutup saja sesinya.",
        )
    form = Form()
    if not form.validate_on_submit():
        return render_template(
            "events/sittings/delete.html",
            form=form,
            event=event,
            sitting=sitting,
            back=_came_from(sitting),
            onward={},
        )
    _record(sitting, Action.SITTING_DELETED, now)
    unprepare(db.session, sitting)
    db.session.delete(sitting)
    db.session.flush()
    mark_anchors(db.session, event.id)
    db.session.commit()
    flash(f"{sitting.phase.label} dihapus.", "success")
    return redirect(url_for("events.page", code=event.code), 303)


def _done(
    sitting: Sitting, action: Action, said: str, now: datetime, /, **detail: Unpack[Detail]
) -> ResponseReturnValue:
    """Log what was done, commit, say it, and go back to where one came from."""
    _record(sitting, action, now, **detail)
    db.session.commit()
    flash(said, "success")
    return redirect(_came_from(sitting), 303)


def _came_from(sitting: Sitting) -> str:
    """The live board where the address says so, else the event."""
    if request.args.get("kembali") == "papan":
        return url_for("board.page", code=sitting.event.code, sesi=sitting.uid)
    return url_for("events.page", code=sitting.event.code)


def _record(sitting: Sitting, action: Action, now: datetime, /, **detail: Unpack[Detail]) -> None:
    detail = Detail(sitting=sitting.phase.label) | detail
    record(db.session, now, me().user_id, action, ("sitting", sitting.uid), **detail)
