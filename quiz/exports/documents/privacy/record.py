"""The record of processing: what is done here with personal data, as this installation is set."""

from collections.abc import Iterator
from datetime import datetime

from sqlalchemy.orm import Session

from quiz.database.kept import DAYS, MIGRATIONS, RECENT
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
    Signature,
    Signatures,
    Table,
    Text,
    Together,
)
from quiz.exports.documents.privacy.letters import LAW, UNCHECKED
from quiz.formats import datetime_id
from quiz.models.events.purposes import Purpose
from quiz.permissions import Role
from quiz.queries.people.privacy.processing import Machine, Processing, processing
from quiz.queries.people.privacy.sights import kept_words, sights

BASIS = f"pelaksanaan tugas kepentingan umum, Pasal 20 {LAW}"


def record_paper(session: Session, machine: Machine, now: datetime) -> Paper:
    """The whole record, to be signed; what only the office knows is dotted."""
    found = processing(session, machine)
    return Paper(
        title="Catatan kegiatan pemrosesan data pribadi",
        subtitles=[f"Kuis Netralitas ASN, keadaan pada {datetime_id(now)}"],
        blocks=[*record_blocks(found), Together([*to_fill_in(), signature()])],
        foot=f"Catatan pemrosesan, {found.here.office.organisation}, {datetime_id(now)}",
        made_at=now,
        letterhead=letterhead(found.here.office),
    )


def record_blocks(found: Processing) -> list[Block]:
    """What can be read off the installation; the page shows the same."""
    return [
        *warnings(found.here, ()),
        Heading("Siapa, untuk apa, dan atas dasar apa"),
        _responsible(found),
        Heading("Data siapa dan data apa"),
        _whose(found),
        _what(found),
        Heading("Siapa melihat apa"),
        _seen_by(found),
        Text(
            "Tidak ada pihak lain yang menerima data dari aplikasi ini: tidak ada skrip, layanan, "
            "atau kiriman ke luar. Layar depan dan papan celah tidak memuat nama."
        ),
        Heading("Berapa lama"),
        Points(list(_how_long(found))),
        Heading("Pengamanan sekarang"),
        Points(list(secured(found))),
        Heading("Hak subjek data"),
        Points(list(_rights(found))),
    ]


def _responsible(found: Processing) -> Facts:
    office = found.here.office
    purposes = ", ".join(
        f"{purpose.label.lower()} ({found.purposes[purpose]} kegiatan)"
        for purpose in Purpose
        if purpose in found.purposes
    )
    return Facts(
        [
            Fact("Pengendali", office.organisation),
            Fact("Pejabat pelindungan data", office.privacy_officer or f"{DOTS} (isi di Setelan)"),
            Fact("Kontak", office.privacy_contact or f"{DOTS} (isi di Setelan)"),
            Fact("Tujuan", purposes or "pembinaan (belum ada kegiatan)"),
            Fact("Dasar", BASIS),
        ]
    )


def _whose(found: Processing) -> Facts:
    accounts = sum(found.accounts.values())
    return Facts(
        [
            Fact("Orang yang tercatat", f"{found.people} orang, {found.with_nip} dengan NIP"),
            Fact("Pemegang akun", f"{accounts} orang"),
            Fact("Pengerjaan kuis", f"{found.attempts}, dan {found.contests} sanggahan"),
        ]
    )


def _what(found: Processing) -> Table:
    collected = found.collected
    asked = "dengan" if collected.confidence else "tanpa"
    rows = [
        ("Daftar peserta", "nama, unit kerja, status", "kantor, orangnya sendiri", "ya"),
        ("Daftar peserta", "jabatan", "kantor, orangnya sendiri", _yes(collected.position)),
        ("Daftar peserta", "NIP; tampil empat angka terakhir", "kantor", _yes(collected.nip)),
        ("Kehadiran", "jam hadir tiap hari", "petugas, orangnya sendiri", "ya"),
        ("Kuis", f"jawaban dan jamnya, {asked} tingkat keyakinan", "orangnya sendiri", "ya"),
        ("Kuis", "nilai", "dihitung", "ya"),
        ("Kuis", "sanggahan soal dan permintaan", "orangnya sendiri", "ya"),
        (
            "Evaluasi",
            "jumlah dan saran, tanpa nama",
            "orangnya sendiri",
            _yes(collected.evaluation),
        ),
        ("Jejak", "siapa melakukan apa, alamat jaringan saat masuk", "aplikasi", "ya"),
        ("Akun", "nama pengguna, sidik (hash) kata sandi", "admin, orangnya sendiri", "ya"),
    ]
    return Table(
        "Jenis data; semuanya data umum, tidak ada data spesifik yang ditanyakan",
        [
            Column("Bagian", share=1.2),
            Column("Data", share=3),
            Column("Dari mana", share=1.8),
            Column("Dikumpulkan", share=1.2),
        ],
        [[Cell(part, bold=True), *map(Cell, rest)] for part, *rest in rows],
    )


def _yes(there: bool) -> str:
    return "ya" if there else "tidak"


def _seen_by(found: Processing) -> Table:
    rows = [
        [
            Cell(sight.role.label, bold=True),
            Cell(str(found.accounts.get(sight.role, 0))),
            Cell("; ".join(sight.sees)),
        ]
        for sight in sights()
    ]
    own = [
        Cell(Role.PARTICIPANT.label, bold=True),
        Cell("lewat kartu"),
        Cell("data, jawaban, dan nilainya sendiri"),
    ]
    return Table(
        "Peran, banyaknya akun yang dapat masuk, dan yang dilihat",
        [Column("Peran", share=1.2), Column("Akun"), Column("Melihat", share=4.5)],
        [*rows, own],
    )


def _how_long(found: Processing) -> Iterator[str]:
    yield f"Nama dan NIP: {kept_words(found.here.retention)}; sesudah itu tinggal angka tanpa nama."
    yield (
        f"Cadangan: {RECENT} yang terbaru, yang terbaru dari {DAYS} hari terakhir, dan "
        f"{MIGRATIONS} sebelum skema diperbarui; sekarang {found.machine.backups}."
    )
    yield "Kode gagal dan kata sandi gagal: dihitung tanpa nama, dibuang sesudah satu jam."


def secured(found: Processing) -> Iterator[str]:
    """How it is guarded, and where it is not, as it stands."""
    machine = found.machine
    yield (
        f"Alamat kantor {machine.https_address} memakai HTTPS (TLS)."
        if machine.https_address
        else "Belum ada alamat HTTPS: semua halaman lewat HTTP, tanpa enkripsi di jaringan."
    )
    if machine.hall_is_plain:
        yield (
            f"HP peserta memakai {machine.hall_address}, HTTP tanpa enkripsi, di jaringan ruangan. "
            "Kata sandi dan pekerjaan petugas hanya dilayani di komputer server itu sendiri."
        )
    if machine.staff_over_http:
        yield (
            "QUIZ_STAFF_OVER_HTTP=1: kata sandi petugas boleh lewat jaringan tanpa enkripsi. "
            "Matikan bila tidak benar-benar perlu."
        )
    yield "Kata sandi disimpan sebagai sidik Argon2id; sesi petugas berakhir sesudah 12 jam."
    yield (
        f"Basis data {machine.database} dan cadangannya tidak dienkripsi oleh aplikasi; berkasnya "
        f"hanya terbaca pemiliknya. Enkripsi cakram komputer server: {DOTS}"
    )
    yield (
        f"Cadangan terakhir {datetime_id(machine.newest_backup)}."
        if machine.newest_backup
        else "Belum ada cadangan."
    )
    yield (
        "Setiap pembukaan dan unduhan nama beserta nilai, kartu, dan cadangan tercatat dalam jejak "
        "berantai, yang dapat diperiksa (quiz audit verify)."
    )


def _rights(found: Processing) -> Iterator[str]:
    yield (
        f"Diberi tahu sebelum mulai: tercatat pada {found.told} dari {found.places} peserta; yang "
        "mengerjakan di kertas membacanya di lembar dan daftar hadir."
    )
    yield "Melihat dan mengunduh: halaman Data saya, kapan saja."
    yield (
        "Pembetulan, penghapusan, keberatan: diajukan di Data saya, dijawab paling lambat 3 × 24 "
        f"jam; sekarang {found.waiting} menunggu."
    )


def to_fill_in() -> list[Block]:
    """What only the office can say."""
    return [
        Heading("Yang diisi kantor"),
        Points(
            [
                f"Nomor dan tanggal penetapan catatan ini: {DOTS}",
                f"Keputusan penunjukan pejabat pelindungan data pribadi (Pasal 53, {UNCHECKED}): "
                f"{DOTS}",
                f"Tempat komputer server, dan siapa yang memegang kuncinya: {DOTS}",
                f"Tempat salinan cadangan di luar komputer itu, dan siapa pemegangnya: {DOTS}",
                f"Pihak yang menjalankan server atas nama kantor, beserta perjanjiannya: {DOTS}",
                f"Kepada siapa laporan dan daftar hadir di kertas diserahkan: {DOTS}",
            ]
        ),
    ]


def signature() -> Signatures:
    """Room for whoever establishes the paper."""
    return Signatures([Signature([f"{DOTS}, {DOTS}", "", f"{DOTS},"], DOTS)])
