"""Papers as PDF and Word: the same texts, archivable, read aloud, never read as markup."""

import unicodedata
from dataclasses import replace
from datetime import UTC, datetime
from io import BytesIO

import pytest
from docx import Document
from hypothesis import given, settings
from hypothesis import strategies as st
from pypdf import PdfReader

from quiz.exports.documents.kinds import PAPER_KINDS
from quiz.exports.documents.paper import (
    Cell,
    Chart,
    Column,
    Fact,
    Facts,
    Heading,
    Lines,
    NewPage,
    Notice,
    Paper,
    Points,
    Signature,
    Signatures,
    Span,
    Table,
    Text,
    Together,
)
from quiz.exports.documents.pdf import _NOT_SHOWN
from tests.papers import pdf_pages, pdf_text, word_text

LONG = " ".join(["Sosialisasi netralitas aparatur sipil negara dan kepala desa"] * 6)

PAPER = Paper(
    title="Laporan rekaan",
    subtitles=["Pendopo", "22 November 2024"],
    blocks=[
        Notice("Angka di sini rekaan."),
        Text("Nilai rata-rata 78.", lead="Temuan."),
        Text("Dalam kurung: rentang 95%.", quiet=True),
        Facts([Fact("Terdaftar", "50 orang")]),
        Heading("Hasil per unit"),
        Chart(
            caption="Nilai pengetahuan",
            description="Urut abjad.",
            heads=("Unit", "Nilai", "Mengirim"),
            rows=[Span("Kantor Camat", "gabungan 2 unit", "83 (75 sampai 91)", "11 dari 12", 83)],
            overall=78,
            overall_words="semua peserta 78",
        ),
        Chart(
            caption="Perubahan",
            description="Lingkaran kosong sebelum.",
            heads=("Topik", "Perubahan", "Nilai"),
            rows=[
                Span(
                    "Semua topik", "42 orang", "+19 (+15 sampai +24)", "60 menjadi 79", 79, start=60
                )
            ],
        ),
        Table(
            caption="Hasil",
            columns=[Column("Unit"), Column("Lulus", right=True)],
            rows=[[Cell("UPT teknis", "gabungan 3 unit", bold=True), Cell("8 dari 10")]],
            total=[Cell("Semua peserta"), Cell("33 dari 48")],
        ),
        Together(
            [Heading("Soal 1", 2), Points(["Boleh", "Tidak boleh"], "letters", frozenset({1}))]
        ),
        Points(["Bahas pada apel"], "numbers"),
        Points(["Catat kehadiran"]),
        Lines(2),
        NewPage(),
        Signatures(
            [Signature(["Tenggarong, 25 November 2024", "Kepala,"], "Nama Rekaan", ["Pembina"])]
        ),
    ],
    foot="Data LJN-482",
    made_at=datetime(2024, 11, 25, 1, 12, tzinfo=UTC),
    letterhead=(("Pemerintah Kabupaten Rekaan", "Badan Kesatuan Bangsa"), ("Jalan Rekaan 1",)),
)

WORDS = [
    *("PEMERINTAH KABUPATEN REKAAN", "BADAN KESATUAN BANGSA", "Jalan Rekaan 1"),
    *("LAPORAN REKAAN", "Pendopo", "22 November 2024", "Angka di sini rekaan."),
    *("Temuan. Nilai rata-rata 78.", "Dalam kurung: rentang 95%.", "50 orang"),
    *("Hasil per unit", "Nilai pengetahuan", "Kantor Camat", "gabungan 2 unit"),
    *("83 (75 sampai 91)", "11 dari 12", "emua peserta 78", "+19 (+15 sampai +24)"),
    *("60 menjadi 79", "UPT teknis", "8 dari 10", "33 dari 48", "Soal 1", "A. Boleh"),
    *("B. Tidak boleh ✓", "Bahas pada apel", "Catat kehadiran", "Tenggarong, 25 November 2024"),
    *("Nama Rekaan", "Pembina", "Data LJN-482"),
]
READ = {"pdf": pdf_text, "docx": word_text}


@pytest.mark.parametrize("ending", PAPER_KINDS)
def test_everything_on_a_paper_stands_in_every_kind_of_file(ending: str) -> None:
    text = READ[ending](PAPER_KINDS[ending].write(PAPER))

    assert [words for words in WORDS if words not in text] == []


def test_a_pdf_is_archivable_tagged_dated_and_counts_its_pages() -> None:
    blob = PAPER_KINDS["pdf"].write(PAPER)

    reader = PdfReader(BytesIO(blob))
    root = reader.trailer["/Root"]
    described = root["/Metadata"].get_data().decode()
    assert "<pdfaid:part>2</pdfaid:part>" in described
    assert "<pdfaid:conformance>A</pdfaid:conformance>" in described
    assert "<pdfuaid:part>1</pdfuaid:part>" in described
    assert root["/MarkInfo"]["/Marked"]
    assert root["/Lang"] == "id"
    assert reader.metadata is not None
    assert reader.metadata.title == "Laporan rekaan"
    assert [text.split("Data LJN-482")[1].strip() for text in pdf_pages(blob)] == [
        "Halaman 1 dari 2",
        "Halaman 2 dari 2",
    ]


def test_the_same_paper_gives_the_same_pdf() -> None:
    assert PAPER_KINDS["pdf"].write(PAPER) == PAPER_KINDS["pdf"].write(PAPER)


@pytest.mark.parametrize("ending", PAPER_KINDS)
def test_heads_come_on_every_page_and_the_total_once(ending: str) -> None:
    rows = [[Cell(f"Desa Rekaan {number}"), Cell(str(number))] for number in range(237)]
    table = Table(
        "Hasil", [Column("Unit"), Column("Nilai")], rows, [Cell("Semua peserta"), Cell("70")]
    )
    blob = PAPER_KINDS[ending].write(replace(PAPER, blocks=[table]))

    text = READ[ending](blob)
    assert all(f"Desa Rekaan {number} " in text for number in range(237))
    assert text.count("Semua peserta") == 1
    if ending == "pdf":
        pages = pdf_pages(blob)
        assert len(pages) > 3
        assert all("Unit Nilai" in page for page in pages)


def test_a_name_without_a_space_stays_in_its_column() -> None:
    name = "Kantorpengawasankecamatandankelurahanterpadu" * 3
    table = Table("Hasil", [Column("Unit"), Column("Nilai")], [[Cell(name, name), Cell("70")]])
    chart = Chart("Nilai", "", ("Unit", "Nilai", "Kirim"), [Span(name, name, "70", "3 dari 3", 70)])
    blob = PAPER_KINDS["pdf"].write(replace(PAPER, title=name, blocks=[Text(name), table, chart]))

    places: list[tuple[float, str]] = []
    for page in PdfReader(BytesIO(blob)).pages:
        page.extract_text(visitor_text=lambda text, _, at, *font: places.append((at[4], text)))

    assert max(map(len, (line for _, text in places for line in text.split()))) < len(name)
    assert "".join(pdf_text(blob).split()).lower().count(name.lower()) == 6


@pytest.mark.parametrize("ending", PAPER_KINDS)
def test_a_chart_of_many_rows_goes_on_over_pages(ending: str) -> None:
    rows = [Span(f"Desa Rekaan {n}", "", "70", "3 dari 3", 70) for n in range(237)]
    chart = Chart("Nilai", "Urut abjad.", ("Unit", "Nilai", "Mengirim"), rows)
    blob = PAPER_KINDS[ending].write(replace(PAPER, blocks=[chart]))

    text = READ[ending](blob)
    assert [n for n in range(237) if f"Desa Rekaan {n} " not in text] == []
    if ending == "pdf":
        assert len(pdf_pages(blob)) > 5


SIGNED = [Text("Untuk kantor penyelenggara."), Signatures([Signature(["Tenggarong"], "Penanda")])]


def test_nobody_signs_a_page_with_no_text_on_it() -> None:
    """Wherever the pages end."""
    for lines in range(30, 60):
        blocks = [*(Text(f"Baris {number}.") for number in range(lines)), *SIGNED]
        pages = pdf_pages(PAPER_KINDS["pdf"].write(replace(PAPER, blocks=blocks)))

        [signed] = [page for page in pages if "Penanda" in page]
        assert "Untuk kantor penyelenggara." in signed


def test_in_word_the_last_text_stays_with_who_signs() -> None:
    document = Document(BytesIO(PAPER_KINDS["docx"].write(replace(PAPER, blocks=SIGNED))))

    kept = [each.text for each in document.paragraphs if each.paragraph_format.keep_with_next]
    assert "Untuk kantor penyelenggara." in kept


@pytest.mark.parametrize("ending", PAPER_KINDS)
def test_long_titles_and_long_cells_stay_whole(ending: str) -> None:
    table = Table("Hasil", [Column("Unit"), Column("Nilai")], [[Cell(LONG, LONG), Cell("70")]])
    blob = PAPER_KINDS[ending].write(replace(PAPER, title=LONG, foot=LONG, blocks=[table]))

    text = READ[ending](blob)
    assert LONG.upper() in text
    assert text.count(LONG) == 3


def test_a_row_of_another_length_is_refused() -> None:
    with pytest.raises(ValueError, match="1 cells in 2 columns"):
        Table("Hasil", [Column("Unit"), Column("Nilai")], [[Cell("Desa")]])


MARKUP = st.text(
    st.sampled_from("#*_$@<>[]{}()\\/`~=-+'\"&;% abc\u00e9\u200b\n"), min_size=1, max_size=30
)


@settings(max_examples=30, deadline=None)
@given(text=MARKUP)
def test_what_is_written_is_never_read_as_markup(text: str) -> None:
    sure = f"awal {text} akhir"
    blocks = [Heading(sure), Text(sure, lead=sure), Points([sure]), Notice(sure)]
    table = Table(sure, [Column(sure)], [[Cell(sure, sure)]])
    paper = replace(PAPER, title=sure, subtitles=[sure], blocks=[*blocks, table], foot=sure)

    found = pdf_text(PAPER_KINDS["pdf"].write(paper))

    assert found.lower().count("awal") >= 9
    assert found.lower().count("akhir") >= 9
    assert word_text(PAPER_KINDS["docx"].write(paper)).lower().count("akhir") >= 9


ODD = ["😀", "中文", "\x07", "\x00", "\ue000", "\ufffe", "\U000e0020", "ꦗ", "\u2028", "\ud800"]


@pytest.mark.parametrize("ending", PAPER_KINDS)
@pytest.mark.parametrize("odd", ODD)
def test_signs_no_font_has_spoil_no_paper(ending: str, odd: str) -> None:
    blocks = [
        Text(f"awal{odd}akhir", lead=odd),
        Points([odd]),
        Table(odd, [Column(odd)], [[Cell(odd)]]),
    ]
    paper = replace(PAPER, title=f"Laporan {odd}", blocks=blocks, foot=odd)

    text = READ[ending](PAPER_KINDS[ending].write(paper))

    assert "awal" in text
    assert "akhir" in text


def test_every_sign_a_pdf_is_trusted_with_has_a_font() -> None:
    trusted = [chr(code) for code in range(0x20, 0x2800) if not _NOT_SHOWN.match(chr(code))]
    assigned = [sign for sign in trusted if unicodedata.category(sign) != "Cn"]
    words = Text(" ".join(f"a{sign}a" for sign in assigned))

    made = PAPER_KINDS["pdf"].write(replace(PAPER, blocks=[words]))

    assert len(assigned) > 1800
    assert "ʿ" in pdf_text(made)


def test_each_numbered_list_of_a_word_document_begins_at_one() -> None:
    lists = [Points(["Satu", "Dua"], "numbers"), Text("Antara."), Points(["Tiga"], "numbers")]

    document = Document(BytesIO(PAPER_KINDS["docx"].write(replace(PAPER, blocks=lists))))

    ids = {
        paragraph.text: paragraph._p.pPr.numPr.numId.val
        for paragraph in document.paragraphs
        if paragraph.text in {"Satu", "Dua", "Tiga"}
    }
    assert ids["Satu"] == ids["Dua"] != ids["Tiga"]
    numberings = document.part.numbering_part.element
    starts = [
        numberings.num_having_numId(each).lvlOverride_lst[0].startOverride.val
        for each in ids.values()
    ]
    assert starts == [1, 1, 1]


def test_what_stands_together_in_word_is_not_parted_and_its_end_holds_nothing() -> None:
    table = Table("Tabel", [Column("A")], [[Cell("b")]])
    blocks = [Text("Sebelum."), Together([Text("Satu."), table, Text("Dua."), Text("Tiga.")])]

    document = Document(BytesIO(PAPER_KINDS["docx"].write(replace(PAPER, blocks=blocks))))

    held = {each.text: each.paragraph_format.keep_with_next for each in document.paragraphs}
    shown = ["Sebelum.", "Satu.", "Dua.", "Tiga."]
    assert [held[text] for text in shown] == [None, True, True, None]
