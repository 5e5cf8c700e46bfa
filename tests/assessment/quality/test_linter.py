"""Each rule of the linter with an item that breaks it and one that does not."""

from dataclasses import replace
from datetime import date
from fractions import Fraction
from typing import Any

import pytest

from quiz.assessment.items.item import ASN, Item, Option, Status
from quiz.assessment.quality.linter import RULES, Finding, lint
from quiz.assessment.question_file import Claim, Reference
from tests.assessment import samples

DAY = date(2024, 11, 22)


def reference(code: str, law: str, **changes: Any) -> Reference:
    fields: dict[str, Any] = {
        "title": law,
        "article": "Pasal 1",
        "text": "Isi.",
        "verbatim": False,
        "valid_from": date(2020, 1, 1),
        "valid_to": None,
        "successor": None,
        "changes": (),
    }
    return Reference(code=code, law=law, **(fields | changes))


def claim(code: str, confidence: str) -> Claim:
    return Claim(code, "Pernyataan.", (), "", ("Sumber",), confidence)


REFERENCES = [
    reference("UU-20-2023-P9-2", "UU 20/2023"),
    reference("PP-94-2021-P5", "PP 94/2021"),
    reference("UU-6-2014-P29", "UU 6/2014"),
    reference("SURAT", "Surat Mendagri", valid_to=date(2024, 11, 27)),
    reference("LAMA", "UU 5/2014", valid_to=date(2023, 10, 30)),
]
CLAIMS = [
    claim("F-DEF-04/rumusan-lama", "tinggi"),
    claim("F-SEDANG", "sedang"),
    claim("F-RENDAH", "rendah"),
]


def found(rule: str, items: list[Item], on: date | None = None) -> list[Finding]:
    return [f for f in lint(items, REFERENCES, CLAIMS, [], on) if f.rule == rule]


def worded(*texts: str, type: str = "single_choice", keys: int = 1, **changes: Any) -> Item:
    """An item whose options say this, the first ones being keys."""
    options = tuple(
        Option("abcdefgh"[n], text, Fraction(n < keys), "Penjelasan.")
        for n, text in enumerate(texts)
    )
    return samples.item(type, options=options, **changes)


def stem(text: str, type: str = "single_choice", **changes: Any) -> Item:
    return samples.item(type, stem=text, **changes)


ALIKE = ("Menolak ajakan itu", "Menerima ajakan itu", "Menunda jawabannya", "Bertanya dahulu")
DATED = "Menurut teks yang berlaku November 2024, siapa yang diancam pidana?"

ITEM_RULES: dict[str, tuple[Item, str, str, Item]] = {
    "semua-benar": (
        worded("Melapor", "Menolak", "Diam saja", "Semua jawaban di atas benar"),
        "opsi ke-4",
        "“Semua jawaban di atas benar” menilai opsi lain. Ganti dengan opsi yang berisi.",
        worded("Semua golongan dan partai", "Atasan langsung", "Partai yang kalah"),
    ),
    "opsi-saling-lepas": (
        worded("PNS", "PNS dan PPPK", "Kepala desa"),
        "opsi ke-1",
        "Termuat dalam opsi ke-2. Buat keduanya saling meniadakan.",
        worded("PNS saja", "PNS dan PPPK", "Kepala desa"),
    ),
    "opsi-sebentuk": (
        worded("Menolak ajakan itu.", "Menerima ajakan itu", "Menunda jawabannya"),
        "opsi",
        "Hanya opsi ke-1 diakhiri titik. Samakan semua opsi.",
        worded(*ALIKE),
    ),
    "opsi-sepanjang": (
        worded("Menolak dengan sopan sambil menjelaskan aturannya", "Menerima", "Menunda"),
        "opsi",
        "Opsi ke-1 panjangnya 49 huruf, opsi ke-3 hanya 7. Ratakan panjangnya.",
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
        "opsi ke-2",
        "Kata “tidak pernah” hanya ada pada pengecoh. Hapus kata itu.",
        worded("Selalu melapor", "Tidak pernah melapor", "Menunggu perintah"),
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
        "opsi ke-1",
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
    "singkatan": (
        stem("Apa tugas KPPS?"),
        "pokok soal",
        "Singkatan “KPPS” belum dijelaskan. Tulis panjangnya dahulu.",
        stem("Apa tugas kelompok penyelenggara pemungutan suara (KPPS)? KPPS bekerja di TPS."),
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
        "Tulis “Menurut teks yang berlaku November 2024” pada soal pidana.",
        stem(DATED),
    ),
}


@pytest.mark.parametrize("rule", ITEM_RULES)
def test_a_rule_names_the_item_that_breaks_it(rule: str) -> None:
    broken, where, message, _ = ITEM_RULES[rule]

    assert [(f.item, f.where, f.message) for f in found(rule, [broken])] == [
        (broken.code, where, message)
    ]


@pytest.mark.parametrize("rule", ITEM_RULES)
def test_a_rule_says_nothing_of_an_item_that_keeps_it(rule: str) -> None:
    sound = ITEM_RULES[rule][3]

    assert found(rule, [sound]) == []


# More ways to break one rule


@pytest.mark.parametrize(
    "text", ["Tidak ada yang benar", "a dan b benar", "Semua benar", "Bukan salah satu di atas"]
)
def test_every_way_of_judging_other_options_is_seen(text: str) -> None:
    assert len(found("semua-benar", [worded("Melapor", "Menolak", text)])) == 1


@pytest.mark.parametrize(
    ("text", "form"),
    [
        ("menolak ajakan itu", "2, 3 diawali huruf besar"),
        ("“Menolak ajakan itu”", "1 diapit tanda kutip"),
        ("7 hari lamanya", "1 diawali angka"),
    ],
)
def test_an_option_of_another_form_is_seen(text: str, form: str) -> None:
    item = worded(text, "Menerima ajakan itu", "Menunda jawabannya")

    assert f"Hanya opsi ke-{form}. Samakan semua opsi." in [
        f.message for f in found("opsi-sebentuk", [item])
    ]


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

    assert [f.where for f in found("warna", [coloured])] == ["simulasi"]
    assert [f.where for f in found("isyarat-tangan", [coloured])] == ["penjelasan opsi ke-1"]


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


# The day of the event


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


# The whole bank


def bank(count: int, make: Any) -> list[Item]:
    return [replace(make(n), code=f"UJI-{n:03}") for n in range(count)]


def placed(n: int, *, longest: bool) -> Item:
    """A single choice of four whose key stands at place n, and is or is not the longest."""
    texts = [f"Opsi {place} yang biasa" for place in range(4)]
    texts[n % 4] += " dan lebih lengkap" if longest else ""
    weights = [int(place == n % 4) for place in range(4)]
    options = samples.options(*weights)
    return samples.item(
        options=tuple(replace(o, text=text) for o, text in zip(options, texts, strict=True))
    )


def test_a_bank_whose_keys_are_longest_is_named() -> None:
    items = bank(20, lambda n: placed(n, longest=n < 7))

    [finding] = found("kunci-terpanjang", items)

    assert (finding.item, finding.where) == (None, "seluruh bank")
    assert finding.message.startswith(
        "Pada 20 soal pilihan tunggal, opsi terpanjang adalah kunci 51 persen, sedangkan "
        "kebetulan 25 persen."
    )


def test_a_bank_whose_options_are_alike_is_not() -> None:
    assert found("kunci-terpanjang", bank(20, lambda n: placed(n, longest=n < 1))) == []


def test_a_bank_too_small_to_tell_is_left_alone() -> None:
    items = bank(19, lambda n: replace(placed(0, longest=True), stem="Paslon X?"))
    statements = bank(19, lambda n: samples.item("true_false"))

    assert [f for f in lint(items + statements, REFERENCES, CLAIMS, []) if f.item is None] == []


def test_several_keys_are_held_to_their_own_share() -> None:
    def ticked(n: int) -> Item:
        long = ("Melapor kepada pengawas", "Menolak", "Membagikan", "Menyukai")
        return worded(*long, type="multiple_choice", keys=2)

    [finding] = found("kunci-terpanjang", bank(20, ticked))

    assert finding.message.startswith(
        "Pada 20 soal pilihan ganda, opsi terpanjang adalah kunci 100 persen, sedangkan "
        "kebetulan 50 persen."
    )


def test_keys_that_stand_first_too_often_are_named() -> None:
    items = bank(20, lambda n: placed(0 if n < 8 else n, longest=False))

    messages = [f.message for f in found("letak-kunci", items)]

    assert messages == [
        "Kunci berada pada opsi ke-1 sebanyak 11 dari 20 soal; kebetulan 5. Tukar urutan opsi "
        "beberapa soal."
    ]


def test_keys_spread_over_all_places_are_not() -> None:
    assert found("letak-kunci", bank(20, lambda n: placed(n, longest=False))) == []


def statements(true: int) -> list[Item]:
    return bank(
        20, lambda n: samples.item("true_false", options=samples.true_false_options(int(n < true)))
    )


def test_too_many_true_statements_are_named() -> None:
    [finding] = found("benar-salah-seimbang", statements(13))

    assert finding.message.startswith("65 persen dari 20 pernyataan benar.")
    assert found("benar-salah-seimbang", statements(12)) == []
    assert len(found("benar-salah-seimbang", statements(7))) == 1


def sides(x: int) -> list[Item]:
    return bank(20, lambda n: stem(f"Tim Paslon {'X' if n < x else 'Y'} datang. Apa yang tepat?"))


def test_a_side_that_is_named_more_often_is_named() -> None:
    [finding] = found("pihak-rekaan-seimbang", sides(12))

    assert finding.message.startswith("Paslon X muncul pada 12 soal dan Paslon Y pada 8.")
    assert found("pihak-rekaan-seimbang", sides(11)) == []


# All rules


BANK_RULES = {
    "kunci-terpanjang",
    "letak-kunci",
    "benar-salah-seimbang",
    "pihak-rekaan-seimbang",
    "pasal-hari-kegiatan",
}


def test_every_rule_has_a_test_here() -> None:
    assert sorted(rule.name for rule in RULES) == sorted(BANK_RULES | ITEM_RULES.keys())


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.name)
def test_every_rule_gives_its_reason_and_source(rule: Any) -> None:
    assert rule.reason.endswith(".")
    assert len(rule.source) > 10
    assert (rule.of_item is None) != (rule.of_bank is None)
    assert (rule.of_item or rule.of_bank).__doc__


def test_a_finding_reads_as_one_line() -> None:
    [finding] = found("warna", [stem("Kaus merah. Apa yang tepat?")])

    assert str(finding) == (
        "Soal MKN-001, pokok soal: “merah” adalah nama warna. Hapus, atau tulis abu-abu. [warna]"
    )


def test_a_sound_item_is_found_nothing_about() -> None:
    item = worded(*ALIKE, explanation="Pegawai tidak berpihak. Layanan sama bagi semua.")

    assert lint([item], REFERENCES, CLAIMS, [], on=DAY) == []
