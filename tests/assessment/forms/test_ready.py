"""A blueprint the bank can fill twice, spread over topics, types and levels."""

from collections import Counter
from dataclasses import replace
from random import Random

import pytest

from quiz.assessment.forms.form import Blueprint, Candidate, Gap
from quiz.assessment.forms.ready import ready_blueprint
from quiz.assessment.forms.selection import prepare_form, room_for
from quiz.assessment.items.item import ASN, EVERYBODY, Level, Status
from quiz.assessment.items.types import ITEM_TYPES
from quiz.assessment.question_file import Folder

TOPICS = ["makna", "mengapa", "kepercayaan"]
EVERY_STATUS = [status for status in Status if status in EVERYBODY]
KADES = Status.KEPALA_DESA


def bank(
    topic: str,
    count: int,
    type: str = "single_choice",
    level: Level = Level.MEMAHAMI,
    audience: frozenset[Status] = EVERYBODY,
) -> list[Candidate]:
    start = f"{topic}/{type}/{level}/{min(audience)}"
    return [
        Candidate(f"{start}/{n}", f"{start}/{n}", topic, level, type, audience, in_force=True)
        for n in range(count)
    ]


def wide_bank() -> list[Candidate]:
    return [
        each
        for topic in TOPICS
        for type in ("single_choice", "multiple_choice", "true_false")
        for level in Level
        for each in bank(topic, 2, type, level)
    ]


def made(candidates: list[Candidate], statuses: list[Status] | None = None) -> Blueprint:
    found = ready_blueprint(candidates, statuses or EVERY_STATUS, TOPICS, items=15, forms=2)
    assert isinstance(found, Blueprint), found
    return found


def lacking(candidates: list[Candidate], statuses: list[Status]) -> list[Gap]:
    found = ready_blueprint(candidates, statuses, TOPICS, items=15, forms=2)
    assert isinstance(found, list)
    return found


def counts(blueprint: Blueprint, part: str) -> list[int]:
    found = Counter(getattr(slot, part) for slot in blueprint.positions().values())
    return sorted(found.values())


def test_topics_types_and_levels_are_even_where_the_bank_is() -> None:
    blueprint = made(wide_bank())

    assert counts(blueprint, "topic") == [5, 5, 5]
    assert counts(blueprint, "type") == [5, 5, 5]
    assert counts(blueprint, "level") == [5, 5, 5]


def test_a_bank_full_of_one_type_does_not_fill_the_quiz_with_it() -> None:
    candidates = [
        each
        for topic in TOPICS
        for each in bank(topic, 60, "true_false") + bank(topic, 10, "single_choice")
    ]

    found = Counter(slot.type for slot in made(candidates).positions().values())

    assert found == {"single_choice": 8, "true_false": 7}


def test_lines_stand_in_the_order_of_topics_types_and_levels() -> None:
    slots = made(wide_bank()).slots
    types = list(ITEM_TYPES)

    places = [
        (TOPICS.index(slot.topic), types.index(slot.type), list(Level).index(slot.level))
        for slot in slots
    ]
    assert places == sorted(places)
    assert len(set(places)) == len(places)


def test_a_topic_lacks_least_in_the_type_it_has_most_of() -> None:
    candidates = bank("makna", 28) + bank("mengapa", 1, "true_false")

    gaps = ready_blueprint(candidates, [Status.PNS], ["mengapa", "makna"], items=15, forms=2)

    assert isinstance(gaps, list)
    assert [gap.topic for gap in gaps] == ["mengapa"]


def test_of_one_scene_told_twice_there_is_room_for_one() -> None:
    told = [replace(each, scenario="S") for each in bank("makna", 2)]

    assert room_for(told, EVERY_STATUS).total() == 1
    assert room_for(bank("makna", 2), EVERY_STATUS).total() == 2


def test_what_is_over_goes_to_the_topic_the_bank_has_most_of() -> None:
    blueprint = made(bank("makna", 40) + bank("mengapa", 60))

    assert Counter(slot.topic for slot in blueprint.positions().values()) == {
        "makna": 7,
        "mengapa": 8,
    }


def test_no_level_is_asked_for_more_often_than_the_bank_has_it() -> None:
    blueprint = made(bank("makna", 3, level=Level.MENGINGAT) + bank("makna", 60))

    assert counts(blueprint, "level") == [1, 14]


def test_judgement_items_are_left_out() -> None:
    blueprint = made(wide_bank() + bank("makna", 50, "judgement"))

    assert {ITEM_TYPES[slot.type].scale for slot in blueprint.slots if slot.type} == {"knowledge"}


def test_the_same_bank_gives_the_same_blueprint_in_whatever_order_it_comes() -> None:
    candidates = wide_bank()
    shuffled = Random(1).sample(candidates, len(candidates))

    assert made(shuffled) == made(candidates)


def test_items_out_of_force_do_not_count() -> None:
    candidates = bank("makna", 30)
    candidates[0] = Candidate(
        "lama", "lama", "makna", Level.MEMAHAMI, "single_choice", EVERYBODY, in_force=False
    )

    assert len(lacking(candidates, [Status.PNS])) == 1


def test_what_is_missing_is_counted_in_the_topic_that_has_least() -> None:
    candidates = bank("makna", 16) + bank("mengapa", 9)

    gaps = lacking(candidates, [Status.PNS])

    assert [(gap.position, gap.topic) for gap in gaps] == [
        (13, "mengapa"),
        (14, "mengapa"),
        (14, "mengapa"),
        (15, "mengapa"),
        (15, "mengapa"),
    ]
    assert {gap.statuses for gap in gaps} == {(Status.PNS,)}


def test_the_gaps_are_exactly_what_has_to_be_added() -> None:
    candidates = bank("makna", 16) + bank("mengapa", 9)
    gaps = lacking(candidates, [Status.PNS])

    assert made(bank("makna", 16) + bank("mengapa", 9 + len(gaps)), [Status.PNS])


def test_an_empty_bank_lacks_everything() -> None:
    gaps = lacking([], [Status.PNS])

    assert Counter(gap.topic for gap in gaps) == dict.fromkeys(TOPICS, 10)


def test_the_status_that_lacks_items_is_named() -> None:
    gaps = lacking(bank("makna", 40, audience=ASN), [Status.PNS, KADES])

    assert {gap.statuses for gap in gaps} == {(KADES,)}


def test_items_for_some_make_up_one_position_together() -> None:
    village = frozenset(EVERYBODY - ASN)
    candidates = bank("makna", 30, audience=ASN) + bank("makna", 30, audience=village)

    assert made(candidates, [Status.PNS, KADES]).positions().keys() == set(range(1, 16))


@pytest.fixture(scope="module")
def shipped(shipped_questions: Folder) -> Folder:
    return shipped_questions


@pytest.mark.parametrize(
    "statuses",
    [[status] for status in EVERY_STATUS] + [EVERY_STATUS, [Status.PNS, KADES]],
    ids="+".join,
)
def test_the_shipped_bank_serves_every_audience_twice(
    shipped: Folder, statuses: list[Status]
) -> None:
    candidates = [
        Candidate(i.code, i.code, i.topic, i.level, i.type, i.audience, in_force=True)
        for i in shipped.items
    ]
    topics = [topic.code for topic in shipped.topics]

    blueprint = ready_blueprint(candidates, statuses, topics, items=15, forms=2)

    assert isinstance(blueprint, Blueprint)
    assert max(counts(blueprint, "topic")) <= 2
    assert max(counts(blueprint, "type")) <= 7
    pre = prepare_form(blueprint, candidates, statuses, Random(1))
    assert isinstance(pre, tuple)
    asked = {uid for slot in pre for uid in slot.versions.values()}
    post = prepare_form(blueprint, candidates, statuses, Random(2), used=asked)
    assert isinstance(post, tuple)
    assert asked.isdisjoint(uid for slot in post for uid in slot.versions.values())
