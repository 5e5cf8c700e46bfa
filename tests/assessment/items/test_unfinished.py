"""Items still being written: what they say so far and what they lack."""

from typing import Any

import pytest
from hypothesis import given

from quiz.assessment.items.item import Item, Level
from quiz.assessment.items.unfinished import Unfinished, as_item, draft_problems, sketched_item
from tests.assessment import samples


def content(**changes: Any) -> dict[str, Any]:
    return samples.item().to_json() | changes


@given(samples.items())
def test_the_content_of_any_item_is_that_item(item: Item) -> None:
    assert as_item(item.to_json()) == item
    assert draft_problems(item.to_json()) == []


@pytest.mark.parametrize(
    ("name", "value", "sentence"),
    [
        ("type", "", "Pilih jenis soal."),
        ("type", "teka-teki", "Pilih jenis soal."),
        ("topic", "", "Pilih topik."),
        ("level", "sulit", "Pilih tingkat."),
        ("audience", [], "Belum ada status peserta yang dituju."),
        ("audience", ["presiden"], "Belum ada status peserta yang dituju."),
        ("stem", " ", "Pokok soal masih kosong."),
        ("explanation", None, "Pembahasan masih kosong."),
        ("law_as_of", "22-11-2024", "Isi tanggal keadaan hukum yang menjadi dasar soal ini."),
        ("law_as_of", None, "Isi tanggal keadaan hukum yang menjadi dasar soal ini."),
        (
            "code",
            "mkn 1",
            "Kode soal harus huruf besar dan angka, bagian-bagiannya dipisah tanda hubung, "
            "misalnya MKN-012.",
        ),
    ],
)
def test_a_gap_is_named_and_keeps_it_from_being_an_item(
    name: str, value: object, sentence: str
) -> None:
    written = content(**{name: value})

    with pytest.raises(Unfinished) as unfinished:
        as_item(written)

    assert unfinished.value.problems == draft_problems(written) == [sentence]


def test_nothing_written_yet_is_no_crash() -> None:
    sketch = sketched_item({})

    assert (sketch.stem, sketch.level, sketch.options) == ("", Level.MENGINGAT, ())
    assert draft_problems({})[:2] == [
        "Kode soal harus huruf besar dan angka, bagian-bagiannya dipisah tanda hubung, "
        "misalnya MKN-012.",
        "Pilih jenis soal.",
    ]


@pytest.mark.parametrize(
    ("weight", "read"), [("1", "1"), ("0,5", "1/2"), ("0.25", "1/4"), ("1/3", "1/3")]
)
def test_a_weight_may_be_written_in_many_ways(weight: str, read: str) -> None:
    option = {"text": "a", "weight": weight, "feedback": "b"}

    assert str(sketched_item({"options": [option]}).options[0].weight) == read


@pytest.mark.parametrize("weight", ["", "satu", "1/0", "1e999999999", "-1", None, 1])
def test_a_weight_that_is_no_number_is_named(weight: object) -> None:
    option = {"text": "a", "weight": weight, "feedback": "b"}

    assert "Bobot opsi ke-1 belum diisi dengan angka 0 sampai 1." in draft_problems(
        {"options": [option]}
    )


def test_options_without_ids_are_numbered() -> None:
    options = [{"text": text, "weight": "0", "feedback": ""} for text in "xyz"]

    assert [option.id for option in sketched_item({"options": options}).options] == ["1", "2", "3"]
