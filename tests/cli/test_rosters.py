"""``quiz roster``: what would happen, and what happened."""

from pathlib import Path

import pytest
from sqlalchemy.orm import Session

from quiz.codes import code_index
from quiz.models import Enrolment
from tests.cli.conftest import Run
from tests.factories import Make


def roster_file(tmp_path: Path, *rows: str) -> Path:
    path = tmp_path / "peserta.csv"
    heads = "No;Nama;NIP;Status;Unit kerja;Jabatan"
    path.write_text("\n".join([heads, *rows]), encoding="utf-8-sig")
    return path


def test_roster_check_says_what_would_happen_and_saves_nothing(
    run: Run, make: Make, tmp_path: Path, session: Session
) -> None:
    event, unit = make.event(), make.unit("Puskesmas Rekaan")
    file = roster_file(tmp_path, f"1;Ani Lestari;;PNS;{unit.name};Bidan")

    status, out, err = run("roster", "check", file, "--event", event.code.lower())

    assert (status, err) == (0, "")
    assert out == "Tidak ada kesalahan: 1 orang akan ditambahkan, 0 diperbarui, 0 tetap.\n"
    assert session.query(Enrolment).count() == 0


def test_roster_load_enrols_people_whose_codes_work(
    run: Run, make: Make, tmp_path: Path, session: Session
) -> None:
    event, unit = make.event(), make.unit("Puskesmas Rekaan")
    file = roster_file(
        tmp_path, f"1;Ani Lestari;;PNS;{unit.name};Bidan", f"2;Budi Hartono;;PPPK;{unit.name};"
    )

    status, out, _ = run("roster", "load", file, "--event", event.code)

    enrolments = session.query(Enrolment).all()
    assert (status, out) == (0, "2 orang ditambahkan, 0 diperbarui.\n")
    assert sorted(each.user.name for each in enrolments) == ["Ani Lestari", "Budi Hartono"]
    assert {code_index(make.key, make.code(each)) for each in enrolments} == {
        each.code_index for each in enrolments
    }


def test_roster_with_faults_loads_nothing_and_names_each(
    run: Run, make: Make, tmp_path: Path, session: Session
) -> None:
    event, unit = make.event(), make.unit("Puskesmas Rekaan")
    file = roster_file(
        tmp_path, f"1;Ani Lestari;12;PNS;{unit.name};", f"2;Budi Hartono;123;Raja;{unit.name};"
    )

    status, out, err = run("roster", "load", file, "--event", event.code)

    lines = err.splitlines()
    assert (status, out) == (1, "")
    assert [line.split(":")[0] for line in lines[:2]] == [
        "Baris 2 (Ani Lestari), kolom NIP (C)",
        "Baris 3 (Budi Hartono), kolom NIP (C)",
    ]
    assert lines[2] == "2 kesalahan; tidak ada yang dimuat."
    assert session.query(Enrolment).count() == 0


def test_roster_with_a_word_that_is_no_status_names_whose_it_is_and_asks_for_the_page(
    run: Run, make: Make, tmp_path: Path, session: Session
) -> None:
    event, unit = make.event(), make.unit("Puskesmas Rekaan")
    file = roster_file(tmp_path, f"1;Ani Lestari;;Guru;{unit.name};")

    status, _, err = run("roster", "load", file, "--event", event.code)

    assert status == 1
    assert err.splitlines()[0] == (
        "Status “Guru”, 1 orang: PNS, PPPK, atau yang lain? (Ani Lestari (baris 2))"
    )
    assert session.query(Enrolment).count() == 0


def test_roster_with_an_unknown_unit_asks_for_the_page(
    run: Run, make: Make, tmp_path: Path, session: Session
) -> None:
    event = make.event()
    file = roster_file(tmp_path, "1;Ani Lestari;;PNS;Unit Entah;")

    status, _, err = run("roster", "load", file, "--event", event.code)

    assert status == 1
    assert "Unit Entah" in err
    assert "Unggah berkas ini di halaman peserta kegiatan" in err
    assert session.query(Enrolment).count() == 0


@pytest.mark.parametrize("command", [("roster", "check"), ("roster", "load")])
def test_roster_of_an_unknown_event_is_refused(
    run: Run, tmp_path: Path, command: tuple[str, str]
) -> None:
    file = roster_file(tmp_path, "1;Ani Lestari;;PNS;Unit;")

    status, _, err = run(*command, file, "--event", "ZZZ-000")

    assert (status, err) == (1, "Tidak ada kegiatan dengan kode ZZZ-000.\n")


def test_roster_of_an_archived_event_is_checked_and_not_loaded(
    run: Run, make: Make, tmp_path: Path, session: Session
) -> None:
    event, unit = make.event(archived_at=make.now), make.unit("Puskesmas Rekaan")
    file = roster_file(tmp_path, f"1;Ani Lestari;;PNS;{unit.name};Bidan")

    checked, _, _ = run("roster", "check", file, "--event", event.code)
    status, _, err = run("roster", "load", file, "--event", event.code)

    assert (checked, status) == (0, 1)
    assert "diarsipkan, jadi tidak dapat diubah" in err
    assert session.query(Enrolment).count() == 0
