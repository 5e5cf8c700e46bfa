"""Moodle XML as Moodle 3 to 5 write it."""

from fractions import Fraction

import pytest

from quiz.assessment.items.item import Level
from quiz.exchange.questions import read_questions
from tests.exchange.questions.seen import keys, only, options, texts
from tests.exchange.tables.workbooks import archive

ANSWERS = """
<answer fraction="100" format="html"><text><![CDATA[<p>satu</p>]]></text>
  <feedback format="html"><text><![CDATA[<p>tepat</p>]]></text></feedback></answer>
<answer fraction="0" format="html"><text>dua</text>
  <feedback format="html"><text></text></feedback></answer>
<answer fraction="-50" format="html"><text>tiga</text>
  <feedback format="html"><text>keliru</text></feedback></answer>"""
CATEGORY = (
    '<question type="category"><category><text>$course$/top/Default/Masa tenang</text></category>'
    "</question>"
)


def question(inside=ANSWERS, kind="multichoice", single="true", stem="<p>Soal&nbsp;?</p>"):
    return f"""<question type="{kind}"><name><text>Nama soal</text></name>
<questiontext format="html"><text><![CDATA[{stem}]]></text></questiontext>
<generalfeedback format="html"><text>karena</text></generalfeedback>
<defaultgrade>1.0000000</defaultgrade><penalty>0.3333333</penalty><hidden>0</hidden>
<idnumber>MTN-7</idnumber><single>{single}</single><shuffleanswers>true</shuffleanswers>
<correctfeedback format="html"><text>Your answer is correct.</text></correctfeedback>
{inside}</question>"""


def quiz(*questions, head='<?xml version="1.0" encoding="UTF-8"?>'):
    return f"{head}<quiz>{''.join(questions)}</quiz>".encode()


def read(*questions):
    return read_questions("soal.xml", quiz(*questions))


def test_a_multichoice_with_one_answer_is_read_whole():
    file = read(CATEGORY, question())

    item = only(file)
    assert file.format == "moodle-xml"
    assert (item.stem, item.type, item.code) == ("Soal ?", "single_choice", "MTN-7")
    assert (item.topic, item.explanation) == ("Masa tenang", "karena")
    assert options(item) == [("satu", Fraction(1)), ("dua", Fraction(0)), ("tiga", Fraction(0))]
    assert [option.feedback for option in item.options] == ["tepat", "", "keliru"]
    assert item.where == "soal ke-1, “Nama soal”"
    assert item.lost == (
        "Nilai negatif menjadi 0: pada pilihan tunggal, jawaban keliru tidak mengurangi nilai.",
    )


def test_several_answers_make_a_multiple_choice():
    answers = "".join(
        f'<answer fraction="{share}"><text>{text}</text></answer>'
        for share, text in (("50", "a"), ("50", "b"), ("-50", "c"), ("-50", "d"))
    )

    item = only(read(question(answers, single="false")))

    assert (item.type, keys(item), item.lost) == ("multiple_choice", ["a", "b"], ())


def test_true_and_false_become_benar_and_salah_in_that_order():
    answers = (
        '<answer fraction="100"><text>false</text><feedback><text>tepat</text></feedback></answer>'
        '<answer fraction="0"><text>true</text><feedback><text>keliru</text></feedback></answer>'
    )

    item = only(read(question(answers, "truefalse")))

    assert (item.type, texts(item), keys(item)) == ("true_false", ["Benar", "Salah"], ["Salah"])
    assert [option.feedback for option in item.options] == ["keliru", "tepat"]
    assert item.lost == ()


def test_true_without_false_is_a_fault():
    item = only(read(question('<answer fraction="100"><text>true</text></answer>', "truefalse")))

    assert (item.type, texts(item), keys(item)) == ("true_false", ["Benar", "Salah"], [])
    assert item.faults == ("Jawaban true dan false tidak lengkap. Pilih kuncinya di penyunting.",)


def test_what_moodle_keeps_and_we_do_not_is_listed():
    settings = (
        "<tags><tag><text>tingkat:mengingat</text></tag><tag><text>lama</text></tag></tags>"
        "<hint><text>Ingat pasalnya</text></hint>"
        "<partiallycorrectfeedback><text>Hampir</text></partiallycorrectfeedback>"
    )
    xml = question(ANSWERS.replace("-50", "0") + settings)
    xml = (
        xml.replace("1.0000000", "2")
        .replace("rs>true", "rs>0")
        .replace("</text></q", '</text><file name="x.png" encoding="base64">iVBORw0K</file></q')
    )

    item = only(read(xml))

    assert item.level is Level.MENGINGAT
    assert [sentence.split(" tidak ")[0] for sentence in item.lost] == [
        "Gambar pada soal ini",
        "Label (tag)",
        "Urutan tetap opsi",
        "Umpan balik gabungan (benar, sebagian, salah)",
        "Petunjuk (hint) untuk percobaan berikutnya",
        "Nilai soal",
    ]


@pytest.mark.parametrize(
    ("kind", "name"),
    [
        ("shortanswer", "Isian singkat"),
        ("essay", "Esai"),
        ("matching", "Menjodohkan"),
        ("cloze", "Isian dalam teks"),
        ("stack", "stack"),
    ],
)
def test_a_kind_this_house_does_not_have_is_named_and_cannot_be_taken(kind, name):
    item = only(read(question("", kind)))

    assert (item.number, item.stem, item.takeable) == (1, "Soal ?", False)
    assert item.faults[0].startswith(f"Jenis “{name}” tidak ada di aplikasi ini.")


def test_html_of_a_question_becomes_lines_and_its_table_is_told():
    stem = "<p>Lihat:</p><table><tr><td>Juni</td><td>12</td></tr></table><script>x()</script>"

    item = only(read(question(ANSWERS.replace("-50", "0"), stem=stem)))

    assert item.stem == "Lihat:\nJuni 12"
    assert item.lost == (
        "Tabel pada soal ini diambil sebagai baris teks; susunan kolomnya hilang.",
    )


def test_a_picture_written_into_the_html_is_lost_and_costs_nothing():
    stem = f'<p>Lihat</p><img src="data:image/png;base64,{"A" * 400_000}"><p>lalu jawab?</p>'

    item = only(read(question(ANSWERS.replace("-50", "0"), stem=stem)))

    assert item.stem == "Lihat\nlalu jawab?"


def test_windows_letters_that_nothing_declares_are_read_and_told():
    xml = quiz(question(stem="Soal “satu”?"), head="").decode().encode("cp1252")

    file = read_questions("soal.xml", xml)

    assert file.items[0].stem == "Soal “satu”?"
    assert file.notes == (
        "Berkas tidak memakai UTF-8; huruf-hurufnya dibaca sebagai Windows-1252.",
    )


def test_utf_16_is_read_as_it_says():
    head = '<?xml version="1.0" encoding="UTF-16"?>'
    xml = quiz(question(stem="Soal “satu”?"), head=head).decode().encode("utf-16")

    assert only(read_questions("soal.xml", xml)).stem == "Soal “satu”?"


def test_xml_of_another_program_is_named():
    file = read_questions("soal.xml", b"<?xml version='1.0'?><rss><channel/></rss>")

    assert file.faults == (
        "Berkas “soal.xml” memang XML, tetapi bukan soal Moodle: unsur pertamanya <rss>, bukan "
        "<quiz>. Di Moodle pilih Bank soal > Ekspor > Format XML Moodle.",
    )


def test_xml_with_a_doctype_or_too_much_of_it_is_refused_in_words():
    declared = read_questions("soal.xml", b"<?xml version='1.0'?><!DOCTYPE quiz><quiz/>")
    deep = read_questions("soal.xml", b"<quiz>" + b"<a>" * 300 + b"</a>" * 300 + b"</quiz>")

    assert declared.faults == (
        "Berkas “soal.xml” memuat deklarasi DOCTYPE atau entitas, yang tidak pernah ditulis "
        "Moodle. Ekspor ulang dari Moodle, lalu unggah berkas itu apa adanya.",
    )
    assert deep.faults == (
        "Isi berkas “soal.xml” terlalu besar untuk dibaca sekaligus. Ekspor tiap kategori soal "
        "menjadi berkas sendiri.",
    )


def test_broken_xml_says_what_to_do():
    file = read_questions("soal.xml", quiz(question())[:-30])

    assert file.faults == (
        "Berkas “soal.xml” bukan XML yang utuh. Ekspor ulang dari Moodle dan jangan mengubahnya "
        "dengan pengolah kata.",
    )


@pytest.mark.parametrize(
    ("html", "text"),
    [
        ("<p>a</p><p>b</p>", "a\nb"),
        ("a<br/>b<br>c", "a\nb\nc"),
        ("a &lt; b &amp;&nbsp;c", "a < b &\xa0c"),
        ("3 < 4 dan 5 > 2", "3 < 4 dan 5 > 2"),
        ("a<!-- b --> c", "a c"),
        ("<script>b</script>a<style>c</style>", "a"),
        ("a<svg/>b", "ab"),
        ("<math><mi>x</mi></math>a", "a"),
        ("<B>a</B> <i>b</i>", "a b"),
        ("<ul><li>a</li><li>b</li></ul>", "- a\n- b"),
    ],
)
def test_html_reads_as_a_browser_shows_it(html, text):
    from quiz.exchange.questions.html_text import html_text

    assert html_text(html)[0] == text


def test_feedback_stays_where_there_is_no_key_and_order_is_nothing_of_two():
    answers = (
        '<answer fraction="0"><text>true</text><feedback><text>keliru</text></feedback></answer>'
        '<answer fraction="0"><text>false</text><feedback><text>tepat</text></feedback></answer>'
    )

    item = only(read(question(answers, "truefalse").replace("rs>true", "rs>0")))

    assert [option.feedback for option in item.options] == ["keliru", "tepat"]
    assert item.lost == ()


def test_a_picture_in_two_answers_is_told_once():
    picture = '<file name="x.png" encoding="base64">iVBORw0K</file></answer>'

    item = only(read(question(ANSWERS.replace("-50", "0").replace("</answer>", picture))))

    assert [sentence.split(" ")[0] for sentence in item.lost] == ["Gambar"]


@pytest.mark.parametrize(
    ("form", "stem"),
    [
        ("markdown", "Pilih *satu*:\n<b>dua</b> < tiga"),
        ("moodle_auto_format", "Pilih <b>satu</b>:\ndua"),
    ],
)
def test_each_form_of_text_has_its_own_signs(form, stem):
    item = only(read(truth(100, 0, stem, form)))

    assert (
        item.stem
        == {
            "markdown": "Pilih satu:\ndua < tiga",
            "moodle_auto_format": "Pilih satu:\ndua",
        }[form]
    )


def truth(true, false, stem="ASN netral.", form="html"):
    return (
        f'<question type="truefalse"><questiontext format="{form}"><text><![CDATA[{stem}]]></text>'
        f'</questiontext><answer fraction="{true}"><text>true</text></answer>'
        f'<answer fraction="{false}"><text>false</text></answer></question>'
    )


@pytest.mark.parametrize(
    ("shares", "fault"),
    [
        ((0, 0), "Tidak ada jawaban bernilai 100 %. Pilih kuncinya di penyunting."),
        ((50, 0), "Tidak ada jawaban bernilai 100 %. Pilih kuncinya di penyunting."),
        ((100, 100), "Semua jawaban bernilai 100 %. Pilih satu kuncinya di penyunting."),
    ],
)
def test_true_or_false_without_one_key_has_none(shares, fault):
    item = only(read(truth(*shares)))

    assert (keys(item), item.faults) == ([], (fault,))


@pytest.mark.parametrize(
    "stem",
    [
        '<span lang="id" class="multilang">ASN netral.</span>'
        '<span lang="en" class="multilang">Be neutral.</span>',
        '<span class="multilang" lang="en">Be <span>very</span> neutral.</span>'
        '<span class="multilang" lang="id">ASN netral.</span>',
        "{mlang id}ASN netral.{mlang}{mlang en}Be neutral.{mlang}",
    ],
)
def test_of_several_languages_ours_is_taken(stem):
    item = only(read(truth(100, 0, stem)))

    assert item.stem == "ASN netral."
    assert item.lost == (
        "Soal ini ditulis dalam beberapa bahasa; yang diambil hanya bahasa Indonesia.",
    )


def test_languages_without_ours_stand_line_by_line_and_are_told():
    stem = (
        '<span lang="de" class="multilang">Ja.</span><span lang="en" class="multilang">Yes.</span>'
    )

    item = only(read(truth(100, 0, stem)))

    assert item.stem == "Ja.\nYes."
    assert item.lost == (
        "Soal ini ditulis dalam beberapa bahasa (de, en) dan semuanya terbaca. Sisakan satu "
        "bahasa.",
    )


@pytest.mark.parametrize("form", ["moodle_auto_format", "html", "plain_text"])
def test_line_feeds_count_where_no_tag_parts_the_lines(form):
    item = only(read(truth(100, 0, "Pernyataan:\n(1) satu\n(2) dua", form)))

    assert item.stem == "Pernyataan:\n(1) satu\n(2) dua"


def test_raised_letters_stay_raised_and_struck_ones_are_told():
    item = only(read(truth(100, 0, "10<sup>3</sup> dan H<sub>2</sub>O <s>bukan</s>")))

    assert item.stem == "10³ dan H₂O bukan"
    assert item.lost[0].startswith("Coretan pada soal ini tidak ikut diambil")


def test_a_tag_that_never_ends_hides_nothing():
    assert only(read(truth(100, 0, "Isi <head> berkas.<br>Tetap tampak."))).stem == (
        "Isi berkas.\nTetap tampak."
    )


@pytest.mark.parametrize("share", ["setengah", "1e2", "--5"])
def test_a_share_that_is_no_number_is_told(share):
    answers = ANSWERS.replace('fraction="-50"', f'fraction="{share}"')

    assert only(read(question(answers))).faults == (
        f"Nilai jawaban “{share}” tidak terbaca. Tulis angka seperti 100, 50, atau 0.",
    )


def test_a_share_with_many_digits_is_one():
    answers = ANSWERS.replace('fraction="100"', 'fraction="100.00000000000000"')

    assert keys(only(read(question(answers)))) == ["satu"]


def test_more_questions_than_fit_are_counted_and_the_way_out_is_moodles():
    file = read(*[truth(100, 0)] * 301)

    assert file.faults == (
        "Berkas memuat 301 soal. Sekali ambil paling banyak 300 soal: di Moodle pilih Bank soal > "
        "Ekspor, lalu ekspor tiap kategori menjadi berkas sendiri.",
    )


def test_xml_of_a_question_package_is_named():
    file = read_questions("q.xml", b"<?xml version='1.0'?><questestinterop/>")

    assert file.faults[0].startswith(
        "Berkas “q.xml” memang XML, tetapi bukan soal Moodle melainkan soal QTI 1.2"
    )


@pytest.mark.parametrize(
    ("part", "kind"),
    [
        ("imsmanifest.xml", "paket soal QTI (Canvas, Blackboard, …)"),
        ("h5p.json", "paket H5P"),
        ("moodle_backup.xml", "cadangan kursus Moodle (.mbz)"),
    ],
)
@pytest.mark.parametrize("format", ["", "xlsx"])
def test_a_package_of_questions_is_named_with_how_to_export_it(part, kind, format):
    fault = read_questions("paket.zip", archive({part: b"<a/>"}), format).faults[0]

    assert f"sebenarnya {kind}, bukan " in fault
    assert fault.endswith(
        "Paket itu belum dapat dibaca. Di program asalnya, ekspor soalnya sebagai GIFT, XML "
        "Moodle, atau Excel, lalu unggah berkas itu."
    )
