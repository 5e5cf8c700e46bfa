"""An event made ready at once: the package of quizzes and sittings, and every form prepared."""

from datetime import UTC, datetime
from secrets import token_hex
from typing import Any, Self

from flask import Blueprint, abort, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from wtforms import BooleanField

from quiz.actions.events.preparing import prepare_all
from quiz.actions.events.ready import Package, make_ready
from quiz.actions.people.auditing import record
from quiz.assessment.forms.form import Gap
from quiz.assessment.forms.timetable import Window, follow_up_on, usual_follow_up
from quiz.assessment.items.types import ITEM_TYPES
from quiz.database import db
from quiz.formats import WITA, datetime_id
from quiz.models import Event
from quiz.models.people.audit import Action, Detail
from quiz.models.refusals import Refused
from quiz.permissions import Permission
from quiz.queries.events import events
from quiz.queries.events.event_steps import NOT_READY, lacks_statuses
from quiz.queries.events.events import SittingFacts
from quiz.queries.events.ready import TESTS, ReadyPlan, ready_plan
from quiz.queries.sources.material import topic_names
from quiz.views.events._gaps import gap_words
from quiz.web import moments
from quiz.web.access import me, requires
from quiz.web.forms import Form
from quiz.web.loaders.events import event_or_404

bp = Blueprint("ready", __name__)


class PackageForm(Form):
    """Whether two follow-ups come along, and on which days. A day is WITA."""

    follow_ups = BooleanField(
        "Tambahkan dua tindak lanjut: 5 soal di HP masing-masing, sesudah kegiatan", default=True
    )
    crossed = BooleanField(
        "Silangkan: separuh peserta mendapat formulir A dulu, separuh formulir B", default=True
    )
    first = moments.DayField("Tindak lanjut pertama")
    second = moments.DayField("Tindak lanjut kedua")

    event: Event
    windows: tuple[Window, ...] = ()

    @classmethod
    def of(cls, event: Event) -> Self:
        """The form with the usual days."""
        usual = (usual_follow_up(event.ends_at, number, WITA) for number in (0, 1))
        first, second = (moments.show(opens_at)[0] for opens_at, _ in usual)
        form = cls(first=first, second=second)
        form.event = event
        return form

    def validate(self, extra_validators: Any = None) -> bool:
        """Also that each day can be; sets ``windows``."""
        fine = bool(super().validate(extra_validators))
        return self.read_days() and fine

    def read_days(self) -> bool:
        """Set ``windows`` from the days; False after putting at a field why it cannot be."""
        if not self.follow_ups.data:
            return True
        first = self._window(self.first, self.event.ends_at, "kegiatan")
        after = self.event.ends_at if first is None else first[1]
        second = self._window(self.second, after, "tindak lanjut pertama")
        if first is None or second is None:
            return False
        self.windows = (first, second)
        return True

    def _window(self, field: moments.DayField, after: datetime, what: str) -> Window | None:
        """That day and the next, or None after putting at the field why not."""
        day = moments.read_day(field)
        if day is None:
            return None
        opens_at, closes_at = follow_up_on(day, WITA)
        if opens_at < after:
            field.errors = [f"Pilih hari sesudah {what} selesai ({datetime_id(after)})."]
            return None
        if closes_at > self.event.admits_until:
            until = datetime_id(self.event.admits_until)
            field.errors = [f"Kartu hanya berlaku sampai {until}. Pilih hari yang lebih awal."]
            return None
        return opens_at, closes_at


@bp.get("/kegiatan/<code>/paket")
@requires(Permission.MANAGE_EVENTS)
def page(code: str) -> ResponseReturnValue:
    event = event_or_404(code)
    form = PackageForm.of(event)
    form.read_days()
    plan = ready_plan(db.session, event, datetime.now(UTC), form.windows)
    return _page(event, form, plan, plan.gaps)


def _page(event: Event, form: PackageForm, plan: ReadyPlan, gaps: list[Gap]) -> str:
    """What will happen, or why nothing can."""
    names = topic_names(db.session)
    return render_template(
        "events/ready/page.html",
        event=event,
        plan=plan,
        faults=[plan.refusal] if plan.refusal else gap_words(gaps, names),
        topics=names,
        types=ITEM_TYPES,
        form=form,
    )


@bp.post("/kegiatan/<code>/paket")
@requires(Permission.MANAGE_EVENTS)
def make(code: str) -> ResponseReturnValue:
    now = datetime.now(UTC)
    event = event_or_404(code)
    form = PackageForm.of(event)
    if not form.validate_on_submit():
        return _page(event, form, ready_plan(db.session, event, now), []), 400
    try:
        made = make_ready(
            db.session, event, now, token_hex(8), form.windows, crossed=form.crossed.data
        )
    except Refused as refusal:
        db.session.rollback()
        abort(409, description=str(refusal))
    if not isinstance(made, Package):
        db.session.rollback()
        return _page(event, form, ready_plan(db.session, event, now), made), 400
    _record(event, made, now)
    unsigned = _unsigned(event, now)
    db.session.commit()
    _tell(made, unsigned)
    return redirect(url_for("events.page", code=event.code), 303)


def _record(event: Event, made: Package, now: datetime) -> None:
    actor = me().user_id
    for quiz in made.new_quizzes:
        record(db.session, now, actor, Action.QUIZ_ADDED, ("quiz", quiz.uid), title=quiz.title)
    deeds = [Action.SITTING_ADDED, Action.SITTING_PREPARED][: 1 + made.prepared]
    for sitting in made.sittings:
        detail = Detail(sitting=sitting.label, code=event.code)
        for deed in deeds:
            record(db.session, now, actor, deed, ("sitting", sitting.uid), **detail)


def _unsigned(event: Event, now: datetime) -> int:
    """How many of the items drawn no legal checker has signed."""
    facts = events.sitting_facts(db.session, event, events.roster_facts(db.session, event), now)
    return sum(each.unsigned for each in facts)


def _tell(made: Package, unsigned: int) -> None:
    follow_ups = len(made.sittings) - len(TESTS)
    words = "Pre-test, post-test, dan dua tindak lanjut" if follow_ups else "Pre-test dan post-test"
    if not made.prepared:
        every = "semuanya" if follow_ups else "keduanya"
        flash(f"{words} ditambahkan. Isi daftar peserta, lalu siapkan {every}.", "success")
        return
    flash(f"{words} siap.", "success")
    if unsigned:
        flash(
            f"{unsigned} soal berasal dari paket awal dan belum disahkan pemeriksa hukum. "
            "Soal itu tetap dipakai; laporan menyebutnya.",
            "info",
        )


@bp.route("/kegiatan/<code>/siapkan", methods=["GET", "POST"])
@requires(Permission.MANAGE_EVENTS)
def prepare(code: str) -> ResponseReturnValue:
    """Prepare or complete every sitting that needs it, or none and say what lacks."""
    now = datetime.now(UTC)
    event = event_or_404(code)
    roster = events.roster_facts(db.session, event)
    waiting = [
        facts
        for facts in events.sitting_facts(db.session, event, roster, now)
        if facts.state in NOT_READY or lacks_statuses(facts)
    ]
    form = Form()
    faults: list[str] = []
    if waiting and form.validate_on_submit():
        try:
            gaps = prepare_all(db.session, [facts.sitting for facts in waiting], now, token_hex(8))
        except Refused as refusal:
            db.session.rollback()
            abort(409, description=str(refusal))
        if not any(gaps.values()):
            return _prepared(event, waiting, now)
        names = topic_names(db.session)
        faults = [
            f"{sitting.label}: {words}"
            for sitting, lacking in gaps.items()
            for words in gap_words(lacking, names)
        ]
        db.session.rollback()
    return render_template(
        "events/ready/prepare.html",
        event=event,
        roster=roster,
        waiting=waiting,
        faults=faults,
        form=form,
    ), 400 if faults else 200


def _prepared(event: Event, sittings: list[SittingFacts], now: datetime) -> ResponseReturnValue:
    for facts in sittings:
        deed = Action.SITTING_PREPARED if facts.state in NOT_READY else Action.SITTING_COMPLETED
        detail = Detail(sitting=facts.sitting.label, code=event.code)
        record(db.session, now, me().user_id, deed, ("sitting", facts.sitting.uid), **detail)
    db.session.commit()
    flash(f"{len(sittings)} sesi siap.", "success")
    return redirect(url_for("events.page", code=event.code), 303)
