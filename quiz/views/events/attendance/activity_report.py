"""What only the activity report of an event says, beside its berita acara."""

from datetime import UTC, datetime

from flask import Blueprint, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from wtforms import StringField, TextAreaField

from quiz.actions.people.auditing import record
from quiz.database import db
from quiz.models import ActivityReport, Event
from quiz.models.people.audit import Action
from quiz.permissions import Permission
from quiz.queries.events.attendance import activity_report_of, minutes_of
from quiz.web.access import me, requires
from quiz.web.forms import Form, at_most, one_line, trimmed
from quiz.web.loaders.events import event_or_404

bp = Blueprint("activity_report", __name__)


class ActivityReportForm(Form):
    """What an office writes in the report."""

    number = StringField(
        "Nomor",
        description="Nomor naskah laporan. Boleh kosong dan diisi dengan tangan.",
        validators=[at_most(80)],
        filters=[one_line],
    )
    basis = TextAreaField(
        "Dasar kegiatan ini",
        description=(
            "Satu baris satu dasar, misalnya surat tugas atau undangan. Undang-undang dan "
            "peraturan yang dirujuk soalnya tercetak sendiri."
        ),
        validators=[at_most(2000)],
        filters=[trimmed],
    )
    account = TextAreaField(
        "Uraian kegiatan",
        description="Jalannya acara: pembukaan, materi, diskusi. Tiap baris menjadi satu alinea.",
        validators=[at_most(6000)],
        filters=[trimmed],
    )
    obstacles = TextAreaField(
        "Hambatan dan pemecahannya",
        description="Catatan pelaksanaan pada berita acara tercetak sendiri sebelum ini.",
        validators=[at_most(4000)],
        filters=[trimmed],
    )


def _unwritten(event: Event) -> ActivityReport:
    return ActivityReport(event_id=event.id, number="", basis="", account="", obstacles="")


@bp.route("/kegiatan/<code>/laporan-pelaksanaan", methods=["GET", "POST"])
@requires(Permission.MANAGE_EVENTS)
def edit(code: str) -> ResponseReturnValue:
    event = event_or_404(code)
    written = activity_report_of(db.session, event) or _unwritten(event)
    form = ActivityReportForm(obj=written)
    if not form.validate_on_submit():
        status = 400 if form.is_submitted() else 200
        page = render_template(
            "events/activity_report/edit.html",
            form=form,
            event=event,
            minutes=minutes_of(db.session, event),
        )
        return page, status
    form.populate_obj(written)
    db.session.add(written)
    now, action = datetime.now(UTC), Action.ACTIVITY_REPORT_CHANGED
    record(db.session, now, me().user_id, action, ("event", event.uid))
    db.session.commit()
    flash("Isi laporan pelaksanaan tersimpan.", "success")
    return redirect(url_for("activity_report.edit", code=event.code), 303)
