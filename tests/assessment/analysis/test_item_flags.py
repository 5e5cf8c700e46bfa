"""Flags of an item: planted faults are found, and sound items have none."""

from fractions import Fraction

import pytest

from quiz.assessment.analysis.item_analysis import Meeting, analyse
from quiz.assessment.analysis.item_flags import Flag, FlagKind, flags, most_urgent_first
from tests.assessment.meetings import crowd, meeting
from tests.assessment.samples import item, options

ITEM = item()


def found(meetings: list[Meeting]) -> list[Flag]:
    return flags(analyse(ITEM, meetings))


def kinds(meetings: list[Meeting]) -> list[FlagKind]:
    return [flag.kind for flag in found(meetings)]


def test_a_sound_item_has_no_flag() -> None:
    assert found(crowd(ITEM, "aabbccdbcd", "aaaabbcdaa", "aaaaaaaabc")) == []


def test_a_distractor_of_the_high_third_puts_the_key_in_doubt() -> None:
    flag, *others = found(crowd(ITEM, "aabbccddca", "aabbccddba", "aaaabbbbcd"))

    assert flag == Flag(FlagKind.KEY_IN_DOUBT, count=4, of=10, options=("b",))
    assert flag.share == Fraction(2, 5)
    assert others == []


def test_a_distractor_that_works_leaves_the_key_in_peace() -> None:
    assert FlagKind.KEY_IN_DOUBT not in kinds(crowd(ITEM, "bbbbbbbacd", "aaabbbbbcd", "aaaaabbbbc"))


def test_a_distractor_the_high_third_prefers_to_the_key_is_always_in_doubt() -> None:
    [flag] = found(crowd(ITEM, "bbbbbbbacd", "bbbbbaaacd", "bbbbaaaacd"))

    assert (flag.kind, flag.options) == (FlagKind.KEY_IN_DOUBT, ("b",))


def test_an_item_harder_than_guessing_is_flagged() -> None:
    flag, *_ = found(crowd(ITEM, "bbccddbcda", "bbccddbcda", "bbccddbcda"))

    assert flag == Flag(FlagKind.BELOW_GUESSING, of=30, value=Fraction(1, 10), line=Fraction(1, 4))


def test_an_item_as_hard_as_guessing_is_not() -> None:
    assert kinds(crowd(ITEM, "abcdabcd", "abcdabcd", "abcdabcd")) == []


def test_unused_distractors_are_named_together() -> None:
    [flag] = found(crowd(ITEM, "aabbbbb", "aaaabbb", "aaaaaab"))

    assert flag == Flag(FlagKind.UNUSED, count=0, of=21, options=("c", "d"))


def test_distractors_are_looked_at_from_twenty_answers_on() -> None:
    nineteen = crowd(ITEM, "bbbbbb", "bbbbbbb", "bbbbbb-")

    assert kinds(nineteen) == []
    assert kinds([*nineteen, meeting(ITEM, "b", 1)]) == [
        FlagKind.KEY_IN_DOUBT,
        FlagKind.BELOW_GUESSING,
        FlagKind.UNUSED,
    ]


def test_negative_discrimination_is_flagged_from_thirty_people_on() -> None:
    turned = crowd(ITEM, "aaaaaabcdd", "aaabbccdaa", "aabbccddcb")

    [flag] = [flag for flag in found(turned) if flag.kind == FlagKind.NEGATIVE]

    assert flag.correlation is not None
    assert flag.correlation.r < 0
    assert FlagKind.NEGATIVE not in kinds(turned[:-1])


@pytest.mark.parametrize(("sure", "flagged"), [(5, True), (4, False)])
def test_five_sure_and_wrong_in_twenty_are_a_misconception(sure: int, flagged: bool) -> None:
    met = [meeting(ITEM, "b", i / 40, sure=3) for i in range(sure)]
    met += [meeting(ITEM, "a", (i + sure) / 40, sure=3) for i in range(19 - sure)]

    assert (FlagKind.SURE_BUT_WRONG in kinds(met)) is flagged


def test_five_sure_and_wrong_among_many_are_not() -> None:
    met = [meeting(ITEM, "b", sure=3)] * 5 + [meeting(ITEM, "a", sure=3)] * 21

    assert FlagKind.SURE_BUT_WRONG not in kinds(met)


def test_an_item_a_fifth_skipped_is_flagged() -> None:
    [flag] = found([meeting(ITEM, "")] * 5 + [meeting(ITEM, "a")] * 10)

    assert flag == Flag(FlagKind.SKIPPED, count=5, of=15)


def test_a_dilemma_has_no_wrong_answer_and_no_flag() -> None:
    dilemma = item("judgement")
    met = [meeting(dilemma, "b", i / 40, sure=3) for i in range(40)]

    assert flags(analyse(dilemma, met)) == []


def test_a_void_item_has_no_flag() -> None:
    void = [Meeting("pre", ("b",), 3, None, Fraction(1, 2))] * 40

    assert found(void) == []


def test_flags_stand_in_the_order_of_urgency_and_the_larger_share_first() -> None:
    three_ways = item(options=options(1, 0, 0, 0))
    met = crowd(three_ways, "bbbbbccccc", "bbbbbccccc", "bbbbbbcccc", sure=3)

    listed = flags(analyse(three_ways, met))

    assert [(flag.kind, flag.options) for flag in listed] == [
        (FlagKind.KEY_IN_DOUBT, ("b",)),
        (FlagKind.KEY_IN_DOUBT, ("c",)),
        (FlagKind.BELOW_GUESSING, ()),
        (FlagKind.SURE_BUT_WRONG, ()),
        (FlagKind.UNUSED, ("d",)),
    ]


def test_items_sort_by_their_most_urgent_flag_then_by_how_many() -> None:
    none: list[Flag] = []
    unused = [Flag(FlagKind.UNUSED)]
    doubt = [Flag(FlagKind.KEY_IN_DOUBT)]
    both = [*doubt, *unused]

    assert sorted([none, unused, doubt, both], key=most_urgent_first) == [
        both,
        doubt,
        unused,
        none,
    ]
