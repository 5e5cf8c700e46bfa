"""Sentences never contradict the numbers they hold, however these are rounded."""

import random
import re
from datetime import UTC, datetime
from fractions import Fraction
from typing import Any, NamedTuple

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from quiz.assessment.analysis.change_report import Work, change_report
from quiz.assessment.analysis.display import HIGH_GAIN, LOW_GAIN, NOT_APART
from quiz.assessment.analysis.expert import beside_the_rest
from quiz.assessment.analysis.groups.movement import Movement, Parts, movement
from quiz.assessment.analysis.sitting_report import ReportedEvent, ReportedSitting
from quiz.assessment.analysis.unit_report import AttemptFact, unit_report
from quiz.assessment.rounding import round_half_up
from quiz.formats import signed_id
from quiz.models import Sitting
from quiz.queries.scores.changes import sitting_change
from quiz.queries.scores.groups.movement import Moved
from quiz.queries.scores.measured import Measured

NOW = datetime(2024, 11, 22, tzinfo=UTC)
PRE, POST = (
    ReportedSitting(phase, phase, label, NOW, NOW, NOW, 70, ReportedEvent("X-1", "X", "", NOW))
    for phase, label in (("pre", "Pre-test"), ("post", "Post-test"))
)
SIGNED = r"([+-]?\d+(?:,\d)?)"


def number(shown: str) -> Fraction:
    """A number as it is printed."""
    return Fraction(shown.replace(",", "."))


near = st.integers(590, 710).map(lambda n: Fraction(n, 10)) | st.integers(0, 20).map(
    lambda n: Fraction(5 * n)
)
moves = st.sampled_from([0, 0, 1, 2, 5, -1, 30]).map(Fraction)


@settings(max_examples=300)
@given(st.lists(st.tuples(near, moves), min_size=5, max_size=60))
def test_a_change_in_words_is_what_its_interval_as_printed_says(
    people: list[tuple[Fraction, Fraction]],
) -> None:
    before = {f"p{n}": Work("A", start, {}) for n, (start, _) in enumerate(people)}
    after = {
        f"p{n}": Work("A", min(Fraction(100), max(Fraction(0), start + move)), {})
        for n, (start, move) in enumerate(people)
    }

    said = sitting_change(PRE, POST, change_report(before, after), True).sentences

    found = re.search(
        rf"rata-rata {SIGNED} menjadi {SIGNED}, "
        rf"berubah {SIGNED} poin(?: \(rentang 95% {SIGNED} sampai {SIGNED}\))?",
        said[0],
    )
    assert found
    start, end, change, low, high = (
        None if each is None else number(each) for each in found.groups()
    )
    assert start is not None
    assert end is not None
    assert end - start == change
    if low is None or high is None:
        assert "semua berubah sama besar" in said[0]
        return
    assert low <= change <= high
    verdict = said[0][found.end() :].strip(": .")
    expected = f"{NOT_APART} dari tidak berubah" if low <= 0 <= high else "naik"
    assert verdict == ("turun" if high < 0 else expected)
    gain = re.search(r"\(Hake\) (-?\d),(\d\d), (\w+)", " ".join(said))
    assert gain is None or verdict == "naik"
    if gain:
        shown = Fraction(f"{gain[1]}.{gain[2]}")
        band = "tinggi" if shown >= HIGH_GAIN else "rendah" if shown < LOW_GAIN else "sedang"
        assert gain[3] == band


def test_three_thousand_who_rose_a_little_are_not_said_to_have_gone_from_61_to_61() -> None:
    """Half of them rose from 60 to 61.6, the others stayed at 61.2."""
    before = {f"p{n}": Work("A", Fraction(60 + 1.2 * (n % 2)), {}) for n in range(3000)}
    after = {f"p{n}": Work("A", Fraction(61.6 - 0.4 * (n % 2)), {}) for n in range(3000)}

    said = sitting_change(PRE, POST, change_report(before, after), True).sentences

    assert said[0].endswith(
        "rata-rata 60,6 menjadi 61,4, berubah +0,8 poin (rentang 95% +0,8 sampai +0,8): naik."
    )


def test_a_gain_has_a_word_only_when_it_is_one() -> None:
    before = {f"p{n}": Work("A", Fraction(40), {}) for n in range(8)}
    after = {f"p{n}": Work("A", Fraction(60 + n), {}) for n in range(8)}

    up = sitting_change(PRE, POST, change_report(before, after), True)
    down = sitting_change(PRE, POST, change_report(after, before), True)
    unlike = sitting_change(PRE, POST, change_report(before, after), False)

    assert (up.direction, up.gain_band) == ("naik", "sedang")
    assert (down.direction, down.gain, down.gain_band) == ("turun", None, None)
    assert (unlike.direction, unlike.gain, unlike.gain_band) == (None, None, None)


def test_a_gain_that_two_decimals_do_not_show_is_not_told() -> None:
    before = {f"p{n}": Work("A", Fraction(20 + n % 2), {}) for n in range(3000)}
    after = {f"p{n}": Work("A", Fraction(20.2 + n % 2 + n % 3 / 10), {}) for n in range(3000)}

    change = sitting_change(PRE, POST, change_report(before, after), True)

    assert (change.direction, change.gain) == ("naik", None)
    assert "Hake" not in " ".join(change.sentences)


parts = st.tuples(st.integers(0, 4), st.integers(0, 4)).map(
    lambda pair: ((Fraction(pair[0]), Fraction(4)), (Fraction(pair[1]), Fraction(4)))
)


@given(st.lists(st.tuples(parts, parts), min_size=10, max_size=40))
def test_a_movement_in_words_is_what_its_interval_as_printed_says(people: list[Any]) -> None:
    before = {f"p{n}": Parts(*pair[0]) for n, pair in enumerate(people)}
    after = {f"p{n}": Parts(*pair[1]) for n, pair in enumerate(people)}
    found = movement(sorted(before), before, after)
    assert isinstance(found, Movement)
    works = [{f"p{n}": Work("A", Fraction(50), {}) for n in range(10)}] * 2
    change = sitting_change(PRE, POST, change_report(works[0], works[1]), True)

    sentences = Moved((Any, Any), change, (), found).sentences  # type: ignore[arg-type]
    said = sentences[1]

    ends = re.search(rf"rentang 95% {SIGNED} sampai {SIGNED}\)", said)
    assume(ends is not None)
    assert ends
    low, high = number(ends[1]), number(ends[2])
    changes = re.search(rf"berubah {SIGNED} poin.* pada kalimat lain {SIGNED} poin", sentences[0])
    further = re.search(rf"Selisih kedua perubahan {SIGNED} poin", said)
    assert changes
    assert further
    assert number(changes[1]) - number(changes[2]) == number(further[1])
    assert low <= number(further[1]) <= high
    assert (NOT_APART in said) == (low <= 0 <= high)
    assert ("lebih naik" in said) == (low > 0)
    assert ("kurang naik" in said) == (high < 0)


class Scored(NamedTuple):
    items: list[list[str]]


@pytest.mark.parametrize("seed", [160, 1, 2, 3])
def test_alpha_is_called_negative_exactly_where_it_is_printed_so(seed: int) -> None:
    """Of people who guess; the first has an alpha just below 0, which is printed as 0,00."""
    guess = random.Random(seed).randint
    scores = [
        Scored([[str(n), f"v{n}", "makna", "knowledge", str(guess(0, 1)), "1"] for n in range(8)])
        for _ in range(30)
    ]

    measured = Measured(Sitting(opens_at=NOW, closes_at=NOW), 8, 0, scores)

    assert measured.reliability is not None
    shown = round_half_up(measured.reliability.alpha, 2)
    assert ("Negatif" in measured.sentences[1]) == (shown < 0)
    assert ("KR-20) -" in measured.sentences[1]) == (shown < 0)


@given(st.lists(st.tuples(st.sampled_from("AB"), st.booleans()), min_size=10, max_size=80))
def test_a_share_that_passed_is_called_other_as_its_interval_is_printed(
    people: list[tuple[str, bool]],
) -> None:
    facts = [
        AttemptFact(
            person=str(number),
            unit_code=unit,
            unit_name=unit,
            kind_code=unit,
            kind_name=unit,
            invited=True,
            attended=True,
            worked=True,
            state="submitted",
            percent=Fraction(80 if passed else 60),
            passed=passed,
            topic_scores={},
        )
        for number, (unit, passed) in enumerate(people)
    ]

    for each in beside_the_rest(unit_report(facts)):
        low, high = (int(signed_id(end)) for end in (each.difference.low, each.difference.high))
        expected = NOT_APART if low <= 0 <= high else "lebih banyak"
        assert each.words == ("lebih sedikit" if high < 0 else expected)
