"""Correcting a key after answers exist: choose, see what it would change, give a reason, apply.

Choosing and looking are GETs that write nothing. What was looked at travels in the address and in
hidden fields, with the rulings that held then: if somebody else rules meanwhile, one looks again.
"""

from collections.abc import Sequence
from datetime import UTC, datetime
from typing import NamedTuple

from flask import Blueprint, abort, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from werkzeug.datastructures import MultiDict
from wtforms import SelectMultipleField

from quiz.actions.people.auditing import record
from quiz.actions.scores.ruling import make_ruling
from quiz.assessment.scores.proposing import read_ruling
from quiz.assessment.scores.ruling import Ruling, RulingKind, as_ruled, ruling_words
from quiz.database import db
from quiz.models import Contest, ItemVersion, StoredRuling, User
from quiz.models.people.audit import Action, Detail
from quiz.models.refusals import Refused
from quiz.permissions import Permission
from quiz.queries.scores.computed import ruling_from, rulings_for
from quiz.queries.scores.contested.contests import letters_seen, waiting_on
from quiz.queries.scores.contested.effects import consequence, rulings_digest, would_make
from quiz.queries.scores.contested.rulings import rulings_on
from quiz.views.scores._deciding import ReasonForm, effect_sentence, logged, refusal_of
from quiz.web.access import me, requires
from quiz.web.loaders.bank import version_or_404

bp = Blueprint("rulings", __name__)

KINDS: dict[str, tuple[RulingKind, str]] = {
    "terima": ("accept", "Terima jawaban lain juga"),
    "bobot": ("weights", "Ubah bobot opsi"),
    "batal": ("void", "Batalkan soal"),
}
"""Kinds of ruling as the address names them, with the words of their tab."""


class DecisionForm(ReasonForm):
    """The reason, and which contests the ruling answers."""

    contests = SelectMultipleField("Sanggahan yang dijawab putusan ini")


class Choice(NamedTuple):
    """A ruling as it was chosen, with what is wrong with it and the fields that choose it again."""

    kind: str
    ruling: Ruling
    problems: list[str]
    fields: list[tuple[str, str]]


def _choice(version: ItemVersion, sent: MultiDict[str, str]) -> Choice:
    """The ruling that the fields of an address or a form choose."""
    kind = sent.get("jenis", "")
    kind = kind if kind in KINDS else "terima"
    options = tuple(sorted(set(sent.getlist("opsi")))) if kind == "terima" else ()
    ids = [option.id for option in version.item.options] if kind == "bobot" else []
    weights = {option_id: sent.get(f"bobot-{option_id}", "") for option_id in ids}
    ruling, problems = read_ruling(
        version.item,
        Ruling(version.uid, KINDS[kind][0], options=options),
        weights,
        rulings_for(db.session, [version.uid]),
    )
    fields = [("versi", str(version.number)), ("jenis", kind)]
    fields += [("opsi", option) for option in options]
    fields += [(f"bobot-{option_id}", text) for option_id, text in weights.items()]
    return Choice(kind, ruling, problems, fields)


@bp.get("/soal/<code>/putusan")
@requires(Permission.RULE_ON_KEYS)
def page(code: str) -> ResponseReturnValue:
    _, version = version_or_404(code, request.args.get("versi", type=int))
    return _choosing(version, _choice(version, request.args), [])


def _choosing(version: ItemVersion, choice: Choice, problems: list[str]) -> ResponseReturnValue:
    in_force = rulings_for(db.session, [version.uid])
    page = render_template(
        "scores/rulings/page.html",
        version=version,
        item=as_ruled(version.item, in_force),
        void=any(ruling.kind == "void" for ruling in in_force),
        rows=[(row, _words(version, row)) for row in rulings_on(db.session, version)],
        waiting=waiting_on(db.session, version, but_of=me().user_id),
        choice=choice,
        typed=dict(choice.fields),
        kinds={name: words for name, (_, words) in KINDS.items()},
        problems=problems,
        refusal=refusal_of(version),
    )
    return page, 400 if problems else 200


def _words(version: ItemVersion, row: StoredRuling) -> str:
    return ruling_words(version.item, ruling_from(row, version.uid))


@bp.get("/soal/<code>/putusan/pratinjau")
@requires(Permission.RULE_ON_KEYS)
def preview(code: str) -> ResponseReturnValue:
    now = datetime.now(UTC)
    _, version = version_or_404(code, request.args.get("versi", type=int))
    choice = _choice(version, request.args)
    refusal = refusal_of(version)
    if refusal:
        abort(409, description=refusal)
    if choice.problems:
        return _choosing(version, choice, choice.problems)
    waiting = waiting_on(db.session, version, but_of=me().user_id)
    form = _decision_form(waiting)
    form.contests.data = [contest.uid for contest in waiting]
    return _preview(version, choice, form, waiting, now)


def _decision_form(waiting: Sequence[Contest]) -> DecisionForm:
    form = DecisionForm()
    form.contests.choices = [(contest.uid, contest.text) for contest in waiting]
    return form


def _preview(
    version: ItemVersion,
    choice: Choice,
    form: DecisionForm,
    waiting: Sequence[Contest],
    now: datetime,
) -> str:
    rescored = would_make(db.session, version, choice.ruling, now)
    return render_template(
        "scores/rulings/preview.html",
        version=version,
        choice=choice,
        words=ruling_words(version.item, choice.ruling),
        found=consequence(db.session, version, rescored, now),
        form=form,
        waiting=waiting,
        letters=letters_seen(version, waiting),
        digest=rulings_digest(db.session, version),
    )


@bp.post("/soal/<code>/putusan")
@requires(Permission.RULE_ON_KEYS)
def make(code: str) -> ResponseReturnValue:
    now = datetime.now(UTC)
    _, version = version_or_404(code, request.form.get("versi", type=int))
    choice = _choice(version, request.form)
    waiting = waiting_on(db.session, version, but_of=me().user_id)
    form = _decision_form(waiting)
    if choice.problems:
        return _choosing(version, choice, choice.problems)
    if not form.validate_on_submit():
        return _preview(version, choice, form, waiting, now), 400
    if request.form.get("dasar") != rulings_digest(db.session, version):
        flash("Putusan lain atas soal ini baru saja berubah. Periksa lagi akibatnya.", "attention")
        return _preview(version, choice, form, waiting, now), 409
    checker = db.session.get_one(User, me().user_id)
    reason = form.reason.data or ""
    try:
        row, rescored = make_ruling(db.session, version, choice.ruling, reason, checker, now)
    except Refused as refusal:
        abort(409, description=str(refusal))
    answered = [contest for contest in waiting if contest.uid in (form.contests.data or [])]
    for contest in answered:
        contest.answer_with(row)
    found = consequence(db.session, version, rescored, now).effect
    detail = logged(row, found, reason) | Detail(contests=len(answered))
    record(db.session, now, checker.id, Action.RULING_MADE, ("item", code), **detail)
    db.session.commit()
    flash(f"Putusan berlaku. {effect_sentence(found)}", "success")
    return redirect(url_for("rulings.page", code=code, versi=version.number), 303)
