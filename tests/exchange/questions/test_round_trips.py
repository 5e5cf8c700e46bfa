"""What is written for another program reads back as it was, and what is not carried is named."""

from dataclasses import replace
from datetime import date
from fractions import Fraction

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from quiz.assessment.items.item import EVERYBODY, Item, Level, Status
from quiz.assessment.items.types import ITEM_TYPES
from quiz.exchange.questions import (
    WRITERS,
    ImportedItem,
    not_carried,
    read_questions,
    write_items,
)
from quiz.exchange.questions.emphasis import plain_text
from quiz.exchange.questions.guards import guarded
from quiz.exchange.questions.imported import ImportedOption, clean
from quiz.exchange.questions.kinds import EXCHANGED, TRUE_FALSE
from quiz.exchange.questions.moodle.shares import SHARES
from tests.assessment import samples

TOPICS = {"makna": "Makna/netralitas", "tenang": "Masa tenang"}

signs = st.sampled_from(
    [*"\\~=#{}:%[]<>&\"'*|/-;,.\n\t ", "[html]", "####", "->", "//", "%50%", "]]>"]
)
pieces = st.one_of(signs, st.characters(codec="utf-8"), st.sampled_from(["A.", "Kunci: ", "1."]))
texts = st.lists(pieces, max_size=6).map("".join).map(clean)
filled = texts.filter(bool)


def speaks_for_itself(item: Item) -> bool:
    """Whether no text of the item holds what an item that was read wrongly would hold."""
    options = tuple(ImportedOption(option.text, option.weight) for option in item.options)
    read = ImportedItem(1, "", item.stem, item.type, options)
    shown = [item.stem, item.explanation]
    shown += [text for option in item.options for text in (option.text, option.feedback)]
    return guarded(read).faults == () and all(plain_text(text) == text for text in shown)


drawn = settings(max_examples=40)  # a whole item is dozens of texts


def between(weight: Fraction) -> bool:
    return 0 < weight < 1


@st.composite
def written_items(draw, weights) -> Item:
    """An item of a type every format knows, whose texts hold every sign that means something."""
    item = draw(samples.items(draw(st.sampled_from(EXCHANGED))))
    truth = item.type == TRUE_FALSE
    options = tuple(
        replace(
            option,
            text=option.text if truth else draw(filled),
            weight=option.weight if option.weight in (0, 1) else draw(weights),
            feedback=draw(texts),
        )
        for option in item.options
    )
    return replace(
        item,
        code=f"{draw(st.sampled_from(['MKN', 'TNG-A']))}-{draw(st.integers(1, 999)):03}",
        topic=draw(st.sampled_from(sorted(TOPICS))),
        level=draw(st.sampled_from(Level)),
        stem=draw(filled),
        options=options,
        explanation=draw(texts),
    )


def carried(item: Item | ImportedItem, topic: str) -> tuple[object, ...]:
    """What every format carries of an item."""
    options = tuple((o.text, o.weight, o.feedback) for o in item.options)
    return item.code, item.type, topic, item.level, item.stem, options, item.explanation


def round_trip(format: str, items: list[Item]) -> tuple[list[object], list[object]]:
    """What was written of the items, and what was read back without a fault or a loss."""
    kept = {item.code: item for item in items if speaks_for_itself(item)}
    assume(kept)
    items = sorted(kept.values(), key=lambda i: (i.topic, i.code))

    file = read_questions("ekspor", write_items(format, items, TOPICS))

    assert (file.format, file.faults) == (format, ())
    assert [(item.faults, item.lost) for item in file.items] == [((), ())] * len(items)
    written: list[object] = [carried(item, TOPICS[item.topic]) for item in items]
    return written, [carried(item, item.topic) for item in file.items]


@drawn
@given(st.lists(written_items(st.sampled_from(SHARES[1:-1])), min_size=1, max_size=2))
def test_gift_reads_back_what_it_wrote(items):
    written, read = round_trip("gift", items)

    assert read == written


@drawn
@given(st.lists(written_items(st.sampled_from(SHARES[1:-1])), min_size=1, max_size=2))
def test_moodle_xml_reads_back_what_it_wrote(items):
    written, read = round_trip("moodle-xml", items)

    assert read == written


@drawn
@given(st.lists(written_items(samples.fractions.filter(between)), min_size=1, max_size=2))
def test_a_workbook_reads_back_what_it_wrote(items):
    written, read = round_trip("xlsx", items)

    assert read == written


@drawn
@given(st.lists(written_items(st.sampled_from(SHARES[1:-1])), min_size=1, max_size=2))
def test_what_was_read_survives_waiting_as_json(items):
    file = read_questions("ekspor", write_items("gift", items, TOPICS))

    assert [ImportedItem.from_json(item.to_json()) for item in file.items] == list(file.items)


@pytest.mark.parametrize("format", sorted(WRITERS))
def test_the_whole_starting_stock_reads_back_without_a_fault(format, shipped_questions):
    items = [item for item in shipped_questions.items if item.type in EXCHANGED]

    found = []
    for start in range(0, len(items), 300):
        written = write_items(format, items[start : start + 300], {})
        found += read_questions("ekspor", written).items

    assert [(item.code, item.faults, item.lost) for item in found if item.faults or item.lost] == []
    assert {item.code: item.stem for item in found} == {item.code: item.stem for item in items}


TRUE_OR_FALSE = samples.item("true_false", code="TNG-1", topic="tenang", stem="a < b & {c}?")
SEVERAL = samples.item("multiple_choice", code="LAIN-1", topic="lain", explanation="")


def without_remarks(written: bytes, until: str) -> str:
    return written.decode().partition(until)[2]


def test_gift_is_written_as_moodle_reads_it():
    written = write_items("gift", [SEVERAL, TRUE_OR_FALSE], TOPICS)

    assert (
        without_remarks(written, "(2 soal)\n\n")
        == """\
$CATEGORY: $course$/top/lain

// [id:LAIN-1] [tag:tingkat:memahami]
::LAIN-1::[plain]Apa arti netralitas bagi pegawai? {
~%50%Opsi 1#Penjelasan 1.
~%50%Opsi 2#Penjelasan 2.
~%-50%Opsi 3#Penjelasan 3.
~%-50%Opsi 4#Penjelasan 4.
}

$CATEGORY: $course$/top/Masa tenang

// [id:TNG-1] [tag:tingkat:memahami]
::TNG-1::[plain]a < b & \\{c\\}? {
TRUE#Tidak sesuai aturan.#Sesuai aturan.
####Pegawai tidak berpihak. Layanan harus sama bagi semua warga.}
"""
    )


def test_moodle_xml_is_written_as_moodle_reads_it():
    written = write_items("moodle-xml", [SEVERAL, TRUE_OR_FALSE], TOPICS)

    assert (
        without_remarks(written, "-->\n")
        == """\
<quiz>
<question type="category">
<category><text>$course$/top/lain</text></category>
</question>
<question type="multichoice">
<name><text>LAIN-1</text></name>
<questiontext format="plain_text"><text>Apa arti netralitas bagi pegawai?</text></questiontext>
<generalfeedback format="plain_text"><text></text></generalfeedback>
<defaultgrade>1</defaultgrade><penalty>0</penalty><hidden>0</hidden>
<idnumber>LAIN-1</idnumber>
<single>false</single>
<shuffleanswers>true</shuffleanswers><answernumbering>ABCD</answernumbering>
<answer fraction="50" format="plain_text">
<text>Opsi 1</text><feedback format="plain_text"><text>Penjelasan 1.</text></feedback>
</answer>
<answer fraction="50" format="plain_text">
<text>Opsi 2</text><feedback format="plain_text"><text>Penjelasan 2.</text></feedback>
</answer>
<answer fraction="-50" format="plain_text">
<text>Opsi 3</text><feedback format="plain_text"><text>Penjelasan 3.</text></feedback>
</answer>
<answer fraction="-50" format="plain_text">
<text>Opsi 4</text><feedback format="plain_text"><text>Penjelasan 4.</text></feedback>
</answer>
<tags><tag><text>tingkat:memahami</text></tag></tags>
</question>
<question type="category">
<category><text>$course$/top/Masa tenang</text></category>
</question>
<question type="truefalse">
<name><text>TNG-1</text></name>
<questiontext format="plain_text"><text>a &lt; b &amp; {c}?</text></questiontext>
<generalfeedback format="plain_text">\
<text>Pegawai tidak berpihak. Layanan harus sama bagi semua warga.</text></generalfeedback>
<defaultgrade>1</defaultgrade><penalty>0</penalty><hidden>0</hidden>
<idnumber>TNG-1</idnumber>
<answer fraction="100" format="plain_text">
<text>true</text><feedback format="plain_text"><text>Sesuai aturan.</text></feedback>
</answer>
<answer fraction="0" format="plain_text">
<text>false</text><feedback format="plain_text"><text>Tidak sesuai aturan.</text></feedback>
</answer>
<tags><tag><text>tingkat:memahami</text></tag></tags>
</question>
</quiz>
"""
    )


def test_a_format_names_what_it_does_not_carry_and_of_how_many():
    items = [
        samples.item(code="MKN-001"),
        samples.item(code="MKN-002", audience=frozenset({Status.PNS}), claims=(), references=()),
    ]

    assert not_carried("gift", items) == [
        "tanggal keadaan hukum (2 soal)",
        "dasar hukum (pasal) (1 soal)",
        "pernyataan yang sudah diperiksa (1 soal)",
        "bagian bahan sosialisasi (2 soal)",
        "status peserta yang dituju (1 soal)",
    ]


def test_items_of_other_types_are_left_out_and_named():
    items = [samples.item(code="MKN-001"), samples.item("feed", code="SIM-001")]

    file = read_questions("x", write_items("moodle-xml", items, TOPICS))

    assert [item.code for item in file.items] == ["MKN-001"]
    assert not_carried("moodle-xml", items)[0] == (
        f"1 soal jenis {ITEM_TYPES['feed'].label}, seluruhnya: SIM-001"
    )


@pytest.mark.parametrize(("format", "rounded"), [("gift", 1), ("moodle-xml", 1), ("xlsx", 0)])
def test_a_share_moodle_does_not_know_is_rounded_and_named(format, rounded):
    item = samples.item(options=samples.options(1, Fraction(5, 12), 0))

    file = read_questions("x", write_items(format, [item], TOPICS))

    told = [line for line in not_carried(format, [item]) if line.startswith("bobot sebagian")]
    assert len(told) == rounded
    assert file.items[0].options[1].weight == (Fraction(2, 5) if rounded else Fraction(5, 12))


@pytest.mark.parametrize("format", ["gift", "moodle-xml"])
def test_what_is_not_carried_stands_above_the_items_in_the_file(format):
    text = write_items(format, [samples.item()], TOPICS).decode()

    assert text.index("- bagian bahan sosialisasi (1 soal)") < text.index("Apa arti netralitas")


def test_what_is_not_carried_stands_on_a_sheet_of_its_own_in_a_workbook():
    from quiz.exchange.tables.workbook import workbook_grids

    grids = workbook_grids("x", write_items("xlsx", [samples.item()], TOPICS))

    remarks = next(grid for grid in grids if grid.sheet == "Keterangan")
    assert "- bagian bahan sosialisasi (1 soal)" in [row.cells[0] for row in remarks.rows]


def test_a_comment_in_xml_may_not_hold_two_hyphens_and_an_item_may():
    item = samples.item(code="MKN-001", stem="Netral -- apa artinya?")

    file = read_questions("x", write_items("moodle-xml", [item], TOPICS))

    assert file.items[0].stem == "Netral -- apa artinya?"


def test_no_item_at_all_still_makes_a_file_each_format_can_open():
    for format in WRITERS:
        file = read_questions("x", write_items(format, [], TOPICS), format)
        assert file.items == ()


def test_options_of_an_item_read_as_offered():
    option = ImportedOption("satu", Fraction(1), "tepat")
    item = ImportedItem(1, "", "Soal?", "single_choice", (option,), code="MKN-001")

    assert item.content()["options"] == [
        {"id": "a", "text": "satu", "weight": "1", "feedback": "tepat"}
    ]


def test_everybody_is_the_audience_no_format_needs_to_carry():
    item = samples.item(audience=EVERYBODY, law_as_of=date(2024, 11, 22))

    assert "status peserta yang dituju (1 soal)" not in not_carried("gift", [item])
