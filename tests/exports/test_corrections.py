"""Files say which items were corrected after people had answered."""

from quiz.exports.participants import participants
from quiz.exports.unit_figures import unit_figures
from quiz.formats import date_id
from tests.factories import Make


def test_both_files_carry_the_line_below_their_table(make: Make) -> None:
    items = [make.bank_item(make.item(code=code)) for code in ("ADA-1", "ADA-2", "ADA-3")]
    sitting = make.sitting(items=items)
    make.finished(sitting)
    make.ruling(items[2].published)
    make.ruling(items[0].published, "weights", **{items[0].published.item.options[1].id: "1/2"})

    notes = [table(make.session, sitting, make.now).notes for table in (unit_figures, participants)]

    day = date_id(make.now)
    line = (
        "2 butir dikoreksi sesudah ada jawaban: "
        f"ADA-3, dibatalkan, tidak dihitung ({day}); ADA-1, bobot opsi diubah ({day})."
    )
    assert [found[-1] for found in notes] == [line, line]


def test_a_sitting_without_the_corrected_item_says_nothing(make: Make) -> None:
    corrected, sound = make.bank_item(), make.bank_item()
    make.sitting(items=[corrected])
    make.ruling(corrected.published)
    sitting = make.sitting(items=[sound])

    notes = unit_figures(make.session, sitting, make.now).notes

    assert [note for note in notes if "dikoreksi" in note] == []
