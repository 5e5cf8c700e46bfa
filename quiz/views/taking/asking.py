"""A person asks for a correction or deletion of what is stored, or objects to its use."""

from datetime import UTC, datetime

from flask import Blueprint, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from wtforms import RadioField, StringField, TextAreaField
from wtforms.validators import InputRequired, Length

from quiz.actions.events.privacy.requesting import Wish, make_request
from quiz.actions.people.auditing import record
from quiz.database import db
from quiz.exchange.rosters.cells import CellFault, read_nip
from quiz.models import Enrolment, User
from quiz.models.events.subject_requests import LONGEST_TEXT, LONGEST_WANTED, RequestKind
from quiz.models.people.audit import Action, SubjectType
from quiz.models.refusals import Refused
from quiz.permissions import Permission
from quiz.web.access import me, requires
from quiz.web.forms import Form, one_line, trimmed
from quiz.web.identity import Identity

bp = Blueprint("asking", __name__)


class WishForm(Form):
    """What is wanted; which of the two fields is needed follows from the kind."""

    kind = RadioField(
        "Yang Anda minta",
        choices={kind.value: kind.label for kind in RequestKind},
        validators=[InputRequired("Pilih yang Anda minta.")],
    )
    wanted = StringField(
        "Yang benar",
        description="Nama, NIP, jabatan, atau unit seperti seharusnya tertulis.",
        validators=[Length(max=LONGEST_WANTED, message=f"Paling banyak {LONGEST_WANTED} huruf.")],
        filters=[one_line],
        render_kw={"autocomplete": "off"},
    )
    text = TextAreaField(
        "Penjelasan dengan kata Anda sendiri",
        description="Untuk pembetulan boleh kosong.",
        validators=[Length(max=LONGEST_TEXT, message=f"Paling banyak {LONGEST_TEXT} huruf.")],
        filters=[trimmed],
        render_kw={"rows": 4},
    )

    def validate(self, extra_validators: object = None) -> bool:
        """Also that the field its kind needs is filled in, and can be read."""
        fine = bool(super().validate(extra_validators))
        if not fine:
            return False
        if self.asked.corrects:
            self.wanted.errors = self._faults_of_wanted()
            return not self.wanted.errors
        if not self.text.data:
            self.text.errors = ["Tulis apa yang Anda minta dan sebabnya."]
        return not self.text.errors

    @property
    def asked(self) -> RequestKind:
        """The kind that was chosen."""
        return RequestKind(self.kind.data)

    def _faults_of_wanted(self) -> list[str]:
        wanted = self.wanted.data or ""
        if not wanted:
            return ["Tulis yang benar."]
        if self.asked is RequestKind.NIP:
            try:
                read_nip(wanted)
            except CellFault as fault:
                return [fault.sentence]
        elif not any(letter.isalpha() for letter in wanted):
            return ["Yang benar harus memuat huruf."]
        return []

    def wish(self, identity: Identity) -> Wish:
        """What was filled in; of what is no field only the words."""
        wanted = (self.wanted.data or "") if self.asked.corrects else ""
        if self.asked is RequestKind.NIP:
            wanted = read_nip(wanted) or ""
        return Wish(self.asked, wanted, self.text.data or "", identity.enrolment_id)


@bp.route("/data-saya/permintaan", methods=["GET", "POST"])
@requires(Permission.OWN_DATA)
def ask() -> ResponseReturnValue:
    now = datetime.now(UTC)
    form, identity = WishForm(), me()
    if form.validate_on_submit():
        try:
            make_request(db.session, identity.user_id, form.wish(identity), now)
        except Refused as refusal:
            form.form_errors.append(str(refusal))
        else:
            kind = form.asked.label
            record(
                db.session, now, identity.user_id, Action.REQUEST_MADE, _about(identity), kind=kind
            )
            db.session.commit()
            flash(
                "Permintaan Anda terkirim. Jawabannya paling lambat 3 × 24 jam kemudian, di "
                "halaman ini.",
                "success",
            )
            return redirect(url_for("pages.my_data"), 303)
    status = 400 if form.is_submitted() else 200
    return render_template("taking/asking/ask.html", form=form), status


def _about(identity: Identity) -> tuple[SubjectType, str]:
    """Whom the log's line is about: the place on a roster by card, else the account."""
    if identity.enrolment_id is not None:
        return "enrolment", db.session.get_one(Enrolment, identity.enrolment_id).uid
    return "user", db.session.get_one(User, identity.user_id).uid
