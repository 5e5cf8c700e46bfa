"""Item analysis: golden values computed by hand, and what small numbers may not say."""

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quiz.assessment.analysis.display import Difficulty
from quiz.assessment.analysis.item_analysis import Meeting, analyse
from quiz.assessment.items.item import Item
from quiz.assessment.items.types import ITEM_TYPES
from tests.assessment.meetings import crowd, meeting
from tests.assessment.samples import item, items, options, responses

ITEM = item()


def counts(meetings: list[Meeting], of: Item = ITEM) -> dict[str, int]:
    return {counted.option.id: counted.chosen for counted in analyse(of, meetings).options}


def test_facility_is_the_share_right_with_wilsons_interval() -> None:
    # Newcombe (1998), table I: 81 of 263 gives 0.2553 to 0.3662
    met = [meeting(ITEM, "a")] * 81 + [meeting(ITEM, "b")] * 182

    facility = analyse(ITEM, met).facility

    assert facility is not None
    assert facility.value == Fraction(81, 263)
    assert (facility.low, facility.high) == pytest.approx((0.2553, 0.3662), abs=5e-5)
    assert (facility.right, facility.n) == (81, 263)


def test_partial_scores_have_students_interval() -> None:
    partial = item("multiple_choice")
    met = [meeting(partial, "ab"), meeting(partial, "a"), meeting(partial, "ab")]
    met += [meeting(partial, "a"), meeting(partial, "")]

    facility = analyse(partial, met).facility

    # 1, 1/2, 1, 1/2, 0: mean 0.6, s = 0.418330, t(0.975; 4) = 2.776445, half = 0.519425
    assert facility is not None
    assert facility.value == Fraction(3, 5)
    assert (facility.low, facility.high) == pytest.approx((0.0805747, 1.0), abs=1e-6)
    assert (facility.right, facility.n) == (2, 5)


def test_fewer_than_five_have_no_interval_and_no_word() -> None:
    found = analyse(ITEM, [meeting(ITEM, "a")] * 4)

    assert found.facility is not None
    assert (found.facility.low, found.facility.high, found.difficulty) == (None, None, None)
    assert (found.facility.right, found.facility.n) == (4, 4)


@pytest.mark.parametrize(
    ("right", "word"),
    [
        (10, Difficulty.EASY),
        (8, Difficulty.EASY),
        (7, Difficulty.MEDIUM),
        (3, Difficulty.MEDIUM),
        (2, Difficulty.HARD),
        (0, Difficulty.HARD),
    ],
)
def test_the_word_changes_at_seven_and_three_in_ten(right: int, word: Difficulty) -> None:
    met = [meeting(ITEM, "a")] * right + [meeting(ITEM, "b")] * (10 - right)

    assert analyse(ITEM, met).difficulty == word


def test_a_blank_is_wrong_for_the_score_and_in_no_count_of_options() -> None:
    met = [meeting(ITEM, "a")] * 3 + [meeting(ITEM, "b")] + [meeting(ITEM, "")] * 2

    found = analyse(ITEM, met)

    assert (found.n, found.answered, found.blank) == (6, 4, 2)
    assert found.facility is not None
    assert found.facility.value == Fraction(1, 2)
    assert counts(met) == {"a": 3, "b": 1, "c": 0, "d": 0}
    assert sum(found.answered_by_third.values()) == 4


def test_options_are_counted_by_third_of_the_rest_score() -> None:
    found = analyse(ITEM, crowd(ITEM, low="bbcc-", middle="aabbc", high="aaaab"))

    assert found.answered_by_third == {"low": 4, "middle": 5, "high": 5}
    assert [dict(counted.by_third) for counted in found.options] == [
        {"low": 0, "middle": 2, "high": 4},
        {"low": 2, "middle": 2, "high": 1},
        {"low": 2, "middle": 1, "high": 0},
        {"low": 0, "middle": 0, "high": 0},
    ]


def test_thirds_are_those_of_ones_own_sitting() -> None:
    before = [meeting(ITEM, "b", rest / 10, sitting="pre") for rest in range(3)]
    after = [meeting(ITEM, "a", (rest + 7) / 10, sitting="post") for rest in range(3)]

    found = analyse(ITEM, before + after)

    assert dict(found.options[0].by_third) == {"low": 1, "middle": 1, "high": 1}
    assert dict(found.options[1].by_third) == {"low": 1, "middle": 1, "high": 1}


def test_options_are_counted_by_how_sure_people_were() -> None:
    met = [meeting(ITEM, "a", sure=3), meeting(ITEM, "b", sure=3), meeting(ITEM, "b", sure=1)]
    met += [meeting(ITEM, "b"), meeting(ITEM, "", sure=1)]

    found = analyse(ITEM, met)

    assert found.answered_by_sureness == {1: 1, 2: 0, 3: 2, None: 1}
    assert found.options[1].by_sureness == {1: 1, 2: 0, 3: 1, None: 1}
    assert (found.sure_wrong, found.asks_sureness) == (1, True)


def test_the_one_mark_of_doubt_is_not_asking_how_sure() -> None:
    met = [meeting(ITEM, "a", sure=1), meeting(ITEM, "a")]

    assert analyse(ITEM, met).asks_sureness is False


def test_each_option_chosen_together_is_counted() -> None:
    multiple = item("multiple_choice")

    met = [meeting(multiple, "ab"), meeting(multiple, "ac"), meeting(multiple, "abcd")]

    assert counts(met, multiple) == {"a": 3, "b": 2, "c": 2, "d": 1}


def ladder(n: int) -> list[Meeting]:
    """The lower half wrong, the upper half right, rest scores evenly spread."""
    return [meeting(ITEM, "a" if 2 * i >= n else "b", Fraction(i, n)) for i in range(n)]


def test_discrimination_is_the_item_rest_correlation_with_fishers_interval() -> None:
    found = analyse(ITEM, ladder(30)).discrimination

    # Point-biserial of 15 zeros on 0..14 and 15 ones on 15..29: 15/2 / sqrt(899/12) = 0.8665069
    assert found is not None
    assert found.r == pytest.approx(0.8665069, abs=1e-7)
    assert (found.low, found.high) == pytest.approx((0.7359987, 0.9349175), abs=1e-7)
    assert found.n == 30


def test_discrimination_waits_for_thirty_people() -> None:
    assert analyse(ITEM, ladder(29)).discrimination is None


def test_discrimination_does_not_count_a_difference_between_sittings() -> None:
    before = [meeting(ITEM, letter, i / 10, sitting="pre") for i in range(8) for letter in "ab"]
    after = [
        meeting(ITEM, letter, (i + 2) / 10, sitting="post") for i in range(8) for letter in "aaab"
    ]

    found = analyse(ITEM, before + after).discrimination

    assert found is not None
    assert found.r == pytest.approx(0, abs=1e-12)


def test_an_item_everybody_has_right_tells_nobody_apart() -> None:
    met = [meeting(ITEM, "a", Fraction(i, 40)) for i in range(40)]

    assert analyse(ITEM, met).discrimination is None


def test_people_for_whom_nothing_else_counts_have_no_third_and_no_correlation() -> None:
    found = analyse(ITEM, [meeting(ITEM, "a", rest=None)] * 40)

    assert found.discrimination is None
    assert found.answered_by_third == {"low": 0, "middle": 0, "high": 0}


def test_a_void_item_has_counts_but_no_facility() -> None:
    void = [Meeting("pre", ("b",), None, None, Fraction(1, 2))] * 40

    found = analyse(ITEM, void)

    assert (found.facility, found.difficulty, found.discrimination) == (None, None, None)
    assert found.options[1].chosen == 40


@pytest.mark.parametrize(
    ("of", "line"),
    [
        (item(), Fraction(1, 4)),
        (item("true_false"), Fraction(1, 2)),
        (item(options=options(1, "1/2", 0)), Fraction(1, 2)),
        (item("multiple_choice"), None),
        (item("judgement"), None),
    ],
)
def test_blind_choosing_earns_the_mean_weight(of: Item, line: Fraction | None) -> None:
    assert analyse(of, []).guess == line


def test_judgement_has_a_mean_but_no_word() -> None:
    dilemma = item("judgement")

    found = analyse(dilemma, [meeting(dilemma, "b")] * 10)

    assert found.facility is not None
    assert (found.facility.value, found.difficulty) == (0, None)


def test_nobody_gives_an_analysis_that_says_so() -> None:
    found = analyse(ITEM, [])

    assert (found.n, found.answered, found.blank, found.facility) == (0, 0, 0, None)


@given(st.data())
def test_every_type_is_analysed_and_counts_add_up(data: st.DataObject) -> None:
    of = data.draw(items())
    chosen = data.draw(st.lists(responses(of), max_size=40))
    met = [meeting(of, "".join(letters), i / 50) for i, letters in enumerate(chosen)]

    found = analyse(of, met)

    assert found.n == found.answered + found.blank == len(chosen)
    for counted in found.options:
        assert sum(counted.by_third.values()) == counted.chosen
        assert sum(counted.by_sureness.values()) == counted.chosen
    if not ITEM_TYPES[of.type].multiple:
        assert sum(counted.chosen for counted in found.options) == found.answered


def test_expert_figures_need_one_sitting_of_thirty() -> None:
    crowd_of_30 = crowd(ITEM, "bbbbbbbbba", "aaaaabbbbb", "aaaaaaaaab")

    found = analyse(ITEM, crowd_of_30).expert

    # upper and lower 8 of 30: all eight but the last right, none of the first eight
    assert found is not None
    assert found.upper_lower == (Fraction(7, 8), 8, 8)
    assert found.efficiency is not None
    assert 0 < found.efficiency < 1
    assert analyse(ITEM, crowd_of_30[:29]).expert is None
    elsewhere = [*crowd_of_30, meeting(ITEM, "a", sitting="post")]
    assert analyse(ITEM, elsewhere).expert is None


def test_a_distractor_functions_when_it_draws_those_who_know_less() -> None:
    found = analyse(ITEM, crowd(ITEM, "bbbbbba", "aaabbcc", "aaaaaac"))

    told = {counts.option.id: counts.functioning for counts in found.options}
    assert (told["a"], told["b"], told["c"], told["d"]) == (None, True, False, None)
    few = analyse(ITEM, crowd(ITEM, "bbbbbba", "aaabbcc", "aaaa"))
    assert {counts.functioning for counts in few.options} == {None}
