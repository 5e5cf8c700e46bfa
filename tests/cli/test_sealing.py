"""``quiz db backup --bersandi`` and restoring from it, typed at a real terminal."""

import os
import pty
import re
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

from quiz.config.settings import Settings
from quiz.database.kept import FOLDER, kept_in
from quiz.database.sealing import is_sealed, unsealed
from tests.cli.conftest import Run
from tests.factories import Make

SECRET = "kopi pagi tanpa gula"  # of these tests alone
TYPED = "\n".join([SECRET, SECRET])


def at_terminal(settings: Settings, typed: str, *arguments: object) -> tuple[int, str]:
    """Run the program at a terminal of its own, type these lines; status, and what it showed."""
    leader, follower = pty.openpty()
    environ = os.environ | {
        "QUIZ_INSTANCE": str(settings.instance),
        "QUIZ_DATABASE_URL": settings.database_url,
    }
    program = subprocess.Popen(
        [sys.executable, "-m", "quiz", *map(str, arguments)],
        env=environ,
        stdin=follower,
        stdout=follower,
        stderr=follower,
        start_new_session=True,
    )
    os.close(follower)
    shown, lines = b"", typed.split("\n") if typed else []
    while piece := _read(leader):
        shown += piece
        asked = shown.count(b": ") - shown.count(b"sekali: ") - shown.count(b"tersimpan: ")
        if lines and piece.endswith(b": ") and asked:
            os.write(leader, f"{lines.pop(0)}\n".encode())
    os.close(leader)
    return program.wait(), shown.decode()


def _read(leader: int) -> bytes:
    try:
        return os.read(leader, 4096)
    except OSError:  # how Linux says that the other end is closed
        return b""


def test_a_copy_for_a_stick_comes_back_with_its_passphrase_and_with_no_other(
    make: Make, settings: Settings, tmp_path: Path
) -> None:
    person, file = make.user("Ani Lestari"), tmp_path / "kuis.zip.age"
    make.session.commit()

    made = at_terminal(settings, TYPED, "db", "backup", "--bersandi", file)
    person.name = "Salah Ketik"
    make.session.commit()
    refused = at_terminal(settings, "bukan ini sandinya", "db", "restore", file)
    kept = make.fresh(person).name
    make.session.rollback()
    restored = at_terminal(settings, SECRET, "db", "restore", file)

    assert (made[0], refused[0], restored[0]) == (0, 1, 0)
    assert SECRET not in made[1] + restored[1]
    assert "Simpan kata sandinya di tempat lain" in made[1]
    assert f"Kata sandi tidak cocok dengan {file}." in refused[1]
    assert [path.name for path in tmp_path.iterdir() if path.is_file()] == [file.name]
    assert (kept, make.fresh(person).name) == ("Salah Ketik", "Ani Lestari")


def test_one_may_be_made_and_is_shown_once(settings: Settings, make: Make, tmp_path: Path) -> None:
    make.session.commit()
    file = tmp_path / "kuis.zip.age"

    status, shown = at_terminal(settings, "\n", "db", "backup", "--bersandi", file)

    [secret] = re.findall(r"hanya ditampilkan sekali: (\S+)", shown)
    assert (status, is_sealed(file)) == (0, True)
    kept = settings.instance / FOLDER / kept_in(settings.instance)[0].name
    assert unsealed(file, secret) == kept.read_bytes()


@pytest.mark.parametrize(
    ("typed", "sentence"),
    [
        (f"{SECRET}\n{SECRET}!", "Kedua kata sandi tidak sama. Tidak ada yang dibuat; ulangi."),
        ("pendek", "Kata sandi paling sedikit 10 karakter, ini baru 6."),
    ],
)
def test_a_passphrase_typed_wrongly_makes_nothing(
    settings: Settings, make: Make, tmp_path: Path, typed: str, sentence: str
) -> None:
    make.session.commit()
    file = tmp_path / "kuis.zip.age"

    status, shown = at_terminal(settings, typed, "db", "backup", "--bersandi", file)

    assert (status, sentence in shown) == (1, True)
    assert (file.exists(), kept_in(settings.instance)) == (False, [])


def test_sealing_needs_a_file_and_never_writes_over_one(run: Run, tmp_path: Path) -> None:
    file = tmp_path / "penting.age"
    file.write_text("penting")

    without, over = run("db", "backup", "--bersandi"), run("db", "backup", "--bersandi", file)

    assert without[0] == over[0] == 1
    assert "quiz db backup --bersandi /media" in without[2]
    assert over[2] == f"{file} sudah ada. Pilih nama berkas lain.\n"
    assert file.read_text() == "penting"


def test_a_plain_backup_asks_nothing(run: Run, tmp_path: Path) -> None:
    assert run("db", "backup", tmp_path / "kuis.zip")[0] == 0
    assert zipfile.is_zipfile(tmp_path / "kuis.zip")
    assert run("db", "restore", tmp_path / "kuis.zip")[0] == 0
