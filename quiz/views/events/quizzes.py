"""Quizzes as blueprints: how many items of which topic, and how the quiz is taken."""

from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from wtforms import (
    BooleanField,
    FieldList,
    FormField,
    IntegerField,
    SelectField,
    StringField,
)
from wtforms.validators import DataRequired, InputRequired, Length, Optional, ValidationError

from quiz.actions.people.auditing import record
from quiz.assessment.forms.coverage import LineCover, coverage
from quiz.assessment.forms.form import Blueprint as QuizBlueprint
from quiz.assessment.forms.form import BlueprintSlot
from quiz.assessment.items.item import Level
from quiz.assessment.items.types import ITEM_TYPES
from quiz.database import db
from quiz.formats import wita
from quiz.models import Event, Quiz, QuizSlot
from quiz.models.people.audit import Action
from quiz.permissions import Permission
from quiz.queries.events import quizzes
from quiz.queries.events.candidates import candidates_on
from quiz.queries.events.events import event_with_code
from quiz.queries.events.ready import TITLE, waiting_events
from quiz.queries.sources.material import topic_names
from quiz.web.access import me, requires
from quiz.web.forms import Form, PartForm, one_line
from quiz.web.loaders.events import quiz_or_404

bp = Blueprint("quizzes", __name__)

MOST_LINES = 40
MOST_ITEMS = 100
MOST_WAITING = 5
"""Events without a quiz that the list of quizzes names."""


@bp.get("/kuis-bank")
@requires(Permission.MANAGE_QUIZZES)
def index() -> ResponseReturnValue:
    retired = request.args.get("tampil") == "ditarik"
    in_use, out_of_use = quizzes.counts(db.session)
    choices = [
        {"text": f"Dipakai {in_use}", "url": url_for("quizzes.index"), "current": not retired},
        {
            "text": f"Ditarik {out_of_use}",
            "url": url_for("quizzes.index", tampil="ditarik"),
            "current": retired,
        },
    ]
    return render_template(
        "events/quizzes/index.html",
        rows=quizzes.quizzes(db.session, retired=retired),
        choices=choices,
        retired=retired,
        package=TITLE,
        waiting=waiting_events(db.session, datetime.now(UTC), MOST_WAITING),
    )


def between(low: int, high: int, words: str) -> Callable[[Any, IntegerField], None]:
    """A validator that says ``words`` of a number outside [low, high], and nothing of no number."""

    def check(_form: Any, field: IntegerField) -> None:
        if not field.process_errors and not low <= (field.data or 0) <= high:
            raise ValidationError(words)

    return check


class LineForm(PartForm):
    """A line of the blueprint; one without a topic is passed over."""

    topic = SelectField("Topik")
    level = SelectField(
        "Tingkat", choices={"": "Apa saja"} | {level.value: level.label for level in Level}
    )
    type = SelectField(
        "Jenis", choices={"": "Apa saja"} | {name: kind.label for name, kind in ITEM_TYPES.items()}
    )
    count = IntegerField(
        "Jumlah",
        default=5,
        validators=[between(1, MOST_ITEMS, "Jumlah soal 1 sampai 100.")],
    )

    def slot(self) -> BlueprintSlot | None:
        """What the line asks for; None while it is not filled in rightly."""
        if not self.topic.data or not 1 <= (self.count.data or 0) <= MOST_ITEMS:
            return None
        level = Level(self.level.data) if self.level.data in set(Level) else None
        kind = self.type.data if self.type.data in ITEM_TYPES else None
        return BlueprintSlot(self.topic.data, level, kind, self.count.data)


class QuizForm(Form):
    """A quiz and its blueprint."""

    title = StringField(
        "Judul",
        validators=[DataRequired("Tulis judul kuis."), Length(max=160)],
        filters=[one_line],
    )
    description = StringField("Keterangan untuk petugas", validators=[Length(max=1000)])
    time_limit = IntegerField(
        "Batas waktu",
        description="Kosongkan kalau waktunya sampai sesi ditutup.",
        validators=[Optional(), between(1, 480, "Batas waktu 1 sampai 480 menit.")],
    )
    pass_mark = IntegerField(
        "Batas lulus",
        default=70,
        validators=[
            InputRequired("Tulis batas lulus."),
            between(0, 100, "Batas lulus 0 sampai 100."),
        ],
    )
    shuffle_items = BooleanField("Acak urutan soal untuk tiap orang", default=True)
    shuffle_options = BooleanField("Acak urutan opsi untuk tiap orang", default=True)
    lines = FieldList(FormField(LineForm), min_entries=1, max_entries=MOST_LINES, label="Kisi-kisi")

    quiz_id: int | None = None

    def offer_topics(self) -> None:
        """Fill each line's list of topics. One query."""
        names = topic_names(db.session)
        for line in self.lines:
            line.form.topic.choices = {"": "Pilih topik"} | names

    def blueprint(self) -> QuizBlueprint:
        """The lines that are filled in rightly."""
        slots = (line.form.slot() for line in self.lines)
        return QuizBlueprint(tuple(slot for slot in slots if slot is not None))

    def validate_title(self, field: StringField) -> None:
        same = quizzes.quiz_titled(db.session, field.data or "")
        if same is not None and same.id != self.quiz_id:
            raise ValidationError("Kuis dengan judul ini sudah ada. Pilih judul lain.")

    def validate_lines(self, field: FieldList) -> None:
        items = sum(slot.count for slot in self.blueprint().slots)
        if not any(line.form.topic.data for line in field):
            raise ValidationError("Kisi-kisi masih kosong. Pilih topik paling sedikit satu baris.")
        if items > MOST_ITEMS:
            raise ValidationError(f"Jumlah semua soal {items}. Paling banyak {MOST_ITEMS}.")

    def fill(self, quiz: Quiz) -> None:
        """Give ``quiz`` what the form says; sittings already prepared keep their copy."""
        quiz.title, quiz.description = self.title.data or "", self.description.data or ""
        quiz.time_limit_minutes, quiz.pass_mark = self.time_limit.data, self.pass_mark.data
        quiz.shuffle_items, quiz.shuffle_options = (
            self.shuffle_items.data,
            self.shuffle_options.data,
        )
        quiz.slots[:] = [
            QuizSlot(
                position=position,
                topic=slot.topic,
                level=slot.level and slot.level.value,
                type=slot.type,
                count=slot.count,
            )
            for position, slot in enumerate(self.blueprint().slots, start=1)
        ]


@bp.route("/kuis-bank/baru", methods=["GET", "POST"])
@requires(Permission.MANAGE_QUIZZES)
def add() -> ResponseReturnValue:
    now = datetime.now(UTC)
    form = _with_lines_changed(QuizForm())
    form.offer_topics()
    if _line_button() or not form.validate_on_submit():
        return _edit_page(form, None, now)
    quiz = Quiz(created_at=now)
    form.fill(quiz)
    db.session.add(quiz)
    db.session.flush()
    record(db.session, now, me().user_id, Action.QUIZ_ADDED, ("quiz", quiz.uid), title=quiz.title)
    db.session.commit()
    flash(f"Kuis {quiz.title} tersimpan.", "success")
    return redirect(_address(quiz), 303)


@bp.route("/kuis-bank/<uid>", methods=["GET", "POST"])
@requires(Permission.MANAGE_QUIZZES)
def page(uid: str) -> ResponseReturnValue:
    now = datetime.now(UTC)
    row = quiz_or_404(uid)
    form = _with_lines_changed(QuizForm(data=_stored(row.quiz)))
    form.quiz_id = row.quiz.id
    form.offer_topics()
    if _line_button() or not form.validate_on_submit():
        return _edit_page(form, row, now)
    form.fill(row.quiz)
    record(db.session, now, me().user_id, Action.QUIZ_CHANGED, ("quiz", uid), title=row.quiz.title)
    db.session.commit()
    flash(f"Kuis {row.quiz.title} tersimpan.", "success")
    return redirect(_address(row.quiz), 303)


def _address(quiz: Quiz) -> str:
    """The quiz's page, still with the event one came from."""
    event = _event_behind()
    return url_for("quizzes.page", uid=quiz.uid, kegiatan=event.code if event else None)


def _event_behind() -> Event | None:
    """The event whose page led here, so that there is a way back."""
    code = request.args.get("kegiatan")
    return event_with_code(db.session, code) if code else None


def _stored(quiz: Quiz) -> dict[str, Any]:
    lines = [
        {
            "topic": slot.topic,
            "level": slot.level or "",
            "type": slot.type or "",
            "count": slot.count,
        }
        for slot in quiz.slots
    ]
    return {
        "title": quiz.title,
        "description": quiz.description,
        "time_limit": quiz.time_limit_minutes,
        "pass_mark": quiz.pass_mark,
        "shuffle_items": quiz.shuffle_items,
        "shuffle_options": quiz.shuffle_options,
        "lines": lines,
    }


def _line_button() -> bool:
    """Whether a button that only adds or removes a line was pressed: nothing is saved then."""
    return "tambah" in request.form or "hapus" in request.form


def _with_lines_changed(form: QuizForm) -> QuizForm:
    """The form as typed, with the line added or removed that a button asked for."""
    if not _line_button():
        return form
    typed = form.data
    if "tambah" in request.form:
        typed["lines"] = [*typed["lines"][: MOST_LINES - 1], {}]
    else:
        gone = request.form["hapus"]
        typed["lines"] = [line for i, line in enumerate(typed["lines"]) if str(i) != gone]
    return QuizForm(formdata=None, data=typed)


def _edit_page(form: QuizForm, row: quizzes.QuizRow | None, now: datetime) -> ResponseReturnValue:
    status = 400 if form.errors else 200
    cover = iter(coverage(form.blueprint(), candidates_on(db.session, wita(now).date())))
    covers: list[LineCover | None] = [
        next(cover) if line.form.slot() is not None else None for line in form.lines
    ]
    return render_template(
        "events/quizzes/edit.html",
        form=form,
        row=row,
        covers=covers,
        event=_event_behind(),
        used_by=quizzes.events_with(db.session, row.quiz) if row else [],
        waiting=waiting_events(db.session, now, MOST_WAITING) if row else [],
    ), status


@bp.post("/kuis-bank/<uid>/tarik")
@requires(Permission.MANAGE_QUIZZES)
def retire(uid: str) -> ResponseReturnValue:
    now = datetime.now(UTC)
    quiz = quiz_or_404(uid).quiz
    quiz.retired_at = now
    record(db.session, now, me().user_id, Action.QUIZ_RETIRED, ("quiz", uid))
    db.session.commit()
    flash(f"Kuis {quiz.title} ditarik. Sesi yang memakainya tidak berubah.", "success")
    return redirect(url_for("quizzes.index"), 303)


@bp.post("/kuis-bank/<uid>/pakai-lagi")
@requires(Permission.MANAGE_QUIZZES)
def restore(uid: str) -> ResponseReturnValue:
    now = datetime.now(UTC)
    quiz = quiz_or_404(uid).quiz
    quiz.retired_at = None
    record(db.session, now, me().user_id, Action.QUIZ_RESTORED, ("quiz", uid))
    db.session.commit()
    flash(f"Kuis {quiz.title} dipakai lagi.", "success")
    return redirect(url_for("quizzes.page", uid=uid), 303)
