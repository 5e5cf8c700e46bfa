"""Settings of the office: where people find the quiz, and what stands at the head of papers."""

from dataclasses import asdict, replace
from datetime import UTC, datetime

from flask import Blueprint, current_app, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from wtforms import SelectField, StringField, TextAreaField
from wtforms.validators import DataRequired, Length, ValidationError

from quiz.actions.people.settings import change_office
from quiz.config.addresses import EXAMPLE, only_here, read_address
from quiz.database import db
from quiz.models.people.settings import DEMANDED, OFFICE_PARTS, Office
from quiz.permissions import Permission
from quiz.queries.people.people import admin_names
from quiz.queries.people.second_step import second_step
from quiz.queries.people.settings import installation
from quiz.web.access import can, me, requires
from quiz.web.forms import Form, one_line
from quiz.web.keys import addresses, known_hosts, office, settings, tell_every_process, with_fixed
from quiz.web.origin import host_name

bp = Blueprint("settings", __name__)

VARIABLES = {"hall_url": "QUIZ_HALL_URL", "office_url": "QUIZ_OFFICE_URL"}
"""The environment's name for what it may decide in place of this page."""

LETTERHEAD_LINES = 3

SECOND_STEP_CHOICES = {"": "dipilih tiap orang", DEMANDED: "wajib bagi semua petugas"}


def several_lines(text: str | None) -> str:
    """A field's filter: its lines without doubled spaces, empty ones left out."""
    lines = (" ".join(line.split()) for line in (text or "").splitlines())
    return "\n".join(line for line in lines if line)


class OfficeForm(Form):
    """What the office sets; a field the environment decides is left out."""

    organisation = StringField(
        OFFICE_PARTS["organisation"],
        description="Tampil di kepala setiap halaman dan pada kertas yang tidak berkop.",
        validators=[
            DataRequired("Tulis nama organisasi."),
            Length(max=120, message="Nama organisasi paling banyak 120 huruf."),
        ],
        filters=[one_line],
    )
    hall_url = StringField(
        OFFICE_PARTS["hall_url"],
        description=(
            f"Yang dibuka HP peserta; dipakai kartu, poster, dan kode QR. Contoh: {EXAMPLE}. Kartu "
            "yang sudah dicetak tetap menunjuk alamat lama."
        ),
        validators=[Length(max=300, message="Alamat paling banyak 300 huruf.")],
        filters=[one_line],
        render_kw={"inputmode": "url", "autocapitalize": "none", "spellcheck": "false"},
    )
    office_url = StringField(
        OFFICE_PARTS["office_url"],
        description=(
            "Alamat tetap lewat HTTPS, bila ada; dipakai alamat sekali pakai untuk akun baru. "
            "Contoh: https://kuis.kantor.example."
        ),
        validators=[Length(max=300, message="Alamat paling banyak 300 huruf.")],
        filters=[one_line],
        render_kw={"inputmode": "url", "autocapitalize": "none", "spellcheck": "false"},
    )
    letterhead_name = TextAreaField(
        OFFICE_PARTS["letterhead_name"],
        description=(
            f"Paling banyak {LETTERHEAD_LINES} baris, misalnya nama pemerintah daerah lalu nama "
            "badan. Kosong: nama organisasi."
        ),
        validators=[Length(max=300, message="Nama instansi paling banyak 300 huruf.")],
        filters=[several_lines],
        render_kw={"rows": LETTERHEAD_LINES},
    )
    letterhead_address = StringField(
        OFFICE_PARTS["letterhead_address"],
        description="Jalan, kota, kode pos.",
        validators=[Length(max=200, message="Alamat pada kop paling banyak 200 huruf.")],
        filters=[one_line],
    )
    letterhead_contact = StringField(
        OFFICE_PARTS["letterhead_contact"],
        validators=[Length(max=200, message="Telepon dan surel paling banyak 200 huruf.")],
        filters=[one_line],
    )

    privacy_officer = StringField(
        OFFICE_PARTS["privacy_officer"],
        description="Nama atau jabatan yang ditunjuk kantor; tampil pada halaman dan dokumen.",
        validators=[Length(max=200, message="Pejabat paling banyak 200 huruf.")],
        filters=[one_line],
    )
    privacy_contact = StringField(
        OFFICE_PARTS["privacy_contact"],
        description=(
            "Ke mana peserta bertanya atau berkeberatan: ruang, telepon, atau surel. Kosong: "
            "petugas kegiatan."
        ),
        validators=[Length(max=200, message="Kontak paling banyak 200 huruf.")],
        filters=[one_line],
    )

    second_step = SelectField(
        OFFICE_PARTS["second_step"],
        description=(
            "Sesudah kata sandi, petugas mengetik enam angka dari aplikasi di HP-nya. Bila wajib, "
            "siapa yang belum memasangnya dituntun memasangnya saat masuk. Peserta tetap masuk "
            "dengan kartu. Tidak berlaku dalam peragaan."
        ),
        choices=SECOND_STEP_CHOICES,
    )

    def validate_second_step(self, field: SelectField) -> None:
        newly = field.data == DEMANDED and office().second_step != DEMANDED
        if newly and second_step(db.session, me().user_id) is None:
            raise ValidationError(
                "Pasang dulu verifikasi dua langkah pada akun Anda sendiri, di Akun saya; sesudah "
                "itu baru wajibkan bagi semua."
            )

    def validate_hall_url(self, field: StringField) -> None:
        field.data = _address(field.data)

    def validate_office_url(self, field: StringField) -> None:
        field.data = _address(field.data)

    def validate_letterhead_name(self, field: TextAreaField) -> None:
        if len((field.data or "").splitlines()) > LETTERHEAD_LINES:
            raise ValidationError(f"Nama instansi paling banyak {LETTERHEAD_LINES} baris.")

    def leave_out_fixed(self) -> None:
        """Take away what the environment decides."""
        for name in settings().fixed:
            del self[name]


def _address(text: str | None) -> str:
    """What was typed as an address others can open. Raises ValidationError."""
    if not text:
        return ""
    try:
        address = read_address(text)
    except ValueError as error:
        raise ValidationError(str(error)) from error
    if only_here(address):
        raise ValidationError(
            "Alamat ini hanya terbuka di komputer server sendiri. Tulis alamat yang dapat dibuka "
            f"dari komputer lain, misalnya {EXAMPLE}."
        )
    return address


@bp.get("/setelan")
@requires(Permission.SEE_SETTINGS)
def index() -> ResponseReturnValue:
    stored = installation(db.session).office
    form = OfficeForm(data=asdict(stored))
    form.leave_out_fixed()
    return _page(form)


@bp.post("/setelan")
@requires(Permission.CHANGE_SETTINGS)
def change() -> ResponseReturnValue:
    now = datetime.now(UTC)
    form = OfficeForm(second_step=office().second_step)
    form.leave_out_fixed()
    if not form.validate_on_submit():
        return _page(form), 400
    stored = installation(db.session).office
    typed = {name: value or "" for name, value in form.data.items() if name in OFFICE_PARTS}
    wanted = replace(stored, **typed)
    if host := _shut_out(wanted):
        form.form_errors.append(
            f"Anda membuka halaman ini lewat {host}, yang akan ditolak setelah disimpan. Jadikan "
            "alamat itu alamat ruangan atau kantor, atau buka halaman ini di komputer server."
        )
        return _page(form), 400
    changed = change_office(db.session, wanted, me().user_id, now)
    db.session.commit()
    if changed:
        tell_every_process()
        flash("Setelan tersimpan dan langsung berlaku.", "success")
    else:
        flash("Tidak ada yang berubah.")
    return redirect(url_for("settings.index"), 303)


def _shut_out(wanted: Office) -> str | None:
    """The host of this very request, if it would be refused once ``wanted`` holds."""
    known = known_hosts(addresses(with_fixed(wanted)))
    host = host_name().rstrip(".").lower()
    return None if known is None or host in known else host


def _page(form: OfficeForm) -> str:
    may_change = can(Permission.CHANGE_SETTINGS)
    return render_template(
        "people/settings/index.html",
        form=form,
        may_change=may_change,
        admins=[] if may_change else admin_names(db.session),
        fixed=settings().fixed,
        variables=VARIABLES,
        held=office(),
        labels=OFFICE_PARTS,
        second_step_choices=SECOND_STEP_CHOICES,
        found=current_app.extensions.get("quiz.hall_address"),
    )
