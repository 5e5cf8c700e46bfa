"""The audit log as a table with its digests: whoever holds it can prove the lines in it."""

from collections.abc import Iterable, Sequence
from typing import NamedTuple

from quiz.exports.files.table_out import Head, TableOut
from quiz.models.people.audit import AuditEntry

HEADS = (
    Head("line", "Baris", "integer"),
    Head("at", "Waktu (UTC)"),
    Head("actor", "Siapa"),
    Head("did", "Melakukan apa"),
    Head("about", "Terhadap"),
    Head("detail", "Rincian"),
    Head("actor_id", "Nomor pelaku", "integer"),
    Head("action", "Kode tindakan"),
    Head("subject_type", "Jenis"),
    Head("subject_uid", "Uid"),
    Head("detail_digest", "Sidik rincian"),
    Head("digest", "Sidik baris"),
)

PROOF = (
    "Sidik baris adalah SHA-256 (heksadesimal) dari tujuh bagian yang dipisah karakter U+001F: "
    "sidik baris sebelumnya, waktu, nomor pelaku, kode tindakan, jenis, uid, sidik rincian. Yang "
    "kosong ditulis None; sebelum baris pertama: 64 angka nol."
)


class Words(NamedTuple):
    """What the page says of a line."""

    actor: str
    action: str
    subject: str
    detail: str


def audit_table(lines: Iterable[tuple[AuditEntry, Words]], about: Sequence[str] = ()) -> TableOut:
    """The lines in the order given; ``about`` says which were asked for."""
    return TableOut("Jejak audit", HEADS, [_row(*line) for line in lines], [*about, PROOF])


def _row(entry: AuditEntry, words: Words) -> list[str | int | None]:
    return [
        entry.id,
        entry.at.isoformat(),
        *words,
        entry.actor_id,
        entry.action,
        entry.subject_type,
        entry.subject_uid,
        entry.detail_digest,
        entry.digest,
    ]
