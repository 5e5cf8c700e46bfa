from pathlib import Path

import pytest

from quiz.assessment.question_file import FolderFaults, read_folder
from quiz.assessment.question_file.content import Fault
from tests.assessment.question_folder import FACTS, FILES, ITEMS, MATERIAL, faults, write


@pytest.mark.parametrize(
    ("text", "line", "words"),
    [
        (
            "topics:\n  - code: makna\n    name: Makna: arti\n",
            3,
            "ada titik dua di dalam teks, atau takuk baris ini keliru; "
            "apit teks itu dengan tanda kutip atau luruskan takuknya",
        ),
        ("topics:\n\t- code: makna\n", 2, "takuk memakai tab; ganti dengan spasi"),
        (
            "topics:\n  - code: @makna\n",
            2,
            "teks yang diawali tanda baca harus diapit tanda kutip",
        ),
        ("topics: *makna\n", 1, "teks yang diawali * harus diapit tanda kutip"),
        ("topics:\n  - code: 'makna\n", 3, "tanda kutip atau kurung yang dibuka belum ditutup"),
        ("topics: [a, b\nname: c\n", 2, "kurung siku atau koma pada daftar belum lengkap"),
        (
            "topics:\n  - code: makna\n name: x\n",
            3,
            "takuk baris ini tidak sama dengan baris-baris di atasnya",
        ),
        (
            "topics: []\n---\ntopics: []\n",
            2,
            "satu berkas hanya boleh berisi satu dokumen; hapus garis `---`",
        ),
    ],
)
def test_broken_yaml_is_explained_with_its_line(
    tmp_path: Path, text: str, line: int, words: str
) -> None:
    found = faults(write(tmp_path, FILES | {"topics.yaml": text}))

    assert found == [Fault("topics.yaml", line, f"Penulisan YAML keliru: {words}.")]


@pytest.mark.parametrize(
    ("text", "fault"),
    [
        (b"", Fault("topics.yaml", None, "Berkas masih kosong; isinya diawali `topics:`.")),
        (
            b"topics:\n  - code: makna\n    name: \xff\n",
            Fault("topics.yaml", 3, "Berkas bukan UTF-8; simpan ulang dengan pengodean UTF-8."),
        ),
        (
            b"topics:\n  - code: \x07\n",
            Fault(
                "topics.yaml",
                2,
                "Ada huruf kendali yang tidak boleh dipakai; ketik ulang baris ini.",
            ),
        ),
        (
            b"#" * 1_000_001,
            Fault(
                "topics.yaml", None, "Berkas lebih besar dari 1 MB; bagi menjadi beberapa berkas."
            ),
        ),
        (b"[" * 50_000, Fault("topics.yaml", None, "Susunan berkas lebih dari 20 tingkat.")),
    ],
)
def test_file_that_cannot_be_read_is_one_fault(tmp_path: Path, text: bytes, fault: Fault) -> None:
    found = faults(write(tmp_path, {**FILES, "topics.yaml": text}))

    assert found == [fault]


def test_text_that_is_not_made_of_fields_is_refused(tmp_path: Path) -> None:
    found = faults(write(tmp_path, FILES | {"99-x.yaml": "- satu\n- dua\n"}))

    assert found == [Fault("99-x.yaml", 1, "Isi `berkas` harus berupa kolom-kolom (`nama: isi`).")]


def test_aliases_cannot_blow_up(tmp_path: Path) -> None:
    bomb = "a: &a [x, x]\n" + "".join(
        f"{new}: &{new} [*{old}, *{old}, *{old}, *{old}]\n"
        for old, new in zip("abcdefghijklmnopqrs", "bcdefghijklmnopqrst", strict=True)
    )

    found = faults(write(tmp_path, FILES | {"99-bom.yaml": bomb}))

    message = "Jangkar dan alias YAML (&a) tidak dipakai; tulis isinya lengkap."
    assert Fault("99-bom.yaml", 1, message) in found


def test_deep_nesting_within_the_parsers_reach_is_refused(tmp_path: Path) -> None:
    deep = ITEMS.replace("passages: []", f"passages: {'[' * 40}{']' * 40}")

    found = faults(write(tmp_path, FILES | {"01-makna.yaml": deep}))

    assert Fault("01-makna.yaml", 34, "Susunan berkas lebih dari 20 tingkat.") in found


def test_tags_are_refused(tmp_path: Path) -> None:
    tagged = ITEMS.replace("stem: Apa", "stem: !apa Apa")

    found = faults(write(tmp_path, FILES | {"01-makna.yaml": tagged}))

    message = "Tag YAML (!apa) tidak dipakai; apit teks itu dengan tanda kutip."
    assert Fault("01-makna.yaml", 7, message) in found


def test_field_written_twice_is_refused_and_the_line_named(tmp_path: Path) -> None:
    twice = MATERIAL.replace("date: 2024", "title: Lain\ndate: 2024")

    found = faults(write(tmp_path, FILES | {"material/loa-janan.yaml": twice}))

    message = "Kolom `title` ditulis dua kali; hapus salah satu."
    assert found == [Fault("material/loa-janan.yaml", 4, message)]


@pytest.mark.parametrize(
    "weight", ["1e999999999", "1e9", ".inf", "-0.5", "1.5", "true", "setengah", "1/0", "9" * 5000]
)
def test_weight_that_is_no_share_is_refused(tmp_path: Path, weight: str) -> None:
    heavy = ITEMS.replace("weight: 0.5", f"weight: {weight}")

    found = faults(write(tmp_path, FILES | {"01-makna.yaml": heavy}))

    message = "Kolom `weight`: bobot harus angka dari 0 sampai 1, misalnya 1, 0.5 atau 1/2."
    assert found == [Fault("01-makna.yaml", 13, message)]


def test_words_that_other_yaml_versions_turn_into_something_else_stay_words(tmp_path: Path) -> None:
    words = ITEMS.replace("text: Diam saja", "text: no").replace(
        "stem: Pegawai boleh", "stem: 12:30"
    )

    folder = read_folder(write(tmp_path, FILES | {"01-makna.yaml": words}))

    assert folder.items[0].options[1].text == "no"
    assert folder.items[1].stem == "12:30 berpihak."


@pytest.mark.parametrize("file", ["01-makna.yml", "soal/01.yaml", "material/lama/a.yaml"])
def test_yaml_in_the_wrong_place_is_not_silently_left_out(tmp_path: Path, file: str) -> None:
    found = faults(write(tmp_path, FILES | {file: "topic: makna\nitems: []\n"}))

    message = (
        "Berkas ini tidak pada tempatnya; soal dan daftar ada di folder paling atas, "
        "bahan di folder material, dan semuanya berakhiran .yaml."
    )
    assert found == [Fault(file, None, message)]


def test_two_files_of_material_cannot_share_a_code(tmp_path: Path) -> None:
    other = MATERIAL.replace("LJN-01", "LJN-02")

    found = faults(write(tmp_path, FILES | {"material/z.yaml": other}))

    message = "Kode “loa-janan” sudah dipakai untuk bahan di material/loa-janan.yaml."
    assert found == [Fault("material/z.yaml", 1, message)]


def test_unreadable_list_of_claims_does_not_make_every_item_faulty(tmp_path: Path) -> None:
    found = faults(write(tmp_path, FILES | {"facts.yaml": "claims: [\n"}))

    assert [fault.file for fault in found] == ["facts.yaml"]


def test_entry_with_a_fault_still_counts_as_there(tmp_path: Path) -> None:
    weak = FACTS.replace("    basis: Tulisan lepas.\n", "    basis: [x]\n")
    items = ITEMS.replace("claims: []", "claims: [F-DEF-05]")

    found = faults(write(tmp_path, FILES | {"facts.yaml": weak, "01-makna.yaml": items}))

    assert [(fault.file, fault.line) for fault in found] == [
        ("01-makna.yaml", 35),
        ("facts.yaml", 11),
    ]


def test_every_fault_of_every_file_is_named_at_once_in_order(tmp_path: Path) -> None:
    items = (
        ITEMS.replace("level: memahami", "level: tahu")
        .replace("stem: Apa arti netralitas?", "stem:")
        .replace("[LJN-01, PJR-MAKNA-1]", "[LJN-09]")
        .replace("{text: Benar, weight: 0", "{text: Betul, weight: 0")
    )
    changed = {
        "01-makna.yaml": items,
        "topics.yaml": "topics:\n  - code: makna\n",
        "facts.yaml": "claims: @\n",
    }

    found = faults(write(tmp_path, FILES | changed))

    assert [(fault.file, fault.line) for fault in found] == [
        ("01-makna.yaml", 5),
        ("01-makna.yaml", 7),
        ("01-makna.yaml", 21),
        ("01-makna.yaml", 30),
        ("facts.yaml", 1),
        ("topics.yaml", 2),
        ("topics.yaml", 2),
    ]


def test_fault_reads_as_file_line_and_sentence() -> None:
    fault = Fault("02-dasar.yaml", 14, "Kolom `stem` masih kosong.")
    whole = Fault("02-dasar.yaml", None, "Berkas masih kosong.")

    raised = FolderFaults([fault, whole])

    assert str(raised).splitlines() == [
        "02-dasar.yaml baris 14: Kolom `stem` masih kosong.",
        "02-dasar.yaml: Berkas masih kosong.",
    ]


def test_folder_that_is_absent_or_empty_is_a_fault(tmp_path: Path) -> None:
    absent = tmp_path / "tidak-ada"

    assert faults(absent) == [Fault(str(absent), None, "Folder soal tidak ada.")]
    assert faults(tmp_path) == [
        Fault(str(tmp_path), None, "Folder soal tidak berisi berkas .yaml.")
    ]


@pytest.mark.parametrize("day", ["0001-01-01", "1944-12-31", "2100-01-01", "9999-12-31"])
def test_day_far_from_our_time_is_refused(tmp_path: Path, day: str) -> None:
    far = MATERIAL.replace("date: 2024-11-22", f"date: {day}")

    found = faults(write(tmp_path, FILES | {"material/loa-janan.yaml": far}))

    message = "Kolom `date`: isi tahun antara 1945 dan 2099."
    assert [fault.message for fault in found] == [message]
