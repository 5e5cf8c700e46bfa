"""No reader makes an item of what it did not understand: what is left over is a fault."""

import pytest

from quiz.exchange.questions import read_questions
from tests.exchange.questions.seen import only, typed
from tests.exchange.questions.word_files import typed_document
from tests.exchange.tables.workbooks import workbook

HEADS = ["Soal", "A", "B", "Kunci"]
LETTER = (
    "Tulis tiap opsi di baris sendiri, atau ubah huruf itu menjadi (1), (2), (3) bila bukan opsi."
)
LABEL = "Tulis kuncinya di baris sendiri di bawah opsi terakhir: “Kunci: B”."
PLACES = "Satu soal hanya boleh mempunyai satu tempat jawaban {…}: pecah menjadi beberapa soal."
ONE = "padahal paling sedikit dua opsi. Tulis tiap opsi di baris sendiri, diawali A. B. C. dan"


def sheet(stem="Soal?", first="satu", second="dua"):
    return read_questions("soal.xlsx", workbook([HEADS, [stem, first, second, "A"]]))


def moodle(stem="Soal?", first="satu", second="dua"):
    answers = "".join(
        f'<answer fraction="{share}" format="plain_text"><text>{text}</text></answer>'
        for share, text in ((100, first), (0, second))
    )
    return read_questions(
        "soal.xml",
        f'<quiz><question type="multichoice"><questiontext format="plain_text"><text>{stem}</text>'
        f"</questiontext>{answers}</question></quiz>".encode(),
    )


def gift(stem="Soal?", first="satu", second="dua"):
    return typed(f"[plain]{stem} {{\n={first}\n~{second}\n}}", "gift")


@pytest.mark.parametrize("read", [sheet, moodle, gift])
@pytest.mark.parametrize(
    ("first", "fault"),
    [
        ("satu\nb. dua", f"Opsi A masih memuat huruf opsi “b. dua”. {LETTER}"),
        ("satu c. tiga d. empat", f"Opsi A masih memuat huruf opsi “c. tiga d. empat”. {LETTER}"),
        ("a) satu", f"Opsi A masih memuat huruf opsi “a) satu”. {LETTER}"),
        ("satu\nJwb: B", f"Opsi A masih memuat label kunci “Jwb: B”. {LABEL}"),
        ("satu. Kunci: B", f"Opsi A masih memuat label kunci “Kunci: B”. {LABEL}"),
        ("satu\nPemecahan: B", f"Opsi A masih memuat label kunci “Pemecahan: B”. {LABEL}"),
    ],
)
def test_what_belongs_to_another_line_is_a_fault_in_any_format(read, first, fault):
    if read is gift:
        first = first.replace(":", "\\:")

    item = only(read(first=first))

    assert item.faults == (fault,)
    assert not item.takeable


@pytest.mark.parametrize("read", [sheet, moodle])
def test_braces_of_another_format_are_a_fault(read):
    item = only(read(stem="Netral berarti {=tidak ~ikut} berpihak."))

    assert item.faults[0].startswith("Pokok soal masih memuat tempat jawaban “{=tidak ~ikut}")
    assert item.faults[0].endswith(PLACES)


def test_emphasis_that_no_reader_took_out_is_a_fault():
    item = only(moodle(first="**satu"))

    assert item.faults == (
        "Opsi A masih memuat tanda format “**satu”. Hapus tanda itu, lalu unggah lagi.",
    )


def test_a_weight_that_no_reader_took_out_is_a_fault():
    item = only(sheet(first="%50%satu"))

    assert item.faults[0].startswith("Opsi A masih memuat bobot “%50%”.")


@pytest.mark.parametrize(
    ("file", "fault"),
    [
        (typed("1. Soal?\nA. satu\nKunci: A"), "Opsinya hanya satu, “satu”, "),
        (typed("Soal?\nA. satu\nANSWER: A", "aiken"), "Opsinya hanya satu, “satu”, "),
        (typed("Soal? {~satu}", "gift"), "Opsinya hanya satu, “satu”, "),
        (
            read_questions("x.docx", typed_document("1. Soal?", "A. satu", "Kunci: A")),
            "Opsinya hanya satu, “satu”, ",
        ),
        (sheet(second=None), "Opsinya hanya satu, “satu”, "),
    ],
)
def test_one_option_is_none(file, fault):
    item = only(file)

    assert any(each.startswith(fault) and ONE in each for each in item.faults)
    assert not item.takeable


@pytest.mark.parametrize(
    ("file", "fault"),
    [
        (typed("Soal? {~ =satu ~dua}", "gift"), "Opsi A kosong. Isi teksnya, atau hapus opsinya."),
        (moodle(second=""), "Opsi B kosong. Isi teksnya, atau hapus opsinya."),
        (
            read_questions(
                "x.xlsx",
                workbook([["Soal", "A", "B", "C", "Kunci"], ["Soal?", "satu", None, "tiga", "A"]]),
            ),
            "Opsi B kosong. Isi teksnya, atau hapus opsinya.",
        ),
        (
            moodle(stem=""),
            "Pokok soal belum terbaca. Tulis pertanyaannya di belakang nomor soal.",
        ),
        (
            typed('[html]<img src\\="a.png"> {=satu ~dua}', "gift"),
            "Pokok soal kosong (hanya gambar). Tulis pertanyaannya dengan kata-kata, lalu unggah "
            "lagi.",
        ),
    ],
)
def test_an_empty_text_is_told(file, fault):
    item = only(file)

    assert fault in item.faults
    assert not item.takeable


@pytest.mark.parametrize(
    "stem",
    [
        "Menurut Pasal 5 huruf c. yang mana?",
        "Surat a.n. Bupati, c.q. Kepala Dinas, siapa penandatangannya?",
        "Bapak H. Sukri dan Ibu S. Aminah bertanya: siapa?",
        "Netral berarti _____ dan ____ kepada siapa pun.",
        "Kunci keberhasilan netralitas adalah ....",
        "Berapa hasil 2 * 3 * 4 dan nama_berkas_ini?",
        "Pilih himpunan {1, 2, 3} yang tepat.",
    ],
)
@pytest.mark.parametrize("read", [sheet, moodle])
def test_what_only_looks_like_it_is_text(read, stem):
    item = only(read(stem=stem))

    assert (item.stem, item.faults) == (stem, ())


def test_a_written_key_that_contradicts_itself_is_a_fault():
    item = only(typed("1. Soal?\nA. satu\nB. dua\nKunci: A. dua"))

    assert item.faults == (
        "Kunci “A. dua” berselisih: hurufnya menunjuk satu opsi, kata-katanya opsi B. Perbaiki "
        "salah satunya.",
    )


def test_a_number_as_key_that_is_also_an_option_is_a_fault():
    item = only(typed("1. Berapa?\nA. 2\nB. 1\nC. 4\nKunci: 1"))

    assert item.faults == (
        "Kunci “1” dapat berarti opsi A atau opsi yang berbunyi “1”. Tulis hurufnya, misalnya "
        "“Kunci: B”.",
    )
