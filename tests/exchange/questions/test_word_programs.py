"""The same questions as LibreOffice and as WPS write them, mark for mark."""

from fractions import Fraction

from quiz.exchange.questions import read_questions
from tests.exchange.questions.seen import keys, options
from tests.exchange.questions.word_files import document

OPTIONS = [("satu", Fraction(0)), ("dua", Fraction(1)), ("tiga", Fraction(0))]


def libreoffice_paragraph(text: str, numbering: str = "") -> str:
    runs = "".join(
        f'<w:r><w:rPr><w:lang w:val="id-ID"/></w:rPr>{"<w:tab/>" if place else ""}'
        f'<w:t xml:space="preserve">{part}</w:t></w:r>'
        for place, part in enumerate(text.split("\t"))
    )
    return (
        f'<w:p><w:pPr><w:pStyle w:val="Normal"/>{numbering}<w:bidi w:val="0"/>'
        '<w:spacing w:lineRule="auto" w:line="276" w:before="0" w:after="140"/>'
        f'<w:jc w:val="start"/><w:rPr><w:lang w:val="id-ID"/></w:rPr></w:pPr>{runs}</w:p>'
    )


def libreoffice_list(list_id: int, depth: int) -> str:
    return f'<w:numPr><w:ilvl w:val="{depth}"/><w:numId w:val="{list_id}"/></w:numPr>'


def libreoffice_pattern(number: int, *shapes: str) -> str:
    levels = "".join(
        f'<w:lvl w:ilvl="{depth}"><w:start w:val="1"/><w:numFmt w:val="{shape}"/>'
        f'<w:suff w:val="tab"/><w:lvlText w:val="{"" if shape == "none" else f"%{depth + 1}."}"/>'
        '<w:lvlJc w:val="start"/><w:pPr><w:tabs><w:tab w:val="num" w:pos="720"/></w:tabs></w:pPr>'
        "</w:lvl>"
        for depth, shape in enumerate(shapes)
    )
    return f'<w:abstractNum w:abstractNumId="{number}">{levels}</w:abstractNum>'


def num(list_id: int, of: int, override: str = "") -> str:
    return f'<w:num w:numId="{list_id}"><w:abstractNumId w:val="{of}"/>{override}</w:num>'


def test_libreoffice_with_numbers_and_letters_of_its_own():
    lists = libreoffice_pattern(1, "decimal", *["none"] * 8)
    lists += libreoffice_pattern(2, "upperLetter", *["none"] * 8)
    restart = '<w:lvlOverride w:ilvl="0"><w:startOverride w:val="1"/></w:lvlOverride>'
    lists += num(1, 1) + num(2, 2) + num(3, 2, restart)
    body = "".join(
        libreoffice_paragraph(stem, libreoffice_list(1, 0))
        + "".join(
            libreoffice_paragraph(text, libreoffice_list(letters, 0))
            for text in ("satu", "dua", "tiga")
        )
        + libreoffice_paragraph("Kunci:\tB")
        + libreoffice_paragraph("")
        for stem, letters in (("Soal satu?", 2), ("Soal dua?", 3))
    )

    file = read_questions("soal.docx", document(body, lists))

    assert [item.stem for item in file.items] == ["Soal satu?", "Soal dua?"]
    assert [options(item) for item in file.items] == [OPTIONS, OPTIONS]
    assert [item.faults for item in file.items] == [(), ()]


def test_libreoffice_with_typed_numbers_and_tabs_and_a_chapter_numbering_that_shows_nothing():
    lists = libreoffice_pattern(1, *["none"] * 9) + num(1, 1)
    heading = libreoffice_list(1, 0)
    body = libreoffice_paragraph("Soal netralitas", heading)
    body += libreoffice_paragraph("1.\tSoal?")
    body += "".join(libreoffice_paragraph(line) for line in ("A.\tsatu", "B.\tdua", "C.\ttiga"))
    body += libreoffice_paragraph("Kunci: B")

    file = read_questions("soal.docx", document(body, lists))

    assert [options(item) for item in file.items] == [OPTIONS]
    assert file.notes == ("Baris yang bukan bagian soal tidak diambil: “Soal netralitas”.",)


def wps_paragraph(text: str, numbering: str = "", mark: str = "") -> str:
    middle = max(1, len(text) // 2)
    runs = "".join(
        f'<w:r><w:rPr><w:rFonts w:hint="default"/>{mark}<w:vertAlign w:val="baseline"/>'
        f'<w:lang w:val="en-US"/></w:rPr><w:t xml:space="preserve">{part}</w:t></w:r>'
        for part in (text[:middle], text[middle:])
    )
    return (
        f'<w:p><w:pPr>{numbering}<w:ind w:left="0" w:leftChars="0" w:firstLine="0"/>'
        '<w:rPr><w:rFonts w:hint="default"/></w:rPr></w:pPr>'
        f'<w:bookmarkStart w:id="0" w:name="_GoBack"/><w:bookmarkEnd w:id="0"/>{runs}</w:p>'
    )


def wps_pattern(number: int, shape: str) -> str:
    return (
        f'<w:abstractNum w:abstractNumId="{number}"><w:nsid w:val="59ADCABA"/>'
        '<w:multiLevelType w:val="singleLevel"/><w:tmpl w:val="59ADCABA"/>'
        f'<w:lvl w:ilvl="0" w:tentative="0"><w:start w:val="1"/><w:numFmt w:val="{shape}"/>'
        '<w:suff w:val="space"/><w:lvlText w:val="%1."/><w:lvlJc w:val="left"/></w:lvl>'
        "</w:abstractNum>"
    )


def test_wps_with_one_list_for_each_question_and_the_key_in_red():
    lists = wps_pattern(0, "decimal") + wps_pattern(1, "upperLetter")
    lists += wps_pattern(2, "upperLetter") + num(1, 0) + num(2, 1) + num(3, 2)
    red = '<w:color w:val="FF0000"/>'
    body = "".join(
        wps_paragraph(stem, libreoffice_list(1, 0))
        + wps_paragraph("satu", libreoffice_list(letters, 0))
        + wps_paragraph("dua", libreoffice_list(letters, 0), red)
        + wps_paragraph("tiga", libreoffice_list(letters, 0))
        for stem, letters in (("Soal satu?", 2), ("Soal dua?", 3))
    )

    file = read_questions("soal.docx", document(body, lists))

    assert [item.stem for item in file.items] == ["Soal satu?", "Soal dua?"]
    assert [options(item) for item in file.items] == [OPTIONS, OPTIONS]


def test_wps_with_a_box_of_text_beside_the_question_and_a_list_it_does_not_describe():
    box = (
        "<w:r><mc:AlternateContent><mc:Choice Requires='wps'><w:drawing><wps:txbx>"
        "<w:txbxContent><w:p><w:r><w:t>rahasia</w:t></w:r></w:p></w:txbxContent></wps:txbx>"
        "</w:drawing></mc:Choice><mc:Fallback><w:pict><w:txbxContent/></w:pict></mc:Fallback>"
        "</mc:AlternateContent></w:r>"
    )
    body = f"<w:p><w:pPr>{libreoffice_list(7, 0)}</w:pPr><w:r><w:t>Soal?</w:t></w:r>{box}</w:p>"
    body += "".join(wps_paragraph(text, libreoffice_list(7, 1)) for text in ("satu", "dua", "tiga"))
    body += wps_paragraph("Jawaban: B")

    file = read_questions("soal.docx", document(body))

    assert [keys(item) for item in file.items] == [["dua"]]
    assert file.items[0].stem == "Soal?"
    assert file.items[0].lost == (
        "Kotak teks pada soal ini tidak ikut diambil. Salin isinya ke paragraf biasa.",
    )
