"""Planning a sitting: which quiz, in which phase, when, and when its feedback is seen."""

from collections import Counter
from collections.abc import Iterable, Mapping
from datetime import UTC, datetime, timedelta
from typing import Any

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from wtforms import BooleanField, IntegerField, SelectField
from wtforms.validators import InputRequired, ValidationError

from quiz.actions.events.crossing import uncross
from quiz.actions.events.preparing import mark_anchors, unprepare
from quiz.actions.people.auditing import record
from quiz.assessment.forms.timetable import usual_follow_up
from quiz.database import db
from quiz.formats import WITA, datetime_id
from quiz.models import Event, Quiz, Sitting
from quiz.models.events.events import DEFAULT_MODES, FeedbackMode, Phase
from quiz.models.people.audit import Action
from quiz.permissions import Permission
from quiz.queries.events import events
from quiz.queries.events.prepared import has_attempts
from quiz.queries.events.ready import TESTS
from quiz.web import moments
from quiz.web.access import me, requires
from quiz.web.forms import Form
from quiz.web.loaders.events import event_or_404, sitting_or_404

bp = Blueprint("sitting_plans", __name__)

OWN_PACE = (Phase.PRACTICE, Phase.FOLLOW_UP)
"""Phases in which feedback may come item by item: nobody sits beside somebody still working."""

LONGEST_GRACE = 60
"""Minutes."""

BY_PHASE = {"": "Menurut tahap (bawaan)"}


class TimesForm(Form):
    """When a sitting closes and when its feedback is seen: what stays open once it has begun."""

    close_day = moments.DayField("Tanggal tutup")
    close = moments.ClockField("Tutup (WITA)")
    feedback = SelectField(
        "Pembahasan",
        description="Bawaan: pre-test tertunda; post-test dan tindak lanjut langsung setelah "
        "kirim; latihan per soal.",
        choices=BY_PHASE | {mode.value: mode.label for mode in FeedbackMode},
    )

    event: Event
    opens_at: datetime
    closes_at: datetime
    planned: Phase
    mode_before: FeedbackMode | None = None
    stays_closed: tuple[datetime, str] | None = None
    """From when on it must not be open, and why."""

    @property
    def mode(self) -> FeedbackMode:
        """The feedback mode chosen, or the phase's own."""
        chosen = self.feedback.data
        return FeedbackMode(chosen) if chosen else DEFAULT_MODES[self.planned]

    def opening(self) -> datetime | None:
        """When the sitting opens; None when that cannot be told."""
        return self.opens_at

    def validate(self, extra_validators: Any = None) -> bool:
        """Also the order of times and what the phase allows; sets ``closes_at``."""
        fine = bool(super().validate(extra_validators)) and self._mode_fits()
        opens_at, closes_at = self.opening(), moments.read(self.close_day, self.close)
        if opens_at is None or closes_at is None:
            return False
        if closes_at <= opens_at:
            self.close.errors = ["Sesi harus ditutup sesudah dibuka. Periksa jam dan tanggalnya."]
            return False
        if not self.event.admits_on(closes_at - timedelta(seconds=1)):
            self.close_day.errors = [_out_of_reach(self.event)]
            return False
        if self.stays_closed is not None and closes_at > self.stays_closed[0]:
            self.close_day.errors = [self.stays_closed[1]]
            return False
        self.opens_at, self.closes_at = opens_at, closes_at
        return fine

    def _mode_fits(self) -> bool:
        per_item = self.mode is FeedbackMode.PER_ITEM
        if per_item and self.planned not in OWN_PACE:
            self.feedback.errors = ["Per soal hanya untuk latihan dan tindak lanjut."]
        elif self.mode_before is not None and per_item != (
            self.mode_before is FeedbackMode.PER_ITEM
        ):
            self.feedback.errors = [
                "Sesi sudah dikerjakan: pembahasan per soal tidak dapat lagi dipasang atau dilepas."
            ]
        return not self.feedback.errors


class SittingForm(TimesForm):
    """Everything a sitting is planned with."""

    phase = SelectField("Tahap", choices={phase.value: phase.label for phase in Phase})
    quiz = SelectField("Kuis", validators=[InputRequired("Pilih kuis.")])
    open_day = moments.DayField("Tanggal buka")
    open = moments.ClockField("Buka (WITA)")
    grace = IntegerField(
        "Masa tenggang",
        description="Jawaban yang diberikan sebelum waktu habis masih diterima selama ini, "
        "misalnya karena jaringan terputus.",
        validators=[InputRequired("Tulis masa tenggang dalam menit, misalnya 10.")],
    )
    asks_confidence = BooleanField(
        "Tanyakan keyakinan pada tiap soal (ragu-ragu, cukup yakin, sangat yakin)"
    )

    quizzes: Mapping[str, Quiz]

    def validate_grace(self, field: IntegerField) -> None:
        if not field.process_errors and not 0 <= (field.data or 0) <= LONGEST_GRACE:
            raise ValidationError(f"Masa tenggang 0 sampai {LONGEST_GRACE} menit.")

    def offer(self, quizzes: Iterable[Quiz]) -> None:
        """Fill the list of quizzes; with several, none is chosen already."""
        self.quizzes = {quiz.uid: quiz for quiz in sorted(quizzes, key=lambda quiz: quiz.title)}
        choices = {uid: quiz.title for uid, quiz in self.quizzes.items()}
        self.quiz.choices = {"": "Pilih kuis"} | choices if len(choices) > 1 else choices

    def opening(self) -> datetime | None:
        opens_at = moments.read(self.open_day, self.open)
        if opens_at is not None and not self.event.admits_on(opens_at):
            self.open_day.errors = [_out_of_reach(self.event)]
            return None
        return opens_at

    @property
    def planned(self) -> Phase:  # type: ignore[override]  # here it is one of the fields
        """The phase chosen; the first one while that is no phase."""
        return Phase(self.phase.data) if self.phase.data in set(Phase) else Phase.PRE

    def write_to(self, sitting: Sitting) -> None:
        """Put what was typed into the sitting."""
        sitting.phase, sitting.quiz = self.planned, self.quizzes[self.quiz.data]
        sitting.opens_at, sitting.closes_at = self.opens_at, self.closes_at
        sitting.feedback_mode = self.mode
        sitting.grace_minutes = self.grace.data or 0
        sitting.asks_confidence = self.asks_confidence.data


def _out_of_reach(event: Event) -> str:
    first, last = event.admits_from, event.admits_until
    return (
        f"Kartu dan kode kegiatan ini berlaku {datetime_id(first)} sampai {datetime_id(last)}. "
        "Pilih waktu di antaranya."
    )


@bp.route("/kegiatan/<code>/sesi/baru", methods=["GET", "POST"])
@requires(Permission.MANAGE_EVENTS)
def add(code: str) -> ResponseReturnValue:
    now = datetime.now(UTC)
    event = event_or_404(code)
    offered = events.quizzes_in_use(db.session)
    form = SittingForm(**_first_values(event))
    form.event = event
    form.offer(offered)
    if not offered or not form.validate_on_submit():
        status = 400 if form.is_submitted() else 200
        return render_template("events/sitting_plans/add.html", form=form, event=event), status
    sitting = Sitting(event=event)
    form.write_to(sitting)
    db.session.add(sitting)
    db.session.flush()
    _record(sitting, Action.SITTING_ADDED, now)
    db.session.commit()
    flash(f"{sitting.label} ditambahkan. Siapkan soalnya sebelum jam buka.", "success")
    return redirect(url_for("events.page", code=event.code), 303)


def _first_values(event: Event) -> dict[str, Any]:
    """What the form offers: the phase and quiz asked for, at its usual place in the event.

    Where no phase is asked for, the first that the event does not have yet.
    """
    there = Counter(sitting.phase for sitting in event.sittings)
    wanted = request.args.get("tahap")
    first = next((phase for phase in TESTS if not there[phase]), Phase.FOLLOW_UP)
    phase = Phase(wanted) if wanted in set(Phase) else first
    match phase:
        case Phase.PRE:
            opens_at, closes_at = event.starts_at, event.starts_at + timedelta(minutes=30)
        case Phase.POST:
            opens_at, closes_at = event.ends_at - timedelta(minutes=60), event.ends_at
        case Phase.FOLLOW_UP:
            opens_at, closes_at = usual_follow_up(event.ends_at, there[phase], WITA)
        case Phase.PRACTICE:
            opens_at, closes_at = event.starts_at, event.ends_at
    day, clock = moments.show(opens_at)
    close_day, close = moments.show(closes_at)
    return {
        "phase": phase.value,
        "quiz": request.args.get("kuis"),
        "open_day": day,
        "open": clock,
        "close_day": close_day,
        "close": close,
        "grace": 10,
    }


@bp.route("/kegiatan/<code>/sesi/<uid>/ubah", methods=["GET", "POST"])
@requires(Permission.MANAGE_EVENTS)
def edit(code: str, uid: str) -> ResponseReturnValue:
    sitting = sitting_or_404(code, uid)
    if has_attempts(db.session, sitting):
        return _edit_begun(sitting)
    now = datetime.now(UTC)
    form = SittingForm(**_values(sitting))
    form.event = sitting.event
    form.stays_closed = _stays_closed(sitting, now)
    form.offer({sitting.quiz, *events.quizzes_in_use(db.session)})
    if not form.validate_on_submit():
        return _edit_page(form, sitting)
    asks_anew = (form.quiz.data, form.planned) != (sitting.quiz.uid, sitting.phase)
    dropped = asks_anew and sitting.prepared_at is not None
    twin = sitting.twin if asks_anew else None
    if asks_anew and sitting.crossed:
        uncross(db.session, sitting)
    form.write_to(sitting)
    if dropped:
        unprepare(db.session, sitting)
        mark_anchors(db.session, sitting.event_id)
    _record(sitting, Action.SITTING_CHANGED, now)
    db.session.commit()
    flash("Tersimpan.", "success")
    if dropped:
        flash("Tahap atau kuisnya berubah, jadi sesi ini perlu disiapkan lagi.", "attention")
    if twin is not None:
        flash(
            f"{twin.label} tidak lagi bersilang dengan sesi ini dan perlu disiapkan lagi.",
            "attention",
        )
    return redirect(url_for("sittings.page", code=sitting.event.code, uid=uid), 303)


def _edit_begun(sitting: Sitting) -> ResponseReturnValue:
    """Once somebody has started only the closing time and the feedback can change."""
    now = datetime.now(UTC)
    form = TimesForm(**_values(sitting))
    form.event, form.opens_at = sitting.event, sitting.opens_at
    form.planned, form.mode_before = sitting.phase, sitting.feedback_mode
    form.stays_closed = _stays_closed(sitting, now)
    if not form.validate_on_submit():
        return _edit_page(form, sitting)
    sitting.closes_at, sitting.feedback_mode = form.closes_at, form.mode
    _record(sitting, Action.SITTING_CHANGED, now)
    db.session.commit()
    flash("Tersimpan.", "success")
    return redirect(url_for("sittings.page", code=sitting.event.code, uid=sitting.uid), 303)


def _stays_closed(sitting: Sitting, now: datetime) -> tuple[datetime, str] | None:
    refusal = sitting.refusal_to_reopen(now)
    return (now, refusal) if refusal else None


def _edit_page(form: TimesForm, sitting: Sitting) -> ResponseReturnValue:
    status = 400 if form.is_submitted() else 200
    return render_template(
        "events/sitting_plans/edit.html",
        form=form,
        event=sitting.event,
        sitting=sitting,
        begun=not isinstance(form, SittingForm),
    ), status


def _values(sitting: Sitting) -> dict[str, Any]:
    day, clock = moments.show(sitting.opens_at)
    close_day, close = moments.show(sitting.closes_at)
    return {
        "phase": sitting.phase.value,
        "quiz": sitting.quiz.uid,
        "open_day": day,
        "open": clock,
        "close_day": close_day,
        "close": close,
        "feedback": sitting.feedback_mode.value,
        "grace": sitting.grace_minutes,
        "asks_confidence": sitting.asks_confidence,
    }


def _record(sitting: Sitting, action: Action, now: datetime) -> None:
    record(
        db.session,
        now,
        me().user_id,
        action,
        ("sitting", sitting.uid),
        sitting=sitting.label,
        code=sitting.event.code,
    )
