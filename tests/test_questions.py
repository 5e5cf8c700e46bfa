"""The shipped bank: it loads, nobody can fault it by rule, and nobody beats it by guessing."""

import re
from collections import Counter, defaultdict
from dataclasses import replace
from fractions import Fraction
from itertools import combinations, product
from pathlib import Path
from random import Random

import pytest

from quiz.assessment.forms.form import Blueprint, BlueprintSlot, Candidate
from quiz.assessment.forms.selection import prepare_form
from quiz.assessment.forms.ties import share_position
from quiz.assessment.items.item import EVERYBODY, Item, Level, Status
from quiz.assessment.items.stages import Stage, stage_on
from quiz.assessment.items.types import ITEM_TYPES
from quiz.assessment.quality.content_coverage import content_coverage
from quiz.assessment.quality.linter import lint
from quiz.assessment.quality.linter.candidates import on_a_ballot
from quiz.assessment.quality.linter.wording import KNOWN_ABBREVIATIONS
from quiz.assessment.question_file import Folder, read_folder, write_folder
from tests.guessers import guessed_scores

MOST_OVER_CHANCE = Fraction(5, 100)
FEWEST = {"makna": 10, "mengapa": 8, "kepercayaan": 8}
VILLAGE_HEADS = frozenset({Status.KEPALA_DESA, Status.PENJABAT_KEPALA_DESA})
BINDS_CIVIL_SERVANTS = ("UU-20-2023", "PP-94-2021", "PP-42-2004", "SKB-2022", "UU-10-2016-P71-1")


@pytest.fixture(scope="module")
def folder(shipped_questions: Folder) -> Folder:
    """Everything in questions/, read once."""
    return shipped_questions


def candidate(item: Item) -> Candidate:
    return Candidate(
        version_uid=item.code,
        item_code=item.code,
        topic=item.topic,
        level=item.level,
        type=item.type,
        audience=item.audience,
        in_force=True,
        not_with=frozenset(item.not_with),
        pair=item.pair,
        scenario=item.scenario,
    )


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


@pytest.mark.parametrize("level", Level)
def test_a_fifth_of_the_items_at_least_is_of_each_level(folder: Folder, level: Level) -> None:
    assert 5 * sum(item.level is level for item in folder.items) >= len(folder.items)


def asked_in(item: Item, stage: Stage | None) -> bool:
    return stage is None or not item.stages or stage in item.stages


def test_there_are_scenes_enough_for_every_office_and_stage(folder: Folder) -> None:
    scenes = {item.scenario for item in folder.items if item.scenario}
    by_stage = {item.scenario for item in folder.items if item.scenario and item.stages}
    first_person = {
        item.scenario
        for item in folder.items
        if item.audience <= VILLAGE_HEADS and re.search(r"\bAnda\b.*\bkepala desa\b", item.stem)
    } - {""}
    own = {
        status: sum(bool(item.scenario) and item.audience == {status} for item in folder.items)
        for status in (
            Status.BPD,
            Status.PERANGKAT_DESA,
            Status.NON_ASN,
            Status.PENJABAT_KEPALA_DESA,
        )
    }

    assert len(scenes) >= 24
    assert len(by_stage) >= 6
    assert len(first_person) >= 12
    assert {status: count >= 3 for status, count in own.items()} == dict.fromkeys(own, True)


def test_every_scene_is_told_to_two_offices_or_in_two_stages(folder: Folder) -> None:
    told: defaultdict[str, set[tuple[frozenset[Status], frozenset[Stage]]]] = defaultdict(set)
    for item in folder.items:
        if item.scenario:
            told[item.scenario].add((item.audience, item.stages))

    assert {scene for scene, variants in told.items() if len(variants) < 2} == set()


def test_variants_of_a_scene_can_stand_at_one_position(folder: Folder) -> None:
    groups: defaultdict[str, set[tuple[str, str, str]]] = defaultdict(set)
    for item in folder.items:
        if item.scenario:
            groups[item.scenario].add((item.topic, item.level, item.type))

    assert {scene: group for scene, group in groups.items() if len(group) > 1} == {}
    told = [candidate(item) for item in folder.items if item.scenario]
    assert [
        (one.item_code, other.item_code)
        for one, other in combinations(told, 2)
        if one.scenario == other.scenario and not share_position(one, other)
    ] == []


def test_the_law_of_an_item_by_stage_is_that_of_a_day_in_it(folder: Folder) -> None:
    days = {item.code: stage_on(item.law_as_of) for item in folder.items if item.stages}

    by_code = {item.code: item for item in folder.items}
    assert {code for code, stage in days.items() if stage not in by_code[code].stages} == set()


@pytest.mark.parametrize("stage", Stage)
def test_in_each_stage_nobody_has_two_variants_of_a_scene(folder: Folder, stage: Stage) -> None:
    met = Counter(
        (item.scenario, status)
        for item in folder.items
        if item.scenario and asked_in(item, stage)
        for status in item.audience
    )

    assert {whose: count for whose, count in met.items() if count > 1} == {}


ROSTERS = (
    EVERYBODY,
    frozenset({Status.PNS, Status.PPPK, Status.KEPALA_DESA}),
    *(frozenset({status}) for status in Status),
)


@pytest.mark.parametrize("stage", [None, *Stage], ids=lambda stage: stage or "no election")
def test_a_position_with_a_scene_asks_everybody_his_own_variant(
    folder: Folder, stage: Stage | None
) -> None:
    """Whoever has none gets another item meant for him, never one of another office or stage."""
    by_code = {item.code: item for item in folder.items}
    candidates = [candidate(item) for item in folder.items if asked_in(item, stage)]
    groups = dict.fromkeys(each.group for each in candidates if by_code[each.item_code].stages)
    scenes_asked = set()
    for group, roster, seed in product(groups, ROSTERS, range(24)):
        blueprint = Blueprint((BlueprintSlot(group.topic, group.level, group.type, 1),))
        of_group = [each for each in candidates if each.group == group]
        form = prepare_form(blueprint, of_group, roster, Random(seed))
        assert isinstance(form, tuple)
        for status, code in form[0].versions.items():
            assert status in by_code[code].audience
            assert asked_in(by_code[code], stage)
        asked = {status: by_code[code].scenario for status, code in form[0].versions.items()}
        scenes = set(asked.values()) - {""}
        scenes_asked |= scenes
        having = {s for each in candidates if each.scenario in scenes for s in each.audience}
        assert {status for status, scene in asked.items() if scene} == having & roster

    assert {item.scenario for item in folder.items if item.stages and asked_in(item, stage)} <= (
        scenes_asked
    )


def test_an_acting_village_head_meets_the_law_of_civil_servants_beside_that_of_the_village(
    folder: Folder,
) -> None:
    """Or one that names officials of both kinds, as the election law does in Pasal 71."""
    found = {
        item.code
        for item in folder.items
        if Status.PENJABAT_KEPALA_DESA in item.audience != EVERYBODY
        and any(code.startswith("UU-6-2014-P29") for code in item.references)
        and not any(code.startswith(BINDS_CIVIL_SERVANTS) for code in item.references)
    }

    assert found == set()


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
