"""Rows and types of an item that is being written."""

from datetime import date

import pytest

from quiz.assessment.items.drafting import blank_content, changed_rows, retyped
from quiz.assessment.items.fields import called_at, control_at, unwritten
from quiz.assessment.items.types import ITEM_TYPES
from quiz.assessment.items.unfinished import read_draft
from tests.assessment import samples

DAY = date(2024, 11, 22)


def texts(content: dict) -> list[str]:
    return [option["text"] for option in content["options"]]


@pytest.fixture
def content() -> dict:
    """A single choice of four, Opsi 1 to Opsi 4."""
    return samples.item().to_json()


@pytest.mark.parametrize("name", ITEM_TYPES)
def test_a_new_item_of_every_type_can_be_previewed(name: str) -> None:
    blank = blank_content(name, "makna", "MKN-001", DAY)

    item, problems = read_draft(blank)

    assert item.type == name
    assert problems != []


@pytest.mark.parametrize("name", ITEM_TYPES)
def test_a_finished_item_keeps_its_words_as_the_same_type(name: str) -> None:
    finished = samples.item(name).to_json()

    assert retyped(finished, name) == finished


def test_true_or_false_brings_its_own_words(content: dict) -> None:
    changed = retyped(content, "true_false")

    assert texts(changed) == ["Benar", "Salah", "Opsi 3", "Opsi 4"]
    assert changed["options"][0]["feedback"] == "Penjelasan 1."


def test_another_type_gets_the_options_it_begins_with() -> None:
    changed = retyped(samples.item("true_false").to_json(), "single_choice")

    assert texts(changed) == ["Benar", "Salah", "", ""]


def test_a_simulation_is_kept_only_by_types_that_have_one(content: dict) -> None:
    feed = retyped(content, "feed")

    assert set(feed["extra"]) == {"kind", "title", "members", "messages"}
    assert retyped(feed, "single_choice")["extra"] == {}


def test_the_same_type_keeps_what_its_panel_said() -> None:
    rated = samples.item("judgement", extra={"panel": {"raters": 3}}).to_json()

    assert retyped(rated, "judgement")["extra"] == {"panel": {"raters": 3}}
    assert retyped(rated, "single_choice")["extra"] == {}


def test_there_is_no_such_type(content: dict) -> None:
    with pytest.raises(KeyError):
        retyped(content, "karangan")


@pytest.mark.parametrize(
    ("command", "expected"),
    [
        ("opsi.tambah", ["Opsi 1", "Opsi 2", "Opsi 3", "Opsi 4", ""]),
        ("opsi.hapus.2", ["Opsi 1", "Opsi 3", "Opsi 4"]),
        ("opsi.naik.3", ["Opsi 1", "Opsi 3", "Opsi 2", "Opsi 4"]),
        ("opsi.turun.1", ["Opsi 2", "Opsi 1", "Opsi 3", "Opsi 4"]),
        ("opsi.naik.1", ["Opsi 1", "Opsi 2", "Opsi 3", "Opsi 4"]),
        ("opsi.turun.4", ["Opsi 1", "Opsi 2", "Opsi 3", "Opsi 4"]),
        ("opsi.hapus.9", ["Opsi 1", "Opsi 2", "Opsi 3", "Opsi 4"]),
        ("opsi.hapus.0", ["Opsi 1", "Opsi 2", "Opsi 3", "Opsi 4"]),
        pytest.param(
            f"opsi.hapus.{'1' * 5_000}", ["Opsi 1", "Opsi 2", "Opsi 3", "Opsi 4"], id="digits"
        ),
        ("opsi.hapus.²", ["Opsi 1", "Opsi 2", "Opsi 3", "Opsi 4"]),
        ("simpan", ["Opsi 1", "Opsi 2", "Opsi 3", "Opsi 4"]),
    ],
)
def test_a_row_button_changes_the_options(content: dict, command: str, expected: list[str]) -> None:
    changed = changed_rows(content, command)

    assert texts(changed) == expected
    assert texts(content) == ["Opsi 1", "Opsi 2", "Opsi 3", "Opsi 4"]


def test_messages_stop_at_as_many_as_a_simulation_may_have() -> None:
    content = samples.item("feed").to_json()
    for _ in range(9):
        content = changed_rows(content, "pesan.tambah")

    assert len(content["extra"]["messages"]) == 5


@pytest.mark.parametrize(
    ("place", "control", "called"),
    [
        (("stem",), "stem", ""),
        (("claims", 2), "claims", ""),
        (("options",), "opsi", "Opsi"),
        (("options", 1), "opsi-2", "Opsi B"),
        (("options", 1, "text"), "opsi-2-teks", "Opsi B"),
        (("options", 2, "feedback"), "opsi-3-umpan", "Umpan balik bila C dipilih"),
        (("options", 3, "weight"), "opsi-4-bobot", "Bobot opsi D"),
        (("options", 0, "category"), "opsi-1-kategori", "Kategori hukum opsi A"),
        (("extra", "title"), "extra-title", "Judul simulasi"),
        (("extra", "messages"), "pesan", "Pesan"),
        (("extra", "messages", 1, "time"), "pesan-2-jam", "Jam pesan 2"),
        (("extra", "messages", 1, "likes"), "pesan-2", "Pesan 2"),
        (("extra", "theme"), "extra-kind", ""),
        ((), None, ""),
    ],
)
def test_a_place_has_a_control_and_a_name_on_the_page(
    place: tuple[int | str, ...], control: str | None, called: str
) -> None:
    parts = ITEM_TYPES["feed"].parts

    assert (control_at(place, parts), called_at(place, parts)) == (control, called)


def test_a_place_of_another_type_has_no_control() -> None:
    parts = ITEM_TYPES["single_choice"].parts

    assert control_at(("extra", "title"), parts) is None
    assert control_at(("options", 0, "text"), ()) is None


@pytest.mark.parametrize("name", ITEM_TYPES)
def test_every_problem_of_a_blank_item_leads_somewhere(name: str) -> None:
    _, problems = read_draft(blank_content(name, "", "", DAY))

    assert [p for p in problems if control_at(p.place, ITEM_TYPES[name].parts) is None] == []


@pytest.mark.parametrize(
    ("value", "open"),
    [
        ("", True),
        (" ", True),
        (None, True),
        ("ada", False),
        (0, False),
        ([], True),
        ([{"text": "ada", "weight": "0"}], False),
        ([{"text": "ada", "weight": "0"}, {"text": "", "weight": "0"}], True),
    ],
)
def test_what_holds_an_empty_text_is_still_to_be_written(value: object, open: bool) -> None:
    assert unwritten(value) is open
