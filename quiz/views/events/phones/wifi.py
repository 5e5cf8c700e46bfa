"""The Wi-Fi of the hall, as its router has it."""

import re
from datetime import UTC, datetime

from flask import Blueprint, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from wtforms import StringField
from wtforms.validators import ValidationError

from quiz.actions.people.auditing import record
from quiz.database import db
from quiz.models.people.audit import Action
from quiz.permissions import Permission
from quiz.web.access import me, requires
from quiz.web.forms import Form
from quiz.web.loaders.events import event_or_404

bp = Blueprint("wifi", __name__)

LONGEST_NAME = 32
"""Bytes of a network's name (IEEE 802.11)."""

PASSWORD = re.compile(r"[\x20-\x7e]{8,63}")
"""A WPA passphrase: 8 to 63 characters that every keyboard has."""

AS_TYPED = {"autocapitalize": "off", "autocomplete": "off", "spellcheck": "false"}


def _trimmed(text: str | None) -> str:
    return (text or "").strip()


class WifiForm(Form):
    """Name and password of the hall's Wi-Fi; both empty where there is none to be told of."""

    wifi_name = StringField(
        "Nama Wi-Fi",
        description="Persis seperti di router, termasuk huruf besar dan kecilnya.",
        filters=[_trimmed],
        render_kw=AS_TYPED,
    )
    wifi_password = StringField(
        "Kata sandi Wi-Fi",
        description="Kosongkan bila Wi-Fi terbuka tanpa kata sandi. Tampil di layar proyektor dan "
        "poster, jadi pakai kata sandi yang khusus untuk kegiatan.",
        filters=[_trimmed],
        render_kw=AS_TYPED,
    )

    def validate_wifi_name(self, field: StringField) -> None:
        if not field.data.isprintable():
            raise ValidationError("Nama Wi-Fi memuat tanda yang tidak tampak. Ketik ulang namanya.")
        if len(field.data.encode()) > LONGEST_NAME:
            raise ValidationError(f"Nama Wi-Fi paling banyak {LONGEST_NAME} huruf.")
        if self.wifi_password.data and not field.data:
            raise ValidationError("Tulis nama Wi-Fi yang memakai kata sandi itu.")

    def validate_wifi_password(self, field: StringField) -> None:
        if field.data and not PASSWORD.fullmatch(field.data):
            raise ValidationError(
                "Kata sandi Wi-Fi terdiri atas 8 sampai 63 huruf, angka, atau tanda yang ada pada "
                "papan ketik."
            )


@bp.route("/kegiatan/<code>/hp/wifi", methods=["GET", "POST"])
@requires(Permission.MANAGE_EVENTS)
def edit(code: str) -> ResponseReturnValue:
    now = datetime.now(UTC)
    event = event_or_404(code)
    form = WifiForm(obj=event)
    if not form.validate_on_submit():
        status = 400 if form.is_submitted() else 200
        return render_template("events/wifi/edit.html", form=form, event=event), status
    form.populate_obj(event)
    record(
        db.session, now, me().user_id, Action.EVENT_CHANGED, ("event", event.uid), title=event.title
    )
    db.session.commit()
    flash("Wi-Fi tersimpan. Layar dan poster sudah memakainya.", "success")
    return redirect(url_for("connecting.page", code=event.code), 303)
