"""Nothing points at a side, and nobody is asked for theirs."""

from dataclasses import replace

import pytest

from tests.assessment import samples
from tests.assessment.quality.linter.checking import (
    Case,
    found,
    stem,
    told,
)

CASES: dict[str, Case] = {
    "nama-calon": (
        stem("Kak Rudi mengajak Anda hadir. Apa yang tepat?"),
        "pokok soal",
        "“Rudi” terdengar seperti nama calon. Sebut perannya saja.",
        stem("Anggota tim Paslon Y mengajak Anda hadir. Apa yang tepat?"),
    ),
    "nomor-urut": (
        stem("Ia mengunggah ajakan memilih nomor 2 dari nomor urut itu. Apa yang tepat?"),
        "pokok soal",
        "“nomor urut” menunjuk nomor calon. Tulis Paslon X atau Paslon Y.",
        stem("Ia mengunggah ajakan memilih Paslon X. Apa yang tepat?"),
    ),
    "isyarat-tangan": (
        stem("Rombongan berfoto dengan dua jari. Apa yang tepat?"),
        "pokok soal",
        "“dua jari” adalah isyarat tangan. Tulis “pose tanda dukungan”.",
        stem("Rombongan berfoto dengan pose tanda dukungan. Apa yang tepat?"),
    ),
    "warna": (
        stem("Ia memakai kaus merah tim Paslon X. Apa yang tepat?"),
        "pokok soal",
        "“merah” adalah nama warna. Hapus, atau tulis abu-abu.",
        stem("Ia memakai kaus abu-abu tim Paslon X. Apa yang tepat?"),
    ),
    "partai-nyata": (
        stem("Ia hadir di rapat PAN. Apa yang tepat?"),
        "pokok soal",
        "“PAN” adalah nama partai. Tulis “sebuah partai politik”.",
        stem("Ia membawa pan ke rapat sebuah partai politik. Apa yang tepat?"),
    ),
    "kata-bermuatan": (
        stem("Tim petahana datang ke kantor. Apa yang tepat?"),
        "pokok soal",
        "“petahana” bermuatan kampanye. Pakai kata yang datar.",
        stem("Tim Paslon X datang ke kantor. Apa yang tepat?"),
    ),
    "pihak-rekaan": (
        stem("Tim Paslon Z meminjam aula. Apa yang tepat?"),
        "pokok soal",
        "“Paslon Z” bukan sebutan rekaan. Pakai Paslon X atau Y.",
        stem("Tim Paslon X dan para Paslon lain meminjam aula. Apa yang tepat?"),
    ),
    "membuka-pilihan": (
        stem("Siapa yang Anda pilih pada hari pemungutan suara?"),
        "pokok soal",
        "“Siapa yang Anda pilih” meminta pilihan politik peserta. Tulis tokoh ketiga.",
        stem("Atasan bertanya siapa yang dipilih stafnya. Apa yang tepat?"),
    ),
    "prasangka": (
        stem("Orang Madura ikut rapat. Apa yang tepat?"),
        "pokok soal",
        "“Orang Madura” dapat terbaca sebagai prasangka. Tulis orangnya saja.",
        stem("Seorang warga ikut rapat. Apa yang tepat?"),
    ),
}


@pytest.mark.parametrize("rule", CASES)
def test_each_rule_names_what_breaks_it_and_nothing_that_keeps_it(rule: str) -> None:
    broken, where, message, sound = CASES[rule]

    assert told(rule, broken) == [(broken.code, where, message)]
    assert told(rule, sound) == []


@pytest.mark.parametrize(
    ("rule", "text"),
    [
        ("nomor-urut", "Ia mengajak memilih Paslon 1."),
        ("nomor-urut", "Coblos nomor itu, katanya."),
        ("isyarat-tangan", "Ia mengacungkan jempol."),
        ("partai-nyata", "Ia anggota partai buruh."),
        ("partai-nyata", "Ia pengurus Golkar."),
        ("kata-bermuatan", "“Lanjutkan!” katanya."),
        ("membuka-pilihan", "Anda akan memilih Paslon X?"),
        ("membuka-pilihan", "Tuliskan pilihan Anda pada Pilkada."),
        ("membuka-pilihan", "Calon yang Anda dukung menang."),
    ],
)
def test_whatever_points_at_a_side_is_seen(rule: str, text: str) -> None:
    assert len(found(rule, [stem(text)])) == 1


def test_words_in_feedback_and_in_a_simulation_count_too() -> None:
    item = samples.item("feed")
    extra = {**item.extra, "title": "Grup Merah"}
    options = (replace(item.options[0], feedback="Itu jempol."), *item.options[1:])
    coloured = replace(item, extra=extra, options=options)

    [colour] = found("warna", [coloured])
    [hand] = found("isyarat-tangan", [coloured])
    assert (colour.where, colour.place) == ("judul simulasi", ("extra", "title"))
    assert (hand.where, hand.place) == ("umpan balik bila A dipilih", ("options", 0, "feedback"))


@pytest.mark.parametrize(
    ("word", "refused"),
    [
        ("Harun", True),
        ("Surya", True),
        ("Nur", True),
        ("Nuur", True),
        ("Rudy", True),
        ("Ahmad", True),
        ("Sur", False),
        ("Hadirin", False),
        ("Wati", False),
        ("harun", False),
    ],
)
def test_a_candidates_name_is_heard_in_any_spelling_and_from_five_letters(
    word: str, refused: bool
) -> None:
    assert bool(told("nama-calon", stem(f"Lalu {word} hadir. Apa yang tepat?"))) is refused
