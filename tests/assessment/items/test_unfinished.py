"""Items still being written: what they say so far and what they lack."""

from typing import Any

import pytest
from hypothesis import given

from quiz.assessment.items.fields import Problem
from quiz.assessment.items.item import Item, Level
from quiz.assessment.items.unfinished import read_draft
from tests.assessment import samples


def content(**changes: Any) -> dict[str, Any]:
    return samples.item().to_json() | changes


@given(samples.items())
def test_the_content_of_any_item_is_that_item(item: Item) -> None:
    assert read_draft(item.to_json()) == (item, [])


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
        ("law_as_of", "22-11-2024", "Hukum per tanggal belum diisi dengan tanggal."),
        ("law_as_of", None, "Hukum per tanggal belum diisi dengan tanggal."),
        (
            "law_as_of",
            "0001-01-01",
            "Hukum per tanggal jatuh pada tahun 1. Isi tahun antara 1945 dan 2099.",
        ),
        (
            "law_as_of",
            "9999-12-31",
            "Hukum per tanggal jatuh pada tahun 9999. Isi tahun antara 1945 dan 2099.",
        ),
        (
            "code",
            "mkn 1",
            "Kode soal harus huruf besar dan angka, bagian-bagiannya dipisah tanda hubung, "
            "misalnya MKN-012.",
        ),
    ],
)
def test_a_gap_is_named_at_its_field(name: str, value: object, sentence: str) -> None:
    _, problems = read_draft(content(**{name: value}))

    assert problems == [Problem(sentence, (name,))]


def test_nothing_written_yet_is_no_crash() -> None:
    sketch, problems = read_draft({})

    assert (sketch.stem, sketch.level, sketch.options) == ("", Level.MENGINGAT, ())
    assert [problem.place for problem in problems] == [
        ("code",),
        ("type",),
        ("topic",),
        ("level",),
        ("law_as_of",),
    ]


@pytest.mark.parametrize(
    ("weight", "read"), [("1", "1"), ("0,5", "1/2"), ("0.25", "1/4"), ("1/3", "1/3")]
)
def test_a_weight_may_be_written_in_many_ways(weight: str, read: str) -> None:
    option = {"text": "a", "weight": weight, "feedback": "b"}

    assert str(read_draft({"options": [option]})[0].options[0].weight) == read


@pytest.mark.parametrize("weight", ["", "satu", "1/0", "1e999999999", "-1", None, 1])
def test_a_weight_that_is_no_number_is_named(weight: object) -> None:
    option = {"text": "a", "weight": weight, "feedback": "b"}

    _, problems = read_draft({"type": "single_choice", "options": [option]})

    wanted = "Bobot opsi A belum diisi dengan angka 0 sampai 1."
    assert Problem(wanted, ("options", 0, "weight")) in problems


def test_options_without_ids_are_numbered() -> None:
    options = [{"text": text, "weight": "0", "feedback": ""} for text in "xyz"]

    item, _ = read_draft({"options": options})

    assert [option.id for option in item.options] == ["1", "2", "3"]
