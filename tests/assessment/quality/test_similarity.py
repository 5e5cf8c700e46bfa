"""Near-duplicates among many questions."""

import itertools
import random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quiz.assessment.quality.similarity import Pair, near_duplicates, near_to, shingles

BOUND = r"^least similarity must be above 0 and at most 1, "

WORDS = [
    "netral",
    "pegawai",
    "kampanye",
    "grup",
    "kepala",
    "desa",
    "foto",
    "hadir",
    "boleh",
    "dilarang",
    "tugas",
    "warga",
]


def test_one_changed_word_is_near_and_another_question_is_not() -> None:
    found = near_duplicates(
        {
            "B": "Bolehkah pegawai negeri hadir di kampanye tanpa memakai seragam dinas?",
            "A": "Bolehkah pegawai negeri hadir di kampanye dengan memakai seragam dinas?",
            "C": "Apa arti netral bagi kepala desa?",
        }
    )

    assert found == [Pair("A", "B", 9 / 13)]


def test_capitals_accents_and_signs_do_not_count() -> None:
    assert shingles("Apa itu, NETRÁL?") == shingles("apa itu netral")


def test_empty_texts_have_no_pairs() -> None:
    assert near_duplicates({"A": "", "B": "…", "C": ""}) == []


def test_a_bound_that_makes_no_sense_is_refused() -> None:
    with pytest.raises(ValueError, match=BOUND + r"not 0$"):
        near_duplicates({"A": "apa"}, least=0)


@given(
    st.lists(st.lists(st.sampled_from(WORDS), min_size=1, max_size=8).map(" ".join), max_size=12),
    st.sampled_from([0.3, 0.5, 0.8, 1.0]),
)
def test_exactly_the_pairs_that_are_alike_enough_are_found(texts: list[str], least: float) -> None:
    named = {f"S-{number:02}": text for number, text in enumerate(texts)}
    sets = {name: shingles(text) for name, text in named.items()}
    expected = {
        (one, other)
        for one, other in itertools.combinations(sorted(named), 2)
        if len(sets[one] & sets[other]) / len(sets[one] | sets[other]) >= least
    }

    found = near_duplicates(named, least)

    assert {(pair.first, pair.second) for pair in found} == expected


def test_ten_thousand_questions_are_compared_without_looking_at_every_pair() -> None:
    rng = random.Random(1)
    words = [f"kata{n}" for n in range(3000)]
    texts = {f"S-{n}": " ".join(rng.choices(words, k=14)) for n in range(10_000)}
    texts["SAMA"] = texts["S-77"]

    found = near_duplicates(texts)

    assert found == [Pair("S-77", "SAMA", 1.0)]


def test_asked_texts_are_compared_with_known_ones_only() -> None:
    known = {"A": "Apa arti netral?", "B": "Apa arti netral bagi desa?", "C": "Kapan masa tenang?"}

    found = near_to({"1": "apa arti NETRAL", "2": "apa arti netral?", "3": "Siapa?"}, known)

    assert found == {"1": [("A", 1.0)], "2": [("A", 1.0)]}


def test_a_bound_for_known_texts_that_makes_no_sense_is_refused() -> None:
    with pytest.raises(ValueError, match=BOUND + r"not 2$"):
        near_to({"1": "apa"}, {"A": "apa"}, least=2)


@given(
    st.lists(st.lists(st.sampled_from(WORDS), min_size=1, max_size=6).map(" ".join), max_size=6),
    st.lists(st.lists(st.sampled_from(WORDS), min_size=1, max_size=6).map(" ".join), max_size=9),
    st.sampled_from([0.3, 0.5, 1.0]),
)
def test_exactly_the_known_texts_that_are_alike_enough_are_found(
    asked: list[str], known: list[str], least: float
) -> None:
    by_hand = {
        (str(number), str(place))
        for number, one in enumerate(asked)
        for place, other in enumerate(known)
        if len(shingles(one) & shingles(other)) / len(shingles(one) | shingles(other)) >= least
    }

    found = near_to(
        {str(n): text for n, text in enumerate(asked)},
        {str(n): text for n, text in enumerate(known)},
        least,
    )

    assert {(name, other) for name, others in found.items() for other, _ in others} == by_hand
