"""Questions as people type or paste them."""

from fractions import Fraction

import pytest

from quiz.assessment.items.item import Level
from tests.exchange.questions.seen import keys, only, options, texts, typed

WHOLE = """\
1. Apa arti netral bagi pegawai?
A. Tidak berpihak
B. Tidak memilih
C. Ikut pimpinan
Kunci: A
Pembahasan: Netral berarti tidak berpihak.
Umpan balik A: Sesuai aturan.
Umpan balik B: Hak pilih tetap ada.
Topik: makna
Tingkat: C2
Kode: MKN-900
"""


def test_a_whole_question_is_read_field_by_field():
    item = only(typed(WHOLE))

    assert item.stem == "Apa arti netral bagi pegawai?"
    assert item.type == "single_choice"
    assert options(item) == [
        ("Tidak berpihak", Fraction(1)),
        ("Tidak memilih", Fraction(0)),
        ("Ikut pimpinan", Fraction(0)),
    ]
    assert [option.feedback for option in item.options] == [
        "Sesuai aturan.",
        "Hak pilih tetap ada.",
        "",
    ]
    assert item.explanation == "Netral berarti tidak berpihak."
    assert (item.topic, item.level, item.code) == ("makna", Level.MEMAHAMI, "MKN-900")
    assert (item.faults, item.lost, item.notes) == ((), (), ())
    assert item.where == "nomor 1, baris 1"


@pytest.mark.parametrize(
    "written",
    [
        "1. Soal?\nA. satu\nB. dua\nC. tiga\nKunci: B",
        "1) Soal?\na) satu\nb) dua\nc) tiga\nJawaban: b",
        "Soal 1: Soal?\nA) satu\nB) dua\nC) tiga\nKunci jawaban : B. dua",
        "No. 1.\nSoal?\n(A) satu\n(B) dua\n(C) tiga\nKunci = dua",
        "1. Soal?\nA. satu\tB. dua\tC. tiga\nKunci B",
        "1. Soal?\nA. satu   B. dua   C. tiga\nJawaban yang benar: (B)",
        "1. Soal?\nA. satu B. dua C. tiga\nANSWER: B",
        "1. Soal?\nA. satu\tC. tiga\nB. dua\tKunci: B",
        "1. Soal?\nA. satu\nB. dua\nC. tiga\nKunci Jawaban\nNo\n1. B",
        "1. Soal?\nA.satu\nB.dua\nC.tiga\nKunci:\nB",
        "1. Soal?\nA. satu\n*B. dua\nC. tiga",
        "1. Soal?\nA. satu\nB. dua*\nC. tiga",
        "1. Soal?\nA. satu\nB. *dua\nC. tiga",
        "1. Soal?\nA. satu\nB. ✓ dua\nC. tiga",
        "1. Soal?\nA. satu\nB. dua (kunci)\nC. tiga",
        "Soal?\nA. satu\nB. dua\nC. tiga\nKunci: B",
        "1. Soal?\nA. satu\nB. dua\nC. tiga\n\nKunci Jawaban\n1. B",
        "1. Soal?\nA. satu\nB. dua\nC. tiga\n\nKUNCI JAWABAN:\n1. B  2. A  3. C",
        "1. Soal?\r\nA. satu\r\nB. dua\r\nC. tiga\r\nKunci: B\r\n",
        "\ufeff1.\u00a0Soal?\nA.\u00a0satu\nB.\u00a0dua\nC.\u00a0tiga\nKunci:\u00a0B",
    ],
)
def test_one_question_typed_in_many_ways_reads_the_same(written):
    item = only(typed(written))

    assert (item.stem, item.type, item.faults) == ("Soal?", "single_choice", ())
    assert options(item) == [("satu", Fraction(0)), ("dua", Fraction(1)), ("tiga", Fraction(0))]


@pytest.mark.parametrize(
    "key", ["A, C", "A dan C", "A & C", "A;C", "A / C", "AC", "a c", "A, dan C."]
)
def test_several_keys_make_a_multiple_choice(key):
    item = only(typed(f"1. Mana saja?\nA. satu\nB. dua\nC. tiga\nD. empat\nKunci: {key}"))

    assert item.type == "multiple_choice"
    assert keys(item) == ["satu", "tiga"]


@pytest.mark.parametrize(
    ("written", "key"),
    [
        ("1. Pegawai boleh memilih.\nJawaban: Benar", "Benar"),
        ("1. Pegawai boleh memilih.\nKunci: salah", "Salah"),
        ("1. Pegawai boleh memilih. (B/S)\nKunci: S", "Salah"),
        ("1. Pegawai boleh memilih.\nJenis: Benar atau salah\nKunci: B", "Benar"),
        ("1. Pegawai boleh memilih.\nA. Benar\nB. Salah\nKunci: B", "Salah"),
        ("1. Pegawai boleh memilih.\nA. Salah\nB. Benar\nKunci: B", "Benar"),
    ],
)
def test_a_statement_is_true_or_false(written, key):
    item = only(typed(written))

    assert (item.stem, item.type) == ("Pegawai boleh memilih.", "true_false")
    assert texts(item) == ["Benar", "Salah"]
    assert (keys(item), item.faults) == ([key], ())


def test_feedback_of_a_statement_is_named_by_its_words():
    item = only(
        typed("1. Boleh?\nJawaban: Benar\nUmpan balik Salah: keliru\nUmpan balik Benar: tepat")
    )

    assert [option.feedback for option in item.options] == ["tepat", "keliru"]


def test_a_letter_as_key_without_options_is_not_taken_for_true():
    item = only(typed("1. Pegawai boleh memilih?\nKunci: B"))

    assert item.type == "single_choice"
    assert item.faults[0].startswith("Opsi belum terbaca.")


def test_a_numbered_list_within_a_question_stays_in_its_stem():
    item = only(
        typed(
            "7. Perhatikan:\n1. satu\n2. dua\nYang benar:\nA. 1 saja\nB. 2 saja\nC. semua\nKunci: C"
        )
    )

    assert item.stem == "Perhatikan:\n1. satu\n2. dua\nYang benar:"
    assert keys(item) == ["semua"]


def test_abbreviations_are_no_options():
    item = only(typed("1. Surat ditandatangani\na.n. Bupati, oleh\nA. lurah\nB. camat\nKunci: B"))

    assert item.stem == "Surat ditandatangani a.n. Bupati, oleh"
    assert texts(item) == ["lurah", "camat"]


def test_a_wrapped_line_continues_its_sentence_and_a_new_sentence_begins_a_line():
    item = only(
        typed("1. Apa yang\nharus dilakukan?\nPilih satu.\nA. satu\nyang panjang\nB. dua\nKunci: A")
    )

    assert item.stem == "Apa yang harus dilakukan?\nPilih satu."
    assert texts(item) == ["satu yang panjang", "dua"]


def test_a_label_above_the_first_question_holds_for_all():
    file = typed("Topik: makna\nTingkat: Menerapkan\n" + WHOLE.replace("Topik: makna\n", ""))

    assert (file.items[0].topic, file.items[0].level) == ("makna", Level.MEMAHAMI)


def test_questions_without_numbers_are_parted_by_their_keys():
    file = typed("Satu?\nA. a\nB. b\nKunci: A\n\nDua?\nA. c\nB. d\nKunci: B\n")

    assert [(item.stem, keys(item)) for item in file.items] == [("Satu?", ["a"]), ("Dua?", ["d"])]


def test_what_belongs_to_no_question_is_told():
    file = typed(f"SOAL ULANGAN\nKerjakan dengan teliti.\n{WHOLE}")

    assert file.notes == (
        "Baris yang bukan bagian soal tidak diambil: “SOAL ULANGAN”, “Kerjakan dengan teliti.”.",
    )


def test_a_legal_basis_in_words_is_listed_as_lost():
    item = only(typed(WHOLE + "Dasar hukum: Pasal 9 ayat (2)\n"))

    assert item.lost == ("“Dasar hukum: Pasal 9 ayat (2)” tidak diambil.",)


@pytest.mark.parametrize(
    ("written", "fault"),
    [
        (
            "1. Soal?\nA. satu\nB. dua",
            "Kunci belum ada. Tulis “Kunci: B” di bawah opsi, beri tanda * di depan opsi kunci, "
            "atau tebalkan opsi kuncinya saja.",
        ),
        (
            "1. Soal?\nA. satu\nB. dua\nKunci: E",
            "Kuncinya E, tetapi opsinya hanya A sampai B. Perbaiki kuncinya, atau lengkapi "
            "opsinya.",
        ),
        (
            "1. Soal?\nA. satu\nB. dua\nKunci: entah",
            "Kunci “entah” tidak menunjuk opsi mana pun. Tulis hurufnya, misalnya “Kunci: B”.",
        ),
        (
            "1. Soal?\nA. satu\nC. tiga\nKunci: A",
            "Opsi B tidak terbaca. Periksa hurufnya; tiap opsi mulai di baris baru.",
        ),
        (
            "1. Soal?\n*A. satu\nB. dua\nKunci: B",
            "Kunci tertulis B, tetapi yang ditandai opsi A. Yang dipakai kunci yang tertulis: "
            "periksa.",
        ),
        (
            "1. Soal?\nA. satu\nB. dua\nKunci: A\nTingkat: sulit",
            "Tingkat “sulit” tidak dikenal. Pilih Mengingat, Memahami, Menerapkan.",
        ),
        (
            "1. Soal?\nA. satu\nB. dua\nKunci: A\nJenis: teka-teki",
            "Jenis “teka-teki” tidak dikenal. Tulis Pilihan tunggal, Pilihan ganda kompleks, atau "
            "Benar atau salah.",
        ),
        (
            "1. Soal?\nA. satu\nB. dua\nKunci: A, B\nJenis: Pilihan tunggal",
            "Jenisnya pilihan tunggal, tetapi kuncinya 2. Sisakan satu kunci, atau tulis “Jenis: "
            "Pilihan ganda kompleks”.",
        ),
        (
            "1. Soal?\nA. satu\nB. dua\nKunci: A\nJenis: Benar atau salah",
            "Jenisnya Benar atau salah, tetapi opsinya bukan Benar dan Salah.",
        ),
        (
            "1. Soal? (B/S)",
            "Kunci belum ada. Tulis “Jawaban: Benar” atau “Jawaban: Salah”.",
        ),
        (
            "1.\nA. satu\nB. dua\nKunci: A",
            "Pokok soal belum terbaca. Tulis pertanyaannya di belakang nomor soal.",
        ),
    ],
)
def test_a_fault_says_what_is_wrong_and_how_to_mend_it(written, fault):
    assert only(typed(written)).faults == (fault,)


def test_a_text_beyond_the_bound_is_cut_and_told():
    item = only(typed(f"1. {'panjang ' * 1_000}\nA. satu\nB. dua\nKunci: A"))

    assert len(item.stem) == 5_000
    assert item.faults[0].startswith("Pokok soal lebih panjang dari 5.000 huruf")


def test_letters_that_cannot_be_seen_or_stored_are_taken_out():
    item = only(typed("1. Ya\u200b \u202eapa\x07?\nA. sa\u00adtu\nB. dua\nKunci: A"))

    assert (item.stem, texts(item)) == ("Ya apa?", ["satu", "dua"])


def test_an_empty_text_says_what_to_do():
    file = typed("   \n\n")

    assert file.items == ()
    assert file.faults == ("Berkas “soal.txt” kosong. Tulis soalnya dulu, lalu simpan.",)


def test_a_text_without_questions_says_what_to_do():
    file = typed("Halo, apa kabar?\nBaik.")

    assert file.faults == (
        "Tidak ada soal yang terbaca sebagai Teks bernomor. Periksa contohnya di halaman ini, atau "
        "pilih format lain.",
    )
