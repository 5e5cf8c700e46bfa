import random
from collections import Counter

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quiz import codes

KEY = b"an invented key for tests"
codes_of_people = st.text(alphabet=codes.ALPHABET, min_size=8, max_size=8)


def test_alphabet_has_thirty_letters_and_no_look_alike_pair():
    look_alikes = ["0O", "1IL", "2Z", "5S", "8B"]

    kept = [[letter for letter in group if letter in codes.ALPHABET] for group in look_alikes]

    assert len(set(codes.ALPHABET)) == 30
    assert kept == [["0"], ["1"], ["2"], ["5"], ["8"]]


def test_personal_code_is_the_same_for_the_same_enrolment_and_issue():
    assert codes.personal_code(KEY, "enrolment-ani", 1) == "YAC98EAD"


@pytest.mark.parametrize(
    ("key", "uid", "issue"),
    [(b"another key", "enrolment-ani", 1), (KEY, "enrolment-budi", 1), (KEY, "enrolment-ani", 2)],
)
def test_personal_code_changes_with_key_person_and_issue(key, uid, issue):
    assert codes.personal_code(key, uid, issue) != codes.personal_code(KEY, "enrolment-ani", 1)


@given(uid=st.text(max_size=40), issue=st.integers(1, 10_000))
def test_every_personal_code_can_be_typed_back(uid, issue):
    code = codes.personal_code(KEY, uid, issue)

    assert codes.normalise_code(codes.show_code(code)) == code


def test_all_letters_of_the_alphabet_are_equally_likely():
    drawn = Counter("".join(codes.personal_code(KEY, f"e{n}", 1) for n in range(3_000)))

    expected = 3_000 * 8 / 30
    chi_square = sum((drawn[letter] - expected) ** 2 / expected for letter in codes.ALPHABET)

    assert set(drawn) == set(codes.ALPHABET)
    assert chi_square < 58.3  # 99.9 % of a chi-square with 29 degrees of freedom


def test_a_code_that_needs_more_bytes_than_one_digest_goes_on_to_the_next():
    letters = codes._derive(KEY, "label", "message", codes.ALPHABET, 100)

    assert len(letters) == 100
    assert letters[:8] == codes._derive(KEY, "label", "message", codes.ALPHABET, 8)


def test_a_value_made_for_one_purpose_does_not_serve_another():
    same = [
        codes.code_index(KEY, "K7P2QX4M"),
        codes.token_index(KEY, "K7P2QX4M"),
        codes._mac(KEY, "personal-code", "K7P2QX4M").hex(),
        codes._mac(KEY, "receipt", "K7P2QX4M").hex(),
    ]

    assert len(set(same)) == 4


def test_index_is_64_hexadecimal_digits_and_does_not_hold_the_code():
    index = codes.code_index(KEY, "K7P2QX4M")

    assert len(bytes.fromhex(index)) == 32
    assert "k7p2qx4m" not in index


def test_an_empty_key_is_refused():
    with pytest.raises(ValueError, match="needs a key"):
        codes.personal_code(b"", "enrolment-ani", 1)


def test_card_token_has_22_letters_and_digits():
    token = codes.card_token(KEY, "enrolment-ani", 1)

    assert len(token) == 22
    assert token.isalnum() and token.isascii()
    assert token != codes.card_token(KEY, "enrolment-ani", 2)


@given(code=codes_of_people)
def test_spaces_hyphens_and_case_do_not_matter(code):
    typed = f"  {code[:3].lower()} - {code[3:6]}\u2013{code[6:]}\n"

    assert codes.normalise_code(typed) == code


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("k7p2-qx4m", "K7P2QX4M"),
        ("oilz.sbaa", "011258AA"),
        ("Ｋ７Ｐ２ＱＸ４Ｍ", "K7P2QX4M"),  # a phone's full-width keyboard
        ("K7P2\u00a0QX4M", "K7P2QX4M"),
    ],
)
def test_common_slips_are_put_right(typed, meant):
    assert codes.normalise_code(typed) == meant


@pytest.mark.parametrize(
    "typed", ["", "K7P2QX4", "K7P2QX4M9", "K7P2QX4!", "K7P2QX4\u00df", "K7P2QX4\u0661", "A" * 65]
)
def test_what_cannot_be_a_code_is_none(typed):
    assert codes.normalise_code(typed) is None


@given(text=st.text(max_size=80))
def test_normalising_any_text_gives_a_code_or_none(text):
    code = codes.normalise_code(text)

    assert code is None or (len(code) == 8 and set(code) <= set(codes.ALPHABET))


def test_code_is_shown_in_two_halves():
    assert codes.show_code("K7P2QX4M") == "K7P2-QX4M"


def test_receipt_has_six_characters_and_is_repeated_for_the_same_attempt():
    first = codes.receipt("attempt-of-ani", KEY)

    assert len(first) == 6
    assert set(first) <= set(codes.ALPHABET)
    assert codes.receipt("attempt-of-ani", KEY) == first
    assert codes.receipt("attempt-of-budi", KEY) != first


def test_join_code_joins_the_given_letters_and_three_digits():
    rng = random.Random(7)

    drawn = [codes.join_code(rng, "ljn") for _ in range(50)]

    assert {code[:4] for code in drawn} == {"LJN-"}
    assert all(100 <= int(code[4:]) <= 999 for code in drawn)


@pytest.mark.parametrize("letters", ["", "L", "L-1", "Desa Loa Janan", "\u00c4B"])
def test_join_code_refuses_what_is_not_letters(letters):
    with pytest.raises(ValueError, match="2 to 8 letters"):
        codes.join_code(random.Random(7), letters)


def test_one_time_tokens_do_not_repeat_and_fit_an_address():
    tokens = {codes.one_time_token() for _ in range(1_000)}

    assert {len(token) for token in tokens} == {32}
    assert len(tokens) == 1_000
    assert all(token.isalnum() and token.isascii() for token in tokens)
