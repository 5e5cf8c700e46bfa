"""GIFT, whose signs mean different things in different places."""

from fractions import Fraction

import pytest

from quiz.assessment.items.item import Level
from quiz.exchange.questions import read_questions
from tests.exchange.questions.seen import keys, only, options, texts, typed


def gift(text):
    return typed(text, "gift")


def test_one_right_answer_with_feedback_title_and_general_feedback():
    item = only(
        gift("::MKN-7::Soal? {\n=satu # tepat\n~dua\n# keliru\n~tiga\n####karena begitu\n}")
    )

    assert (item.code, item.stem, item.type) == ("MKN-7", "Soal?", "single_choice")
    assert options(item) == [("satu", Fraction(1)), ("dua", Fraction(0)), ("tiga", Fraction(0))]
    assert [option.feedback for option in item.options] == ["tepat", "keliru", ""]
    assert (item.explanation, item.faults, item.lost) == ("karena begitu", (), ())


def test_gift_is_known_by_its_braces():
    assert typed("Soal? {=satu ~dua}", "").format == "gift"


def test_escaped_signs_and_line_breaks_are_text():
    item = only(gift(r"1 + 1 \= berapa\: \{angka\}\nSebutkan {=\#1 \~ \\n ~dua # a\#b}"))

    assert item.stem == "1 + 1 = berapa: {angka}\nSebutkan"
    assert texts(item) == ["#1 ~ \\n", "dua"]
    assert item.options[1].feedback == "a#b"


def test_weights_of_answers_that_add_up_as_ours_lose_nothing():
    item = only(gift("Mana saja? {~%50%a ~%50%b ~%-50%c ~%-50%d}"))

    assert (item.type, keys(item), item.lost) == ("multiple_choice", ["a", "b"], ())


@pytest.mark.parametrize(
    "shares", [(70, 30, -100, 0), (70, 30, -50, -50), (50, 50, -100, 0), (50, 50, 0, 0)]
)
def test_other_weights_of_several_answers_are_told(shares):
    answers = [f"~%{share}%{text}" for share, text in zip(shares, "abcd", strict=True)]
    item = only(gift(f"Mana saja? {{{' '.join(answers)}}}"))

    assert keys(item) == ["a", "b"]
    assert item.lost == (
        "Bobot tiap jawaban tidak diambil: di sini tiap kunci bernilai sama, dan pilihan keliru "
        "mengurangi nilai menurut banyaknya pengecoh.",
    )


def test_a_part_of_the_point_is_kept_and_a_negative_one_becomes_nothing():
    item = only(gift("Soal? {=a ~%33.33333%b ~%-50%c}"))

    assert [option.weight for option in item.options] == [1, Fraction(1, 3), 0]
    assert item.lost == (
        "Nilai negatif menjadi 0: pada pilihan tunggal, jawaban keliru tidak mengurangi nilai.",
    )


@pytest.mark.parametrize(
    ("answer", "key"), [("T", "Benar"), ("TRUE", "Benar"), ("F", "Salah"), ("false", "Salah")]
)
def test_true_and_false_give_the_wrong_answers_feedback_first(answer, key):
    item = only(gift(f"Boleh memilih. {{{answer}#keliru#tepat####karena}}"))

    feedback = {option.text: option.feedback for option in item.options}
    assert (item.type, keys(item), item.explanation) == ("true_false", [key], "karena")
    assert feedback == {key: "tepat", ({"Benar", "Salah"} - {key}).pop(): "keliru"}


def test_categories_give_the_topic_and_tags_the_level():
    file = gift(
        "$CATEGORY: $course$/top/Hukum/Masa tenang\n\n"
        "// [id:MTN-1] [tag:tingkat:menerapkan] [tag:lama]\nSatu? {=a ~b}\n\n"
        "$CATEGORY: Makna//arti\n\nDua? {=a ~b}\n"
    )

    first, second = file.items
    assert (first.number, second.number) == (1, 2)
    assert (first.topic, first.code, first.level) == ("Masa tenang", "MTN-1", Level.MENERAPKAN)
    assert first.lost == ("Label (tag) tidak diambil: lama.",)
    assert (second.topic, second.code, second.level) == ("Makna/arti", "", None)


def test_labels_that_are_not_ours_are_told_one_by_one():
    item = only(gift("// [tag:lama] [tag:a\\]b]\nSatu? {=a ~b}"))

    assert item.lost == ("Label (tag) tidak diambil: lama, a]b.",)


def test_a_form_holds_for_answers_feedback_and_explanation():
    several = only(gift("[html]Mana? {=<b>a</b>#<i>x</i> ~c####<p>karena</p>}"))
    truth = only(gift("[html]<p>Netral.</p> {T#<b>salah</b>#<b>tepat</b>}"))

    assert (texts(several), several.explanation) == (["a", "c"], "karena")
    assert [option.feedback for option in several.options] == ["x", ""]
    assert [option.feedback for option in truth.options] == ["tepat", "salah"]


def test_pictures_of_two_answers_are_told():
    item = only(gift("[html]Mana? {=a <img src\\='x.png'> ~b ~c <s>d</s>}"))

    assert [sentence.split(" ")[0] for sentence in item.lost] == ["Gambar", "Coretan"]


def test_comments_anywhere_are_left_out():
    item = only(gift("// atas\nSoal?\n// tengah\n{ =a\n// dalam\n~b }\n// bawah\n"))

    assert (item.stem, texts(item)) == ("Soal?", ["a", "b"])


def test_a_blank_line_within_braces_does_not_part_a_question():
    item = only(gift("Soal? {\n=a\n\n~b\n}\n"))

    assert texts(item) == ["a", "b"]


def test_words_after_the_answers_leave_a_gap_before_them():
    item = only(gift("Netral berarti tidak {=berpihak ~hadir} kepada siapa pun."))

    assert item.stem == "Netral berarti tidak _____ kepada siapa pun."


def test_html_becomes_text_and_its_pictures_are_lost():
    item = only(
        gift('[html]<p>Satu &amp; dua</p><ul><li>tiga</li></ul><img src\\="x.png"> {=<b>a</b> ~b}')
    )

    assert (item.stem, texts(item)) == ("Satu & dua\n- tiga", ["a", "b"])
    assert item.lost == (
        "Gambar pada soal ini tidak ikut diambil. Uraikan isinya dengan kata-kata.",
    )


def test_plain_text_keeps_what_looks_like_html():
    item = only(gift("[plain]Apa arti <b>? {=tebal ~besar}"))

    assert item.stem == "Apa arti <b>?"


@pytest.mark.parametrize(
    ("written", "kind"),
    [
        ("Sebutkan. {=netral =tidak berpihak}", "Isian singkat"),
        ("Jelaskan. {}", "Esai"),
        ("Pasangkan. {=a -> b =c -> d}", "Menjodohkan"),
        ("Berapa? {#12:1}", "Angka"),
        ("Bacalah bahan ini.", "Keterangan tanpa jawaban"),
    ],
)
def test_a_kind_this_house_does_not_have_is_named_and_cannot_be_taken(written, kind):
    item = only(gift(written))

    assert not item.takeable
    assert item.faults == (
        f"Jenis “{kind}” tidak ada di aplikasi ini. Tulis ulang sebagai pilihan ganda, atau "
        "lewati.",
    )


def test_a_forgotten_brace_costs_one_question_and_not_the_next():
    file = gift("Lupa? {\n=a\n~b\n\n::DUA-2:: Berikutnya? {=c ~d}\n")

    assert [item.stem for item in file.items] == ["Lupa?", "Berikutnya?"]
    assert file.items[0].faults == (
        "Kurung kurawal pembuka { tidak mempunyai penutup }. Tambahkan } sesudah jawaban terakhir.",
    )
    assert file.items[1].faults == ()


def test_two_right_answers_where_one_may_be_chosen_is_a_fault():
    item = only(gift("Soal? {=a =b ~c}"))

    assert item.faults == (
        "Kuncinya 2, padahal hanya satu yang boleh dipilih. Sisakan satu kunci.",
    )


def test_answers_without_a_right_one_are_a_fault():
    item = only(gift("Soal? {~a ~b ~c}"))

    assert item.faults == ("Tidak ada jawaban bernilai 100 %. Pilih kuncinya di penyunting.",)


def test_a_level_that_is_none_of_ours_is_a_fault():
    item = only(gift("// [tag:tingkat:sulit]\nSoal? {=a ~b}"))

    assert item.faults == ("Tingkat “sulit” tidak dikenal. Pilih Mengingat, Memahami, Menerapkan.",)


def test_two_places_for_answers_are_refused_and_show_no_key():
    item = only(
        gift("// [id:MKN-1]\nPegawai {=wajib ~boleh} netral dan {=dilarang ~boleh} berkampanye.")
    )

    assert (item.number, item.code) == (1, "MKN-1")
    assert item.stem == "Pegawai _____ netral dan _____ berkampanye."
    assert not item.takeable
    assert item.faults == (
        "Soal ini mempunyai 2 tempat jawaban {…} (isian dalam teks), sedangkan di sini satu soal "
        "mempunyai satu. Pecah menjadi beberapa soal, atau lewati.",
    )


@pytest.mark.parametrize(
    "answers", ["~%-25%b =%100%a ~%-25%c", "~b =%100.00000000%a ~c", "~b\n  =  %100%a\n~c"]
)
def test_a_weight_may_stand_behind_any_sign(answers):
    item = only(gift(f"Soal? {{{answers}}}"))

    assert (texts(item), keys(item), item.faults) == (["b", "a", "c"], ["a"], ())


def test_a_brace_that_opens_within_answers_is_one_that_was_not_closed():
    item = only(gift("Satu? {=a ~b\n\nDua? {=c ~d}"))

    assert item.faults[0].startswith("Kurung kurawal pembuka { tidak mempunyai penutup }.")


def test_gift_is_known_however_deep_it_is_indented_or_by_its_name():
    deep = "Soal?\n{\n" + " " * 40 + "=a\n" + " " * 40 + "~b\n}\n"

    assert typed(deep, "").format == "gift"
    assert read_questions("soal.gift", b"Jelaskan. {}").format == "gift"


@pytest.mark.parametrize("form", ["", "[markdown]"])
def test_emphasis_is_taken_out_but_of_plain_text(form):
    item = only(gift(f"{form}Siapa **wajib** netral? {{=__ASN__ ~calon}}"))

    assert (item.stem, texts(item), item.faults) == ("Siapa wajib netral?", ["ASN", "calon"], ())


def test_line_feeds_count_beside_html_that_has_no_blocks():
    item = only(gift("Perhatikan <b>ini</b>:\nsatu\ndua {=a ~b}"))

    assert item.stem == "Perhatikan ini:\nsatu\ndua"
