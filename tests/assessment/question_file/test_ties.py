"""Items tied to each other in their files: codes lead somewhere, names have two sides."""

from dataclasses import replace
from pathlib import Path

import pytest

from quiz.assessment.items.item import Item, content_hash
from quiz.assessment.question_file import FolderFaults, read_folder, write_folder
from quiz.assessment.question_file.content import Fault
from tests.assessment.question_folder import FILES, write

STEM = "    stem: Apa arti netralitas?\n"
OTHER = "    stem: Pegawai boleh berpihak.\n"


def folder(path: Path, first: str, other: str = "") -> Path:
    """Items MKN-001 and MKN-002 with these lines added."""
    text = FILES["01-makna.yaml"].replace(STEM, first + STEM).replace(OTHER, other + OTHER)
    return write(path, FILES | {"01-makna.yaml": text})


def items(path: Path) -> dict[str, Item]:
    return {item.code: item for item in read_folder(path).items}


def test_an_item_names_what_it_is_kept_apart_from(tmp_path: Path) -> None:
    found = items(folder(tmp_path, "    not_with: [MKN-002]\n"))

    assert (found["MKN-001"].not_with, found["MKN-002"].not_with) == (("MKN-002",), ())


@pytest.mark.parametrize(
    ("first", "other", "line", "message"),
    [
        (
            "    not_with: [MKN-02]\n",
            "",
            7,
            "Kode soal “MKN-02” tidak ada. Maksud Anda “MKN-002”?",
        ),
        (
            "    not_with: [MKN-001]\n",
            "",
            7,
            "Soal tidak dapat dipisahkan dari dirinya sendiri; hapus kodenya.",
        ),
        (
            "    not_with: [MKN-002, MKN-002]\n",
            "",
            7,
            "Kode “MKN-002” tercantum dua kali pada `not_with`.",
        ),
        (
            "    pair: unggahan\n",
            "    pair: ungahan\n",
            7,
            "Pasangan “unggahan” hanya punya satu sisi; tulis `pair` yang sama pada soal lainnya. "
            "Maksud Anda “ungahan”?",
        ),
        (
            "    pair: unggahan\n    scenario: warung\n",
            "    pair: unggahan\n    scenario: warung\n",
            7,
            "Pasangan “unggahan” hanya punya satu sisi; tulis `pair` yang sama pada soal lainnya.",
        ),
        (
            "    scenario: balai-desa\n",
            "",
            7,
            "Skenario “balai-desa” hanya punya satu sisi; tulis `scenario` yang sama pada soal "
            "lainnya.",
        ),
        (
            "    pair: Unggahan 20\n",
            "",
            7,
            "Kode “Unggahan 20” pada `pair` harus huruf kecil dan angka yang dipisah tanda hubung, "
            "misalnya media-sosial.",
        ),
        (
            "    stages: [kampanye, tenang]\n",
            "",
            7,
            "“tenang” pada `stages` tidak dikenal; pilihannya sebelum_penetapan, kampanye, "
            "masa_tenang, pemungutan, sesudah. Maksud Anda “masa_tenang”?",
        ),
    ],
)
def test_a_tie_that_holds_nothing_is_named(
    tmp_path: Path, first: str, other: str, line: int, message: str
) -> None:
    with pytest.raises(FolderFaults) as refused:
        read_folder(folder(tmp_path, first, other))

    assert Fault("01-makna.yaml", line, message) in refused.value.faults


def test_a_new_tie_is_another_text_of_the_file_but_no_other_version(tmp_path: Path) -> None:
    plain = read_folder(write(tmp_path / "a", FILES))
    tied = read_folder(folder(tmp_path / "b", "    not_with: [MKN-002]\n"))

    changed = {code for code in plain.digests if plain.digests[code] != tied.digests[code]}

    assert changed == {"MKN-001"}
    assert list(map(content_hash, plain.items)) == list(map(content_hash, tied.items))


def test_items_written_without_their_partners_lose_what_tied_them(tmp_path: Path) -> None:
    tie = "    not_with: [MKN-002]\n    pair: unggahan\n"
    whole = read_folder(folder(tmp_path / "a", tie, "    pair: unggahan\n"))
    alone = replace(whole, items=whole.items[:1])

    again = read_folder(write(tmp_path / "b", write_folder(alone)))

    assert again.items == (replace(whole.items[0], not_with=(), pair=""),)
