"""The audit log: who did what to which record, and when. Append-only and chained by hashes."""

import hashlib
import json
from collections.abc import Iterable, Mapping
from datetime import datetime
from enum import StrEnum
from typing import Any, Literal, Self, TypedDict

from sqlalchemy import ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column, relationship

from quiz.models.base import Base
from quiz.models.people.users import User

GENESIS = "0" * 64

LOG_END = "audit_log_end"
"""What a session's ``info`` holds the number and digest of its latest line under."""


class Action(StrEnum):
    """What somebody did: the value is stored, the sentence follows the name of whoever did it."""

    sentence: str

    def __new__(cls, stored: str, sentence: str) -> Self:
        member = str.__new__(cls, stored)
        member._value_ = stored
        member.sentence = sentence
        return member

    ACCOUNT_ADDED = "account_added", "membuat akun"
    ACCOUNT_CHANGED = "account_changed", "mengubah peran atau unit"
    ACCOUNT_DISABLED = "account_disabled", "menonaktifkan akun"
    ACCOUNT_ENABLED = "account_enabled", "mengaktifkan lagi akun"
    ACCOUNT_LINK_MADE = "account_link_made", "membuat alamat sekali pakai"
    ACCOUNT_LOGGED_OUT = "account_logged_out", "mengeluarkan dari semua peramban"
    ACCOUNT_MADE = "account_made", "membuat akun dari baris perintah"
    ACTIVITY_REPORT_CHANGED = "activity_report_changed", "mengisi laporan pelaksanaan"
    ATTEMPT_MOVE_UNDONE = "attempt_move_undone", "membatalkan pengalihan pengerjaan"
    ATTEMPT_MOVED = "attempt_moved", "mengalihkan pengerjaan kepada peserta lain"
    ATTEMPT_VOIDED = "attempt_voided", "membatalkan pengerjaan"
    AUDIT_EXPORTED = "audit_exported", "mengunduh jejak audit"
    AUDIT_READ = "audit_read", "membuka jejak audit"
    AFFECTED_LISTED = "affected_listed", "menyusun daftar orang yang terkena kebocoran data"
    BACKUP_DOWNLOADED = "backup_downloaded", "mengunduh cadangan"
    CARDS_LISTED = "cards_listed", "membuka daftar kode untuk meja depan"
    CARDS_OPENED = "cards_opened", "membuka kartu dan kode peserta"
    CARDS_PRINTED = "cards_printed", "mencetak ulang kartu untuk alamat baru"
    CARD_REISSUED = "card_reissued", "menerbitkan ulang kartu"
    CHECK_IN = "check_in", "mencatat kehadiran"
    CHECK_IN_UNDONE = "check_in_undone", "membatalkan catatan kehadiran"
    CLAIM_ADDED = "claim_added", "menambah pernyataan"
    CLAIM_CHANGED = "claim_changed", "mengubah pernyataan"
    CLOCK_CONFIRMED = "clock_confirmed", "menyatakan jam server benar"
    CODE_REFUSED = "code_refused", "mengetik kode peserta yang tidak dikenal"
    CONTEST_FILED = "contest_filed", "menyanggah soal"
    CONTEST_KEPT = "contest_kept", "mempertahankan kunci atas sanggahan"
    DATABASE_BACKED_UP = "database_backed_up", "membuat cadangan"
    DATABASE_RESTORED = "database_restored", "memulihkan cadangan"
    EDITION_PUBLISHED = "edition_published", "menerbitkan edisi laporan"
    EDITION_WITHDRAWN = "edition_withdrawn", "menarik edisi laporan"
    ENROLMENT_ADDED = "enrolment_added", "menambah peserta"
    ENROLMENT_MOVED = "enrolment_moved", "memindahkan peserta"
    ENROLMENT_REMOVED = "enrolment_removed", "mengeluarkan peserta"
    ENROLMENTS_RESTORED = "enrolments_restored", "mengembalikan peserta yang dikeluarkan"
    ENTERED_ADMITTED = "entered_admitted", "masuk sesudah diterima dari daftar tunggu"
    ENTERED_BY_CARD = "entered_by_card", "masuk dengan kartu"
    ENTERED_BY_CODE = "entered_by_code", "masuk dengan kode"
    EVALUATION_OFFERED = "evaluation_offered", "menawarkan evaluasi kegiatan"
    EVALUATION_WITHHELD = "evaluation_withheld", "menghentikan evaluasi kegiatan"
    EVENT_ADDED = "event_added", "membuat kegiatan"
    EVENT_ARCHIVED = "event_archived", "mengarsipkan kegiatan"
    EVENT_CHANGED = "event_changed", "mengubah kegiatan"
    EVENT_COPIED = "event_copied", "menyalin kegiatan"
    EVENT_CROSSED = "event_crossed", "menyilangkan pre-test dan post-test"
    EVENT_EXPORTED = "event_exported", "mengunduh berkas kegiatan beserta kunci kartunya"
    EVENT_IMPORTED = "event_imported", "memuat berkas kegiatan"
    EVENT_ERASED = "event_erased", "menghapus data peserta kegiatan"
    EVENT_DELETED = "event_deleted", "menghapus kegiatan"
    EVENT_KEPT_LONGER = "event_kept_longer", "menetapkan masa simpan data peserta"
    EVENT_RESTORED = "event_restored", "mengembalikan kegiatan dari arsip"
    EVENT_UNCROSSED = "event_uncrossed", "membatalkan silang pre-test dan post-test"
    EXTRA_MINUTES_GIVEN = "extra_minutes_given", "menambah waktu pengerjaan"
    EXTRA_SHARE_SET = "extra_share_set", "mengatur waktu 130 %"
    FILE_TEXT_DECLINED = "file_text_declined", "tetap memakai teks yang ada, bukan teks berkas"
    FILE_TEXT_TAKEN = "file_text_taken", "memakai teks berkas"
    FIRST_ADMIN = "first_admin", "menjadi admin pertama"
    ITEM_CLEARED = "item_cleared", "menandai soal sudah ditinjau"
    ITEM_COMMENTED = "item_commented", "memberi catatan pada soal"
    ITEM_DRAFT_DROPPED = "item_draft_dropped", "membuang draf soal"
    ITEM_KEYED = "item_keyed", "memberi kunci soal menurut panel"
    ITEM_PUBLISHED = "item_published", "mengesahkan dan menerbitkan soal"
    ITEM_RATED = "item_rated", "menilai pilihan soal"
    ITEM_RESTORED = "item_restored", "memakai lagi soal"
    ITEM_RETIRED = "item_retired", "menarik soal"
    ITEM_RETURNED = "item_returned", "mengembalikan soal dengan catatan"
    ITEM_SENT = "item_sent", "mengirim soal ke pemeriksa"
    ITEM_SIGNED = "item_signed", "mengesahkan soal"
    ITEM_SWAP_UNDONE = "item_swap_undone", "mengembalikan soal semula pada sesi"
    ITEM_SWAPPED = "item_swapped", "mengganti satu soal pada sesi"
    ITEMS_EXPORTED = "items_exported", "mengunduh soal beserta kuncinya"
    ITEMS_IMPORTED = "items_imported", "mengambil soal dari berkas"
    JOIN_ADMITTED = "join_admitted", "menerima orang dari daftar tunggu"
    JOIN_REFUSED = "join_refused", "menolak permintaan di daftar tunggu"
    LOGIN = "login", "masuk dengan kata sandi"
    LOGIN_BEGUN = "login_begun", "memberi kata sandi yang benar, lalu diminta langkah kedua"
    LOGIN_FAILED = "login_failed", "gagal masuk dengan kata sandi"
    MINUTES_CHANGED = "minutes_changed", "mengubah berita acara"
    OUTLINE_CHANGED = "outline_changed", "mengubah susunan laporan pelaksanaan"
    OUTLINE_RESTORED = "outline_restored", "mengembalikan susunan laporan bawaan"
    PAPER_RETYPED = "paper_retyped", "mengetik ulang jawaban kertas"
    PAPER_TYPED = "paper_typed", "mengetik jawaban kertas"
    PAPERS_OPENED = "papers_opened", "membuka lembar kertas untuk dicetak"
    PARTICIPANT_OPENED = "participant_opened", "membuka nilai dan jawaban seseorang"
    PARTICIPANTS_DOWNLOADED = "participants_downloaded", "mengunduh daftar nilai peserta"
    PARTICIPANTS_OPENED = "participants_opened", "membuka daftar nilai peserta"
    PASSAGE_ADDED = "passage_added", "menambah kalimat bahan"
    PASSAGE_COVERED = "passage_covered", "mencentang kalimat sudah dibahas"
    PASSAGE_UNCOVERED = "passage_uncovered", "membatalkan centang kalimat yang dibahas"
    PASSAGE_CHANGED = "passage_changed", "mengubah kalimat bahan"
    PASSWORD_CHANGED = "password_changed", "mengganti kata sandi sendiri"
    PASSWORD_SET = "password_set", "membuat kata sandi"
    PEOPLE_ERASED = "people_erased", "menghapus data orang tanpa kegiatan"
    PEOPLE_MERGED = "people_merged", "menggabungkan dua catatan peserta"
    PEOPLE_MERGE_UNDONE = "people_merge_undone", "membatalkan penggabungan peserta"
    PERSON_CORRECTED = "person_corrected", "memperbaiki nama, NIP, atau jabatan peserta"
    PURPOSE_CHANGED = "purpose_changed", "mengubah tujuan kegiatan"
    QUESTION_SHEET_MADE = "question_sheet_made", "mengunduh naskah soal"
    QUESTIONS_LOADED = "questions_loaded", "memuat berkas soal"
    QUIZ_ADDED = "quiz_added", "membuat kuis"
    QUIZ_CHANGED = "quiz_changed", "mengubah kuis"
    QUIZ_RESTORED = "quiz_restored", "memakai lagi kuis"
    QUIZ_RETIRED = "quiz_retired", "menarik kuis"
    RECEIPT_MATCHED = "receipt_matched", "mencocokkan tanda terima"
    RECOVERY_CODE_USED = "recovery_code_used", "memakai kode pemulihan"
    RECOVERY_CODES_MADE = "recovery_codes_made", "membuat kode pemulihan baru"
    REFERENCE_ADDED = "reference_added", "menambah dasar hukum"
    REFERENCE_CHANGED = "reference_changed", "mengubah dasar hukum"
    REFUSED = "refused", "ditolak membuka halaman"
    REQUEST_ANSWERED = "request_answered", "menjawab permintaan tentang data pribadi"
    REQUEST_GRANTED = "request_granted", "membetulkan data menurut permintaan orangnya"
    REQUEST_MADE = "request_made", "mengajukan permintaan tentang data pribadinya"
    REPORT_WRITTEN = "report_written", "menulis laporan ke berkas"
    RESULT_SHEET_MADE = "result_sheet_made", "mengunduh lembar hasil seseorang"
    ROSTER_APPLIED = "roster_applied", "memuat daftar peserta dari berkas"
    RULING_MADE = "ruling_made", "membuat putusan atas kunci"
    RULING_WITHDRAWN = "ruling_withdrawn", "mencabut putusan atas kunci"
    SECOND_STEP_FAILED = "second_step_failed", "mengetik kode langkah kedua yang keliru"
    SECOND_STEP_SET = "second_step_set", "memasang verifikasi dua langkah"
    SECOND_STEP_TAKEN_OFF = "second_step_taken_off", "melepas verifikasi dua langkah"
    SESSIONS_ENDED = "sessions_ended", "mengeluarkan peramban lain miliknya"
    SETTING_CHANGED = "setting_changed", "mengubah setelan"
    SCREEN_MADE = "screen_made", "membuat alamat layar proyektor"
    SCREEN_WITHDRAWN = "screen_withdrawn", "mencabut alamat layar proyektor"
    SITTING_ADDED = "sitting_added", "membuat sesi"
    SITTING_CHANGED = "sitting_changed", "mengubah sesi"
    SITTING_CLOSED = "sitting_closed", "menutup sesi"
    SITTING_COMPLETED = "sitting_completed", "melengkapi soal sesi"
    SITTING_DELETED = "sitting_deleted", "menghapus sesi"
    SITTING_EXTENDED = "sitting_extended", "memperpanjang sesi"
    SITTING_OPENED = "sitting_opened", "membuka sesi"
    SITTING_PREPARED = "sitting_prepared", "menyiapkan soal sesi"
    SITTING_RELEASED = "sitting_released", "merilis pembahasan sesi"
    UNIT_ADDED = "unit_added", "menambah unit"
    UNIT_KIND_ADDED = "unit_kind_added", "menambah jenis unit"
    UNIT_KIND_RENAMED = "unit_kind_renamed", "mengganti nama jenis unit"
    UNIT_LINK_MADE = "unit_link_made", "membuat tautan pimpinan unit"
    UNIT_LINK_WITHDRAWN = "unit_link_withdrawn", "mencabut tautan pimpinan unit"
    UNIT_MERGE_UNDONE = "unit_merge_undone", "membatalkan penggabungan unit"
    UNIT_MERGED = "unit_merged", "menggabungkan unit"
    UNIT_RENAMED = "unit_renamed", "mengubah nama atau jenis unit"
    UNIT_RESTORED = "unit_restored", "memakai lagi unit"
    UNIT_RETIRED = "unit_retired", "menghentikan pemakaian unit"


_SENTENCES = {action.value: action.sentence for action in Action}

SubjectType = Literal[
    "attempt",
    "claim",
    "enrolment",
    "event",
    "import",
    "installation",
    "item",
    "page",
    "passage",
    "quiz",
    "reference",
    "sitting",
    "unit",
    "unit_kind",
    "user",
]
"""What an action is done to; the uid beside it is the one the log keeps of it."""


class Detail(TypedDict, total=False):
    """What a line may say beyond who did what to whom; JSON-ready."""

    added: int
    address: str
    after: str
    before: str
    by: str
    code: str
    codes: list[str]
    columns: list[str]
    contests: int
    day: str
    down: str
    edition: int
    file: str
    format: str
    into: str
    items: list[str]
    kind: str
    lines: str
    minutes: int
    name: str
    other: str
    reason: str
    removed: int
    restored: int
    role: str
    same: str
    sitting: str
    title: str
    unit: str
    units: list[str]
    up: str
    updated: int
    username: str | None
    version: int


class AuditDetail(Base):
    """What changed, apart from the log line so that it can be erased without breaking the chain.

    ``salt`` goes with it, so that nobody finds out by trying what the line's digest was made of;
    details from before there were salts have none.
    """

    __tablename__ = "audit_detail"

    content: Mapped[dict[str, Any]]
    salt: Mapped[str | None] = mapped_column(String(32))


class AuditEntry(Base):
    """One line of the log. ``digest`` covers this line and the one before it."""

    __tablename__ = "audit_entry"

    at: Mapped[datetime] = mapped_column(index=True)
    actor_id: Mapped[int | None] = mapped_column(ForeignKey("user.id"))
    action: Mapped[str] = mapped_column(String(60), index=True)
    subject_type: Mapped[str] = mapped_column(String(40))
    subject_uid: Mapped[str] = mapped_column(String(80), index=True)
    detail_id: Mapped[int | None] = mapped_column(ForeignKey("audit_detail.id"))
    detail_digest: Mapped[str | None] = mapped_column(String(64))
    digest: Mapped[str] = mapped_column(String(64))

    actor: Mapped[User | None] = relationship()
    detail: Mapped[AuditDetail | None] = relationship()

    @property
    def sentence(self) -> str:
        """What was done, in words; the stored name of an action this program does not know."""
        return _SENTENCES.get(self.action, self.action)

    def expected_digest(self, previous: str) -> str:
        """The digest this line must carry after one whose digest is ``previous``."""
        subject = (self.subject_type, self.subject_uid)
        when, who = self.at.isoformat(), str(self.actor_id)
        return chained_digest(previous, when, who, self.action, *subject, self.detail_digest)


def chained_digest(*told: str | None) -> str:
    """SHA-256 (hex) of a line: the digest of the one before it, its time, who, what, to which
    kind of subject and which one, and the digest of its detail."""
    return hashlib.sha256("\x1f".join(map(str, told)).encode()).hexdigest()


def digest_of(content: Mapping[str, Any], salt: str | None) -> str:
    """SHA-256 (hex) of a detail's salt and canonical JSON."""
    told = (salt or "") + json.dumps(content, sort_keys=True, default=str)
    return hashlib.sha256(told.encode()).hexdigest()


def in_ranges(numbers: Iterable[int]) -> str:
    """The numbers, each once, as text: "3-5,9"; what ``from_ranges`` reads."""
    runs: list[list[int]] = []
    for number in sorted(set(numbers)):
        if runs and number == runs[-1][1] + 1:
            runs[-1][1] = number
        else:
            runs.append([number, number])
    return ",".join(f"{low}" if low == high else f"{low}-{high}" for low, high in runs)


def from_ranges(told: str) -> set[int]:
    """The numbers that ``in_ranges`` put into text."""
    found: set[int] = set()
    for run in filter(None, told.split(",")):
        low, _, high = run.partition("-")
        found.update(range(int(low), int(high or low) + 1))
    return found
