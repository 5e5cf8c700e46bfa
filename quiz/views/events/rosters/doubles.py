"""One person twice on a roster: likely doubles, two places made one, and taken apart again."""

from datetime import UTC, datetime

from flask import Blueprint, abort, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from wtforms import HiddenField

from quiz.actions.events.merging import Changed, merge_people, undo_merge
from quiz.actions.people.auditing import record
from quiz.database import db
from quiz.exchange.rosters.doubles import Sign
from quiz.models import Enrolment
from quiz.models.people.audit import Action
from quiz.models.refusals import Refused
from quiz.permissions import Permission
from quiz.queries.events import roster
from quiz.queries.events.doubles import likely
from quiz.queries.events.doubles.merge_plan import MergePlan, plan_merge
from quiz.queries.events.roster import Wanted
from quiz.web.access import me, requires
from quiz.web.forms import Form
from quiz.web.layout import name_of
from quiz.web.loaders.events import (
    another_enrolment_or_404,
    event_or_404,
    merge_or_404,
    others_enrolment_or_409,
    refuse_own,
)
from quiz.web.paging import Page, page_number

bp = Blueprint("doubles", __name__)

CHANGED = (
    "Keadaan berubah sejak halaman ini dibuka. Periksa lagi di bawah, lalu gabungkan bila masih "
    "benar."
)

FOUND = 20
"""Names a search shows; more are found by typing more of the name."""

PAIRS_A_PAGE = 50

SIGNS = {
    Sign.ONE_PERSON: "Pada kegiatan lain sudah digabung",
    Sign.SAME_NAME: "Nama dan unit sama",
    Sign.LIKE_NAME: "Nama mirip, unit sama",
    Sign.OTHER_UNIT: "Nama sama, unit lain",
    Sign.OTHER_POSITION: "Nama dan unit sama, jabatan berbeda: mungkin memang dua orang",
}


@bp.get("/kegiatan/<code>/peserta/ganda")
@requires(Permission.MANAGE_ROSTERS)
def index(code: str) -> ResponseReturnValue:
    now = datetime.now(UTC)
    event = event_or_404(code)
    pairs = likely.likely_pairs(db.session, event)
    page = Page(page_number(), len(pairs), PAIRS_A_PAGE)
    start = (page.number - 1) * PAIRS_A_PAGE
    return render_template(
        "events/doubles/index.html",
        event=event,
        pairs=pairs[start : start + PAIRS_A_PAGE],
        page=page,
        signs=SIGNS,
        merges=likely.merges_in(db.session, event),
        moves=likely.moves_in(db.session, event),
        now=now,
    )


@bp.get("/kegiatan/<code>/peserta/<uid>/gabung")
@requires(Permission.MANAGE_ROSTERS)
def choose(code: str, uid: str) -> ResponseReturnValue:
    """Whom to merge with: likely ones first, anybody by name."""
    now = datetime.now(UTC)
    enrolment = others_enrolment_or_409(code, uid)
    search = request.args.get("cari", "").strip()[:80]
    lines, total = (
        roster.roster_lines(db.session, enrolment.event, Wanted(search), now, offset=0, limit=FOUND)
        if search
        else ([], 0)
    )
    return render_template(
        "events/doubles/choose.html",
        event=enrolment.event,
        enrolment=enrolment,
        pairs=likely.like(db.session, enrolment)[:FOUND],
        signs=SIGNS,
        search=search,
        found=[line.enrolment for line in lines if line.enrolment is not enrolment],
        more=max(0, total - FOUND),
        now=now,
    )


class MergeForm(Form):
    """What was seen, to notice what changed meanwhile."""

    basis = HiddenField()


@bp.route("/kegiatan/<code>/peserta/<uid>/gabung/<other>", methods=["GET", "POST"])
@requires(Permission.MANAGE_ROSTERS)
def merge(code: str, uid: str, other: str) -> ResponseReturnValue:
    """What merging ``other`` into ``uid`` would do, then that."""
    now = datetime.now(UTC)
    kept = others_enrolment_or_409(code, uid)
    absorbed = another_enrolment_or_404(kept, other)
    refuse_own(absorbed)
    form = MergeForm()
    if not form.validate_on_submit():
        return _shown(plan_merge(db.session, kept, absorbed), now)
    name, by = name_of(absorbed), me().user_id
    try:
        made = merge_people(db.session, kept, absorbed, form.basis.data or "", by, now)
    except Changed:
        return _shown(plan_merge(db.session, kept, absorbed), now, CHANGED), 409
    except Refused as refusal:
        abort(409, description=str(refusal))
    record(
        db.session,
        now,
        by,
        Action.PEOPLE_MERGED,
        ("enrolment", kept.uid),
        other=absorbed.uid,
        code=kept.event.code,
    )
    db.session.commit()
    flash(
        f"{name} dan {made.kept.user.name} kini satu orang. Bila keliru, batalkan di halaman Nama "
        "ganda.",
        "success",
    )
    return redirect(url_for("enrolments.page", code=kept.event.code, uid=kept.uid), 303)


def _shown(plan: MergePlan, now: datetime, said: str = "") -> str:
    return render_template(
        "events/doubles/merge.html",
        form=MergeForm(formdata=None, basis=plan.basis),
        event=plan.kept.event,
        plan=plan,
        said=said,
        sides=_sides(plan, now),
        now=now,
    )


def _sides(plan: MergePlan, now: datetime) -> list[tuple[Enrolment, list[roster.Progress]]]:
    both = (plan.kept, plan.absorbed)
    done = roster.progress_of(db.session, [each.id for each in both], now)
    return [(each, done.get(each.id, [])) for each in both]


@bp.post("/kegiatan/<code>/peserta/gabungan/<uid>/batal")
@requires(Permission.MANAGE_ROSTERS)
def undo(code: str, uid: str) -> ResponseReturnValue:
    now = datetime.now(UTC)
    event = event_or_404(code)
    made = merge_or_404(event, uid)
    refuse_own(made.kept, made.absorbed)
    try:
        undo_merge(db.session, made, me().user_id, now)
    except Refused as refusal:
        abort(409, description=str(refusal))
    record(
        db.session,
        now,
        me().user_id,
        Action.PEOPLE_MERGE_UNDONE,
        ("enrolment", made.kept.uid),
        other=made.absorbed.uid,
        code=event.code,
    )
    db.session.commit()
    flash(
        f"{name_of(made.kept)} dan {name_of(made.absorbed)} kini dua orang lagi, masing-masing "
        "dengan kartu dan pengerjaannya.",
        "success",
    )
    return redirect(url_for("doubles.index", code=event.code), 303)
