"""Texts that speak of the same things, and the words that say so."""

import pytest

from quiz.assessment.quality.likeness import Likeness, stemmed

TEXTS = {
    "suka": "Dilarang menyukai unggahan akun pemenangan calon.",
    "aula": "Aula kantor dilarang dipinjamkan bagi rapat pemenangan.",
    "hadir": "Pegawai boleh hadir pada acara keluarga.",
}


def liked(text: str) -> list[str]:
    return [row.name for row in Likeness(TEXTS).like([(text, 1)])]


@pytest.mark.parametrize(
    "words",
    [
        ("meminjamkan", "dipinjamkan", "pinjam", "peminjaman", "pinjamkanlah"),
        ("mengunggah", "diunggah", "unggahan", "unggah", "pengunggahnya"),
        ("pelanggaran", "melanggar", "dilanggar", "langgar"),
    ],
)
def test_words_of_one_root_have_one_stem(words: tuple[str, ...]) -> None:
    assert len({stemmed(word) for word in words}) == 1


def test_the_likest_comes_first_whatever_the_form_of_its_words() -> None:
    assert liked("Bolehkah ruang AULA kantor dipinjam?")[0] == "aula"
    assert liked("Ia mengunggah foto lalu menyukainya")[0] == "suka"


def test_the_reason_is_words_as_they_were_asked() -> None:
    [first, *_] = Likeness(TEXTS).like([("Peminjaman AULA untuk rapat", 1)])

    assert set(first.words) == {"peminjaman", "aula", "rapat"}


def test_likeness_is_one_for_the_same_text_and_nothing_for_none_shared() -> None:
    [same, *_] = Likeness(TEXTS).like([(TEXTS["hadir"], 1)])

    assert same.likeness == pytest.approx(1)
    assert liked("Xylofon quartz") == []
    assert liked("") == []


def test_a_text_that_counts_more_decides() -> None:
    found = Likeness(TEXTS).like([("acara keluarga", 0.5), ("unggahan akun", 2)])

    assert found[0].name == "suka"


def test_no_texts_are_like_nothing() -> None:
    assert Likeness({}).like([("apa saja", 1)]) == []
