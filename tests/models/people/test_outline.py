"""The outline of activity reports: what may stand in it, and what changed in it."""

import json
from dataclasses import replace

import pytest

from quiz.models.people.first_outline import FIRST_OUTLINE
from quiz.models.people.outline import (
    FIGURES,
    Level,
    Outline,
    Part,
    Section,
    figure_problems,
    filled,
)


def test_the_first_outline_is_one_an_office_could_have_typed() -> None:
    texts = [FIRST_OUTLINE.title]
    texts += [f"{section.title}\n{section.text}" for section in FIRST_OUTLINE.sections]

    assert [problem for text in texts for problem in figure_problems(text)] == []
    assert FIRST_OUTLINE.body[0].level is Level.SECTION
    assert {section.part for section in FIRST_OUTLINE.sections} == set(Part)


def test_what_is_stored_is_read_back_the_same() -> None:
    stored = json.loads(json.dumps(FIRST_OUTLINE.stored))

    assert Outline.from_stored(stored) == FIRST_OUTLINE


def test_named_figures_are_filled_in_and_nothing_else_is_read() -> None:
    assert (
        filled("{hadir} dari {terdaftar}", {"hadir": "46", "terdaftar": "{50}"}) == "46 dari {50}"
    )


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        ("{hadirr}", "{hadirr} tidak dikenal; mungkin {hadir}."),
        ("{Hadir}", "{Hadir} tidak dikenal; mungkin {hadir}."),
        ("{zzz}", "{zzz} tidak dikenal; pakai nama dari daftar di halaman ini."),
        ("{}", "{} tidak dikenal; pakai nama dari daftar di halaman ini."),
        ("{hadir.__class__}", "{hadir.__class__} tidak dikenal; pakai nama dari daftar"),
        ("{hadir", "Kurung kurawal yang tidak berpasangan."),
        ("{{hadir}}", "Kurung kurawal yang tidak berpasangan."),
        ("hadir}", "Kurung kurawal yang tidak berpasangan."),
    ],
)
def test_what_cannot_be_filled_in_is_named(text: str, problem: str) -> None:
    [said] = figure_problems(text)

    assert said.startswith(problem)


def test_every_name_may_stand_in_a_text() -> None:
    assert figure_problems(" ".join(f"{{{name}}}" for name in FIGURES)) == []


def test_what_changed_is_told_by_title() -> None:
    first, second = Section(Level.SECTION, "A.", "Umum"), Section(Level.SECTION, "B.", "Penutup")
    before = Outline("Laporan", "", (first, second))

    assert before.changed_from(before) == []
    assert replace(before, sections=(second, first)).changed_from(before) == ["urutan"]
    assert replace(before, sections=(first,)).changed_from(before) == ["B. Penutup"]
    told = replace(before, title="Lain", basis="DPA", sections=(replace(first, text="x"), second))
    assert told.changed_from(before) == ["judul laporan", "dasar", "A. Umum"]
