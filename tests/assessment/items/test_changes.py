"""Two texts of an item side by side."""

from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st

from quiz.assessment.items.changes import Piece, TextChange, item_changes, word_changes
from tests.assessment import samples


def differing(changes: list[TextChange]) -> list[str]:
    return [change.part for change in changes if change.differs]


def test_only_the_words_that_differ_are_marked() -> None:
    before, after = word_changes("Pegawai boleh hadir.", "Pegawai dilarang hadir.")

    assert before == (Piece("Pegawai ", False), Piece("boleh", True), Piece(" hadir.", False))
    assert after == (Piece("Pegawai ", False), Piece("dilarang", True), Piece(" hadir.", False))


@given(st.text(max_size=80), st.text(max_size=80))
def test_nothing_of_either_text_is_lost(before: str, after: str) -> None:
    left, right = word_changes(before, after)

    assert "".join(piece.text for piece in left) == before
    assert "".join(piece.text for piece in right) == after


def test_the_same_item_has_no_change() -> None:
    assert differing(item_changes(samples.item(), samples.item())) == []


def test_each_changed_part_is_named() -> None:
    item = samples.item()
    options = (replace(item.options[0], feedback="Lain."), *item.options[1:])

    changes = item_changes(item, replace(item, stem="Lain?", options=options, references=("UU-1",)))

    assert differing(changes) == ["Pokok soal", "Dasar hukum", "Opsi A"]


def test_a_moved_option_is_no_other_option() -> None:
    item = samples.item()
    one, two, *rest = item.options

    changes = item_changes(item, replace(item, options=(two, one, *rest)))

    marked = [piece.text for c in changes for piece in (*c.before, *c.after) if piece.changed]
    assert marked == ["B", "A", "A", "B"]


def test_a_removed_option_is_told() -> None:
    item = samples.item()

    changes = item_changes(item, replace(item, options=item.options[:3]))

    assert differing(changes) == ["Opsi D (dihapus)"]


def test_a_new_item_is_new_in_every_part() -> None:
    changes = item_changes(None, samples.item("feed"))

    assert all(change.before == () and change.differs for change in changes)
