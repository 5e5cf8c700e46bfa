"""What the bank holds for each line of a blueprint."""

from dataclasses import replace

from quiz.assessment.forms.coverage import GroupCover, coverage
from quiz.assessment.forms.form import Blueprint, BlueprintSlot, Candidate
from quiz.assessment.items.item import ASN, EVERYBODY, Level, Status


def _items(
    count: int, audience: frozenset[Status] = EVERYBODY, topic: str = "makna", in_force: bool = True
) -> list[Candidate]:
    return [
        Candidate(
            version_uid=f"{topic}-{len(audience)}-{number}",
            item_code=f"{topic}-{len(audience)}-{number}",
            topic=topic,
            level=Level.MEMAHAMI,
            type="single_choice",
            audience=audience,
            in_force=in_force,
        )
        for number in range(count)
    ]


def _line(count: int, level: Level | None = None, topic: str = "makna") -> BlueprintSlot:
    return BlueprintSlot(topic, level, None, count)


def test_a_line_the_bank_can_fill_lacks_nothing() -> None:
    [line] = coverage(Blueprint((_line(3),)), _items(3))

    assert line.groups == (
        GroupCover("ASN", 3, 0),
        GroupCover("desa", 3, 0),
        GroupCover("non-ASN", 3, 0),
    )
    assert line.short == ()


def test_items_for_asn_leave_villages_without() -> None:
    [line] = coverage(Blueprint((_line(3),)), _items(2) + _items(4, ASN))

    assert line.groups == (
        GroupCover("ASN", 6, 0),
        GroupCover("desa", 2, 1),
        GroupCover("non-ASN", 2, 1),
    )
    assert [group.group for group in line.short] == ["desa", "non-ASN"]


def test_each_line_is_told_with_what_it_asks_for() -> None:
    blueprint = Blueprint((_line(3), _line(1, Level.MENGINGAT), _line(1, topic="dasar")))

    assert [line.slot for line in coverage(blueprint, _items(1))] == list(blueprint.slots)


def test_one_scene_told_twice_leaves_the_others_their_place() -> None:
    told = [replace(item, scenario="S") for item in _items(2)]
    others = [
        replace(item, item_code=f"lain-{n}", version_uid=f"lain-{n}")
        for n, item in enumerate(_items(1))
    ]

    [line] = coverage(Blueprint((_line(2),)), told + others)

    assert [group.lacking for group in line.groups] == [0, 0, 0]


def test_a_group_is_as_badly_off_as_its_worst_status() -> None:
    heads_only = frozenset({Status.KEPALA_DESA})

    [line] = coverage(Blueprint((_line(2),)), _items(2, heads_only))

    assert line.groups[1] == GroupCover("desa", 0, 2)


def test_two_lines_cannot_both_have_the_same_items() -> None:
    lines = coverage(Blueprint((_line(3), _line(2, Level.MEMAHAMI))), _items(4))

    assert [line.groups[0].available for line in lines] == [4, 4]
    assert sum(line.groups[0].lacking for line in lines) == 1


def test_items_whose_law_is_gone_do_not_count() -> None:
    [line] = coverage(Blueprint((_line(1),)), _items(5, in_force=False))

    assert line.groups[0] == GroupCover("ASN", 0, 1)


def test_another_topic_does_not_help() -> None:
    [line] = coverage(Blueprint((_line(1),)), _items(5, topic="mengapa"))

    assert line.groups[0] == GroupCover("ASN", 0, 1)


def test_an_empty_blueprint_has_no_lines() -> None:
    assert coverage(Blueprint(()), _items(3)) == []


def test_a_bank_of_thousands_counts_all_of_them() -> None:
    [line] = coverage(Blueprint((_line(20),)), _items(3000))

    assert line.groups[0] == GroupCover("ASN", 3000, 0)
