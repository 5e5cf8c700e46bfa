"""The office's outline of its activity reports: sections in order, edited on one page."""

from collections.abc import Iterator
from dataclasses import asdict
from datetime import UTC, datetime
from typing import Any

from flask import Blueprint, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from wtforms import (
    Field,
    FieldList,
    FormField,
    IntegerField,
    SelectField,
    StringField,
    TextAreaField,
)
from wtforms.validators import DataRequired, Optional, ValidationError

from quiz.actions.people.settings import change_outline, restore_outline
from quiz.database import db
from quiz.models.people.outline import FIGURES, Level, Outline, Part, Section, figure_problems
from quiz.permissions import Permission
from quiz.queries.people.settings import outline
from quiz.web.access import me, requires
from quiz.web.forms import Form, PartForm, at_most, one_line

bp = Blueprint("outline", __name__)

BLANK_ROWS = 2
MOST_SECTIONS = 40
LAST_PLACE = 999


def known_figures(_form: Any, field: Field) -> None:
    """A validator: whatever stands between braces is a figure we know."""
    problems = figure_problems(field.data or "")
    if problems:
        raise ValidationError(" ".join(problems))


def plain_lines(text: str | None) -> str:
    """A field's filter: its lines, ended as we end them and not as browsers do."""
    return "\n".join(line.strip() for line in (text or "").splitlines()).strip()


class SectionForm(PartForm):
    """A section; one in which nothing is written is left out."""

    place = IntegerField(
        "Urutan",
        validators=[Optional()],
        render_kw={"inputmode": "numeric"},
    )
    level = SelectField("Tingkat", choices={each.value: each.label for each in Level})
    number = StringField("Nomor", validators=[at_most(20)], filters=[one_line])
    heading = StringField("Judul", validators=[at_most(160), known_figures], filters=[one_line])
    text = TextAreaField("Teks", validators=[at_most(4000), known_figures], filters=[plain_lines])
    part = SelectField("Isi sesudah teks", choices={each.value: each.label for each in Part})

    @property
    def empty(self) -> bool:
        return not (self.heading.data or self.text.data or self.part.data)

    def validate_place(self, field: IntegerField) -> None:
        if field.data is not None and not 0 <= field.data <= LAST_PLACE:
            raise ValidationError(f"Isi antara 0 dan {LAST_PLACE}.")

    def validate_heading(self, field: StringField) -> None:
        if not field.data and not self.empty:
            raise ValidationError(
                "Tulis judulnya; untuk menghapus bagian ini kosongkan juga teks dan isinya."
            )

    def section(self) -> Section:
        """The section as it was typed."""
        return Section(
            Level(self.level.data),
            self.number.data or "",
            self.heading.data or "",
            self.text.data or "",
            Part(self.part.data),
        )


class OutlineForm(Form):
    """The whole outline, with room for more sections."""

    title = StringField(
        "Judul laporan",
        validators=[DataRequired("Tulis judul laporan."), at_most(300), known_figures],
        filters=[one_line],
    )
    basis = TextAreaField(
        "Dasar kantor",
        description=(
            "Satu baris satu dasar, misalnya peraturan daerah atau DPA. Dicetak sesudah "
            "undang-undang dan peraturan yang dirujuk soal kegiatan, dan sebelum dasar kegiatan."
        ),
        validators=[at_most(4000)],
        filters=[plain_lines],
    )
    sections = FieldList(FormField(SectionForm), max_entries=MOST_SECTIONS)

    def validate(self, extra_validators: Any = None) -> bool:
        """Every fault says in which section it is."""
        fine = super().validate(extra_validators)
        for place, row in enumerate(self.sections, start=1):
            for field in row.form:
                said = f"Bagian {place}, {field.label.text.lower()}: "
                field.errors = [f"{said}{error}" for error in field.errors]
        return fine and self._in_order()

    def _in_order(self) -> bool:
        rows = self._rows()
        if not rows:
            self.form_errors.append(
                "Susunan tanpa satu bagian pun tidak dapat dicetak. Tulis sedikitnya satu."
            )
        elif body := [row for row in rows if row.level.data != Level.ANNEX]:
            first = body[0]
            if first.level.data == Level.SUBSECTION:
                where = f"Tingkat bagian {first.heading.data}"
                sentence = f"{where}: yang pertama harus {Level.SECTION.label}, bukan anak bagian."
                first.level.errors = [sentence]
                return False
        return bool(rows)

    def _rows(self) -> list[SectionForm]:
        """What is written, in the order asked for: after what has that place, or at the end."""
        written: list[tuple[int, bool, SectionForm]] = []
        for stood_at, row in enumerate(self.sections, start=1):
            wanted = row.form.place.data
            place = LAST_PLACE + 1 if wanted is None else wanted
            if not row.form.empty:
                written.append((place, wanted != stood_at, row.form))
        return [row for *_, row in sorted(written, key=lambda each: each[:2])]

    def outline(self) -> Outline:
        """The outline as it was typed."""
        return Outline(
            self.title.data or "",
            self.basis.data or "",
            tuple(row.section() for row in self._rows()),
        )


def _typed(stored: Outline) -> dict[str, Any]:
    """The stored outline as the form's fields have it, with blank rows."""
    return {"title": stored.title, "basis": stored.basis, "sections": list(_lines(stored))}


def _lines(stored: Outline) -> Iterator[dict[str, Any]]:
    for place, section in enumerate(stored.sections, start=1):
        yield {**asdict(section), "place": place}
    blank = Section(Level.SUBSECTION, "", "")
    room = min(BLANK_ROWS, MOST_SECTIONS - len(stored.sections))
    yield from (asdict(blank) for _ in range(room))


@bp.route("/setelan/laporan-pelaksanaan", methods=["GET", "POST"])
@requires(Permission.MANAGE_EVENTS)
def edit() -> ResponseReturnValue:
    stored = outline(db.session)
    form = OutlineForm(data=_typed(stored))
    if not form.validate_on_submit():
        status = 400 if form.is_submitted() else 200
        page = render_template("people/outline/edit.html", form=form, figures=FIGURES)
        return page, status
    changed = change_outline(db.session, form.outline(), me().user_id, datetime.now(UTC))
    db.session.commit()
    if changed:
        flash("Susunan tersimpan. Laporan yang diunduh sesudah ini memakainya.", "success")
    else:
        flash("Tidak ada yang berubah.")
    return redirect(url_for("outline.edit"), 303)


@bp.route("/setelan/laporan-pelaksanaan/bawaan", methods=["GET", "POST"])
@requires(Permission.MANAGE_EVENTS)
def restore() -> ResponseReturnValue:
    form = Form()
    if not form.validate_on_submit():
        return render_template("people/outline/restore.html", form=form)
    restore_outline(db.session, me().user_id, datetime.now(UTC))
    db.session.commit()
    flash("Susunan bawaan berlaku lagi.", "success")
    return redirect(url_for("outline.edit"), 303)
