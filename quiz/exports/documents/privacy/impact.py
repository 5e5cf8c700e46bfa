"""The assessment of impact on data protection, its risks read off the installation as it is set."""

from collections.abc import Iterator
from datetime import datetime, timedelta
from typing import NamedTuple

from sqlalchemy.orm import Session

from quiz.assessment.analysis.suppression import (
    OFFICE_MINIMUM,
    PUBLIC_MINIMUM,
    SPEAKER_MINIMUM,
)
from quiz.exports.documents.office_paper import DOTS, letterhead, warnings
from quiz.exports.documents.paper import (
    Block,
    Cell,
    Column,
    Fact,
    Facts,
    Heading,
    Paper,
    Points,
    Table,
    Text,
    Together,
)
from quiz.exports.documents.privacy.letters import LAW, UNCHECKED
from quiz.exports.documents.privacy.record import BASIS, secured, signature
from quiz.formats import datetime_id
from quiz.models.events.purposes import Purpose
from quiz.permissions import ROLE_PERMISSIONS, Permission
from quiz.queries.people.privacy.processing import Machine, Processing, processing
from quiz.queries.people.privacy.sights import kept_words

OLD_BACKUP = timedelta(days=7)
"""From here on a newest backup is called old."""

FEW_EYES = 3
"""More accounts than this that open scores by name are worth a sentence."""


class Risk(NamedTuple):
    """What could happen, what stands against it, and what of it is open here; "" for nothing."""

    name: str
    guard: str
    open: str


def impact_paper(session: Session, machine: Machine, now: datetime) -> Paper:
    """The whole assessment, to be completed and signed by the office."""
    found = processing(session, machine)
    return Paper(
        title="Penilaian dampak pelindungan data pribadi",
        subtitles=[f"Kuis Netralitas ASN, keadaan pada {datetime_id(now)}"],
        blocks=[
            *warnings(found.here, ()),
            Heading("Mengapa dinilai"),
            Text(
                f"Pasal 34 {LAW} mewajibkan penilaian bila pemrosesan berisiko tinggi, yang "
                "disebut antara lain evaluasi, penskoran, atau pemantauan sistematis. Kuis ini "
                "menilai jawaban orang yang diketahui namanya, jadi dinilai."
            ),
            Heading("Yang diproses"),
            _processed(found),
            Heading("Perlu dan sepadan"),
            Points(list(_needed(found))),
            *_risks(found, now),
            Heading("Pengamanan sekarang"),
            Points(list(secured(found))),
            Together(
                [
                    Heading("Yang dinilai dan diputuskan kantor"),
                    Points(
                        [
                            f"Sisa risiko sesudah pengendalian (rendah, sedang, tinggi): {DOTS}",
                            f"Tindakan tambahan, penanggung jawab, dan batas waktunya: {DOTS}",
                            f"Pendapat pejabat pelindungan data pribadi: {DOTS}",
                            f"Pendapat wakil peserta, bila dimintakan: {DOTS}",
                            f"Ditinjau lagi pada: {DOTS}",
                        ]
                    ),
                    signature(),
                ]
            ),
        ],
        foot=f"Penilaian dampak, {found.here.office.organisation}, {datetime_id(now)}",
        made_at=now,
        letterhead=letterhead(found.here.office),
    )


def _processed(found: Processing) -> Facts:
    return Facts(
        [
            Fact("Pengendali", found.here.office.organisation),
            Fact("Orang yang tercatat", f"{found.people} orang, {found.with_nip} dengan NIP"),
            Fact("Pengerjaan kuis", str(found.attempts)),
            Fact("Dasar", BASIS),
            Fact("Masa simpan", f"nama dan NIP {kept_words(found.here.retention)}"),
            Fact("Peraturan keamanan", f"Peraturan BSSN Nomor 4 Tahun 2021 ({UNCHECKED})"),
        ]
    )


def _needed(found: Processing) -> Iterator[str]:
    yield (
        "Nama menghubungkan pre-test, post-test, dan tindak lanjut seseorang, dan memberinya "
        "pembahasan atas kekeliruannya sendiri. Tanpa nama keduanya tidak mungkin."
    )
    yield (
        "NIP tidak wajib dan membedakan orang yang namanya sama; yang tampil empat angka terakhir."
    )
    yield (
        "Tidak ditanyakan: pilihan politik, agama, kesehatan. Soal diperiksa aturan kenetralan "
        "sebelum dipakai."
    )
    if found.collected.confidence:
        yield (
            "Tingkat keyakinan ditanyakan pada sebagian sesi, agar kekeliruan yang diyakini "
            "dibahas lebih dulu; per orang hanya tampil kepada orangnya dan petugas."
        )
    yield (
        f"Angka gabungan tampil mulai {OFFICE_MINIMUM} orang untuk kantor, {SPEAKER_MINIMUM} untuk "
        f"narasumber, {PUBLIC_MINIMUM} di depan umum; yang kurang digabung atau tidak ditampilkan."
    )


def _risks(found: Processing, now: datetime) -> Iterator[Block]:
    risks = list(risks_of(found, now))
    yield Heading("Risiko dan pengendaliannya")
    yield Table(
        "Menurut setelan sekarang",
        [
            Column("Risiko", share=2),
            Column("Pengendalian", share=3),
            Column("Yang masih terbuka di sini", share=2.4),
        ],
        [
            [Cell(risk.name, bold=True), Cell(risk.guard), Cell(risk.open or "tidak ada")]
            for risk in risks
        ],
    )


def risks_of(found: Processing, now: datetime) -> Iterator[Risk]:
    """The risks there are, each with what this installation leaves open."""
    yield Risk(
        "Nilai dipakai untuk hukuman atau mutasi",
        "Tujuan dikunci pada tiap kegiatan dan tertulis pada setiap berkas bernama; peran lain "
        "ditolak dengan penjelasan; lembar apel dan edisi tanpa nama.",
        _other_purposes(found),
    )
    yield Risk(
        "Nilai orang terbaca dari kelompok kecil",
        f"Penggabungan dan penyamaran mulai {OFFICE_MINIMUM} orang, juga terhadap selisih "
        "antarlaporan.",
        "",
    )
    yield Risk(
        "Terlalu banyak yang membuka nilai per orang",
        "Hanya petugas; setiap pembukaan dan unduhan tercatat.",
        _readers(found),
    )
    yield Risk(
        "Penyadapan di jaringan",
        "HTTPS di alamat kantor; di ruangan kata sandi petugas tidak lewat jaringan.",
        _overheard(found.machine),
    )
    yield Risk(
        "Komputer server atau cadangan dicuri",
        "Berkas hanya terbaca pemiliknya; hanya admin mengunduh cadangan; kode peserta tidak "
        "tersimpan di basis data.",
        f"Basis data dan cadangan tidak dienkripsi aplikasi; enkripsi cakram: {DOTS}",
    )
    yield Risk(
        "Data hilang",
        "Cadangan otomatis sebelum dan sesudah tiap sesi, dibaca kembali sampai utuh.",
        _backed_up(found.machine, now),
    )
    yield Risk(
        "Data salah atau orang tertukar",
        "Data saya, permintaan pembetulan, penggabungan yang dapat dibatalkan.",
        f"{found.waiting} permintaan belum dijawab" if found.waiting else "",
    )
    yield Risk(
        "Disimpan terlalu lama",
        f"Nama dan NIP {kept_words(found.here.retention)}.",
        "",
    )
    yield Risk(
        "Peserta tidak tahu",
        "Pemberitahuan sebelum mulai; halaman Siapa yang dapat melihat jawaban saya?",
        _unnamed_contacts(found),
    )


def _other_purposes(found: Processing) -> str:
    others = sum(
        number for purpose, number in found.purposes.items() if purpose is not Purpose.BUILDING
    )
    return f"{others} kegiatan bertujuan lain daripada pembinaan" if others else ""


def _readers(found: Processing) -> str:
    readers = sum(
        number
        for role, number in found.accounts.items()
        if Permission.SEE_NAMED_SCORES in ROLE_PERMISSIONS[role]
    )
    return f"{readers} akun dapat membukanya" if readers > FEW_EYES else ""


def _overheard(machine: Machine) -> str:
    said = []
    if not machine.https_address:
        said.append("belum ada alamat HTTPS")
    if machine.hall_is_plain:
        said.append("jawaban peserta di ruangan lewat HTTP tanpa enkripsi")
    if machine.staff_over_http:
        said.append("kata sandi petugas boleh lewat HTTP (QUIZ_STAFF_OVER_HTTP=1)")
    return "; ".join(said)


def _backed_up(machine: Machine, now: datetime) -> str:
    if machine.newest_backup is None:
        return "belum ada cadangan"
    if now - machine.newest_backup > OLD_BACKUP:
        return f"cadangan terakhir {datetime_id(machine.newest_backup)}"
    return ""


def _unnamed_contacts(found: Processing) -> str:
    office = found.here.office
    lacking = [
        words
        for words, value in (
            ("kontak", office.privacy_contact),
            ("pejabat pelindungan data", office.privacy_officer),
        )
        if not value
    ]
    return f"belum diisi di Setelan: {', '.join(lacking)}" if lacking else ""
