"""What a panel says, and the key that follows from it."""

from dataclasses import replace
from fractions import Fraction

import pytest

from quiz.assessment.items.panel import keyed_by, panel
from quiz.assessment.items.types import ITEM_TYPES
from tests.assessment import samples

ITEM = samples.item("judgement", options=samples.options("1/2", 1, 0))


def rated(*ratings: tuple[int, int, int]):  # type: ignore[no-untyped-def]
    return panel(ITEM, [dict(enumerate(values, start=1)) for values in ratings])


def test_the_commonest_value_of_each_option_is_agreed() -> None:
    found = rated((5, 2, 1), (5, 3, 1), (4, 3, 1))

    assert [option.agreed for option in found.options] == [5, 3, 1]
    assert found.options[0].counts == {1: 0, 2: 0, 3: 0, 4: 1, 5: 2}
    assert (found.settled, found.tied) == (True, ())


def test_two_raters_settle_nothing() -> None:
    found = rated((5, 2, 1), (5, 2, 1))

    assert [option.agreed for option in found.options] == [None, None, None]
    assert (found.enough, found.settled, found.tied) == (False, False, ())
    assert keyed_by(ITEM, found) is None


def test_values_that_tie_settle_nothing_and_are_named() -> None:
    found = rated((5, 2, 1), (4, 2, 1), (3, 2, 1))

    assert [option.agreed for option in found.options] == [None, 2, 1]
    assert (found.settled, found.tied) == (False, (1,))
    assert keyed_by(ITEM, found) is None


def test_options_all_agreed_alike_are_no_key() -> None:
    found = rated((3, 3, 3), (3, 3, 3), (3, 3, 3))

    assert (found.settled, found.tied) == (False, ())


def test_nobody_has_rated_yet() -> None:
    assert (rated().raters, rated().settled) == (0, False)


@pytest.mark.parametrize("provisional", [True, False])
def test_the_key_follows_the_panel_and_the_item_is_marked_as_rated(provisional: bool) -> None:
    item = ITEM if provisional else replace(ITEM, extra={"panel": {"raters": 3}})
    found = rated((1, 2, 5), (1, 2, 5), (1, 2, 5), (1, 3, 4))

    keyed = keyed_by(item, found)

    assert keyed is not None
    assert [option.weight for option in keyed.options] == [0, Fraction(1, 4), 1]
    assert [option.text for option in keyed.options] == [option.text for option in item.options]
    assert keyed.extra == {"panel": {"raters": 4}}
    assert ITEM_TYPES["judgement"].problems(keyed) == []
    assert ITEM_TYPES["judgement"].provisional(keyed) is None
