"""Two texts of an item side by side."""

from dataclasses import replace
from fractions import Fraction

from hypothesis import given
from hypothesis import strategies as st

from quiz.assessment.items.changes import Piece, TextChange, item_changes, word_changes
from quiz.assessment.items.item import Option
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


def test_an_item_s_parts_together_are_compared_only_so_far() -> None:
    few, many = compared_options(5), compared_options(60)

    assert min(few) > 20, "word by word"
    assert many[0] > 20, "word by word"
    assert many[-1] <= 3, "sentence by sentence"


def compared_options(count: int) -> list[int]:
    """In how many pieces each of so many long options is shown when all of them have changed."""
    words = [f"kata{number % 40}" for number in range(240)]
    before, after = (
        samples.item(options=tuple(option(f"{text} {number}") for number in range(count)))
        for text in (" ".join(words), " ".join(reversed(words)))
    )
    changes = item_changes(before, after)
    return [len(change.before) for change in changes if change.part.startswith("Opsi")]


def option(text: str) -> Option:
    return Option(text[-2:], text, Fraction(0), "")
