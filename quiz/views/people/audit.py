"""The audit log on a page: who did what to which record, and when."""

import re
from datetime import UTC, datetime, timedelta
from typing import Any, NamedTuple

from flask import Blueprint, abort, render_template, request, url_for
from flask.typing import ResponseReturnValue

from quiz.database import db
from quiz.exports.audit_log import Words, audit_table
from quiz.exports.files import FILE_KINDS
from quiz.formats import decimal_id, mask_nip, parse_wita
from quiz.models import AuditEntry, Claim, Passage, Reference
from quiz.models.people.audit import Action, from_ranges
from quiz.models.people.settings import OFFICE_PARTS, RETENTION_KEY
from quiz.permissions import Permission, Role
from quiz.queries.people import audit
from quiz.queries.sources.file_text import PARTS
from quiz.web.access import log_apart, requires
from quiz.web.downloads import saved_as
from quiz.web.paging import PAGE_SIZE, Page, page_number

bp = Blueprint("audit", __name__)

SUBJECTS: dict[str, str] = {
    "attempt": "pengerjaan",
    "claim": "pernyataan",
    "enrolment": "peserta",
    "event": "kegiatan",
    "import": "berkas soal",
    "installation": "instalasi",
    "item": "soal",
    "page": "halaman",
    "passage": "kalimat bahan",
    "reference": "dasar hukum",
    "quiz": "kuis",
    "sitting": "sesi",
    "unit": "unit",
    "unit_kind": "jenis unit",
    "user": "orang",
}

DETAILS = {
    "added": "ditambahkan",
    "address": "alamat",
    "after": "sesudah",
    "before": "sebelum",
    "by": "lewat",
    "code": "kode",
    "codes": "kode",
    "columns": "bagian",
    "contests": "sanggahan dijawab",
    "day": "tanggal",
    "down": "turun",
    "edition": "edisi",
    "file": "berkas",
    "format": "bentuk",
    "into": "ke",
    "items": "soal",
    "kind": "jenis",
    "lines": "catatan yang rinciannya dihapus",
    "minutes": "menit",
    "name": "nama",
    "other": "peserta lain",
    "reason": "alasan",
    "removed": "dikeluarkan",
    "restored": "dikembalikan",
    "role": "peran",
    "same": "tetap",
    "sitting": "sesi",
    "title": "judul",
    "unit": "unit",
    "units": "unit baru",
    "up": "naik",
    "updated": "diperbarui",
    "username": "nama pengguna",
    "version": "versi",
}

PARTS_OF: dict[str, dict[str, str]] = {
    "claim": PARTS[Claim],
    "installation": {**OFFICE_PARTS, RETENTION_KEY: "Masa simpan data peserta"},
    "passage": PARTS[Passage],
    "reference": PARTS[Reference],
}
"""Subject → its columns as the page calls them where they are changed."""

EMPTY = "(kosong)"

ROLES = {role.value: role.label for role in Role}
NIP = re.compile(r"(?<!\d)\d{18}(?!\d)")


LONGEST = 20_000
"""Lines of one file."""

TOO_LONG = (
    "Yang cocok {total} catatan; satu berkas memuat paling banyak {most}. Persempit tanggalnya, "
    "lalu unduh sebagian demi sebagian."
)

STRANGERS = {
    Action.LOGIN_FAILED,
    Action.CODE_REFUSED,
    Action.REFUSED,
    Action.SECOND_STEP_FAILED,
}
"""What is not the system's doing although nobody was logged in."""


class Line(NamedTuple):
    """A line of the log in words, and the address of all lines about the same."""

    at: datetime
    words: Words
    same: str | None


class Asked(NamedTuple):
    """The filters as typed, what they mean, and what is wrong with them."""

    typed: dict[str, str]
    wanted: audit.Wanted
    problems: list[str]


def _asked() -> Asked:
    names = ("orang", "tindakan", "jenis", "uid", "dari", "sampai")
    typed = {name: request.args.get(name, "") for name in names}
    problems: list[str] = []
    since = _day(typed["dari"], "Dari tanggal", problems)
    last = _day(typed["sampai"], "Sampai tanggal", problems)
    wanted = audit.Wanted(
        actor_uid=typed["orang"] or None,
        action=typed["tindakan"] or None,
        kind=typed["jenis"] or None,
        subject=typed["uid"] or None,
        since=since,
        until=last + timedelta(days=1) if last else None,
    )
    return Asked(typed, wanted, problems)


@bp.get("/audit")
@requires(Permission.SEE_AUDIT)
def index() -> ResponseReturnValue:
    asked, number = _asked(), page_number()
    rows, total = audit.entries(
        db.session, asked.wanted, offset=(number - 1) * PAGE_SIZE, limit=PAGE_SIZE
    )
    lines = [Line(row.at.astimezone(UTC), words, _same(row)) for row, words in _in_words(rows)]
    actors = audit.actors(db.session)
    log_apart(Action.AUDIT_READ, ("installation", ""), again=False)
    filters: dict[str, Any] = {name: value for name, value in asked.typed.items() if value}
    return render_template(
        "people/audit/index.html",
        lines=lines,
        page=Page(number, total),
        actors=actors,
        actions=sorted(Action, key=lambda action: action.sentence),
        subjects=SUBJECTS.items(),
        chosen=asked.typed,
        problems=asked.problems,
        files=[
            {"kind": kind.label, "url": url_for("audit.download", ending=ending, **filters)}
            for ending, kind in FILE_KINDS.items()
        ],
    )


@bp.get(f"/audit.<any({', '.join(FILE_KINDS)}):ending>")
@requires(Permission.SEE_AUDIT)
def download(ending: str) -> ResponseReturnValue:
    asked = _asked()
    if asked.problems:
        abort(400, description=" ".join(asked.problems))
    rows, total = audit.entries(db.session, asked.wanted, offset=0, limit=LONGEST)
    if total > LONGEST:
        abort(
            400,
            description=TOO_LONG.format(total=decimal_id(total, 0), most=decimal_id(LONGEST, 0)),
        )
    table = audit_table(_in_words(rows), [f"Saringan: {_said(asked.typed)}."])
    log_apart(Action.AUDIT_EXPORTED, ("installation", ""), format=ending, added=total)
    kind = FILE_KINDS[ending]
    return saved_as(f"jejak-audit.{ending}", kind.write(table), kind.media_type)


def _said(typed: dict[str, str]) -> str:
    return ", ".join(f"{name} {value}" for name, value in typed.items() if value) or "tidak ada"


def _day(text: str, label: str, problems: list[str]) -> datetime | None:
    """The start of that day in WITA; None when empty, or wrong and then named in ``problems``."""
    if not text:
        return None
    try:
        return parse_wita(text, "00:00")
    except ValueError as error:
        problems.append(f"{label}: {error}")
        return None


def _in_words(rows: list[AuditEntry]) -> list[tuple[AuditEntry, Words]]:
    names = audit.subject_names(db.session, rows)
    return [(row, _words(row, names)) for row in rows]


def _words(entry: AuditEntry, names: dict[tuple[str, str], str]) -> Words:
    kind = SUBJECTS.get(entry.subject_type, entry.subject_type)
    name = names.get((entry.subject_type, entry.subject_uid), "")
    return Words(
        actor=entry.actor.name if entry.actor else _nameless(entry),
        action=entry.sentence,
        subject=f"{kind} {name}".strip(),
        detail=_detail(entry),
    )


def _same(entry: AuditEntry) -> str | None:
    """The address of all lines about the same subject; None where it has no uid."""
    if not entry.subject_uid:
        return None
    return url_for("audit.index", jenis=entry.subject_type, uid=entry.subject_uid)


def _nameless(entry: AuditEntry) -> str:
    return "Tidak dikenal" if entry.action in STRANGERS else "Sistem"


def _detail(entry: AuditEntry) -> str:
    if entry.detail_digest is not None and entry.detail is None:
        return "rincian sudah dihapus"
    content: dict[str, Any] = entry.detail.content if entry.detail else {}
    if "columns" in content:
        parts = PARTS_OF.get(entry.subject_type, {})
        columns = [parts[name] for name in content["columns"] if name in parts]
        content = content | {"columns": columns}
    if "lines" in content:
        content = content | {"lines": str(len(from_ranges(content["lines"])))}
    if {"before", "after"} <= content.keys():
        content = content | {side: content[side] or EMPTY for side in ("before", "after")}
    said = [
        f"{DETAILS.get(key, key)}: {_shown(value)}"
        for key, value in content.items()
        if key != "nip" and value not in (None, "", [])
    ]
    return "; ".join(said)


def _shown(value: Any) -> str:
    if isinstance(value, list):
        return ", ".join(_shown(part) for part in value)
    if isinstance(value, bool):
        return "ya" if value else "tidak"
    text = ROLES.get(str(value), str(value))
    return NIP.sub(lambda match: mask_nip(match.group()), text)
