from datetime import date
from fractions import Fraction
from pathlib import Path

import pytest

from quiz.assessment.items.item import ASN, EVERYBODY, Level, Status, content_hash, lettered
from quiz.assessment.question_file import (
    Claim,
    LawChange,
    Material,
    Passage,
    Topic,
    read_folder,
)
from quiz.assessment.question_file.content import Fault
from tests.assessment.question_folder import (
    FILES,
    ITEMS,
    PRACTICE,
    faults,
    spoilt,
    write,
)


def test_folder_in_order_gives_everything_in_it(tmp_path: Path) -> None:
    folder = read_folder(write(tmp_path, FILES))

    assert folder.topics == (
        Topic("makna", "Makna netralitas", "Apa arti netralitas."),
        Topic("media-sosial", "Media sosial", "Apa yang boleh di media sosial."),
    )
    assert folder.claims[0] == Claim(
        code="F-DEF-04/rumusan-lama",
        statement="Rumusan lama menyebut tiga hal.",
        references=("UU-5-2014-P2-F",),
        basis="",
        source=("UU 5/2014",),
        confidence="tinggi",
    )
    assert folder.materials == (
        Material(
            kind="material",
            code="loa-janan",
            title="Sosialisasi di Loa Janan",
            source="Catatan petugas",
            date=date(2024, 11, 22),
            topic=None,
            passages=(Passage("LJN-01", "Pegawai tidak berpihak."),),
        ),
        Material(
            kind="lesson",
            code="pelajaran-makna",
            title="Makna netralitas",
            source=None,
            date=None,
            topic="makna",
            passages=(
                Passage("PJR-MAKNA-1", "Pegawai bebas dari pengaruh.", "rule"),
                Passage("PJR-MAKNA-2", "Layanan harus sama bagi semua.", "reason"),
                Passage("PJR-MAKNA-3", "Tolak dengan sopan.", "instead"),
            ),
        ),
    )


def test_articles_keep_their_days_and_changes(tmp_path: Path) -> None:
    new, old = read_folder(write(tmp_path, FILES)).references

    assert old.changes == (LawChange(date(2023, 10, 31), "Dicabut."),)
    assert old.successor == new.code
    assert [old.in_force(date(2023, 10, day)) for day in (30, 31)] == [True, False]
    assert [new.in_force(date(2023, 10, day)) for day in (30, 31)] == [False, True]
    assert old.in_force(date(2014, 1, 14)) is False


def test_items_are_read_with_exact_weights_and_letters(tmp_path: Path) -> None:
    first, second = read_folder(write(tmp_path, FILES)).items

    assert (first.code, first.topic, first.level) == ("MKN-001", "makna", Level.MEMAHAMI)
    assert [o.weight for o in first.options] == [1, Fraction(1, 2), 0]
    assert first.explanation == "Pegawai tidak berpihak. Layanan harus sama."
    assert first.audience == EVERYBODY
    assert second.audience == ASN | {Status.KEPALA_DESA}
    assert [o.text for o in second.options] == ["Benar", "Salah"]
    assert [lettered(item) for item in (first, second)] == [first, second]


def test_practice_item_has_the_topic_latihan(tmp_path: Path) -> None:
    practice = read_folder(write(tmp_path, FILES)).practice_item

    assert practice is not None
    assert (practice.code, practice.topic, practice.claims) == ("LATIHAN-1", "latihan", ())


def test_practice_item_may_leave_its_empty_lists_out_and_name_its_topic(tmp_path: Path) -> None:
    short = "topic: latihan\n" + PRACTICE.replace("  claims: []\n", "")

    folder = read_folder(write(tmp_path, FILES | {"latihan.yaml": short}))

    assert folder.practice_item == read_folder(write(tmp_path / "b", FILES)).practice_item


def test_folder_may_do_without_practice_and_material(tmp_path: Path) -> None:
    items = ITEMS.replace("[LJN-01, PJR-MAKNA-1]", "[]")
    files = {name: text for name, text in FILES.items() if name.endswith("s.yaml")}

    folder = read_folder(write(tmp_path, files | {"01-makna.yaml": items}))

    assert folder.practice_item is None
    assert folder.materials == ()
    assert len(folder.items) == 2


def test_digests_name_everything_that_has_a_code(tmp_path: Path) -> None:
    folder = read_folder(write(tmp_path, FILES))

    assert sorted(folder.digests) == sorted(
        [
            *("makna", "media-sosial", "UU-20-2023-P9-2", "UU-5-2014-P2-F"),
            *("F-DEF-04/rumusan-lama", "F-DEF-05", "LJN-01"),
            *("PJR-MAKNA-1", "PJR-MAKNA-2", "PJR-MAKNA-3", "MKN-001", "MKN-002", "LATIHAN-1"),
        ]
    )
    assert folder.digests["MKN-001"] == content_hash(folder.items[0])


@pytest.mark.parametrize(
    ("file", "old", "new", "changed"),
    [
        ("topics.yaml", "Apa arti", "Arti", {"makna"}),
        ("references.yaml", "Dicabut.", "Diganti.", {"UU-5-2014-P2-F"}),
        ("facts.yaml", "Belum pasti.", "Tidak pasti.", {"F-DEF-05"}),
        ("material/loa-janan.yaml", "Pegawai tidak", "Kita tidak", {"LJN-01"}),
        ("01-makna.yaml", "Diam saja", "Diam", {"MKN-001"}),
        ("latihan.yaml", "Hijau", "Merah", {"LATIHAN-1"}),
        ("01-makna.yaml", "weight: 0.5", "weight: 1/2", set()),
        ("01-makna.yaml", "    level: memahami\n", "    level: 'memahami'  # ya\n", set()),
    ],
)
def test_digest_changes_with_its_own_text_only(
    tmp_path: Path, file: str, old: str, new: str, changed: set[str]
) -> None:
    before = read_folder(write(tmp_path / "a", FILES)).digests

    after = read_folder(spoilt(tmp_path / "b", file, old, new)).digests

    assert {code for code in before if before[code] != after[code]} == changed


def test_line_endings_and_byte_order_mark_change_nothing(tmp_path: Path) -> None:
    windows = {name: text.replace("\n", "\r\n").encode("utf-8-sig") for name, text in FILES.items()}

    there = read_folder(write(tmp_path / "a", windows))

    assert there == read_folder(write(tmp_path / "b", FILES))


def test_other_files_and_hidden_ones_are_left_alone(tmp_path: Path) -> None:
    others: dict[str, str] = {"README.md": "- [", ".git/x.yaml": "[", ".01-makna.yaml": "["}

    folder = read_folder(write(tmp_path, FILES | others))

    assert len(folder.items) == 2


@pytest.mark.parametrize(
    ("file", "old", "new", "line", "message"),
    [
        ("topics.yaml", "    name: Media sosial\n", "", 5, "Kolom `name` belum diisi."),
        (
            "topics.yaml",
            "code: media-sosial",
            "code: Media Sosial",
            5,
            "Kode “Media Sosial” pada `code` harus huruf kecil dan angka yang dipisah tanda "
            "hubung, misalnya media-sosial.",
        ),
        (
            "01-makna.yaml",
            "    explanation: >\n",
            "    explanatoin: >\n",
            18,
            "Kolom `explanatoin` tidak dikenal. Maksud Anda “explanation”?",
        ),
        (
            "01-makna.yaml",
            "        weight: 0.5\n",
            "        bobot: 1\n        weight: 0.5\n",
            13,
            "Kolom `bobot` tidak dikenal.",
        ),
        (
            "01-makna.yaml",
            "level: memahami",
            "level: memahaim",
            5,
            "“memahaim” pada `level` tidak dikenal; pilihannya mengingat, memahami, menerapkan. "
            "Maksud Anda “memahami”?",
        ),
        (
            "01-makna.yaml",
            "[asn, kepala_desa]",
            "[asn, kades]",
            28,
            "“kades” pada `audience` tidak dikenal; pilihannya semua, asn, pns, calon_pns, pppk, "
            "kepala_desa, penjabat_kepala_desa, perangkat_desa, bpd, non_asn. "
            "Maksud Anda “kepala_desa”?",
        ),
        (
            "01-makna.yaml",
            "[asn, kepala_desa]",
            "[]",
            28,
            "Kolom `audience` paling sedikit berisi satu.",
        ),
        ("01-makna.yaml", "[asn, kepala_desa]", "asn", 28, "Kolom `audience` harus berupa daftar."),
        (
            "01-makna.yaml",
            "type: true_false",
            "type: true_flase",
            26,
            "Soal MKN-002: Jenis “true_flase” tidak dikenal. Maksud Anda “true_false”?",
        ),
        (
            "01-makna.yaml",
            "weight: 0.5",
            "weight: 2",
            13,
            "Kolom `weight`: bobot harus angka dari 0 sampai 1, misalnya 1, 0.5 atau 1/2.",
        ),
        (
            "01-makna.yaml",
            "weight: 0.5",
            "weight: 1",
            8,
            "Soal MKN-001: Harus ada tepat satu kunci (bobot 1), sekarang 2.",
        ),
        (
            "01-makna.yaml",
            "text: Diam saja",
            "text: 2024",
            12,
            "Kolom `text` harus berupa teks; apit dengan tanda kutip.",
        ),
        ("01-makna.yaml", "text: Diam saja", "text:", 12, "Kolom `text` masih kosong."),
        ("01-makna.yaml", "text: Diam saja", "text: '  '", 12, "Kolom `text` masih kosong."),
        (
            "01-makna.yaml",
            "      - text: Diam saja\n        weight: 0.5\n        feedback: Baru sebagian.\n",
            "      - Diam saja\n",
            12,
            "Isi `options` harus berupa kolom-kolom (`nama: isi`).",
        ),
        (
            "material/loa-janan.yaml",
            "2024-11-22",
            "22 November 2024",
            4,
            "Kolom `date` harus berupa tanggal seperti 2024-11-22.",
        ),
        (
            "references.yaml",
            "    verbatim: false\n    valid_from: 2014-01-15",
            "    verbatim: tidak\n    valid_from: 2014-01-15",
            17,
            "Kolom `verbatim` harus true atau false.",
        ),
        (
            "references.yaml",
            "valid_to: 2023-10-30",
            "valid_to: 2013-10-30",
            19,
            "Hari terakhir berlaku lebih awal dari hari pertamanya.",
        ),
        (
            "references.yaml",
            "successor: UU-20-2023-P9-2",
            "successor: UU-20-2023-P9-3",
            20,
            "Kode dasar hukum “UU-20-2023-P9-3” tidak ada. Maksud Anda “UU-20-2023-P9-2”?",
        ),
        (
            "references.yaml",
            "successor: UU-20-2023-P9-2",
            "successor: UU-5-2014-P2-F",
            20,
            "Dasar hukum tidak dapat menggantikan dirinya sendiri.",
        ),
        (
            "facts.yaml",
            "[UU-5-2014-P2-F]",
            "[UU-5-2014-P2]",
            4,
            "Kode dasar hukum “UU-5-2014-P2” tidak ada. Maksud Anda “UU-5-2014-P2-F”?",
        ),
        (
            "facts.yaml",
            "confidence: tinggi",
            "confidence: pasti",
            7,
            "“pasti” pada `confidence` tidak dikenal; pilihannya tinggi, sedang, rendah.",
        ),
        (
            "facts.yaml",
            "code: F-DEF-05",
            "code: F-DEF-04/RUMUSAN",
            8,
            "Kode “F-DEF-04/RUMUSAN” pada `code` harus seperti F-SKB-11 atau F-SKB-11/larangan.",
        ),
        (
            "01-makna.yaml",
            "topic: makna",
            "topic: media",
            1,
            "Kode topik “media” tidak ada. Maksud Anda “media-sosial”?",
        ),
        (
            "material/pelajaran-makna.yaml",
            "topic: makna",
            "topic: akhlak",
            3,
            "Kode topik “akhlak” tidak ada.",
        ),
        (
            "01-makna.yaml",
            "[LJN-01, PJR-MAKNA-1]",
            "[LJN-01, LJN-1]",
            21,
            "Kode kalimat bahan “LJN-1” tidak ada. Maksud Anda “LJN-01”?",
        ),
        (
            "01-makna.yaml",
            "[F-DEF-04/rumusan-lama]",
            "[F-DEF-04]",
            22,
            "Kode fakta “F-DEF-04” tidak ada. Maksud Anda “F-DEF-05”?",
        ),
        (
            "01-makna.yaml",
            "[F-DEF-04/rumusan-lama]",
            "[F-DEF-05]",
            22,
            "Keyakinan fakta “F-DEF-05” rendah, jadi tidak boleh menjadi dasar kunci; "
            "pakai fakta lain.",
        ),
        (
            "01-makna.yaml",
            "[LJN-01, PJR-MAKNA-1]",
            "[LJN-01, LJN-01]",
            21,
            "Kode “LJN-01” tercantum dua kali pada `passages`.",
        ),
        (
            "01-makna.yaml",
            "code: MKN-002",
            "code: MKN-001",
            25,
            "Kode “MKN-001” sudah dipakai untuk soal di 01-makna.yaml baris 3.",
        ),
        (
            "material/loa-janan.yaml",
            "code: LJN-01",
            "code: MKN-002",
            6,
            "Kode “MKN-002” sudah dipakai untuk soal di 01-makna.yaml baris 25.",
        ),
        (
            "material/pelajaran-makna.yaml",
            "role: reason",
            "role: alasan",
            10,
            "“alasan” pada `role` tidak dikenal; pilihannya rule, reason, instead.",
        ),
        (
            "material/pelajaran-makna.yaml",
            "kind: lesson",
            "kind: leson",
            1,
            "“leson” pada `kind` tidak dikenal; pilihannya material.",
        ),
        (
            "latihan.yaml",
            "claims: []",
            "claims: [F-DEF-04/rumusan-lama]",
            13,
            "Kolom `claims` harus kosong untuk soal latihan.",
        ),
        ("01-makna.yaml", "items:\n", "butir:\n", 1, "Kolom `items` belum diisi."),
    ],
)
def test_fault_names_file_line_and_remedy(
    tmp_path: Path, file: str, old: str, new: str, line: int, message: str
) -> None:
    found = faults(spoilt(tmp_path, file, old, new))

    assert Fault(file, line, message) in found
