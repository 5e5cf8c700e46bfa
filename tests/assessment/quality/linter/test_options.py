"""Options give nothing away and judge none of the others."""

import pytest

from tests.assessment.quality.linter.checking import (
    ALIKE,
    Case,
    found,
    told,
    worded,
)

CASES: dict[str, Case] = {
    "semua-benar": (
        worded("Melapor", "Menolak", "Diam saja", "Semua jawaban di atas benar"),
        "opsi D",
        "“Semua jawaban di atas benar” menilai opsi lain. Ganti dengan opsi yang berisi.",
        worded("Semua golongan dan partai", "Atasan langsung", "Partai yang kalah"),
    ),
    "opsi-saling-lepas": (
        worded("PNS", "PNS dan PPPK", "Kepala desa"),
        "opsi A",
        "Termuat dalam opsi B. Buat keduanya saling meniadakan.",
        worded("PNS saja", "PNS dan PPPK", "Kepala desa"),
    ),
    "opsi-sebentuk": (
        worded("Menolak ajakan itu.", "Menerima ajakan itu", "Menunda jawabannya"),
        "opsi",
        "Hanya opsi A diakhiri titik. Samakan semua opsi.",
        worded(*ALIKE),
    ),
    "opsi-sepanjang": (
        worded("Menolak dengan sopan sambil menjelaskan aturannya", "Menerima", "Menunda"),
        "opsi",
        "Panjang opsi A 49 huruf, opsi C hanya 7. Ratakan panjangnya.",
        worded(*ALIKE),
    ),
    "petunjuk-pokok-soal": (
        worded(
            "Keluar dari grup relawan",
            "Bertahan di sana",
            "Menyimak dahulu",
            stem="Anda dimasukkan ke grup relawan Paslon X. Langkah mana yang tepat?",
        ),
        "opsi kunci",
        "Kata “relawan” dari pokok soal hanya muncul pada kunci. Pakai juga pada pengecoh, atau "
        "ganti kata pada kunci.",
        worded(
            "Keluar dari grup relawan",
            "Bertahan sebagai relawan",
            "Menyimak dahulu",
            stem="Anda dimasukkan ke grup relawan Paslon X. Langkah mana yang tepat?",
        ),
    ),
    "kata-mutlak": (
        worded("Melapor kepada pengawas", "Tidak pernah melapor", "Menunggu perintah"),
        "opsi B",
        "Kata “tidak pernah” hanya ada pada pengecoh. Hapus kata itu.",
        worded("Selalu melapor", "Tidak pernah melapor", "Menunggu perintah"),
    ),
}


@pytest.mark.parametrize("rule", CASES)
def test_each_rule_names_what_breaks_it_and_nothing_that_keeps_it(rule: str) -> None:
    broken, where, message, sound = CASES[rule]

    assert told(rule, broken) == [(broken.code, where, message)]
    assert told(rule, sound) == []


@pytest.mark.parametrize(
    "text", ["Tidak ada yang benar", "a dan b benar", "Semua benar", "Bukan salah satu di atas"]
)
def test_every_way_of_judging_other_options_is_seen(text: str) -> None:
    assert len(found("semua-benar", [worded("Melapor", "Menolak", text)])) == 1


@pytest.mark.parametrize(
    ("text", "form"),
    [
        ("menolak ajakan itu", "B, C diawali huruf besar"),
        ("“Menolak ajakan itu”", "A diapit tanda kutip"),
        ("7 hari lamanya", "A diawali angka"),
    ],
)
def test_an_option_of_another_form_is_seen(text: str, form: str) -> None:
    item = worded(text, "Menerima ajakan itu", "Menunda jawabannya")

    assert f"Hanya opsi {form}. Samakan semua opsi." in [
        f.message for f in found("opsi-sebentuk", [item])
    ]
