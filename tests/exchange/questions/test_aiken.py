"""Aiken, Moodle's simplest format."""

from fractions import Fraction

from tests.exchange.questions.seen import keys, only, options, typed

WHOLE = "Soal?\nA. satu\nB. dua\nC. tiga\nANSWER: B\n"


def test_questions_follow_one_another():
    file = typed(WHOLE + "\n" + WHOLE.replace("ANSWER: B", "ANSWER: C"), "aiken")

    assert [keys(item) for item in file.items] == [["dua"], ["tiga"]]
    assert options(file.items[0]) == [
        ("satu", Fraction(0)),
        ("dua", Fraction(1)),
        ("tiga", Fraction(0)),
    ]
    assert [item.where for item in file.items] == ["baris 1", "baris 7"]


def test_aiken_is_known_by_its_answer_lines():
    assert typed(WHOLE, "").format == "aiken"


def test_parentheses_and_a_question_of_several_lines_are_read():
    item = only(typed("Baris satu\nbaris dua\nA) satu\nB) dua\nANSWER: A", "aiken"))

    assert (item.stem, keys(item)) == ("Baris satu\nbaris dua", ["satu"])


def test_a_question_without_answer_is_a_fault_and_the_next_is_read():
    file = typed(f"Lupa?\nA. satu\nB. dua\n\n{WHOLE}", "aiken")

    assert [item.stem for item in file.items] == ["Lupa?", "Soal?"]
    assert file.items[0].faults[0] == (
        "Baris “ANSWER:” dengan huruf kuncinya tidak ada. Tambahkan di bawah opsi terakhir."
    )
    assert file.items[1].faults == ()


def test_an_answer_beyond_the_options_is_a_fault():
    item = only(typed("Soal?\nA. satu\nB. dua\nANSWER: E", "aiken"))

    assert item.faults == (
        "Kuncinya E, tetapi opsinya hanya A sampai B. Perbaiki kuncinya, atau lengkapi opsinya.",
    )


def test_an_empty_answer_line_is_a_fault():
    item = only(typed("Soal?\nA. satu\nB. dua\nANSWER:", "aiken"))

    assert item.faults[0].startswith("Kunci “?” tidak menunjuk opsi mana pun.")
