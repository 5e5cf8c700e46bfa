"""A paper typed by keyboard, and typed a second time to compare."""

from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from typing import Any, NamedTuple

from flask import Blueprint, abort, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from wtforms import HiddenField, RadioField
from wtforms.validators import InputRequired

from quiz.actions.people.auditing import record
from quiz.actions.scores.scoring import score
from quiz.actions.taking.papers import (
    Paper,
    positions_apart,
    refusal_to_type,
    retype_paper,
    type_paper,
)
from quiz.assessment.forms.crossing import FormName
from quiz.assessment.items.item import BadResponse, Chosen
from quiz.assessment.items.letters import chosen_by_letters, letters_chosen
from quiz.database import db
from quiz.models import Attempt, Enrolment, Sitting
from quiz.models.people.audit import Action, SubjectType
from quiz.models.refusals import Refused
from quiz.permissions import Permission
from quiz.queries.taking.attempt_page import PageItem
from quiz.queries.taking.attempts import current_attempt
from quiz.queries.taking.crossing import form_of
from quiz.queries.taking.papers import paper_items
from quiz.web.access import me, requires
from quiz.web.forms import Form
from quiz.web.keys import card_key
from quiz.web.loaders.desk import typed_paper_or_404
from quiz.web.loaders.events import others_enrolment_or_409, sitting_or_404

bp = Blueprint("paper_typing", __name__)

BEFORE, AFTER = "before", "after"
FILLED = {
    BEFORE: "diisi sebelum pembahasan dibuka",
    AFTER: "diisi sesudah pembahasan dibuka",
}


class PaperForm(Form):
    """When the paper was filled in, asked once the keys are out; ``apart`` is what was shown."""

    filled = RadioField(
        "Pembahasan sesi ini sudah dibuka. Kertas ini",
        choices={
            BEFORE: "diisi dan dikumpulkan sebelum itu: dihitung seperti yang lain",
            AFTER: "diisi sesudahnya: disimpan, tetapi tidak masuk angka mana pun",
        },
        validators=[InputRequired("Pilih kapan kertas ini diisi. Pilihan Anda tercatat.")],
    )
    apart = HiddenField()


class Whose(NamedTuple):
    """Whose paper of which form of a sitting, and the attempt that was typed from it before."""

    sitting: Sitting
    enrolment: Enrolment
    form: FormName
    attempt: Attempt | None = None


class Row(NamedTuple):
    """An item of the paper with what was typed, what is wrong with it, and what differs."""

    entry: PageItem
    typed: str
    fault: str
    first: str | None


class Reading(NamedTuple):
    """What the letters of a form mean, by position, and why some mean nothing."""

    chosen: dict[int, Chosen]
    faults: dict[int, str]


@bp.route("/kegiatan/<code>/sesi/<uid>/kertas/<person>", methods=["GET", "POST"])
@requires(Permission.HANDLE_CARDS)
def type_in(code: str, uid: str, person: str) -> ResponseReturnValue:
    """The first typing; a paper that was typed already is compared instead."""
    now = datetime.now(UTC)
    sitting, enrolment = sitting_or_404(code, uid), others_enrolment_or_409(code, person)
    typed_before = current_attempt(db.session, sitting, enrolment)
    if typed_before is not None and typed_before.on_paper:
        return redirect(url_for("paper_typing.retype", code=code, uid=uid, person=person), 303)
    whose = Whose(sitting, enrolment, _form_of(sitting, enrolment))
    refusal = refusal_to_type(db.session, *whose[:3], now)
    if refusal:
        abort(409, description=refusal)
    form, entries = PaperForm(), paper_items(db.session, sitting, enrolment.status, whose.form)
    if not sitting.keys_out(now):
        del form.filled
    reading = _read(entries)
    if form.validate_on_submit() and not reading.faults and "simpan" in request.form:
        return _type(whose, form, reading.chosen, now)
    return _page(whose, form, entries, reading)


def _form_of(sitting: Sitting, enrolment: Enrolment) -> FormName:
    """The form that stands on the paper: the address names it, else it is the person's own."""
    named = request.args.get("formulir")
    if named in sitting.forms:
        return FormName(named)
    return form_of(db.session, sitting, enrolment)


def _type(
    whose: Whose, form: PaperForm, chosen: Mapping[int, Chosen], now: datetime
) -> ResponseReturnValue:
    """Keep the paper as an attempt, score and log it, and go on to the next sheet."""
    sitting, enrolment = whose.sitting, whose.enrolment
    filled = form.filled.data if "filled" in form else BEFORE
    paper = Paper(sitting, enrolment, whose.form, chosen, after_release=filled == AFTER)
    try:
        attempt = type_paper(db.session, paper, me().user_id, now, card_key())
    except Refused as refusal:
        abort(409, description=str(refusal))
    score(db.session, attempt, now)
    said = {"reason": FILLED[filled]} if "filled" in form else {}
    _log(attempt, Action.PAPER_TYPED, now, **said)
    db.session.commit()
    answered = sum(bool(options) for options in chosen.values())
    flash(
        f"Kertas {enrolment.user.name} tersimpan, {sitting.label}: {answered} terisi, "
        f"{len(chosen) - answered} kosong. Tanda terima {attempt.receipt}.",
        "success",
    )
    return _next(sitting)


@bp.route("/kegiatan/<code>/sesi/<uid>/kertas/<person>/ulang", methods=["GET", "POST"])
@requires(Permission.HANDLE_CARDS)
def retype(code: str, uid: str, person: str) -> ResponseReturnValue:
    """The second typing: what agrees is checked, what differs is shown before it replaces."""
    now = datetime.now(UTC)
    sitting, enrolment = sitting_or_404(code, uid), others_enrolment_or_409(code, person)
    attempt = typed_paper_or_404(sitting, enrolment)
    whose = Whose(sitting, enrolment, attempt.form, attempt)
    form, entries = PaperForm(), paper_items(db.session, sitting, enrolment.status, attempt.form)
    del form.filled
    reading = _read(entries)
    if not form.validate_on_submit() or reading.faults or "simpan" not in request.form:
        return _page(whose, form, entries, reading)
    first = _letters(entries, positions_apart(db.session, attempt, reading.chosen))
    shown = " ".join(f"{number}:{letters or '-'}" for number, letters in first.items())
    if shown != (form.apart.data or ""):
        form.apart.data = shown
        return _page(whose, form, entries, reading, first)
    return _retype(attempt, entries, reading.chosen, first, now)


def _retype(
    attempt: Attempt,
    entries: Sequence[PageItem],
    chosen: Mapping[int, Chosen],
    first: Mapping[int, str],
    now: datetime,
) -> ResponseReturnValue:
    """What was typed the second time holds; said, scored and logged with what it was before."""
    second = _letters(entries, chosen)
    retype_paper(db.session, attempt, chosen, me().user_id, now)
    score(db.session, attempt, now)
    said = {}
    if first:
        said = {
            "before": _listed(first),
            "after": _listed({number: second[number] for number in first}),
        }
        if attempt.sitting.keys_out(now):
            said["reason"] = "diperbaiki sesudah pembahasan dibuka"
    _log(attempt, Action.PAPER_RETYPED, now, **said)
    db.session.commit()
    name = attempt.enrolment.user.name
    words = f"{len(first)} soal diperbaiki" if first else "kedua ketikan sama"
    flash(f"Kertas {name} sudah diperiksa: {words}.", "success")
    return _next(attempt.sitting)


def _listed(letters: Mapping[int, str]) -> str:
    return ", ".join(f"soal {number} {typed or 'kosong'}" for number, typed in letters.items())


def _letters(entries: Sequence[PageItem], chosen: Mapping[int, Chosen]) -> dict[int, str]:
    """Number on the paper → the letters chosen there, for the positions in ``chosen``."""
    return {
        entry.number: letters_chosen(entry.item, chosen[entry.position])
        for entry in entries
        if entry.position in chosen
    }


def _read(entries: Sequence[PageItem]) -> Reading:
    """What this request's letters mean."""
    reading = Reading({}, {})
    for entry in entries:
        try:
            reading.chosen[entry.position] = chosen_by_letters(entry.item, _typed(entry))
        except BadResponse as fault:
            reading.faults[entry.position] = str(fault)
    return reading


def _typed(entry: PageItem) -> str:
    return request.form.get(f"huruf-{entry.position}", "").strip()[:40]


def _page(
    whose: Whose,
    form: PaperForm,
    entries: Sequence[PageItem],
    reading: Reading,
    first: Mapping[int, str] | None = None,
) -> ResponseReturnValue:
    """The form; ``first`` are the letters typed before where they differ, by number."""
    first = first or {}
    rows = [
        Row(
            entry,
            _typed(entry),
            reading.faults.get(entry.position, ""),
            first.get(entry.number),
        )
        for entry in entries
    ]
    sent = form.is_submitted()
    page = render_template(
        "events/paper_typing/page.html",
        event=whose.sitting.event,
        sitting=whose.sitting,
        enrolment=whose.enrolment,
        attempt=whose.attempt,
        formulir=whose.form if whose.sitting.crossed else None,
        form=form,
        rows=rows,
        apart=len(first),
        checked=sent and not reading.faults,
        now=datetime.now(UTC),
    )
    return page, 400 if sent and (reading.faults or first or form.errors) else 200


def _log(attempt: Attempt, action: Action, now: datetime, **said: Any) -> None:
    subject: tuple[SubjectType, str] = ("attempt", attempt.uid)
    record(db.session, now, me().user_id, action, subject, sitting=attempt.sitting.label, **said)


def _next(sitting: Sitting) -> ResponseReturnValue:
    """To where the next sheet's code is typed or scanned."""
    return redirect(url_for("paper_sheets.index", code=sitting.event.code), 303)
