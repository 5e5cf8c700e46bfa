"""The question sheets of a prepared sitting: each form as each status meets it, to be printed."""

from datetime import UTC, datetime

from flask import Blueprint, abort, render_template, request
from flask.typing import ResponseReturnValue

from quiz.assessment.forms.crossing import FormName
from quiz.database import db
from quiz.exports.documents.question_sheet import Section, Version, question_paper
from quiz.formats import date_id
from quiz.models import Sitting
from quiz.permissions import Permission
from quiz.queries.events.forms.asked import codes_asked
from quiz.queries.taking.asked import form_for
from quiz.queries.taking.keys import refusal_of_keys
from quiz.queries.taking.papers import statuses_served
from quiz.web.access import can, requires
from quiz.web.loaders.events import sheet_or_404, sitting_or_404
from quiz.web.question_sheets import BESIDE, ENDINGS, beside_asked, sheet_file

bp = Blueprint("question_sheets", __name__)


@bp.get("/kegiatan/<code>/sesi/<uid>/naskah")
@requires(Permission.MANAGE_EVENTS)
def page(code: str, uid: str) -> ResponseReturnValue:
    sitting = sitting_or_404(code, uid)
    if sitting.prepared_at is None:
        abort(409, description=f"{sitting.label} belum disiapkan, jadi belum ada soalnya.")
    return render_template(
        "events/question_sheets/page.html",
        event=sitting.event,
        sitting=sitting,
        statuses=statuses_served(db.session, sitting),
        refusal=_refusal(sitting, codes_asked(db.session, sitting), datetime.now(UTC)),
        beside=BESIDE,
    )


@bp.get(f"/kegiatan/<code>/sesi/<uid>/naskah.{ENDINGS}")
@requires(Permission.MANAGE_EVENTS)
def file(code: str, uid: str, ending: str) -> ResponseReturnValue:
    now = datetime.now(UTC)
    name = FormName.B if request.args.get("formulir") == FormName.B else FormName.A
    sheet = sheet_or_404(code, uid, request.args.get("status", ""), name)
    sitting, status = sheet.sitting, sheet.status
    form = form_for(db.session, sitting, status, name)
    versions = [Version(form[at].version_uid, form[at].item) for at in sorted(form)]
    beside = beside_asked()
    if beside.anything:
        refusal = _refusal(sitting, {version.item.code for version in versions}, now)
        if refusal:
            abort(409, description=refusal)
    which = f", formulir {name}" if sitting.crossed else ""
    paper = question_paper(
        db.session,
        [
            sitting.event.title,
            f"{sitting.label}, {date_id(sitting.opens_at)}",
            f"Untuk {status.label}{which}",
        ],
        [Section("", versions)],
        beside,
        now,
    )
    names = [sitting.event.code, sitting.phase.value, status.value, *([name] * sitting.crossed)]
    return sheet_file(paper, ending, names, ("sitting", sitting.uid))


def _refusal(sitting: Sitting, codes: set[str], now: datetime) -> str | None:
    return refusal_of_keys(db.session, sitting, codes, now, edits=can(Permission.EDIT_ITEMS))
