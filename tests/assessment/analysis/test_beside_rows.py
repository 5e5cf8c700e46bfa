"""Which versions are told of beside rows: the one leak each rule closes."""

from collections import Counter
from collections.abc import Hashable, Iterable

from quiz.assessment.analysis.beside_rows import (
    Meeting,
    Place,
    Standing,
    beside_change,
    beside_rows,
    crossing,
    meetings_at,
    places_of,
)

BOTH = frozenset({"all", "own"})


def met(*groups: tuple[int, str, Hashable, bool], at: int = 1) -> list[Meeting]:
    """So many people with a version, in a row, counted in the change or not."""
    return [
        (at, version, Standing(row, counted))
        for n, version, row, counted in groups
        for _ in range(n)
    ]


def places(meetings: Iterable[Meeting], topic: str = "makna") -> dict[int, Place]:
    listed = list(meetings)
    return {
        at: Place(frozenset({topic}), Counter(v for place, v, _ in listed if place == at))
        for at in {place for place, *_ in listed}
    }


def test_one_of_a_version_outside_the_row_of_the_others_hides_it() -> None:
    apart = met((5, "own", "desa", False), (1, "own", "kantor", False), (8, "all", "kantor", False))
    mixed = met((3, "own", "desa", False), (3, "own", "kantor", False), (8, "all", "kantor", False))

    assert beside_rows(BOTH, places(apart), apart) == frozenset()
    assert beside_rows(BOTH, places(mixed), mixed) == frozenset()
    alone = met((6, "own", "desa", False), (8, "all", "kantor", False))
    assert beside_rows(BOTH, places(alone), alone) == BOTH
    spread = met((5, "own", "kantor", False), (8, "all", "kantor", False))
    assert beside_rows(BOTH, places(spread), spread) == BOTH


def test_a_position_that_everybody_met_alike_keeps_a_topic_apart() -> None:
    parted = met(
        (5, "own", "desa", False), (1, "own", "kantor", False), (8, "all", "kantor", False)
    )
    alike = met((14, "common", "", False), at=2)

    assert crossing(places(parted), BOTH) == [[1]]
    assert crossing(places([*parted, *alike]), {*BOTH, "common"}) == []
    assert crossing(places(parted), frozenset()) == []


THREE = frozenset("abc")


def test_one_version_alone_is_looked_at_and_not_only_all_others() -> None:
    """Of c and the row X two are left; of every other sum eight more of Z."""
    people = met(
        (9, "c", "X", False), (2, "b", "X", False), (8, "a", "Z", False), (8, "b", "Z", False)
    )

    assert beside_rows(THREE, places(people), people) == frozenset()


def test_people_of_several_versions_are_counted_together() -> None:
    people = met(
        (9, "c", "X", False),
        (3, "a", "X", False),
        (2, "b", "X", False),
        (8, "a", "Z", False),
        (8, "b", "Z", False),
    )

    assert beside_rows(THREE, places(people), people) == THREE


def test_versions_that_are_not_told_of_are_one() -> None:
    people = met(
        (9, "a", "X", False), (2, "b", "X", False), (8, "a", "Z", False), (8, "c", "Z", False)
    )

    assert beside_rows(frozenset("c"), places(people), people) == frozenset("c")
    assert beside_rows(THREE, places(people), people) == frozenset()


def test_more_people_may_be_asked_for() -> None:
    people = met((9, "own", "X", False), (6, "all", "X", False), (9, "all", "Z", False))

    assert beside_rows(BOTH, places(people), people) == BOTH
    assert beside_rows(BOTH, places(people), people, minimum=7) == frozenset()


def test_a_version_less_those_of_the_change_is_looked_at_too() -> None:
    """Nine of own are in the change and nine of all are not, so the difference leaves two."""
    people = met((9, "all", "X", False), (9, "own", "X", True), (2, "all", "X", True))

    assert beside_rows(BOTH, places(people), people) == frozenset()


def test_a_version_is_looked_at_without_the_change_as_well() -> None:
    people = met((5, "own", "X", True), (4, "own", "X", False), (2, "all", "X", True))

    assert beside_rows(BOTH, places(people), people) == frozenset()


def test_those_who_came_late_are_not_singled_out_by_their_version() -> None:
    """All of one version missed the pre-test, and two others did."""
    late = met((5, "own", "desa", False), (2, "all", "kantor", False), (9, "all", "kantor", True))

    assert not beside_change(BOTH, late)
    assert beside_change(frozenset({"all"}), met((2, "all", "a", False), (9, "all", "a", True)))
    assert beside_change(BOTH, met((5, "own", "desa", True), (9, "all", "kantor", True)))


def test_judgement_and_what_a_ruling_took_out_count_for_no_row() -> None:
    items = [
        ["1", "v1", "makna", "knowledge", "1", "1"],
        ["2", "v2", "makna", "judgement", "1", "1"],
        ["3", "v3", "makna", "knowledge", "0", "0"],
    ]

    counting, every = places_of([items, items])

    assert counting == {1: Place(frozenset({"makna"}), {"v1": 2})}
    assert every == [{"v1": 2}, {"v2": 2}, {"v3": 2}]
    half = [["1", "v1", "makna", "knowledge", "1", "2"]]
    assert places_of([items, half]) == (
        {1: Place(frozenset({"makna"}), {"v1": 2})},
        [{"v1": 2}, {"v2": 1}, {"v3": 1}],
    )
    here = Standing("A", counted=True)
    assert list(meetings_at([(items, here)])) == [(1, "v1", here)]
