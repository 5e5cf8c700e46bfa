"""How long people of an event are stored: what would go, the button, and a later date for one."""

from datetime import UTC, datetime, timedelta

from flask import Blueprint, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from wtforms import IntegerField, TextAreaField
from wtforms.validators import DataRequired, InputRequired, Length, NumberRange

from quiz.actions.people.auditing import record
from quiz.actions.people.settings import change_retention, trust_clock
from quiz.database import db
from quiz.database.backup import CannotBackUp
from quiz.database.clearing import NotCleared
from quiz.database.keeping import AFTERWARDS
from quiz.formats import date_id, parse_wita
from quiz.models.people.audit import Action
from quiz.models.people.settings import LONGEST_DAYS, RESPITE, SHORTEST_DAYS
from quiz.permissions import Permission
from quiz.queries.people.retention import (
    Stored,
    busy,
    erasures,
    leapt_from,
    retention,
    stored_people,
)
from quiz.web import moments
from quiz.web.access import me, requires
from quiz.web.forms import Form, one_line
from quiz.web.keys import tell_every_process
from quiz.web.loaders.events import event_or_404
from quiz.web.machine.retention import BUSY, leap_words, run

bp = Blueprint("retention", __name__)


class DaysForm(Form):
    """How long people are stored after the last sitting of their event."""

    days = IntegerField(
        "Masa simpan sesudah sesi terakhir",
        description=f"Antara {SHORTEST_DAYS} dan {LONGEST_DAYS} hari.",
        validators=[
            InputRequired("Isi jumlah harinya."),
            NumberRange(
                SHORTEST_DAYS,
                LONGEST_DAYS,
                message=f"Isi antara {SHORTEST_DAYS} dan {LONGEST_DAYS} hari.",
            ),
        ],
        render_kw={"inputmode": "numeric"},
    )


class KeepForm(Form):
    """A later date for one event, and why."""

    day = moments.DayField("Simpan sampai tanggal")
    reason = TextAreaField(
        "Alasan",
        description="Dasar yang membuat data ini masih diperlukan, misalnya pemeriksaan atau "
        "tindak lanjut. Tercatat dalam jejak.",
        validators=[
            DataRequired("Tulis alasannya."),
            Length(10, 400, message="Alasan 10 sampai 400 huruf."),
        ],
        filters=[one_line],
    )

    def until(self, stored: Stored, usual: datetime, now: datetime) -> datetime | None:
        """The end of the day that was typed; None after saying at it why it cannot be."""
        day = moments.read_day(self.day)
        if day is None:
            return None
        until = parse_wita(day.isoformat(), "00:00") + timedelta(days=1)
        latest = max(stored.last, now) + timedelta(days=LONGEST_DAYS)
        if until <= max(usual, now):
            words = f"Pilih tanggal sesudah {date_id(max(usual, now))}, hari penghapusan biasanya."
        elif until > latest:
            words = f"Paling lama sampai {date_id(latest)}."
        else:
            return until
        self.day.errors = [*self.day.errors, words]
        return None


@bp.get("/setelan/masa-simpan")
@requires(Permission.SEE_SETTINGS)
def index() -> ResponseReturnValue:
    return _page(DaysForm(days=retention(db.session).days))


@bp.post("/setelan/masa-simpan")
@requires(Permission.CHANGE_SETTINGS)
def change() -> ResponseReturnValue:
    now = datetime.now(UTC)
    form = DaysForm()
    if not form.validate_on_submit():
        return _page(form), 400
    if change_retention(db.session, form.days.data or 0, me().user_id, now):
        db.session.commit()
        tell_every_process()
        flash(f"Masa simpan sekarang {form.days.data} hari.", "success")
    else:
        flash("Tidak ada yang berubah.")
    return redirect(url_for("retention.index"), 303)


@bp.post("/setelan/masa-simpan/hapus")
@requires(Permission.MANAGE_EVENTS)
def erase() -> ResponseReturnValue:
    """Erase whose time has come, as the clock would."""
    now = datetime.now(UTC)
    last = leapt_from(db.session, now)
    refusal = leap_words(last, now) if last else BUSY if busy(db.session, now) else None
    if refusal:
        flash(refusal, "attention")
        return redirect(url_for("retention.index"), 303)
    db.give_up()
    try:
        done = run(now, me().user_id)
    except (NotCleared, CannotBackUp) as error:
        flash(f"Datanya sudah dihapus; pembersihan sesudahnya diulangi nanti. {error}", "attention")
    else:
        for sentence in done.sentences or ["Belum ada yang waktunya dihapus."]:
            flash(sentence, "success")
    return redirect(url_for("retention.index"), 303)


@bp.post("/setelan/masa-simpan/jam")
@requires(Permission.MANAGE_EVENTS)
def confirm_clock() -> ResponseReturnValue:
    """Let people be erased by the clock again after it has leapt."""
    now = datetime.now(UTC)
    last = leapt_from(db.session, now)
    if last is not None:
        trust_clock(db.session, now)
        record(
            db.session,
            now,
            me().user_id,
            Action.CLOCK_CONFIRMED,
            ("installation", ""),
            before=date_id(last),
            after=date_id(now),
        )
        db.session.commit()
        flash(f"Tercatat: hari ini {date_id(now)}.", "success")
    return redirect(url_for("retention.index"), 303)


def _page(form: DaysForm) -> str:
    now = datetime.now(UTC)
    last = leapt_from(db.session, now)
    stored = stored_people(db.session)
    return render_template(
        "people/retention/index.html",
        form=form,
        rule=retention(db.session),
        due=[each for each in stored if each.due(now)],
        later=[each for each in stored if not each.due(now)],
        erasures=erasures(db.session),
        afterwards=AFTERWARDS.days,
        respite=RESPITE.days,
        leap=leap_words(last, now) if last else None,
        now=now,
    )


@bp.route("/kegiatan/<code>/masa-simpan", methods=["GET", "POST"])
@requires(Permission.MANAGE_EVENTS)
def keep(code: str) -> ResponseReturnValue:
    now = datetime.now(UTC)
    event = event_or_404(code, archived_too=True)
    stored = stored_people(db.session, event)[0]
    usual = retention(db.session).erases_at(stored.last, None)
    form = KeepForm(reason=event.keep_reason)
    until = form.until(stored, usual, now) if form.validate_on_submit() else None
    if until is None:
        page = render_template(
            "people/retention/keep.html", form=form, event=event, stored=stored, usual=usual
        )
        return page, 400 if form.is_submitted() else 200
    reason = form.reason.data or ""
    event.keep_until, event.keep_reason = until, reason
    record(
        db.session,
        now,
        me().user_id,
        Action.EVENT_KEPT_LONGER,
        ("event", event.uid),
        day=date_id(until - timedelta(days=1)),
        reason=reason,
    )
    db.session.commit()
    flash("Tanggal penghapusannya tersimpan.", "success")
    return redirect(url_for("events.page", code=event.code), 303)


@bp.post("/kegiatan/<code>/masa-simpan/biasa")
@requires(Permission.MANAGE_EVENTS)
def keep_as_usual(code: str) -> ResponseReturnValue:
    now = datetime.now(UTC)
    event = event_or_404(code, archived_too=True)
    if event.keep_until is not None:
        event.keep_until = event.keep_reason = None
        record(db.session, now, me().user_id, Action.EVENT_KEPT_LONGER, ("event", event.uid))
        db.session.commit()
    flash("Data peserta kegiatan ini disimpan selama masa simpan biasa.", "success")
    return redirect(url_for("events.page", code=event.code), 303)
