"""Every way in which a stored row can name a person, and how that person is told of it."""

from collections.abc import Sequence
from typing import NamedTuple

from sqlalchemy import ScalarSelect, func, select
from sqlalchemy.orm import Session

from quiz.models import Base

TOLD = {
    "attempt.enrolment_id": "attempts",
    "attempt_move.attempt_id": "counted",
    "audit_entry.actor_id": "log",
    "contest.attempt_id": "contests",
    "enrolment.merged_into_id": "enrolments",
    "enrolment.user_id": "enrolments",
    "presence.enrolment_id": "enrolments",
    "response.attempt_id": "attempts",
    "score.attempt_id": "attempts",
    "subject_request.enrolment_id": "requests",
    "subject_request.user_id": "requests",
    "user.merged_into_id": "enrolments",
}
"""Columns whose rows are told in full → where in the file."""

BY_PLACE = {
    "attempt_move.from_id": "pengalihan pengerjaan dari Anda",
    "attempt_move.to_id": "pengalihan pengerjaan kepada Anda",
    "join_request.enrolment_id": "pendaftaran di tempat",
    "people_merge.absorbed_id": "penggabungan catatan Anda ke catatan lain",
    "people_merge.kept_id": "penggabungan catatan lain ke catatan Anda",
}
"""Columns that name a place on a roster, whose rows are counted → what they are."""

BY_PERSON = {
    "attempt.retyped_by_id": "lembar kertas yang Anda ketik ulang",
    "attempt.typed_by_id": "lembar kertas yang Anda ketik",
    "attempt.voided_by_id": "pengerjaan yang Anda batalkan",
    "attempt_move.made_by_id": "pengalihan pengerjaan yang Anda buat",
    "attempt_move.undone_by_id": "pengalihan pengerjaan yang Anda batalkan",
    "bank_item.signed_by_id": "soal yang Anda sahkan",
    "bank_item.submitted_by_id": "soal yang Anda kirim ke pemeriksa",
    "contest.decided_by_id": "sanggahan yang Anda putus",
    "covered_passage.by_id": "kalimat yang Anda centang sudah dibahas",
    "edition.published_by_id": "edisi laporan yang Anda terbitkan",
    "edition.withdrawn_by_id": "edisi laporan yang Anda tarik",
    "erasure.by_id": "penghapusan data kegiatan yang Anda jalankan",
    "event.created_by_id": "kegiatan yang Anda buat",
    "item_draft.author_id": "draf soal Anda",
    "item_import.user_id": "berkas soal yang Anda ambil",
    "item_version.author_id": "versi soal yang Anda tulis",
    "join_request.settled_by_id": "permintaan di daftar tunggu yang Anda putus",
    "one_time_link.user_id": "alamat sekali pakai untuk kata sandi Anda",
    "panel_rating.rater_id": "pilihan soal yang Anda nilai",
    "people_merge.joined_person_id": "penggabungan catatan Anda sebagai orang",
    "people_merge.made_by_id": "penggabungan catatan yang Anda buat",
    "people_merge.undone_by_id": "penggabungan catatan yang Anda batalkan",
    "review_note.author_id": "catatan Anda pada soal",
    "roster_draft.user_id": "daftar peserta yang Anda unggah dan belum selesai",
    "ruling.made_by_id": "putusan atas kunci yang Anda buat",
    "ruling.withdrawn_by_id": "putusan atas kunci yang Anda cabut",
    "second_step.user_id": "verifikasi dua langkah pada akun Anda",
    "subject_request.answered_by_id": "permintaan data pribadi yang Anda jawab",
    "unit_link.made_by_id": "tautan pimpinan unit yang Anda buat",
    "unit_link.withdrawn_by_id": "tautan pimpinan unit yang Anda cabut",
}
"""Columns that name a person, whose rows are counted → what they are."""


class Counted(NamedTuple):
    """Rows that name somebody, in words and number."""

    label: str
    rows: int


def counted(session: Session, user_ids: Sequence[int], places: Sequence[int]) -> list[Counted]:
    """Which rows name these people or places, where any do. One query, however many there are."""
    ways = [(BY_PERSON, user_ids), (BY_PLACE, places)]
    wanted = [(name, label, ids) for way, ids in ways for name, label in way.items()]
    numbers = session.execute(select(*(_number(name, ids) for name, _, ids in wanted))).one()
    found = zip((label for _, label, _ in wanted), numbers, strict=True)
    return [Counted(label, number) for label, number in found if number]


def _number(name: str, ids: Sequence[int]) -> ScalarSelect[int]:
    table, column = name.split(".")
    held = Base.metadata.tables[table].c[column]
    return select(func.count()).where(held.in_(ids)).scalar_subquery()
