"""Near-identical stems are found, others are not, and never one missed by the index."""

import random

from hypothesis import given
from hypothesis import strategies as st

from quiz.assessment.near_stems import LIKE, Near, NearStems, likeness, stem_words

words = st.lists(
    st.sampled_from(["asn", "boleh", "hadir", "kampanye", "netral", "tidak", "cuti"]), max_size=9
)


def test_same_words_in_other_dress_are_wholly_alike():
    known = NearStems({"MKN-001": "Apakah ASN boleh berkampanye?"})

    assert known.near("apakah  asn BOLEH berkampanye …") == [Near("MKN-001", 1.0)]


def test_one_changed_word_of_many_is_near_and_another_question_is_not():
    known = NearStems(
        {
            "MKN-001": "Apa yang harus dilakukan ASN saat diminta hadir di kampanye?",
            "MKN-002": "Kapan masa tenang dimulai?",
        }
    )

    found = known.near("Apa yang harus dilakukan PNS saat diminta hadir di kampanye?")

    assert [near.code for near in found] == ["MKN-001"]


def test_the_likest_comes_first():
    known = NearStems({"A-1": "satu dua tiga empat lima", "A-2": "satu dua tiga empat"})

    assert [near.code for near in known.near("satu dua tiga empat")] == ["A-2", "A-1"]


def test_stem_without_words_is_like_nothing():
    assert NearStems({"A-1": "…", "A-2": "satu"}).near("?") == []


@given(st.dictionaries(st.sampled_from("ABCDEFGH"), words.map(" ".join)), words.map(" ".join))
def test_index_finds_what_comparing_every_pair_finds(stems, asked):
    by_hand = {
        code
        for code, stem in stems.items()
        if likeness(stem_words(asked), stem_words(stem)) >= LIKE
    }

    assert {near.code for near in NearStems(stems).near(asked)} == by_hand


def test_three_hundred_stems_against_ten_thousand_compare_few_pairs():
    rng = random.Random(7)
    vocabulary = [f"kata{number}" for number in range(3_000)]
    stems = {f"S-{n}": " ".join(rng.choices(vocabulary, k=15)) for n in range(10_000)}
    known = NearStems(stems)

    found = [known.near(stems[f"S-{n}"]) for n in range(300)]

    assert [near[0].code for near in found] == [f"S-{n}" for n in range(300)]
