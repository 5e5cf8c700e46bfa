"""The shipped bank: it loads, nobody can fault it by rule, and nobody beats it by guessing."""

import re
from collections import Counter
from dataclasses import replace
from fractions import Fraction
from pathlib import Path

import pytest

from quiz.assessment.items.item import EVERYBODY, Item, Level, Status
from quiz.assessment.items.types import ITEM_TYPES
from quiz.assessment.quality.content_coverage import content_coverage
from quiz.assessment.quality.linter import lint
from quiz.assessment.quality.linter.candidates import on_a_ballot
from quiz.assessment.quality.linter.wording import KNOWN_ABBREVIATIONS
from quiz.assessment.question_file import Folder, read_folder, write_folder
from quiz.config import carried
from tests.guessers import guessed_scores

MOST_OVER_CHANCE = Fraction(5, 100)
FEWEST = {"makna": 10, "mengapa": 8, "kepercayaan": 8}


@pytest.fixture(scope="module")
def folder() -> Folder:
    """Everything in questions/, read once."""
    return read_folder(carried("questions"))


def of_type(folder: Folder, name: str) -> list[Item]:
    return [item for item in folder.items if item.type == name]


def test_the_linter_finds_no_error(folder: Folder) -> None:
    passages = [passage for material in folder.materials for passage in material.passages]

    found = lint(folder.items, folder.references, folder.claims, passages)

    assert [str(finding) for finding in found if finding.severity == "error"] == []


def test_no_guesser_scores_more_than_5_points_over_chance(folder: Folder) -> None:
    scores = guessed_scores(folder.items)

    chance = scores.pop("kebetulan")
    over = {name: float(score - chance) for name, score in scores.items()}
    assert {name: by for name, by in over.items() if by > MOST_OVER_CHANCE} == {}


@pytest.mark.parametrize("name", ["single_choice", "multiple_choice", "true_false", "feed"])
def test_no_guesser_beats_the_items_of_one_type_by_more_than_5_points(
    folder: Folder, name: str
) -> None:
    scores = guessed_scores(of_type(folder, name))

    chance = scores.pop("kebetulan")
    over = {strategy: float(score - chance) for strategy, score in scores.items()}
    assert {strategy: by for strategy, by in over.items() if by > MOST_OVER_CHANCE} == {}


def test_there_are_items_enough_and_half_of_them_put_a_situation(folder: Folder) -> None:
    topics = Counter(item.topic for item in folder.items)

    assert len(folder.items) >= 120
    assert {topic: topics[topic] >= least for topic, least in FEWEST.items()} == {
        topic: True for topic in FEWEST
    }
    assert 2 * sum(item.level is Level.MENERAPKAN for item in folder.items) >= len(folder.items)


def test_there_are_simulations_and_dilemmas_enough(folder: Folder) -> None:
    assert len(of_type(folder, "feed")) >= 8
    assert len(of_type(folder, "judgement")) >= 6


def test_dilemmas_are_provisional_until_a_panel_has_rated_them(folder: Folder) -> None:
    judgement = ITEM_TYPES["judgement"]

    said = {judgement.provisional(item) for item in of_type(folder, "judgement")}

    assert said == {"contoh, belum dinilai panel"}


def test_every_topic_but_practice_has_a_lesson_of_rule_reason_and_what_to_do(
    folder: Folder,
) -> None:
    roles = {
        material.topic: {passage.role for passage in material.passages}
        for material in folder.materials
        if material.kind == "lesson"
    }

    taught = {topic.code for topic in folder.topics} - {"latihan"}
    assert roles == {topic: {"rule", "reason", "instead"} for topic in taught}


def test_every_item_teaches_a_passage_and_every_claim_is_asked(folder: Folder) -> None:
    found = content_coverage(folder)

    assert found.items_without_passage == ()
    assert found.claims.untested == ()


def test_items_for_some_have_a_counterpart_of_the_same_kind_for_the_others(
    folder: Folder,
) -> None:
    """A form slot needs an item of one topic, level and type for every status."""
    served: dict[tuple[str, str, str], set[str]] = {}
    for item in folder.items:
        key = (item.topic, item.level, item.type)
        served.setdefault(key, set()).update(item.audience)

    assert {key: EVERYBODY - who for key, who in served.items() if who != EVERYBODY} == {}


def test_what_items_abbreviate_is_explained(folder: Folder) -> None:
    """But what nobody reads as letters: RT, HP and the like."""
    told = {each.short for each in folder.abbreviations}
    texts = [text for item in folder.items for text in (item.stem, item.explanation)]

    used = {word for text in texts for word in re.findall(r"\b[A-Z]{2,8}\b", text)}

    assert (
        used & KNOWN_ABBREVIATIONS - told - {"RT", "RW", "HP", "WITA", "KTP", "TNI", "POLRI"}
        == set()
    )


def test_neither_material_nor_claims_name_anybody_who_was_on_a_ballot(folder: Folder) -> None:
    texts = [passage.text for material in folder.materials for passage in material.passages]
    texts += [claim.statement for claim in folder.claims]

    named = {word for text in texts for word in re.findall(r"\w+", text) if on_a_ballot(word)}

    assert {word for word in named if word[0].isupper()} == set()


@pytest.mark.parametrize("status", Status)
def test_nobody_meets_anothers_sanction_or_leave_as_his_own(folder: Folder, status: Status) -> None:
    """Each item as if it were for this status alone: then what it tells is told as theirs."""
    own = [
        replace(item, audience=frozenset({status}))
        for item in folder.items
        if status in item.audience
    ]

    found = lint(own, folder.references, folder.claims, [])

    rules = {"sanksi-sendiri", "cuti-sendiri"}
    errors = [str(f) for f in found if f.rule in rules and f.severity == "error"]
    assert errors == []


def test_the_bank_is_written_back_as_it_was_read(folder: Folder, tmp_path: Path) -> None:
    for name, text in write_folder(folder).items():
        path = tmp_path / name
        path.parent.mkdir(exist_ok=True)
        path.write_text(text, encoding="utf-8")

    assert read_folder(tmp_path).digests == folder.digests
