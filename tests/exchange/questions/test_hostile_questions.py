"""Files that want more than they weigh, or are not what their name says: refused in a sentence."""

import io
import random
import tracemalloc
import zipfile

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from quiz.exchange.questions import FORMATS, read_questions
from tests.exchange.effort import effort
from tests.exchange.questions.word_files import (
    document,
    in_list,
    numbered,
    paragraph,
    pattern,
    run,
    typed_document,
)
from tests.exchange.tables.workbooks import archive, with_part, with_sheet_xml, workbook

BOMB = (
    '<!DOCTYPE b [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;">'
    '<!ENTITY c "&b;&b;&b;&b;&b;&b;&b;&b;">]>'
)
OUTSIDE = '<!DOCTYPE b [<!ENTITY a SYSTEM "file:///etc/passwd">]>'
SIGNS = [*"1.A)b\n\t =~#{}%\\:*-(T", "Kunci:", "ANSWER:", "Jawaban: ", "(B/S)", "\n2. ", "\nB. "]
QUESTION = "1. Soal?", "A. satu", "B. dua", "C. tiga", "Kunci: B"


def fault_of(blob: bytes, name: str = "soal.docx", format: str = "") -> str:
    file = read_questions(name, blob, format)
    assert file.items == ()
    assert len(file.faults) == 1
    return file.faults[0]


def measured(act) -> tuple[float, int]:
    """Seconds of effort and peak bytes of doing something."""
    seconds = effort(act)
    tracemalloc.start()
    act()
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    return seconds, peak


@pytest.mark.parametrize("head", [BOMB, OUTSIDE])
def test_entities_are_refused_in_word_and_in_moodle(head):
    word = with_part(
        typed_document(*QUESTION),
        "word/document.xml",
        f"{head}<document><body><p><r><t>&c;</t></r></p></body></document>".encode(),
    )
    moodle = f"<?xml version='1.0'?>{head}<quiz>&c;</quiz>".encode()

    assert "DOCTYPE" in fault_of(word)
    assert "DOCTYPE" in fault_of(moodle, "soal.xml")


@pytest.mark.parametrize("part", ["word/numbering.xml", "word/styles.xml"])
def test_entities_are_refused_in_the_other_parts_too(part):
    word = with_part(typed_document(*QUESTION), part, f"{BOMB}<a>&c;</a>".encode())

    assert "DOCTYPE" in fault_of(word)


def test_a_zip_bomb_is_refused_before_it_unpacks():
    bomb = with_part(typed_document(*QUESTION), "word/document.xml", b" " * 60_000_000)

    seconds, peak = measured(lambda: fault_of(bomb))

    assert "terlalu besar" in fault_of(bomb)
    assert len(bomb) < 200_000
    assert peak < 3_000_000
    assert seconds < 3


def test_a_picture_is_never_unpacked():
    blob = with_part(typed_document(*QUESTION), "word/media/x.png", b" " * 60_000_000)

    _, peak = measured(lambda: read_questions("soal.docx", blob))

    assert len(read_questions("soal.docx", blob).items) == 1
    assert peak < 10_000_000


def test_a_document_with_macros_is_refused_whatever_its_name():
    blob = with_part(typed_document(*QUESTION), "word/vbaProject.bin", b"\xd0\xcf\x11\xe0")

    assert fault_of(blob, "soal.docx") == (
        "Berkas “soal.docx” memuat makro, jadi tidak dibuka. Buka di Word atau LibreOffice, lalu "
        "pilih Simpan sebagai Dokumen Word (.docx)."
    )


def test_xml_as_deep_as_an_abyss_is_refused():
    deep = b"<quiz>" + b"<a>" * 100_000 + b"</a>" * 100_000 + b"</quiz>"

    assert "terlalu besar" in fault_of(deep, "soal.xml", "moodle-xml")


def test_a_document_of_more_elements_than_pages_can_hold_is_refused_in_time():
    body = paragraph("<w:r/>" * 220_000)

    seconds, _ = measured(lambda: fault_of(document(body)))

    assert "terlalu besar" in fault_of(document(body))
    assert seconds < 3


def test_a_document_of_200_pages_is_read_or_refused_in_time():
    """Six paragraphs a question, seven questions a page, as Word writes them."""
    lists = pattern(0, "decimal", "upperLetter") + numbered(1, 0)
    runs = "".join(
        run(word, '<w:rFonts w:ascii="Arial"/><w:sz w:val="24"/>')
        for word in ("Manakah ", "sikap ", "yang tepat bagi pegawai pada masa tenang?")
    )
    question = paragraph(runs, in_list(1)) + "".join(
        paragraph(runs, in_list(1, 1)) for _ in range(4)
    )
    blob = document((question + paragraph("Kunci: B")) * 1_400, lists)

    assert any(effort(lambda: fault_of(blob)) < 3 for _ in range(3))  # noise only adds
    assert "300 soal" in fault_of(blob)


def test_a_column_hidden_again_and_again_is_one_column():
    blob = workbook([["Soal", "A", "B", "Kunci"], ["x?", "ya", "tidak", "A"]])
    with zipfile.ZipFile(io.BytesIO(blob)) as book:
        sheet = book.read("xl/worksheets/sheet1.xml")
    again = b'<col min="1" max="99" hidden="1"/>' * 20_000
    spoilt = sheet.replace(b"<sheetData>", b"<cols>" + again + b"</cols><sheetData>")
    blob = with_part(blob, "xl/worksheets/sheet1.xml", spoilt)

    _, peak = measured(lambda: read_questions("soal.xlsx", blob))

    assert "dan 89 lagi" in read_questions("soal.xlsx", blob).notes[0]
    assert peak < 10_000_000


def test_100_000_rows_are_refused():
    rows = "".join(f'<row r="{n}"><c r="A{n}"><v>1</v></c></row>' for n in range(1, 100_001))

    message = fault_of(with_sheet_xml(f"<sheetData>{rows}</sheetData>"), "soal.xlsx")

    assert "lebih dari 5.000 baris" in message


@pytest.mark.parametrize(
    ("format", "text"),
    [
        ("teks", "1. a\n" * 100_000),
        ("teks", "\n".join(f"{n % 900}. a" for n in range(19_000))),
        ("aiken", "a\nA. x\nANSWER: A\n\n" * 25_000),
        ("gift", "a {=b ~c}\n\n" * 50_000),
        ("gift", "{" + "\n" * 19_000),
        ("gift", "::" * 500_000),
        ("gift", "a {" + "~b#" * 300_000),
        ("gift", "\\" * 1_000_000),
        ("teks", "1. " + " " * 4_000_000 + "x"),
        ("teks", "1. " + "\t" * 2_000_000 + "A. x"),
        ("teks", "soal " + " " * 2_000_000),
        ("teks", "1. a\nA. " + "   B. x" * 300_000),
        ("teks", "1. a\nA. x\nKunci: " + "A, " * 500_000),
        ("teks", "Kunci:\n" + "1. A " * 500_000),
        ("xlsx", "Soal;Kunci;A\n" + "a;A;b\n" * 100_000),
        ("moodle-xml", "<quiz>" + "<question/>" * 100_000 + "</quiz>"),
        (
            "moodle-xml",
            "<quiz><question type='multichoice'><questiontext><text>"
            + "&lt;a" * 400_000
            + "</text></questiontext></question></quiz>",
        ),
    ],
)
def test_texts_made_to_take_long_are_done_with_in_time(format, text):
    assert effort(lambda: read_questions("soal.txt", text.encode(), format)) < 3


@pytest.mark.parametrize(
    ("blob", "kind"),
    [
        (b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n", "sebenarnya dokumen PDF, bukan berkas soal"),
        (b"\x89PNG\r\n\x1a\n" + bytes(64), "sebenarnya gambar PNG, bukan berkas soal"),
        (b"{\\rtf1\\ansi Soal}", "sebenarnya dokumen RTF, bukan berkas soal"),
        (
            b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(64) + "WordDocument".encode("utf-16-le"),
            "dalam format Office lama (.doc atau .xls)",
        ),
        (
            b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + "EncryptedPackage".encode("utf-16-le"),
            "dilindungi kata sandi",
        ),
        (
            archive({"mimetype": b"x", "content.xml": b"<a/>"}),
            "sebenarnya berkas LibreOffice (.ods atau .odt), bukan dokumen Word",
        ),
        (archive({"ppt/presentation.xml": b"<a/>"}), "sebenarnya presentasi PowerPoint (.pptx)"),
        (archive({"foto/1.txt": b"x"}), "sebenarnya arsip ZIP, bukan dokumen Word"),
        (typed_document(*QUESTION)[:-40], "rusak atau tidak utuh"),
        (b"\x00\x01\x02\x03" * 400, "bukan teks, atau memakai pengodean yang tidak dikenal"),
    ],
)
def test_what_a_file_really_is_is_said_with_what_to_do(blob, kind):
    message = fault_of(blob)

    assert kind in message
    assert message.endswith(".")


@pytest.mark.parametrize("format", ["docx", "xlsx", "teks", "aiken", "gift", "moodle-xml"])
def test_a_pdf_under_any_chosen_format_is_refused(format):
    assert fault_of(b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n", "soal", format).startswith("Berkas “soal” ")


def test_a_renamed_file_is_read_for_what_it_is():
    word = read_questions("soal.txt", typed_document(*QUESTION))
    text = read_questions("soal.docx", "\n".join(QUESTION).encode())
    sheet = read_questions("soal.xml", workbook([["Soal", "A", "B", "Kunci"], ["x", 1, 2, "A"]]))

    assert (word.format, text.format, sheet.format) == ("docx", "teks", "xlsx")
    assert [len(file.items) for file in (word, text, sheet)] == [1, 1, 1]


def test_a_workbook_chosen_as_word_is_named():
    message = fault_of(workbook([["Soal"], ["x"]]), "soal.docx", "docx")

    assert "bukan dokumen Word" in message


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be"])
def test_a_text_is_read_in_any_unicode(encoding):
    text = "1. Soal “satu”?\nA. ya\nB. tidak\nKunci: B"

    file = read_questions("soal.txt", text.encode(encoding))

    assert file.items[0].stem == "Soal “satu”?"
    assert file.notes == ()


def test_a_text_in_windows_letters_is_read_and_told():
    file = read_questions("soal.txt", "1. Soal “satu”?\nA. ya\nB. tidak\nKunci: B".encode("cp1252"))

    assert file.items[0].stem == "Soal “satu”?"
    assert file.notes[0].startswith("Berkas tidak memakai UTF-8")


def test_a_file_beyond_five_megabytes_is_refused_unread():
    assert "lebih besar dari 5 MB" in fault_of(b"x" * 5_000_001, "soal.txt")


def test_a_name_that_hides_itself_is_shown_safely():
    message = fault_of(b"", "so\u202eal\n" + "x" * 300)

    assert "\u202e" not in message
    assert len(message) < 160


@settings(max_examples=60)
@given(st.sampled_from(sorted(FORMATS)), st.binary(max_size=300))
def test_no_content_ever_raises(format, blob):
    file = read_questions("soal", blob, format)

    assert bool(file.items) != bool(file.faults)


@settings(max_examples=60)
@given(
    st.sampled_from(["teks", "aiken", "gift"]),
    st.lists(st.sampled_from(SIGNS), max_size=60).map("".join),
)
def test_no_text_ever_raises(format, text):
    file = read_questions("soal", text.encode(), format)

    assert bool(file.items) != bool(file.faults)
    assert all(len(item.options) <= 26 for item in file.items)


@pytest.mark.parametrize("seed", range(25))
def test_a_document_damaged_anywhere_is_read_or_refused(seed):
    rng = random.Random(seed)
    parts = {}
    with zipfile.ZipFile(io.BytesIO(typed_document(*QUESTION))) as whole:
        parts = {name: whole.read(name) for name in whole.namelist()}
    content = bytearray(parts["word/document.xml"])
    for _ in range(rng.randint(1, 30)):
        content[rng.randrange(len(content))] = rng.randrange(256)
    parts["word/document.xml"] = bytes(content)

    file = read_questions("soal.docx", archive(parts))

    assert bool(file.items) != bool(file.faults)
