"""``quiz event``: from one machine to another and back, told and done as the page does it."""

import shutil
import stat
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from quiz.config.settings import Settings
from quiz.database import make_engine
from quiz.models import AuditEntry, Event, Score
from tests.actions.events.transfer.sides import Side
from tests.cli.conftest import Run
from tests.factories import Make


@pytest.fixture
def brought(sqlite_template: Path, tmp_path: Path, make: Make) -> Iterator[Path]:
    """The file of an event that was held elsewhere."""
    place = tmp_path / "laptop.sqlite"
    shutil.copyfile(sqlite_template, place)
    engine = make_engine(f"sqlite:///{place}")
    laptop, file = Side(engine, "laptop", make.now), tmp_path / "kegiatan.zip"
    with laptop.make() as there:
        sitting = there.sitting()
        there.finished(sitting, started_at=there.now - timedelta(minutes=30))
        file.write_bytes(laptop.export(sitting.event.uid))
    yield file
    engine.dispose()


def number(session: Session, what: object) -> int:
    session.rollback()
    return session.scalar(select(func.count()).select_from(what)) or 0  # type: ignore[arg-type]


def test_an_event_is_written_to_a_private_file_and_the_log_says_so(
    run: Run, make: Make, tmp_path: Path
) -> None:
    event, file = make.sitting().event, tmp_path / "keluar.zip"

    status, out, _ = run("event", "export", "--event", event.code.lower(), "-o", file)
    again = run("event", "export", "--event", event.code, "-o", file)

    assert status == 0
    assert f"Kegiatan {event.code} ditulis ke {file}" in out
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    assert again[0] == 1
    assert "sudah ada" in again[2]
    make.session.rollback()
    assert make.session.scalars(select(AuditEntry.action)).all() == ["event_exported"]


def test_what_is_not_there_is_said(run: Run, tmp_path: Path) -> None:
    other = tmp_path / "lain.zip"
    other.write_bytes(b"nama;nip")

    assert (
        "Tidak ada kegiatan dengan kode X-1"
        in run(*("event", "export", "--event", "X-1", "-o", tmp_path / "x.zip"))[2]
    )
    assert "bukan berkas kegiatan" in run("event", "import", other)[2]


def test_a_dry_run_tells_and_keeps_nothing(
    run: Run, brought: Path, session: Session, settings: Settings
) -> None:
    status, out, _ = run("event", "import", "--dry-run", brought)

    assert status == 0
    assert "Belum ada yang disimpan." in out
    assert "pengerjaan" in out
    assert number(session, Event) == 0
    assert list(settings.instance.glob("kartu-*.key")) == []


def test_an_event_comes_in_once_with_scores_and_its_card_key_is_backed_up(
    run: Run, brought: Path, session: Session, settings: Settings, tmp_path: Path
) -> None:
    first, second = run("event", "import", brought), run("event", "import", brought)
    backup = tmp_path / "cadangan.zip"

    (key,) = settings.instance.glob("kartu-*.key")
    assert (first[0], second[0]) == (0, 0)
    assert "Tidak ada yang berubah" in second[1]
    assert (number(session, Event), number(session, Score)) == (1, 1)
    assert run("audit", "verify")[0] == run("db", "check")[0] == run("db", "backup", backup)[0] == 0
    text = key.read_text()
    key.unlink()
    assert key.name in run("db", "check")[2]
    assert run("db", "restore", backup)[2] == ""
    assert key.read_text() == text
