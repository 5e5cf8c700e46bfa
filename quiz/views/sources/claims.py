"""The claims register: checked statements behind the keys, kept by the legal checker."""

from collections.abc import Sequence
from datetime import UTC, datetime
from typing import Any

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from wtforms import RadioField, SelectMultipleField, StringField, TextAreaField, validators

from quiz.actions.people.auditing import record
from quiz.actions.sources.keeping import Change, add_claim, change_in_two_steps
from quiz.assessment.items.item import normal_text
from quiz.assessment.question_file.wording import CLAIM_FORM
from quiz.database import db
from quiz.models import Claim
from quiz.models.people.audit import Action
from quiz.models.refusals import Refused
from quiz.permissions import Permission
from quiz.queries.sources import registers
from quiz.queries.sources.file_text import file_text
from quiz.views.sources._coding import code_field
from quiz.views.sources._flagging import shown_before
from quiz.web.access import me, requires
from quiz.web.forms import Form
from quiz.web.loaders.sources import claim_or_404

bp = Blueprint("claims", __name__)

CONFIDENCES = ("tinggi", "sedang", "rendah")


class ClaimForm(Form):
    """A statement with what it rests on and how sure it is."""

    statement = TextAreaField(
        "Pernyataan",
        [
            validators.InputRequired("Isi pernyataannya."),
            validators.Length(max=2000, message="Pernyataan paling panjang 2.000 huruf."),
        ],
        description="Satu hal yang dapat dicocokkan, dengan kata-kata sendiri.",
    )
    references = SelectMultipleField("Dasar hukum", validate_choice=False)
    basis = StringField(
        "Dasar lain",
        [validators.Length(max=500, message="Dasar lain paling panjang 500 huruf.")],
        description="Misalnya angka putusan atau bagian lampiran.",
    )
    source = TextAreaField(
        "Sumber",
        [validators.Length(max=4000, message="Sumber paling panjang 4.000 huruf.")],
        description="Satu sumber per baris, misalnya alamat halamannya.",
    )
    confidence = RadioField(
        "Keyakinan",
        [validators.InputRequired("Pilih tinggi, sedang, atau rendah.")],
        choices=list(CONFIDENCES),
        description="Pernyataan dengan keyakinan rendah tidak boleh menjadi dasar kunci.",
    )

    def values(self, before: Sequence[str] = ()) -> dict[str, Any]:
        """What the register stores; articles picked ``before`` keep their order."""
        chosen = dict.fromkeys(self.references.data or ())
        lines = [normal_text(line) for line in (self.source.data or "").splitlines()]
        return {
            "statement": normal_text(self.statement.data or ""),
            "references": [code for code in before if code in chosen]
            + [code for code in chosen if code not in before],
            "basis": normal_text(self.basis.data or ""),
            "source": [line for line in lines if line],
            "confidence": self.confidence.data,
        }


class NewClaimForm(ClaimForm):
    """As the other, with the code that items will cite."""

    code = code_field(
        "pernyataan",
        "Misalnya F-SKB-11 atau F-SKB-11/larangan",
        CLAIM_FORM,
        "Kode harus seperti F-SKB-11 atau F-SKB-11/larangan.",
    )


@bp.get("/hukum/pernyataan")
@requires(Permission.KEEP_LAW)
def index() -> ResponseReturnValue:
    words = request.args.get("cari", "").strip()[:80]
    confidence = request.args.get("keyakinan", "")
    return render_template(
        "sources/claims/index.html",
        rows=registers.claims(db.session, words, confidence),
        words=words,
        confidence=confidence,
        confidences=CONFIDENCES,
    )


@bp.route("/hukum/pernyataan/baru", methods=["GET", "POST"])
@requires(Permission.KEEP_LAW)
def add() -> ResponseReturnValue:
    now = datetime.now(UTC)
    form = NewClaimForm()
    if form.validate_on_submit():
        try:
            row = add_claim(db.session, form.code.data, form.values(), now)
        except Refused as refusal:
            form.form_errors.append(str(refusal))
        else:
            record(db.session, now, me().user_id, Action.CLAIM_ADDED, ("claim", row.code))
            db.session.commit()
            flash(f"Pernyataan {row.code} ditambahkan.", "success")
            return redirect(url_for("claims.index"), 303)
    return _edit_page(form, None, [])


@bp.route("/hukum/pernyataan/<path:code>", methods=["GET", "POST"])
@requires(Permission.KEEP_LAW)
def page(code: str) -> ResponseReturnValue:
    """Change a claim, after showing which items that flags (sent back as ``akan``)."""
    now = datetime.now(UTC)
    row = claim_or_404(code)
    form = ClaimForm(data=_stored(row))
    stored = tuple(row.references)
    change = Change()
    if form.validate_on_submit():
        try:
            change = change_in_two_steps(db.session, row, form.values(stored), shown_before(), now)
        except Refused as refusal:
            form.form_errors.append(str(refusal))
    if change.made:
        if change.columns:
            record(
                db.session,
                now,
                me().user_id,
                Action.CLAIM_CHANGED,
                ("claim", code),
                **change.detail,
            )
        db.session.commit()
        flash(f"Pernyataan {code} tersimpan. {len(change.flagged)} soal perlu ditinjau.", "success")
        return redirect(url_for("claims.index"), 303)
    return _edit_page(form, row, change.flagged)


def _edit_page(form: ClaimForm, row: Claim | None, flagged: Sequence[str]) -> ResponseReturnValue:
    articles = [
        (article.code, f"{article.law} {article.article}. {article.text}")
        for article, _ in registers.references(db.session)
    ]
    waiting = file_text(db.session, row) if row else None
    return render_template(
        "sources/claims/edit.html",
        form=form,
        row=row,
        flagged=flagged,
        articles=articles,
        waiting=waiting,
    ), (400 if form.errors else 200)


def _stored(row: Claim) -> dict[str, Any]:
    return {
        "statement": row.statement,
        "references": row.references,
        "basis": row.basis,
        "source": "\n".join(row.source),
        "confidence": row.confidence,
    }
