"""The register of abbreviations among the question files."""

from pathlib import Path

import pytest

from quiz.assessment.question_file import FolderFaults, read_folder, write_folder
from quiz.assessment.question_file.content import Abbreviation, Fault
from tests.assessment.question_folder import FILES, write

TEXT = """\
abbreviations:
  - {short: PNS, long: pegawai negeri sipil}
  - {short: BUMDes, long: badan usaha milik desa}
"""


def folder(path: Path, text: str) -> Path:
    return write(path, FILES | {"abbreviations.yaml": text})


def test_abbreviations_are_read_and_written_back_the_same(tmp_path: Path) -> None:
    found = read_folder(folder(tmp_path / "a", TEXT))

    assert found.abbreviations == (
        Abbreviation("PNS", "pegawai negeri sipil"),
        Abbreviation("BUMDes", "badan usaha milik desa"),
    )
    assert read_folder(write(tmp_path / "b", write_folder(found))) == found


def test_a_folder_may_do_without(tmp_path: Path) -> None:
    assert read_folder(write(tmp_path, FILES)).abbreviations == ()


@pytest.mark.parametrize(
    ("old", "new", "line", "message"),
    [
        ("BUMDes", "PNS", 3, "Singkatan “PNS” sudah dijelaskan di atas."),
        (
            "BUMDes",
            "BUM Des",
            3,
            "Kode “BUM Des” pada `short` harus satu kata yang diawali huruf besar, misalnya PNS.",
        ),
        ("long: badan", "arti: badan", 3, "Kolom `long` belum diisi."),
        ("abbreviations:", "singkatan:", 1, "Kolom `abbreviations` belum diisi."),
    ],
)
def test_a_fault_names_its_line(
    tmp_path: Path, old: str, new: str, line: int, message: str
) -> None:
    with pytest.raises(FolderFaults) as refused:
        read_folder(folder(tmp_path, TEXT.replace(old, new)))

    assert Fault("abbreviations.yaml", line, message) in refused.value.faults
