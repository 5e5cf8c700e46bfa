"""Every item rests on a checked claim and on an article that binds whoever is asked."""

from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from quiz.assessment.items.item import ASN, Status
from quiz.assessment.quality.linter import lint
from quiz.assessment.question_file import Reference
from tests.assessment import samples
from tests.assessment.quality.linter.checking import (
    DAY,
    Case,
    claim,
    found,
    reference,
    stem,
    told,
)

DATED = "Menurut teks yang berlaku November 2024, siapa yang diancam pidana?"

CASES: dict[str, Case] = {
    "dasar-fakta": (
        samples.item(claims=()),
        "dasar",
        "Belum mengutip satu fakta pun: pilih fakta yang menopang kunci.",
        samples.item("judgement", claims=()),
    ),
    "keyakinan-fakta": (
        samples.item(claims=("F-SEDANG",)),
        "pokok soal",
        "Keyakinan F-SEDANG sedang. Sebut sumbernya pada pokok soal: “Menurut …”.",
        stem("Menurut penjelasan KPU, apa yang tepat?", claims=("F-SEDANG",)),
    ),
    "pasal-berlaku": (
        samples.item(references=("LAMA",)),
        "dasar",
        "UU 5/2014 Pasal 1 tidak berlaku pada 22 November 2024. Pakai pasal yang berlaku pada "
        "tanggal itu.",
        samples.item(references=("SURAT",)),
    ),
    "hukum-sesuai-status": (
        samples.item(references=("PP-94-2021-P5",), audience=frozenset({Status.KEPALA_DESA})),
        "dasar",
        "PP 94/2021 tidak mengikat kepala desa dan perangkatnya. Ganti dasar.",
        samples.item(
            references=("PP-94-2021-P5", "UU-6-2014-P29"),
            audience=frozenset({Status.PENJABAT_KEPALA_DESA}),
        ),
    ),
    "ancaman-bertanggal": (
        stem("Siapa yang diancam pidana bila memberi uang kepada pemilih?"),
        "pokok soal",
        "Tulis “Menurut undang-undang yang berlaku pada November 2024” pada soal pidana.",
        stem(DATED),
    ),
    "tanggal-bertahun": (
        stem("Pada 25 November seorang PNS hadir. Apa akibatnya?"),
        "pokok soal",
        "“25 November” tanpa tahun. Tulis tahunnya pada pokok soal.",
        stem("Pada 25 November 2024 seorang PNS hadir. Apa akibatnya?"),
    ),
    "kata-pasal": (
        samples.item(references=("SURAT",), basis_words=("bebas dari pengaruh",)),
        "dasar",
        "“bebas dari pengaruh” tidak ada pada bunyi pasal yang dikutip. Lengkapi bunyinya dalam "
        "daftar, kutip pasal lain, atau tulis kata yang ada di situ.",
        samples.item(references=("SURAT",), basis_words=("Isi.", "isi")),
    ),
}


@pytest.mark.parametrize("rule", CASES)
def test_each_rule_names_what_breaks_it_and_nothing_that_keeps_it(rule: str) -> None:
    broken, where, message, sound = CASES[rule]

    assert told(rule, broken) == [(broken.code, where, message)]
    assert told(rule, sound) == []


def test_a_weak_claim_and_an_unknown_one_are_refused_whatever_the_stem_says() -> None:
    item = stem("Menurut KPU, apa yang tepat?", claims=("F-RENDAH", "F-TIDAK-ADA"))

    assert [f.message for f in found("keyakinan-fakta", [item])] == [
        "Keyakinan F-RENDAH rendah. Pakai fakta lain.",
        "Fakta F-TIDAK-ADA tidak ada dalam daftar.",
    ]


def test_an_article_nobody_registered_is_named() -> None:
    [finding] = found("pasal-berlaku", [samples.item(references=("UU-X",))])

    assert finding.message == "Pasal UU-X tidak ada dalam daftar."


def test_civil_servants_alone_are_not_under_village_law() -> None:
    item = samples.item(references=("UU-6-2014-P29",), audience=ASN - {Status.PENJABAT_KEPALA_DESA})

    assert [f.message for f in found("hukum-sesuai-status", [item])] == [
        "UU 6/2014 tidak mengikat ASN. Ganti dasar."
    ]


VILLAGE_HEADS = frozenset({Status.KEPALA_DESA, Status.PENJABAT_KEPALA_DESA})


@pytest.mark.parametrize(
    "audience", [VILLAGE_HEADS, frozenset({Status.PENJABAT_KEPALA_DESA})], ids=["with", "alone"]
)
def test_an_acting_village_head_is_not_asked_on_village_law_alone(
    audience: frozenset[Status],
) -> None:
    item = samples.item(references=("UU-6-2014-P29",), audience=audience)

    assert [f.message for f in found("hukum-sesuai-status", [item])] == [
        "Penjabat kepala desa adalah PNS; dasarnya baru Undang-Undang Desa. Kutip juga aturan yang "
        "mengikatnya sebagai PNS, atau hapus centangnya dan tulis soal baginya sendiri."
    ]


@pytest.mark.parametrize(
    ("references", "audience"),
    [
        (("UU-6-2014-P29", "UU-20-2023-P9-2"), VILLAGE_HEADS),
        (("UU-6-2014-P29", "SURAT"), VILLAGE_HEADS),
        (("UU-6-2014-P29",), frozenset({Status.KEPALA_DESA})),
    ],
    ids=["both laws", "a law for everybody", "elected ones alone"],
)
def test_village_law_beside_another_or_for_elected_heads_is_enough(
    references: tuple[str, ...], audience: frozenset[Status]
) -> None:
    item = samples.item(references=references, audience=audience)

    assert found("hukum-sesuai-status", [item]) == []


def test_an_article_that_ends_before_the_event_is_a_warning_for_that_day() -> None:
    item = samples.item(references=("SURAT",))

    [finding] = found("pasal-hari-kegiatan", [item], on=date(2024, 12, 2))

    assert (finding.severity, finding.message) == (
        "warning",
        "Surat Mendagri Pasal 1 tidak berlaku pada 2 Desember 2024. Pakai pasal yang berlaku pada "
        "tanggal itu.",
    )


@pytest.mark.parametrize("on", [None, DAY, date(2024, 11, 27)])
def test_an_article_in_force_on_the_day_is_no_finding(on: date | None) -> None:
    assert found("pasal-hari-kegiatan", [samples.item(references=("SURAT",))], on=on) == []


FOR_EVERYBODY = "Bolehkah foto bersama calon diunggah pada status?"
SKB = reference("SKB-2022", "SKB 22 September 2022")
ELECTION = reference("UU-10-2016-P71", "UU 1/2015 jo. UU 10/2016")


def bound(law: Reference, stem_says: str = FOR_EVERYBODY, **changes: Any) -> list[str]:
    """What is said of an item whose claim and article rest on this law alone."""
    resting = replace(claim("F-ISI", "tinggi"), references=(law.code,))
    fields = {"claims": ("F-ISI",), "references": (law.code,)} | changes
    findings = lint([stem(stem_says, **fields)], [law, ELECTION], [resting], [])
    return [f.message for f in findings if f.rule == "hukum-sesuai-status"]


@pytest.mark.parametrize(
    ("law", "whose", "others"),
    [
        (SKB, "ASN", "kepala desa, perangkat desa, anggota BPD, dan pegawai non-ASN"),
        (
            reference("PP-94-2021-P5", "PP 94/2021"),
            "PNS",
            "PPPK, kepala desa, perangkat desa, anggota BPD, dan pegawai non-ASN",
        ),
        (
            reference("PP-45", "PP 45/1990", title="Peraturan tentang Pegawai Negeri Sipil"),
            "PNS",
            "PPPK, kepala desa, perangkat desa, anggota BPD, dan pegawai non-ASN",
        ),
        (
            reference("SE-1", "SE 1/2023", title="Surat edaran netralitas pegawai non-PNS"),
            "pegawai non-ASN",
            "PNS, calon PNS, PPPK, kepala desa, penjabat kepala desa, perangkat desa, dan anggota "
            "BPD",
        ),
        (
            reference("PERBUP", "Perbup 7/2024", title="Peraturan tentang Perangkat Desa"),
            "pemerintah desa",
            "PNS, calon PNS, PPPK, dan pegawai non-ASN",
        ),
    ],
    ids=lambda part: getattr(part, "law", ""),
)
def test_a_law_of_some_is_not_asked_of_everybody_as_their_own(
    law: Reference, whose: str, others: str
) -> None:
    assert bound(law) == [
        f"Dasarnya hanya mengikat {whose}, tetapi soal ini juga untuk {others}. Hapus centang "
        f"status itu, sebut pada pokok soal bahwa yang diatur {whose}, atau kutip juga dasar yang "
        "mengikat mereka."
    ]


@pytest.mark.parametrize(
    ("said", "changes"),
    [
        (FOR_EVERYBODY, {"audience": ASN}),
        ("Bolehkah pegawai ASN mengunggah foto bersama calon?", {}),
        ("Seorang PPPK mengunggah foto bersama calon. Apa akibatnya?", {}),
        (FOR_EVERYBODY, {"references": ("SKB-2022", "UU-10-2016-P71")}),
    ],
)
def test_each_way_out_is_one(said: str, changes: dict[str, Any]) -> None:
    assert bound(SKB, said, **changes) == []


def test_naming_who_is_not_bound_names_nobody_who_is() -> None:
    assert len(bound(SKB, "Bolehkah pegawai non-ASN mengunggah foto bersama calon?")) == 1


def test_an_election_law_binds_everybody() -> None:
    assert bound(ELECTION) == []
