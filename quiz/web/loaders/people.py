"""Accounts, units and cards, named in an address."""

from datetime import datetime

from quiz.actions.people.accounts import find_link
from quiz.codes import token_index
from quiz.database import db
from quiz.models import (
    Enrolment,
    OneTimeLink,
    Unit,
    UnitKind,
    User,
)
from quiz.queries.people import entering, people, units
from quiz.web.keys import card_key
from quiz.web.loaders import found, missing

_LINK_GONE = (
    "Alamat sekali pakai ini sudah dipakai atau sudah lewat waktunya. Minta yang baru kepada "
    "admin; untuk admin pertama, jalankan lagi aplikasinya dan buka alamat yang tercetak."
)


def person_or_404(uid: str) -> User:
    """The person ``uid``."""
    return found(people.person(db.session, uid), "Orang ini tidak ada. Cari lagi di daftar akun.")


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
    """The place on a roster whose card has this token, while its event admits people."""
    enrolment = entering.enrolment_by_token(db.session, token_index(card_key(), token))
    if enrolment is None or not enrolment.event.admits_on(now):
        missing(
            "Kartu ini tidak berlaku lagi: mungkin sudah diganti, atau kegiatannya sudah "
            "berlalu. Minta kartu baru kepada petugas di meja depan."
        )
    return enrolment
