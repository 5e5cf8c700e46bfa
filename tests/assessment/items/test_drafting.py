"""Rows and types of an item that is being written."""

from datetime import date

import pytest

from quiz.assessment.items.drafting import blank_content, changed_rows, field_of, retyped
from quiz.assessment.items.types import ITEM_TYPES
from quiz.assessment.items.unfinished import draft_problems, sketched_item
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

    assert sketched_item(blank).type == name
    assert draft_problems(blank) != []


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
    ("sentence", "field"),
    [
        ("Pokok soal masih kosong.", "stem"),
        ("Opsi ke-3 belum mempunyai penjelasan.", "opsi-3-umpan"),
        ("Opsi ke-2 belum berisi teks.", "opsi-2-teks"),
        ("Bobot opsi ke-4 belum diisi dengan angka 0 sampai 1.", "opsi-4-bobot"),
        ("Opsi ke-1 belum mempunyai kategori hukum.", "opsi-1-kategori"),
        ("Pesan ke-2: waktu (`time`) harus seperti", "pesan-2-jam"),
        ("Penjelasan opsi ke-2: “merah” adalah nama warna.", "opsi-2-umpan"),
        ("Harus ada tepat satu kunci (bobot 1), sekarang 0.", "opsi"),
        ("Dasar: Belum mengutip satu fakta pun.", "claims"),
        ("Dasar hukum UU-1 tidak ada lagi dalam daftar. Pilih yang lain.", "references"),
        ("Ada yang lain.", None),
    ],
)
def test_a_problem_leads_to_its_field(sentence: str, field: str | None) -> None:
    assert field_of(sentence) == field


@pytest.mark.parametrize("name", ITEM_TYPES)
def test_every_problem_of_a_blank_item_leads_somewhere(name: str) -> None:
    blank = blank_content(name, "", "", DAY)

    assert [p for p in draft_problems(blank) if field_of(p) is None] == []
