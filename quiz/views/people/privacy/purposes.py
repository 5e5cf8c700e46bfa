"""What an event is held for: seen, and changed as long as nobody has worked in it."""

from datetime import UTC, datetime

from flask import Blueprint, abort, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from wtforms import RadioField, TextAreaField
from wtforms.validators import DataRequired, InputRequired, Length, ValidationError

from quiz.actions.events.privacy.purposing import change_purpose, refusal_to_change_purpose
from quiz.database import db
from quiz.models import Event
from quiz.models.events.purposes import Purpose
from quiz.models.refusals import Refused
from quiz.permissions import Permission
from quiz.web.access import me, requires
from quiz.web.forms import Form, one_line
from quiz.web.loaders.events import event_or_404

bp = Blueprint("purposes", __name__)

LONGEST = 300


class PurposeForm(Form):
    """Another purpose, and what it rests on."""

    purpose = RadioField(
        "Tujuan",
        choices={each.value: f"{each.label}: {each.meaning}" for each in Purpose},
        validators=[InputRequired("Pilih tujuannya.")],
    )
    reason = TextAreaField(
        "Dasar dan alasan",
        description=(
            "Surat tugas atau keputusan, beserta nomornya. Selain pembinaan, peserta membacanya "
            "sebelum mulai; semuanya tersimpan dalam jejak."
        ),
        validators=[
            DataRequired("Tulis dasar dan alasannya."),
            Length(max=LONGEST, message=f"Dasar paling banyak {LONGEST} huruf."),
        ],
        filters=[one_line],
        render_kw={"rows": 3},
    )

    def validate_reason(self, field: TextAreaField) -> None:
        if not any(letter.isalpha() for letter in field.data or ""):
            raise ValidationError("Tulis dasarnya dengan kata-kata.")


@bp.route("/kegiatan/<code>/tujuan", methods=["GET", "POST"])
@requires(Permission.MANAGE_EVENTS)
def change(code: str) -> ResponseReturnValue:
    now = datetime.now(UTC)
    event = event_or_404(code)
    form = PurposeForm(purpose=event.purpose.value)
    if not form.validate_on_submit():
        return _page(event, form), 400 if form.is_submitted() else 200
    wanted = Purpose(form.purpose.data)
    try:
        change_purpose(db.session, event, wanted, form.reason.data or "", me().user_id, now)
    except Refused as refusal:
        abort(409, description=str(refusal))
    db.session.commit()
    flash(f"Tersimpan. {event.purpose_line}", "success")
    return redirect(url_for("events.page", code=event.code), 303)


def _page(event: Event, form: PurposeForm) -> str:
    return render_template(
        "people/purposes/change.html",
        event=event,
        form=form,
        refusal=refusal_to_change_purpose(db.session, event),
    )
