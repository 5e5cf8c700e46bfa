"""What each role sees of people, read off the table of permissions, in words."""

from datetime import datetime
from typing import NamedTuple

from quiz.assessment.analysis.suppression import OFFICE_MINIMUM, SPEAKER_MINIMUM
from quiz.formats import date_id
from quiz.models.people.settings import Retention
from quiz.permissions import ROLE_PERMISSIONS, Permission, Role

SIGHTS: tuple[tuple[Permission, str], ...] = (
    (Permission.SEE_NAMED_SCORES, "nilai dan jawaban per orang (setiap pembukaan tercatat)"),
    (Permission.HANDLE_CARDS, "kartu dan kode peserta (setiap pembukaan tercatat)"),
    (
        Permission.MANAGE_ROSTERS,
        "daftar peserta: nama, unit, status, jabatan, kehadiran, empat angka terakhir NIP",
    ),
    (
        Permission.MOVE_EVENTS,
        "berkas kegiatan, yang memuat semua isi satu kegiatan beserta kunci kartunya (setiap "
        "unduhan tercatat)",
    ),
    (Permission.ANSWER_REQUESTS, "permintaan peserta tentang datanya"),
    (Permission.MANAGE_ACCOUNTS, "nama dan akun"),
    (Permission.SEE_AUDIT, "jejak: siapa melakukan apa, dan kapan"),
    (
        Permission.HOLD_BACKUPS,
        "berkas cadangan, yang memuat seluruh basis data (setiap unduhan tercatat)",
    ),
    (
        Permission.NAME_AFFECTED,
        "nama orang yang terkena, bila data bocor (setiap unduhan tercatat)",
    ),
    (Permission.SEE_REPORTS, f"angka gabungan tiap unit, mulai {OFFICE_MINIMUM} orang"),
    (
        Permission.SEE_OWN_UNIT,
        f"angka gabungan unitnya sendiri yang sudah terbit, mulai {OFFICE_MINIMUM} orang",
    ),
    (
        Permission.SEE_GROUP_FIGURES,
        f"angka semua peserta bersama-sama, mulai {SPEAKER_MINIMUM} orang, tanpa unit",
    ),
    (Permission.RULE_ON_KEYS, "teks sanggahan atas kunci soal, tanpa nama"),
)
"""Permissions that show something of people, and what that is; the most telling first."""

COVERED = {Permission.SEE_GROUP_FIGURES: Permission.SEE_REPORTS}
"""A sight that another one holds already."""


class Sight(NamedTuple):
    """A role, and what it sees of other people, in words."""

    role: Role
    sees: list[str]

    @property
    def named(self) -> bool:
        """True for a role that sees a score beside a name."""
        return Permission.SEE_NAMED_SCORES in ROLE_PERMISSIONS[self.role]


def sights() -> list[Sight]:
    """Every role that works here, those first that see scores by name."""
    found = [Sight(role, _sees(role)) for role in Role if role is not Role.PARTICIPANT]
    return sorted(found, key=lambda sight: not sight.named)


def _sees(role: Role) -> list[str]:
    may = ROLE_PERMISSIONS[role]
    return [
        words
        for permission, words in SIGHTS
        if permission in may and COVERED.get(permission) not in may
    ]


def kept_words(rule: Retention, keep_until: datetime | None = None) -> str:
    """How long names are kept by a rule, and of an event that has a later day of its own."""
    later = f", tidak sebelum {date_id(keep_until)}" if keep_until else ""
    return f"sampai {rule.days} hari sesudah sesi terakhir{later}"
