"""Questions as people mark, label and lay them out: the same question in many hands."""

import pytest

from tests.exchange.questions.seen import keys, only, texts, typed

OPTIONS = "A. satu\nB. dua\nC. tiga\n"


def read(text):
    return only(typed(text))


@pytest.mark.parametrize(
    "label",
    [
        "Jwb: B",
        "Jw: B",
        "Jwb B",
        "Jwb. B",
        "Jawab B",
        "JAWABAN : B",
        "Jawaban benar: b",
        "Jawaban yang paling tepat: B",
        "Jawabannya: B",
        "Kunci - B",
        "Kunci → B",
        "Kunci\nB",
        "Kunci jawaban: b. dua",
        "Jawaban: (B) dua",
        "Jawaban: B - dua",
        "Kj: B",
        "Ans: B",
        "Ans B",
        "Correct: B",
        "Correct answer: b",
        "The correct answer: B",
        "Key: B",
        "- Jawaban: B",
        "✅ Kunci Jawaban: B",
        "(Kunci: B)",
        "> **Kunci Jawaban: B**",
        "**Jawaban:** B",
        "__Jawaban:__ B",
        "*Jawaban: B. Karena begitu*",
        "<b>Jawaban: B</b>",
        "Jawaban：Ｂ",
        "Jawaban:\u00a0B",
        "Kunci: 2",
    ],
)
def test_a_key_is_known_by_any_of_its_labels(label):
    item = read(f"1. Soal?\n{OPTIONS}{label}\n")

    assert (texts(item), keys(item), item.faults) == (["satu", "dua", "tiga"], ["dua"], ())


@pytest.mark.parametrize(
    "second",
    [
        "**B. dua**",
        "B. **dua**",
        "__B. dua__",
        "*B. dua*",
        "_B. dua_",
        "B. ==dua==",
        "<b>B. dua</b>",
        "B. <mark>dua</mark>",
    ],
)
def test_the_option_in_bold_letters_is_the_key_and_its_signs_are_gone(second):
    item = read(f"1. Soal?\nA. satu\n{second}\nC. tiga\n")

    assert (texts(item), keys(item), item.faults) == (["satu", "dua", "tiga"], ["dua"], ())
    assert item.notes == ("Kunci B dibaca dari huruf tebal atau warna opsinya.",)


@pytest.mark.parametrize(
    "second",
    [
        "✓ B. dua",
        "B. dua (v)",
        "B. dua ✔️",
        "[x] B. dua",
        "→ B. dua",
        "=> B. dua",
        "B. dua <-- kunci",
        "B. dua (jawaban benar)",
        "B. dua [kunci]",
        "B. ✅ dua",
    ],
)
def test_the_option_with_a_sign_is_the_key_and_that_is_told(second):
    item = read(f"1. Soal?\nA. satu\n{second}\nC. tiga\n")

    assert (texts(item), keys(item), item.faults) == (["satu", "dua", "tiga"], ["dua"], ())
    assert item.notes == ("Kunci B dibaca dari tanda pada opsinya.",)


@pytest.mark.parametrize(
    "options",
    [
        "- [ ] satu\n- [x] dua\n- [ ] tiga",
        "☐ satu\n☑ dua\n☐ tiga",
        "( ) satu\n(x) dua\n( ) tiga",
        "A. ❌ satu\nB. ✅ dua\nC. ❌ tiga",
    ],
)
def test_boxes_to_tick_are_options(options):
    item = read(f"1. Soal?\n{options}\n")

    assert (texts(item), keys(item), item.faults) == (["satu", "dua", "tiga"], ["dua"], ())


@pytest.mark.parametrize("options", ["* A. satu\n* B. dua", "**A. satu**\n**B. dua**"])
def test_a_sign_at_every_option_marks_none(options):
    item = read(f"1. Soal?\n{options}\n")

    assert (texts(item), keys(item)) == (["satu", "dua"], [])
    assert item.faults[0].startswith("Kunci belum ada.")


@pytest.mark.parametrize(
    "options",
    [
        "A : satu\nB : dua\nC : tiga",
        "A - satu\nB - dua\nC - tiga",
        "A satu\nB dua\nC tiga",
        "a satu\nb dua\nc tiga",
        "[A] satu\n[B] dua\n[C] tiga",
        "a.) satu\nb.) dua\nc.) tiga",
        "a.satu\nb.dua\nc.tiga",
        "- A. satu\n- B. dua\n- C. tiga",
        "• satu\n• dua\n• tiga",
        "a. satu b. dua c. tiga",
        "A. satu\tB. dua\tC. tiga",
        "a. satu  c. tiga\nb. dua",
        "A. satu\tC. tiga\nB. dua",
        "<p>A. satu</p><p>B. dua</p><p>C. tiga</p>",
        "Ａ．satu\nＢ．dua\nＣ．tiga",
        "\u200bA. satu\n\u200bB. dua\n\u200bC. tiga",
    ],
)
def test_options_are_known_however_their_letters_are_written(options):
    item = read(f"1. Soal?\n{options}\nKunci: B\n")

    assert (item.stem, texts(item), keys(item), item.faults) == (
        "Soal?",
        ["satu", "dua", "tiga"],
        ["dua"],
        (),
    )


def test_two_columns_of_small_letters_are_four_options():
    item = read("1. Soal?\na. satu\tc. tiga\nb. dua\td. empat\nKunci: c\n")

    assert (texts(item), keys(item), item.faults) == (
        ["satu", "dua", "tiga", "empat"],
        ["tiga"],
        (),
    )


def test_a_whole_question_on_one_line_is_read():
    file = typed("1. Satu? A. a1 B. b1 C. c1 Kunci: B\n2. Dua? a. a2 b. b2 Jawaban: a\n")

    assert [(item.stem, texts(item), keys(item)) for item in file.items] == [
        ("Satu?", ["a1", "b1", "c1"], ["b1"]),
        ("Dua?", ["a2", "b2"], ["a2"]),
    ]


def test_digits_are_options_where_the_key_is_one():
    file = typed("1. Satu?\n1) a\n2) b\nKunci: 2\n2. Dua?\n1) c\n2) d\nKunci: 1\n")

    assert [(item.stem, texts(item), keys(item)) for item in file.items] == [
        ("Satu?", ["a", "b"], ["b"]),
        ("Dua?", ["c", "d"], ["c"]),
    ]
    assert file.items[0].notes == ("Kunci “2” dibaca sebagai opsi B.",)


def test_a_letter_that_is_named_within_an_option_begins_none():
    item = read("1. Soal?\nA. sesuai Pasal 2 huruf b. tersebut\nB. dua\nKunci: A\n")

    assert texts(item) == ["sesuai Pasal 2 huruf b. tersebut", "dua"]


def test_a_list_of_small_letters_before_capitals_belongs_to_the_stem():
    item = read("1. Perhatikan:\na. satu\nb. dua\nYang benar?\nA. x\nB. y\nKunci: B\n")

    assert (item.stem, texts(item)) == ("Perhatikan:\n(1) satu\n(2) dua\nYang benar?", ["x", "y"])


def test_ten_options_are_ten():
    listed = "\n".join(f"{letter}. opsi {letter}" for letter in "ABCDEFGHIJ")

    item = read(f"1. Soal?\n{listed}\nKunci: J\n")

    assert (len(item.options), keys(item), item.faults) == (10, ["opsi J"], ())


def test_a_number_alone_on_its_line_begins_a_question():
    file = typed("1\nSatu?\nA. a\nB. b\nKunci: A\n2\nDua?\nA. c\nB. d\nKunci: B\n")

    assert [item.stem for item in file.items] == ["Satu?", "Dua?"]


@pytest.mark.parametrize(
    "listed",
    [
        "Kunci: 1. A, 2. B",
        "Kunci: 1A 2B",
        "Kunci Jawaban: 1-A; 2-B",
        "KUNCI JAWABAN\n1. A\n2. B",
        "Kunci jawaban pilihan ganda:\n1=A, 2=B",
        "Kunci jawaban soal 1 - 2\n1) A\n2) B",
    ],
)
def test_a_list_of_keys_goes_to_its_questions(listed):
    file = typed(f"1. Satu?\nA. a\nB. b\n2. Dua?\nA. c\nB. d\n\n{listed}\n")

    assert [(keys(item), item.faults) for item in file.items] == [(["a"], ()), (["d"], ())]


def test_keys_without_a_question_and_keys_that_differ_are_told():
    file = typed("1. Satu?\nA. a\nB. b\nKunci: A\n\nKunci:\n1. B\n7. A\n")

    assert file.notes == ("Daftar kunci menyebut nomor yang tidak ada soalnya: 7.",)
    assert only(file).faults == (
        "Kunci nomor 1 disebut lebih dari sekali dan berbeda: A, B. Sisakan satu.",
    )


def test_titles_of_parts_and_furniture_of_pages_are_no_questions():
    file = typed(
        "UJIAN\nWaktu: 30 menit\n\nA. PILIHAN GANDA\n1. Satu?\na. a\nb. b\nKunci: a\n"
        "II. BENAR SALAH\n2. Boleh memilih. (B/S)\nKunci: B\nHalaman 2\nSelamat mengerjakan\n"
    )

    assert [item.stem for item in file.items] == ["Satu?", "Boleh memilih."]
    assert file.notes == (
        "Baris yang bukan bagian soal tidak diambil: “UJIAN”, “Waktu: 30 menit”, “A. PILIHAN "
        "GANDA”, “II. BENAR SALAH”, “Halaman 2” dan 1 baris lain.",
    )


@pytest.mark.parametrize(
    "above",
    [
        "Bacaan untuk soal nomor 1 dan 2.\nBu Lurah menyukai unggahan.\n\n",
        "Untuk soal nomor 1 s.d. 2, bacalah teks ini.\nBu Lurah menyukai unggahan.\n\n",
    ],
)
def test_each_question_that_loses_its_passage_says_so(above):
    file = typed(
        f"{above}1. Satu?\nA. a\nB. b\nKunci: A\n\n2. Dua?\nA. c\nB. d\nKunci: A\n"
        "3. Tiga?\nA. e\nB. f\nKunci: A\n"
    )

    lost = (
        "Bacaan di atas soal ini tidak ikut diambil: “Bu Lurah menyukai unggahan”. Salin ke pokok "
        "soalnya.",
    )
    assert [item.lost for item in file.items] == [lost, lost, ()]


def test_a_passage_right_below_an_option_is_no_part_of_it():
    file = typed(
        "1. Satu?\nA. a\nB. b\nBacaan untuk soal 2\nBu Lurah hadir.\n2. Dua?\nA. c\nB. d\n"
        "Kunci: 1. A 2. B\n"
    )

    assert [texts(item) for item in file.items] == [["a", "b"], ["c", "d"]]
    assert file.items[1].lost[0].startswith("Bacaan di atas soal ini tidak ikut diambil")


def test_what_language_models_write_is_read():
    item = read(
        "**1. Soal?**\n\n**A.** satu\n\n**B.** dua\n\n**✅ Kunci Jawaban: B**\n\n"
        "**📖 Penjelasan Mendalam:**\n\nKarena begitu.\n"
    )

    assert (item.stem, texts(item), keys(item)) == ("Soal?", ["satu", "dua"], ["dua"])
    assert (item.explanation, item.faults) == ("Karena begitu.", ())


def test_a_count_beyond_the_bound_is_named():
    text = "".join(f"{n}. Soal {n}?\nA. a\nB. b\nKunci: A\n" for n in range(1, 302))

    assert typed(text).faults == (
        "Berkas memuat 301 soal. Sekali ambil paling banyak 300 soal: bagi menjadi beberapa "
        "berkas.",
    )


@pytest.mark.parametrize(
    ("written", "stem"),
    [
        ("Soal?\nA)satu\nB)dua\nANSWER: B", "Soal?"),
        ("**Soal?**\nA. satu\nB. dua\n**ANSWER: B**", "Soal?"),
        ("Soal?\na. satu\nb. dua\nJwb: B", "Soal?"),
    ],
)
def test_aiken_is_read_as_it_is_written(written, stem):
    item = only(typed(written, "aiken"))

    assert (item.stem, texts(item), keys(item), item.faults) == (stem, ["satu", "dua"], ["dua"], ())


def test_a_line_between_two_questions_of_aiken_is_feedback_of_the_first():
    file = typed(
        "Satu?\nA. a\nB. b\nANSWER: A\nFEEDBACK: Karena begitu.\n\nDua?\nA. c\nB. d\nANSWER: B\n",
        "aiken",
    )

    assert [(item.stem, item.explanation) for item in file.items] == [
        ("Satu?", "Karena begitu."),
        ("Dua?", ""),
    ]


def test_more_options_of_aiken_than_there_are_letters_raise_nothing():
    listed = "\n".join(f"{letter}. x" for letter in "ABCDEFGHIJKLMNOPQRSTUVWXYZA")

    item = only(typed(f"Soal?\n{listed}\nANSWER: Z\n", "aiken"))

    assert len(item.options) == 26
    assert item.faults[0].startswith("Opsi Z masih memuat huruf opsi “A. x”.")
