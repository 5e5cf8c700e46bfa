"""``quiz import`` and ``quiz export``, as an operator calls them."""

from collections.abc import Callable
from pathlib import Path

import pytest

from quiz.assessment.items.unfinished import read_draft
from quiz.exchange.questions import read_questions
from quiz.models import AuditEntry, ItemDraft, ItemImport, User
from tests.cli.conftest import Run
from tests.exchange.questions.word_files import typed_document
from tests.factories import Make
from tests.reading import stored

WHOLE = """::MKN-900:: Apa arti netral? {
=Tidak berpihak#Sesuai aturan.
~Tidak memilih#Hak pilih tetap ada.
~Ikut pimpinan#Pimpinan pun netral.
####Netral berarti tidak berpihak.}
"""
BARE = "Kapan masa tenang dimulai? {=Tiga hari sebelum ~Sehari sebelum ~Tidak ada}\n"


@pytest.fixture
def file(tmp_path: Path) -> Callable[[str], Path]:
    """``file(text)``: a file with this text."""

    def written(text: str) -> Path:
        path = tmp_path / "soal.txt"
        path.write_text(text, encoding="utf-8")
        return path

    return written


def test_a_file_lands_as_drafts_of_its_author(
    run: Run, make: Make, file: Callable[[str], Path], dewi: User
) -> None:
    make.topic("makna")
    path = file(f"{WHOLE}\n{BARE}")

    status, out, err = run(
        *("import", "gift", path, "--author", "dewi", "--topic", "makna"),
        *("--level", "memahami", "--law-as-of", "2024-11-22"),
    )

    (waiting,) = stored(make, ItemImport)
    whole, bare = stored(make, ItemDraft)
    assert (status, err) == (0, "")
    assert out.splitlines() == [
        "baris 1: draf MKN-900.",
        "baris 7: draf MAK-001.",
        "2 soal diambil sebagai draf.",
        f"Lanjutkan di halaman /soal/ambil/{waiting.uid}/hasil sebagai dewi.",
    ]
    assert read_draft(whole.content)[0].law_as_of.isoformat() == "2024-11-22"
    assert (whole.author_id, whole.origin) == (dewi.id, "impor GIFT")
    assert (bare.content["topic"], bare.content["level"]) == ("makna", "memahami")
    assert [entry.action for entry in stored(make, AuditEntry)] == ["items_imported"]


def test_one_fault_keeps_everything_out_and_every_fault_is_said(
    run: Run, make: Make, file: Callable[[str], Path], dewi: User
) -> None:
    path = file(f"{WHOLE}\nJelaskan. {{}}\n\nSoal? {{~a ~b}}\n")

    status, out, err = run("import", "gift", path, "--author", "dewi")

    assert (status, out) == (1, "")
    assert err.splitlines() == [
        "baris 7: Jenis “Esai” tidak ada di aplikasi ini. Tulis ulang sebagai pilihan ganda, atau "
        "lewati.",
        "baris 9: Tidak ada jawaban bernilai 100 %. Pilih kuncinya di penyunting.",
        "2 kesalahan; tidak ada yang diambil. Perbaiki berkasnya, atau pilih soalnya di halaman "
        "Soal.",
    ]
    assert stored(make, ItemDraft) == stored(make, ItemImport) == []


def test_the_same_file_twice_adds_nothing_the_second_time(
    run: Run, make: Make, file: Callable[[str], Path], dewi: User
) -> None:
    path = file(BARE)
    run("import", "gift", path, "--author", "dewi")

    status, out, _err = run("import", "gift", path, "--author", "dewi")

    assert status == 0
    assert out.splitlines()[:2] == [
        "baris 1: dilewati, pertanyaannya sudah ada.",
        "0 soal diambil sebagai draf.",
    ]
    assert len(stored(make, ItemDraft)) == 1


def test_a_word_document_and_what_it_loses_are_told(
    run: Run, make: Make, tmp_path: Path, dewi: User
) -> None:
    path = tmp_path / "soal.docx"
    path.write_bytes(
        typed_document("Judul", "1. Soal?", "*A. a", "B. b", "C. c", "Dasar hukum: Pasal 9")
    )

    status, out, _err = run("import", "docx", path, "--author", "dewi")

    assert status == 0
    assert out.splitlines()[:4] == [
        "Baris yang bukan bagian soal tidak diambil: “Judul”.",
        "nomor 1, paragraf 2: “Dasar hukum: Pasal 9” tidak diambil.",
        "nomor 1, paragraf 2: draf SOAL-001.",
        "nomor 1, paragraf 2: Kunci A dibaca dari tanda pada opsinya.",
    ]


def test_a_file_that_cannot_be_read_is_refused_in_a_sentence(
    run: Run, file: Callable[[str], Path], dewi: User
) -> None:
    status, out, err = run("import", "docx", file("1. Soal?"), "--author", "dewi")

    assert (status, out) == (1, "")
    assert err.startswith("Berkas “soal.txt” rusak atau tidak utuh")


@pytest.mark.parametrize(
    ("more", "sentence"),
    [
        (("--author", "siapa"), "Tidak ada akun aktif dengan nama pengguna siapa.\n"),
        (
            ("--author", "citra"),
            "Akun citra (Petugas) tidak boleh menulis soal.\n",
        ),
        (
            ("--author", "dewi", "--topic", "entah"),
            "Tidak ada topik dengan kode entah. Yang ada: makna.\n",
        ),
    ],
)
def test_an_author_or_topic_that_does_not_fit_is_refused(
    run: Run,
    make: Make,
    file: Callable[[str], Path],
    dewi: User,
    citra: User,
    more: tuple[str, ...],
    sentence: str,
) -> None:
    make.topic("makna")

    status, out, err = run("import", "gift", file(BARE), *more)

    assert (status, out, err) == (1, "", sentence)
    assert stored(make, ItemImport) == []


@pytest.mark.parametrize("format", ["gift", "moodle-xml", "xlsx"])
def test_the_bank_is_written_and_what_stays_behind_is_said(
    run: Run, make: Make, tmp_path: Path, format: str
) -> None:
    make.topic("makna", name="Makna netralitas")
    make.bank_item(make.item(code="MKN-001"))
    target = tmp_path / "soal.out"

    status, out, err = run("export", format, "-o", target)

    (item,) = read_questions("soal", target.read_bytes()).items
    assert (status, out) == (0, f"1 soal ditulis ke {target}.\n")
    assert (item.code, item.topic) == ("MKN-001", "Makna netralitas")
    assert "Tidak ikut: dasar hukum (pasal) (1 soal).\n" in err


def test_a_hyphen_writes_to_the_output_and_nothing_else(run: Run, make: Make) -> None:
    make.topic("makna")
    make.bank_item(make.item(code="MKN-001"))

    status, out, _err = run("export", "gift", "-o", "-")

    assert status == 0
    assert [item.code for item in read_questions("x", out.encode()).items] == ["MKN-001"]


def test_states_and_topics_choose_what_is_written(run: Run, make: Make) -> None:
    make.topic("makna")
    make.topic("tenang")
    make.bank_item(make.item(code="MKN-001"))
    make.bank_item(make.item(code="MKN-002"), published=False)
    make.bank_item(make.item(code="TNG-001", topic="tenang"), published=False)

    _status, out, _err = run(*("export", "gift", "-o", "-", "--state", "draft", "--topic", "makna"))

    assert [item.code for item in read_questions("x", out.encode()).items] == ["MKN-002"]


@pytest.mark.parametrize(
    ("more", "sentence"),
    [
        (("--topic", "entah"), "Tidak ada topik entah. Yang ada: makna.\n"),
        (("--state", "retired"), "Tidak ada soal yang cocok dengan pilihan ini.\n"),
    ],
)
def test_nothing_to_write_is_refused_and_no_file_appears(
    run: Run, make: Make, tmp_path: Path, more: tuple[str, ...], sentence: str
) -> None:
    make.topic("makna")
    make.bank_item(make.item(code="MKN-001"))

    status, _out, err = run("export", "gift", "-o", tmp_path / "soal.txt", *more)

    assert (status, err) == (1, sentence)
    assert not (tmp_path / "soal.txt").exists()
