"""Stems and explanations read at once, whoever reads them."""

from dataclasses import replace

import pytest

from tests.assessment import samples
from tests.assessment.quality.linter.checking import (
    Case,
    found,
    stem,
    told,
    worded,
)

CASES: dict[str, Case] = {
    "kalimat-pengisi": (
        samples.item(explanation="Netral berarti tidak berpihak. Tandai kalender kantor."),
        "pembahasan",
        "“Tandai kalender kantor.” tidak menjelaskan yang ditanyakan. Hapus, atau ganti dengan "
        "satu hal yang mengubah jawabannya.",
        samples.item(explanation="Netral berarti tidak berpihak. Kenali arti netralitas."),
    ),
    "pasal-dikutip": (
        samples.item(explanation="Pasal 1 dan Pasal 12 melarangnya. Layanan sama."),
        "pembahasan",
        "Pasal 12 disebut, tetapi tidak dikutip soal ini. Kutip pasalnya, atau hapus dari "
        "pembahasan.",
        samples.item(explanation="Pasal 1 melarangnya. Layanan sama."),
    ),
    "ingkaran-ditandai": (
        stem("Perbuatan mana yang tidak termasuk larangan?"),
        "pokok soal",
        "Pertanyaan mengingkari (“mana yang tidak”) tanpa tanda. Tulis TIDAK, BUKAN, atau KECUALI "
        "dengan huruf besar, atau tanyakan yang sebaliknya.",
        stem("Perbuatan mana yang TIDAK termasuk larangan?"),
    ),
    "ingkaran-ganda": (
        worded("Tidak hadir", "Ikut hadir", "Pulang awal", stem="Mana yang BUKAN pelanggaran?"),
        "opsi A",
        "Pertanyaannya sudah ingkar. Tulis opsi ini positif.",
        worded("Pulang", "Ikut hadir", "Berorasi", stem="Mana yang BUKAN pelanggaran?"),
    ),
    "bentuk-pertanyaan": (
        stem("Mana yang dilarang?", "multiple_choice"),
        "pokok soal",
        "Akhiri dengan “Pilih semua yang tepat.”",
        stem("Mana yang dilarang? Pilih semua yang tepat.", "multiple_choice"),
    ),
    "panjang-kalimat": (
        stem("Seorang pegawai " + "melayani " * 24 + "warga."),
        "pokok soal",
        "Kalimat berisi 27 kata: “Seorang pegawai melayani melayani melayani melayani …”. Pecah.",
        stem("Seorang pegawai " + "melayani " * 22 + "warga."),
    ),
    "panjang-pembahasan": (
        samples.item(explanation="Dilarang."),
        "pembahasan",
        "Pembahasan 1 kalimat. Tulis 2 sampai 4: aturan, alasan, tindakan.",
        samples.item(explanation="Dilarang menurut UU No. 20. Karena itu tolaklah."),
    ),
    "umpan-balik": (
        samples.item(
            options=(*samples.options(1, 0), replace(samples.options(0, 0, 0)[2], feedback=""))
        ),
        "opsi",
        "Opsi C belum punya umpan balik: peserta hanya membaca pembahasan.",
        samples.item(),
    ),
    "singkatan": (
        stem("Apa tugas KPPS?"),
        "pokok soal",
        "Singkatan “KPPS” belum dijelaskan. Tulis panjangnya dahulu.",
        stem("Apa tugas kelompok penyelenggara pemungutan suara (KPPS)? KPPS bekerja di TPS."),
    ),
}


@pytest.mark.parametrize("rule", CASES)
def test_each_rule_names_what_breaks_it_and_nothing_that_keeps_it(rule: str) -> None:
    broken, where, message, sound = CASES[rule]

    assert told(rule, broken) == [(broken.code, where, message)]
    assert told(rule, sound) == []


@pytest.mark.parametrize(
    "text",
    [
        "Siapa yang tidak memilih?",
        "Semua ini dilarang, kecuali yang mana?",
        "Siapa yang bukan ASN?",
        "Lembaga mana yang belum disebut?",
    ],
)
def test_every_negative_question_is_seen(text: str) -> None:
    assert len(found("ingkaran-ditandai", [stem(text)])) == 1


@pytest.mark.parametrize(
    "text", ["Ia tidak hadir. Apa yang tepat?", "Ia bukan ASN. Bolehkah ia hadir?"]
)
def test_a_negative_outside_the_question_needs_no_mark(text: str) -> None:
    assert found("ingkaran-ditandai", [stem(text)]) == []


def test_a_statement_is_no_question_and_one_answer_is_not_all() -> None:
    statement = stem("Bolehkah ASN memilih?", "true_false")
    single = stem("Mana yang dilarang? Pilih semua yang tepat.")

    assert [f.message for f in found("bentuk-pertanyaan", [statement, single])] == [
        "Tulis pernyataan, bukan pertanyaan.",
        "Hanya satu jawaban diminta. Hapus ajakan memilih semuanya.",
    ]


def test_an_abbreviation_with_two_meanings_is_refused_even_when_explained() -> None:
    item = stem("Apa tugas Pejabat Pembina Kepegawaian (PPK)?")

    assert [f.message for f in found("singkatan", [item])] == [
        "“PPK” mempunyai dua arti. Tulis panjangnya."
    ]


def test_a_short_name_behind_a_hyphen_is_part_of_its_word() -> None:
    assert found("singkatan", [stem("Menurut SE Menpan-RB 18/2023, apa yang tepat?")]) == []


@pytest.mark.parametrize(
    "explanation",
    [
        "Dasarnya Lampiran II SKB. Bacalah bab XIV dan III.",
        "Dasarnya Putusan MK 136/PUU-XXII/2024. Bacalah putusan itu.",
    ],
)
def test_numbers_written_in_letters_are_no_abbreviations(explanation: str) -> None:
    assert told("singkatan", samples.item(explanation=explanation)) == []


@pytest.mark.parametrize("short", ["KPPS", "VIP", "IKM", "XL"])
def test_what_only_looks_like_a_number_is_an_abbreviation(short: str) -> None:
    [(_, where, message)] = told("singkatan", samples.item(explanation=f"Tanya {short}. Catat."))

    assert (where, message) == (
        "pembahasan",
        f"Singkatan “{short}” belum dijelaskan. Tulis panjangnya dahulu.",
    )
