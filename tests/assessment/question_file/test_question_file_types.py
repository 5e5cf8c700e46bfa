"""Question files of simulations and judgement items: extra, category and value."""

from pathlib import Path

import pytest

from quiz.assessment.items.item import Category
from quiz.assessment.question_file import read_folder, write_folder
from tests.assessment.question_folder import FILES, faults, write

FEED = """\
topic: media-sosial
items:
  - code: SIM-001
    type: feed
    level: menerapkan
    audience: [semua]
    stem: Apa yang boleh dilakukan?
    extra:
      kind: grup
      title: Grup RT
      members: 34
      messages:
        - {from: Pak Darto, time: "19.42", text: Ayo ramaikan., poster: Paslon X}
    options:
      - {text: Menyukai, weight: 0, feedback: Dilarang., category: disiplin}
      - {text: Membagikan, weight: 0, feedback: Dilarang., category: disiplin}
      - {text: Keluar dari grup, weight: 1, feedback: Tepat., category: boleh}
      - {text: Menyimpan bukti, weight: 1, feedback: Tepat., category: boleh}
    explanation: Menyukai dilarang. Keluarlah.
    passages: []
    claims: []
    references: []
    law_as_of: 2024-11-22
"""
JUDGEMENT = """\
topic: makna
items:
  - code: SKP-001
    type: judgement
    level: menerapkan
    audience: [semua]
    stem: Apa yang Anda lakukan?
    options:
      - {text: Menolak, value: 5, feedback: Terbaik.}
      - {text: Menunda, value: 2, feedback: Kurang.}
      - {text: Menuruti, value: 1, feedback: Terburuk.}
    explanation: Menolak dengan sopan. Itu menjaga kepercayaan.
    passages: []
    claims: []
    references: []
    law_as_of: 2024-11-22
"""


def test_a_simulation_is_read_with_its_messages_and_categories(tmp_path: Path) -> None:
    folder = read_folder(write(tmp_path, FILES | {"02-simulasi.yaml": FEED}))

    [item] = [item for item in folder.items if item.code == "SIM-001"]
    assert item.extra == {
        "kind": "grup",
        "title": "Grup RT",
        "members": 34,
        "messages": [
            {"from": "Pak Darto", "time": "19.42", "text": "Ayo ramaikan.", "poster": "Paslon X"}
        ],
    }
    assert [option.category for option in item.options] == [
        *[Category.DISCIPLINE] * 2,
        *[Category.ALLOWED] * 2,
    ]


def test_values_of_a_judgement_item_are_read_as_weights(tmp_path: Path) -> None:
    folder = read_folder(write(tmp_path, FILES | {"02-sikap.yaml": JUDGEMENT}))

    [item] = [item for item in folder.items if item.code == "SKP-001"]
    assert [str(option.weight) for option in item.options] == ["1", "1/4", "0"]


def test_both_types_are_written_as_they_were_read(tmp_path: Path) -> None:
    files = FILES | {"02-simulasi.yaml": FEED, "03-sikap.yaml": JUDGEMENT}
    first = read_folder(write(tmp_path / "satu", files))

    second = read_folder(write(tmp_path / "dua", write_folder(first)))

    by_code = {item.code: item for item in second.items}
    assert [by_code[item.code] for item in first.items] == list(first.items)
    assert "value: 2" in write_folder(first)["01-makna.yaml"]


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        (
            "value: 2",
            "value: 6",
            "Kolom `options`: `value` harus bilangan bulat 1 sampai 5.",
        ),
        (
            "value: 2",
            "value: 2, weight: 1",
            "Kolom `options`: tulis `weight` atau `value`, jangan keduanya.",
        ),
        ("value: 2, ", "", "Kolom `weight` belum diisi."),
    ],
)
def test_a_wrong_value_is_named(tmp_path: Path, old: str, new: str, message: str) -> None:
    text = JUDGEMENT.replace(old, new)

    [fault] = faults(write(tmp_path, FILES | {"02-sikap.yaml": text}))

    assert (fault.file, fault.line, fault.message) == ("02-sikap.yaml", 10, message)


def test_a_time_without_quotes_is_named_before_it_can_be_stored(tmp_path: Path) -> None:
    text = FEED.replace('"19.42"', "19.42")

    [fault] = faults(write(tmp_path, FILES | {"02-simulasi.yaml": text}))

    assert fault.message == (
        "Kolom `extra`: hanya teks, bilangan bulat, dan daftar; apit isinya dengan tanda kutip."
    )


@pytest.mark.parametrize(
    ("old", "new", "line", "message"),
    [
        ('time: "19.42"', 'time: "7.5"', 13, "Jam pesan 1 harus seperti 19.42 (`time`)."),
        (
            'time: "19.42"',
            "time: 1942",
            13,
            "Jam pesan 1 harus berupa teks, misalnya 19.42; apit dengan tanda kutip (`time`).",
        ),
        ("text: Ayo ramaikan., ", "", 13, "Isi pesan 1 masih kosong (`text`)."),
        (
            "members: 34",
            "members: 1",
            11,
            "Anggota grup harus bilangan bulat, paling sedikit 2 (`members`).",
        ),
        ("members: 34", "theme: 34", 11, "Isian “theme” tidak dikenal (`theme`)."),
        (
            "Keluar dari grup, weight: 1",
            "Keluar dari grup, weight: 0",
            17,
            "Kategori hukum opsi C tidak sesuai bobotnya: kunci ialah boleh (`category`).",
        ),
        (
            ", category: boleh}\n      - {text: Menyimpan",
            "}\n      - {text: Menyimpan",
            17,
            "Kategori hukum opsi C belum dipilih (`category`).",
        ),
    ],
)
def test_a_fault_of_a_simulation_names_line_and_column(
    tmp_path: Path, old: str, new: str, line: int, message: str
) -> None:
    text = FEED.replace(old, new)

    found = faults(write(tmp_path, FILES | {"02-simulasi.yaml": text}))

    assert (line, f"Soal SIM-001: {message}") in [(fault.line, fault.message) for fault in found]


def test_an_unknown_category_is_named_with_the_known_ones(tmp_path: Path) -> None:
    text = FEED.replace(
        "Menyukai, weight: 0, feedback: Dilarang., category: disiplin",
        "Menyukai, weight: 0, feedback: Dilarang., category: dispilin",
    )

    [fault] = faults(write(tmp_path, FILES | {"02-simulasi.yaml": text}))

    assert fault.message == (
        "“dispilin” pada `category` tidak dikenal; pilihannya boleh, kode_etik, disiplin, "
        "hukum_desa, pidana. Maksud Anda “disiplin”?"
    )
