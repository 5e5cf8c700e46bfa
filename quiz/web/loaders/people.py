"""Accounts, units and cards, named in an address."""

from datetime import datetime
from pathlib import Path

from flask import abort

from quiz.actions.people.accounts import find_link
from quiz.codes import token_index
from quiz.database import db
from quiz.database.kept import FOLDER, read_name
from quiz.formats import date_id, datetime_id, day_date_id
from quiz.models import (
    Enrolment,
    Event,
    OneTimeLink,
    SubjectRequest,
    Unit,
    UnitKind,
    User,
)
from quiz.queries.people import entering, people, units
from quiz.queries.people.privacy.requests import request_with_uid
from quiz.web.keys import card_keys, settings
from quiz.web.loaders import found, missing

_LINK_GONE = (
    "Alamat sekali pakai ini sudah dipakai atau sudah lewat waktunya. Minta yang baru kepada "
    "admin; untuk admin pertama, jalankan lagi aplikasinya dan buka alamat yang tercetak."
)


def person_or_404(uid: str) -> User:
    """The person ``uid``."""
    return found(people.person(db.session, uid), "Orang ini tidak ada. Cari lagi di daftar akun.")


def request_or_404(uid: str) -> SubjectRequest:
    """What somebody asked about their data."""
    return found(
        request_with_uid(db.session, uid),
        "Permintaan ini tidak ada. Buka daftar permintaan data pribadi.",
    )


def backup_or_404(name: str) -> Path:
    """The file of a kept backup."""
    path = settings().instance / FOLDER / name
    if read_name(name) is None or not path.is_file():
        missing("Cadangan ini tidak ada lagi, mungkin sudah diganti yang baru. Buka daftarnya.")
    return path


def unit_or_404(code: str) -> Unit:
    """The unit with this code."""
    return found(
        units.unit_with_code(db.session, code),
        f"Unit dengan kode {code[:40]} tidak ada. Buka daftar unit.",
    )


def unit_kind_or_404(code: str) -> UnitKind:
    """The kind of unit with this code."""
    return found(
        units.kind_with_code(db.session, code),
        f"Jenis unit {code[:40]} tidak ada. Buka daftar unit.",
    )


def first_admin_link_or_404(token: str, now: datetime) -> OneTimeLink:
    """The address that makes the first admin, while it works and there is none."""
    link = find_link(db.session, token, now)
    if link is None or link.user is not None or entering.admin_exists(db.session):
        missing(_LINK_GONE)
    return link


def password_link_or_404(token: str, now: datetime) -> tuple[OneTimeLink, User]:
    """The address that sets a password, while it works, and whose password that is."""
    link = find_link(db.session, token, now)
    if link is None or link.user is None:
        missing(_LINK_GONE)
    return link, link.user


def card_or_404(token: str, now: datetime) -> Enrolment:
    """The place on a roster whose card has this token; 409 while its event admits nobody."""
    enrolment = found(
        entering.enrolment_by_token(
            db.session, [token_index(key, token) for key in card_keys().every]
        ),
        "Kartu ini tidak berlaku lagi: mungkin sudah diganti. Minta kartu baru kepada petugas di "
        "meja depan.",
    )
    if not enrolment.event.admits_on(now):
        abort(409, description=shut("Kartu", enrolment.event, now))
    return enrolment


def shut(what: str, event: Event, now: datetime) -> str:
    """Why a card or code does not let in today, and when it does."""
    words = f"{what} ini untuk kegiatan {event.title}, {day_date_id(event.starts_at)}."
    if now < event.admits_from:
        return f"{words} Baru dapat dipakai mulai {datetime_id(event.admits_from)}."
    return f"{words} Kegiatannya sudah berlalu: berlaku sampai {date_id(event.admits_until)}."
