"""A small folder of questions that is in order, and ways to spoil it."""

from pathlib import Path

import pytest

from quiz.assessment.question_file import FolderFaults, read_folder
from quiz.assessment.question_file.content import Fault

TOPICS = """\
topics:
  - code: makna
    name: Makna netralitas
    description: Apa arti netralitas.
  - code: media-sosial
    name: Media sosial
    description: Apa yang boleh di media sosial.
"""
REFERENCES = """\
references:
  - code: UU-20-2023-P9-2
    law: UU 20/2023
    title: Undang-Undang Nomor 20 Tahun 2023 tentang Aparatur Sipil Negara
    article: Pasal 9 ayat (2)
    text: Pegawai bebas dari pengaruh golongan dan partai.
    verbatim: false
    valid_from: 2023-10-31
    valid_to: null
    successor: null
    changes: []
  - code: UU-5-2014-P2-F
    law: UU 5/2014
    title: Undang-Undang Nomor 5 Tahun 2014 tentang Aparatur Sipil Negara
    article: Pasal 2 huruf f
    text: Asas netralitas.
    verbatim: false
    valid_from: 2014-01-15
    valid_to: 2023-10-30
    successor: UU-20-2023-P9-2
    changes:
      - date: 2023-10-31
        note: Dicabut.
"""
FACTS = """\
claims:
  - code: F-DEF-04/rumusan-lama
    statement: Rumusan lama menyebut tiga hal.
    references: [UU-5-2014-P2-F]
    basis: ""
    source: [UU 5/2014]
    confidence: tinggi
  - code: F-DEF-05
    statement: Belum pasti.
    references: []
    basis: Tulisan lepas.
    source:
      - https://example.org/tulisan
    confidence: rendah
"""
MATERIAL = """\
code: loa-janan
title: Sosialisasi di Loa Janan
source: Catatan petugas
date: 2024-11-22
passages:
  - code: LJN-01
    text: Pegawai tidak berpihak.
"""
LESSON = """\
kind: lesson
code: pelajaran-makna
topic: makna
title: Makna netralitas
passages:
  - code: PJR-MAKNA-1
    role: rule
    text: Pegawai bebas dari pengaruh.
  - code: PJR-MAKNA-2
    role: reason
    text: Layanan harus sama bagi semua.
  - code: PJR-MAKNA-3
    role: instead
    text: Tolak dengan sopan.
"""
ITEMS = """\
topic: makna
items:
  - code: MKN-001
    type: single_choice
    level: memahami
    audience: [semua]
    stem: Apa arti netralitas?
    options:
      - text: Tidak berpihak
        weight: 1
        feedback: Sesuai aturan.
      - text: Diam saja
        weight: 0.5
        feedback: Baru sebagian.
      - text: Berpihak diam-diam
        weight: 0
        feedback: Tetap berpihak.
    explanation: >
      Pegawai tidak berpihak.
      Layanan harus sama.
    passages: [LJN-01, PJR-MAKNA-1]
    claims: [F-DEF-04/rumusan-lama]
    references: [UU-20-2023-P9-2]
    law_as_of: 2024-11-22
  - code: MKN-002
    type: true_false
    level: mengingat
    audience: [asn, kepala_desa]
    stem: Pegawai boleh berpihak.
    options:
      - {text: Benar, weight: 0, feedback: Tidak boleh.}
      - {text: Salah, weight: 1, feedback: Memang tidak boleh.}
    explanation: Tidak boleh.
    passages: []
    claims: []
    references: []
    law_as_of: 2024-11-22
"""
PRACTICE = """\
item:
  code: LATIHAN-1
  type: single_choice
  level: mengingat
  audience: [semua]
  stem: Warna apa langit yang cerah?
  options:
    - {text: Biru, weight: 1, feedback: Ya.}
    - {text: Hijau, weight: 0, feedback: Bukan.}
    - {text: Ungu, weight: 0, feedback: Bukan.}
  explanation: Langit cerah biru. Begitulah cara menjawab.
  passages: []
  claims: []
  references: []
  law_as_of: 2024-11-22
"""
FILES = {
    "topics.yaml": TOPICS,
    "references.yaml": REFERENCES,
    "facts.yaml": FACTS,
    "material/loa-janan.yaml": MATERIAL,
    "material/pelajaran-makna.yaml": LESSON,
    "01-makna.yaml": ITEMS,
    "latihan.yaml": PRACTICE,
}


def write(folder: Path, files: dict[str, str | bytes] | dict[str, str]) -> Path:
    for name, text in files.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(text if isinstance(text, bytes) else text.encode())
    return folder


def spoilt(folder: Path, file: str, old: str, new: str) -> Path:
    """The folder with one piece of text replaced in one file; the piece must be there once."""
    assert FILES[file].count(old) == 1, f"{old!r} is not there exactly once"
    return write(folder, FILES | {file: FILES[file].replace(old, new)})


def faults(folder: Path) -> list[Fault]:
    with pytest.raises(FolderFaults) as caught:
        read_folder(folder)
    return caught.value.faults
