"""What a participant thinks of the event: one sheet, without a name."""

from datetime import UTC, datetime

from flask import Blueprint, abort, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from wtforms import RadioField, TextAreaField
from wtforms.validators import InputRequired

from quiz.actions.events.attending import hand_in_sheet
from quiz.assessment.evaluation import LONGEST_REMARK, RATINGS, SCALES, Pile
from quiz.database import db
from quiz.permissions import Permission
from quiz.queries.taking.home import home_of
from quiz.web.access import requires
from quiz.web.forms import Form, at_most, trimmed
from quiz.web.loaders.taking import own_enrolment_or_404

bp = Blueprint("evaluation", __name__)


def _scale(words: str) -> RadioField:
    return RadioField(
        words, choices=RATINGS, coerce=int, validators=[InputRequired("Pilih salah satu.")]
    )


class SheetForm(Form):
    """Three ratings, in the order of SCALES, and something to say."""

    useful = _scale(SCALES[0])
    clear = _scale(SCALES[1])
    orderly = _scale(SCALES[2])
    remark = TextAreaField(
        "Saran",
        description="Boleh kosong. Jangan menulis nama atau hal yang menunjukkan siapa Anda.",
        validators=[at_most(LONGEST_REMARK)],
        filters=[trimmed],
    )

    @property
    def sheet(self) -> Pile:
        """What was filled in."""
        ratings = [self.useful.data, self.clear.data, self.orderly.data]
        return Pile.of_sheet(ratings, self.remark.data or "")


@bp.route("/evaluasi/<uid>", methods=["GET", "POST"])
@requires(Permission.TAKE_QUIZ)
def page(uid: str) -> ResponseReturnValue:
    now = datetime.now(UTC)
    enrolment = own_enrolment_or_404(uid, now)
    if enrolment.evaluated:
        return render_template("taking/evaluation/done.html", event=enrolment.event)
    if not home_of(db.session, enrolment, now).asks_evaluation:
        abort(
            409,
            description="Evaluasi kegiatan ini tidak sedang ditawarkan kepada Anda. Selesaikan "
            "dulu tes yang masih ada, atau tanyakan kepada petugas.",
        )
    form = SheetForm()
    if not form.validate_on_submit():
        status = 400 if form.is_submitted() else 200
        return render_template(
            "taking/evaluation/page.html", form=form, enrolment=enrolment
        ), status
    hand_in_sheet(db.session, enrolment, form.sheet)
    db.session.commit()
    return redirect(url_for("evaluation.page", uid=uid), 303)
