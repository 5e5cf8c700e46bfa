"""Which passwords are taken."""

import pytest

from quiz.actions.people.passwords import password_problems

KNOWN = ("Citra Ayu Ningsih", "citra.ayu", "UPT Pendidikan Rekaan", "Kesbangpol Kutai Kartanegara")


@pytest.mark.parametrize(
    ("text", "problems"),
    [
        ("sembilan9", ["Kata sandi paling sedikit 10 karakter, ini baru 9."]),
        ("sepuluh-10", []),
        ("x" * 200 + "y", ["Kata sandi paling banyak 200 karakter."]),
    ],
)
def test_a_password_has_ten_characters_or_the_fault_is_said(text: str, problems: list[str]) -> None:
    assert password_problems(text) == problems


@pytest.mark.parametrize(
    "text",
    [
        *(
            "kkkkkkkkkkkk",
            "1234567890",
            "0987654321",
            "12345678901234",
            "1212121212",
            "abcabcabcabc",
        ),
        *("qwertyuiop", "poiuytrewq", "asdfghjkl;", "qwerty12345", "abcdefghij", "!!!!!!!!!!"),
    ],
)
def test_a_pattern_is_no_password(text: str) -> None:
    assert "pola" in password_problems(text)[0]


@pytest.mark.parametrize(
    "text",
    [
        *(
            "1q2w3e4r5t",
            "basketball",
            "PASSWORD123",
            "p4ssw0rd2024",
            "Pa$$word-2024",
            "Rahasia12345",
        ),
        *(
            "bismillah1",
            "Indonesia2024!",
            "sayangkamu",
            "admin-12345",
            "samarinda99",
            "rahasiarahasia",
        ),
        "𝐩𝐚𝐬𝐬𝐰𝐨𝐫𝐝𝟏𝟐𝟑",
    ],
)
def test_a_common_password_is_none_however_it_is_dressed(text: str) -> None:
    assert len(password_problems(text)) == 1


@pytest.mark.parametrize(
    "text",
    [
        *("kesbangpol", "Kesbangpol2024", "kesbangpol-kukar", "kutaikartanegara", "2024Kutai2025"),
        *(
            "citra.ayu1",
            "Citra Ningsih",
            "ningsihcitra",
            "NINGSIH-1990",
            "uptpendidikan",
            "Çitra-Ningsih",
        ),
    ],
)
def test_what_everybody_knows_of_a_person_is_no_password(text: str) -> None:
    assert len(password_problems(text, KNOWN)) == 1


@pytest.mark.parametrize(
    "text",
    [
        *("kuda-laut-berenang", "empat kata yang panjang", "citra suka kopi hitam tanpa gula"),
        *("kopi pagi di teras", "tR4ngkil%Umbul", "sandi baru yang panjang", "пароль для уток"),
    ],
)
def test_a_few_plain_words_are_a_password(text: str) -> None:
    assert password_problems(text, KNOWN) == []
