"""The ready package: one button makes quiz, pre-test and post-test of an event."""

from datetime import UTC, datetime
from secrets import token_hex

from flask import Blueprint, abort, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from quiz.actions.events.ready import Package, make_ready
from quiz.actions.people.auditing import record
from quiz.assessment.forms.form import Gap
from quiz.assessment.items.types import ITEM_TYPES
from quiz.database import db
from quiz.models import Event
from quiz.models.people.audit import Action, Detail
from quiz.models.refusals import Refused
from quiz.permissions import Permission
from quiz.queries.events import events
from quiz.queries.events.ready import TITLE, ReadyPlan, ready_plan
from quiz.queries.sources.material import topic_names
from quiz.views.events._gaps import gap_words
from quiz.web.access import me, requires
from quiz.web.forms import Form
from quiz.web.loaders.events import event_or_404

bp = Blueprint("ready", __name__)


@bp.get("/kegiatan/<code>/paket")
@requires(Permission.MANAGE_EVENTS)
def page(code: str) -> ResponseReturnValue:
    event = event_or_404(code)
    plan = ready_plan(db.session, event, datetime.now(UTC))
    return _page(event, plan, plan.gaps)


def _page(event: Event, plan: ReadyPlan, gaps: list[Gap]) -> str:
    """What will happen, or why nothing can."""
    names = topic_names(db.session)
    return render_template(
        "events/ready/page.html",
        event=event,
        plan=plan,
        faults=[plan.refusal] if plan.refusal else gap_words(gaps, names),
        title=TITLE,
        topics=names,
        types=ITEM_TYPES,
        form=Form(),
    )


@bp.post("/kegiatan/<code>/paket")
@requires(Permission.MANAGE_EVENTS)
def make(code: str) -> ResponseReturnValue:
    now = datetime.now(UTC)
    event = event_or_404(code)
    try:
        made = make_ready(db.session, event, now, token_hex(8))
    except Refused as refusal:
        db.session.rollback()
        abort(409, description=str(refusal))
    if not isinstance(made, Package):
        db.session.rollback()
        return _page(event, ready_plan(db.session, event, now), made), 400
    _record(event, made, now)
    unsigned = _unsigned(event, now)
    db.session.commit()
    _tell(made, unsigned)
    return redirect(url_for("events.page", code=event.code), 303)


def _record(event: Event, made: Package, now: datetime) -> None:
    actor, quiz = me().user_id, made.quiz
    if made.new_quiz:
        record(db.session, now, actor, Action.QUIZ_ADDED, ("quiz", quiz.uid), title=quiz.title)
    deeds = [Action.SITTING_ADDED, Action.SITTING_PREPARED][: 1 + made.prepared]
    for sitting in made.sittings:
        detail = Detail(sitting=sitting.phase.label, code=event.code)
        for deed in deeds:
            record(db.session, now, actor, deed, ("sitting", sitting.uid), **detail)


def _unsigned(event: Event, now: datetime) -> int:
    """How many of the items drawn no legal checker has signed."""
    facts = events.sitting_facts(db.session, event, events.roster_facts(db.session, event), now)
    return sum(each.unsigned for each in facts)


def _tell(made: Package, unsigned: int) -> None:
    if not made.prepared:
        flash(
            "Pre-test dan post-test ditambahkan. Isi daftar peserta, lalu siapkan keduanya.",
            "success",
        )
        return
    flash("Pre-test dan post-test siap.", "success")
    if unsigned:
        flash(
            f"{unsigned} soal berasal dari paket awal dan belum disahkan pemeriksa hukum. "
            "Soal itu tetap dipakai; laporan menyebutnya.",
            "info",
        )
