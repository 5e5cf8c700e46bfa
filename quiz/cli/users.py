"""``quiz user``: accounts made from the server's own machine."""

import os
import sys
from datetime import UTC, datetime

import click
from sqlalchemy.orm import Session

from quiz.actions.people.accounts import make_link, set_password
from quiz.actions.people.auditing import record
from quiz.actions.people.passwords import password_problems
from quiz.actions.people.second_step import take_off
from quiz.assessment.items.item import Status
from quiz.cli.opening import writing
from quiz.cli.words import Group, Refusal
from quiz.exchange.rosters.names import normalise_name
from quiz.models import OneTimeLink, Unit, User
from quiz.models.people.audit import Action, SubjectType
from quiz.permissions import Role
from quiz.queries.people.people import person_called
from quiz.queries.people.units import unit_with_code
from quiz.web.keys import office
from quiz.web.layout import PRODUCT

PROGRAM = "quiz user"
"""Who the log names for what is done here: the operator of the machine."""

ROLES = [role.value for role in Role if role is not Role.PARTICIPANT]

the_username = click.option(
    "--username", required=True, metavar="NAMA", help="Nama pengguna untuk masuk."
)


@click.group(cls=Group)
def user() -> None:
    """Akun petugas, narasumber, pemeriksa, pimpinan unit, dan admin."""


@user.command()
@the_username
@click.option("--name", required=True, metavar="NAMA", help="Nama lengkap.")
@click.option(
    "--role",
    required=True,
    type=click.Choice(ROLES),
    metavar="PERAN",
    help=f"Peran: {', '.join(ROLES)}.",
)
@click.option("--unit", "unit_code", metavar="KODE", help="Kode unit kerja.")
@click.option(
    "--password-stdin",
    is_flag=True,
    help="Baca kata sandi dari baris pertama masukan; tanpa ini dicetak alamat sekali pakai.",
)
def add(username: str, name: str, role: str, unit_code: str | None, password_stdin: bool) -> None:
    """Buat akun baru."""
    now = datetime.now(UTC)
    with writing() as session:
        made = User(
            username=_free_username(session, username),
            name=" ".join(name.split()),
            normalised_name=normalise_name(name),
            status=Status.PNS,
            role=Role(role),
            unit=_unit(session, unit_code),
            created_at=now,
        )
        session.add(made)
        session.flush()
        if password_stdin:
            set_password(made, _password_from_stdin(made))
        record(
            session,
            now,
            None,
            Action.ACCOUNT_MADE,
            ("user", made.uid),
            role=role,
            by="quiz user add",
        )
        token = None if password_stdin else make_link(session, made, now)
        click.echo(f"Akun {made.username} ({made.role.label}) dibuat untuk {made.name}.")
        if token:
            _show_link(token)


@user.command()
@the_username
def link(username: str) -> None:
    """Buat alamat sekali pakai untuk menetapkan kata sandi baru."""
    now = datetime.now(UTC)
    with writing() as session:
        found = person_called(session, username)
        if found is None:
            raise Refusal(f"Tidak ada akun dengan nama pengguna {username}.")
        if found.disabled_at is not None:
            raise Refusal(f"Akun {username} dinonaktifkan. Aktifkan dulu di halaman Akun.")
        token = make_link(session, found, now)
        record(session, now, None, Action.ACCOUNT_LINK_MADE, ("user", found.uid), by=PROGRAM)
        _show_link(token)


@user.command("one-step")
@the_username
def one_step(username: str) -> None:
    """Lepas verifikasi dua langkah dari akun yang HP dan kode pemulihannya hilang."""
    now = datetime.now(UTC)
    with writing() as session:
        found = person_called(session, username)
        if found is None:
            raise Refusal(f"Tidak ada akun dengan nama pengguna {username}.")
        if not take_off(session, found):
            raise Refusal(f"Verifikasi dua langkah tidak terpasang pada akun {username}.")
        subject: tuple[SubjectType, str] = ("user", found.uid)
        record(session, now, None, Action.SECOND_STEP_TAKEN_OFF, subject, by=PROGRAM)
        click.echo(f"Akun {username} sekarang masuk dengan kata sandi saja.")


def _password_from_stdin(user: User) -> str:
    password = sys.stdin.readline().rstrip("\r\n")
    unit = user.unit.name if user.unit else None
    known = (user.name, user.username, unit, office().organisation, PRODUCT)
    if problems := password_problems(password, known):
        raise Refusal(" ".join(problems))
    return password


def _free_username(session: Session, text: str) -> str:
    username = text.strip().lower()
    if not username or not all(c.isascii() and (c.isalnum() or c in ".-") for c in username):
        raise Refusal("Nama pengguna hanya huruf kecil, angka, titik, dan strip.")
    taken = person_called(session, username)
    if taken is not None:
        raise Refusal(f"Nama pengguna {username} sudah dipakai {taken.name}. Pilih yang lain.")
    return username


def _unit(session: Session, code: str | None) -> Unit | None:
    if code is None:
        return None
    unit = unit_with_code(session, code)
    if unit is None:
        raise Refusal(f"Tidak ada unit dengan kode {code}. Daftar kode: halaman Unit.")
    return unit


def _show_link(token: str) -> None:
    address = office().office_url
    base = address or f"http://127.0.0.1:{os.environ.get('PORT', '8000')}"
    hours = int(OneTimeLink.LIFETIME.total_seconds() // 3600)
    click.echo(f"Alamat sekali pakai, berlaku {hours} jam: {base}/sandi/{token}")
    if not address:
        click.echo("Buka di komputer server ini; port 8000 diganti bila server memakai yang lain.")
