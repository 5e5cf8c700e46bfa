"""What is written once and read on every system: encodings, line ends, names and paths."""

import ast
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path, PurePath, PurePosixPath, PureWindowsPath

import pytest
from sqlalchemy import make_url

from quiz.config.databases import sqlite_url

ROOT = Path(__file__).resolve().parents[2]
TEXT_CALLS = {"read_text", "write_text", "open", "fdopen"}


@pytest.mark.parametrize(
    "path",
    [
        PureWindowsPath(r"C:\Users\Bu Siti\kuis-netralitas-asn\data\quiz.sqlite"),
        PureWindowsPath(r"D:\Data Kuis\100%25 jadi\a@b#c\quiz.sqlite"),
        PureWindowsPath(r"\\kantor\bersama\kuis & soal\quiz.sqlite"),
        PurePosixPath("/media/stik usb/a?b=c/%20/quiz.sqlite"),
        PurePosixPath("/home/petugas:1@kantor/quiz.sqlite"),
    ],
)
def test_a_database_is_where_its_path_says(path: PurePath) -> None:
    assert make_url(sqlite_url(path)).database == str(path)


def test_a_database_opens_in_a_folder_with_a_percent_sign(tmp_path: Path) -> None:
    folder = tmp_path / "Kuis%20ASN?"
    command = [sys.executable, "-m", "quiz", "db", "upgrade"]
    environ = {"QUIZ_INSTANCE": str(folder), "PYTHONPATH": str(ROOT)}

    subprocess.run(command, env=environ, check=True, capture_output=True)

    assert (folder / "quiz.sqlite").is_file()


def calls(path: Path) -> Iterator[tuple[str, ast.Call]]:
    """Every call in a file with the name it calls."""
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Call):
            name = getattr(node.func, "attr", getattr(node.func, "id", ""))
            yield name, node


def in_the_systems_encoding(name: str, call: ast.Call) -> bool:
    """Whether a call reads or writes text in whatever encoding the system prefers."""
    if name not in TEXT_CALLS or any(each.arg == "encoding" for each in call.keywords):
        return False
    if name in {"read_text", "write_text"}:
        return True
    of_a_path = name == "open" and isinstance(call.func, ast.Attribute)
    modes = [each.value for each in call.keywords if each.arg == "mode"]
    mode = (modes + call.args[0 if of_a_path else 1 :])[:1]
    if not mode:
        return True
    if not isinstance(mode[0], ast.Constant):
        return False  # a member of an archive, or a descriptor's flags
    return "b" not in str(mode[0].value)


def test_nothing_is_read_or_written_in_the_systems_own_encoding() -> None:
    found = [
        f"{path.relative_to(ROOT)}:{call.lineno}"
        for folder in ("quiz", "deploy")
        for path in (ROOT / folder).rglob("*.py")
        for name, call in calls(path)
        if in_the_systems_encoding(name, call)
    ]

    assert found == [], "say encoding='utf-8', or open it as bytes"


def test_addresses_of_sqlite_files_are_made_in_one_place() -> None:
    found = [
        str(path.relative_to(ROOT))
        for path in (ROOT / "quiz").rglob("*.py")
        if 'f"sqlite:///' in path.read_text(encoding="utf-8")
    ]

    assert found == [], "use sqlite_url of quiz/config/databases.py: a path may hold %20 or ?"


def test_line_ends_are_the_same_in_every_clone() -> None:
    listed = subprocess.run(
        ["git", "ls-files", "--eol"], cwd=ROOT, capture_output=True, text=True, check=True
    )
    kept = {}
    for line in listed.stdout.splitlines():
        state, _, name = line.partition("\t")
        kept[name] = state.split()
    wrong = [name for name, (index, *_) in kept.items() if index in {"i/crlf", "i/mixed"}]

    assert wrong == []
    assert {name for name, state in kept.items() if "eol=crlf" in state} == {
        name for name in kept if name.endswith(".cmd")
    }
    assert [
        name for name, state in kept.items() if not any("attr/" in each for each in state)
    ] == []


def test_no_file_has_a_name_that_windows_cannot_hold() -> None:
    listed = subprocess.run(["git", "ls-files", "-z"], cwd=ROOT, capture_output=True, check=True)
    names = [name for name in listed.stdout.decode().split("\0") if name]

    assert [name for name in names if PureWindowsPath(name).is_reserved()] == []
    assert [name for name in names if set(name) & set('<>:"\\|?*') or name != name.strip()] == []
    assert len({name.lower() for name in names}) == len(names)
