"""One event with every odd case: every page, file and command counts the same people."""

import csv
import io
import json
import re
from datetime import timedelta

import pytest
from python_calamine import CalamineWorkbook

from quiz import cli
from quiz.actions.events.screens import token_of_screen
from quiz.models.events.events import Phase
from quiz.queries.taking.turnout import turnouts
from tests.reading import root, table_rows, texts, words

MINUTE = timedelta(minutes=1)
ON_ROSTER, PRESENT, STARTED, SUBMITTED = 12, 2, 10, 6
UNRECORDED = "8 orang mengerjakan tanpa tercatat hadir"


@pytest.fixture
def sitting(make, citra):
    """Closed an hour ago, its grace long past."""
    event = make.event()
    sitting = make.sitting(
        event, opens_at=make.now - 180 * MINUTE, closes_at=make.now - 60 * MINUTE
    )
    practice = make.sitting(event, Phase.PRACTICE)
    unit = make.unit("Kantor Rekaan")

    def person(name, **changes):
        return make.enrolment(event, make.user(name), unit, **changes)

    def begun(enrolment):
        return make.attempt(sitting, enrolment, started_at=sitting.opens_at + MINUTE)

    done = {"started_at": sitting.opens_at + MINUTE}
    make.finished(sitting, person("Mengirim sendiri", checked_in_at=make.now), **done)
    make.response(begun(person("Dikirim jam, terjawab")))
    begun(person("Dikirim jam, kosong"))
    make.response(begun(person("Dikirim jam, jawaban dihapus")), chosen=[])
    make.finished(sitting, person("Mengirim kosong"), right=0, **done)
    voided = person("Dibatalkan")
    make.finished(sitting, voided, **done).void(citra, "HP tertukar", make.now)
    again = person("Dibatalkan lalu mengirim")
    make.finished(sitting, again, **done).void(citra, "HP tertukar", make.now)
    make.session.commit()
    make.finished(sitting, again, **done)
    withdrawn = person("Dikeluarkan", checked_in_at=make.now)
    make.finished(sitting, withdrawn, **done)
    clocked = person("Dikeluarkan, dikirim jam")
    make.response(begun(clocked))
    withdrawn.removed_at = clocked.removed_at = make.now
    trained = person("Latihan saja")
    for _ in range(2):
        make.finished(practice, trained, counted=False)
    merged = person("Nama lama")
    make.finished(sitting, merged, **done)
    merged.user.merged_into = make.user("Nama baru")
    make.finished(
        sitting,
        person("Tanpa undangan", walked_in=True, checked_in_at=make.now),
        **done,
    )
    moved = person("Pindah unit")
    begun(moved)
    moved.place_in(make.unit("Kantor Lain"))
    make.finished(sitting, person("Sesudah pembahasan"), **done).after_release = True
    make.session.commit()
    return sitting


def total_of(ending, blob):
    """(registered, present, handed in) of a file's last row."""
    if ending == "json":
        total = json.loads(blob)["total"]
        return total["invited"], total["attended"], total["submitted"]
    if ending == "csv":
        rows = list(csv.reader(io.StringIO(blob.decode("utf-8-sig"), newline=""), delimiter=";"))
    else:
        rows = CalamineWorkbook.from_filelike(io.BytesIO(blob)).get_sheet_by_index(0).to_python()
    [row] = [row for row in rows if len(row) > 1 and row[1] == "Semua peserta"]
    return tuple(int(cell) for cell in row[4:7])


@pytest.mark.parametrize("database_url", ["sqlite", "postgresql"], indirect=True)
def test_people_are_counted_by_one_rule(sitting, make):
    found = turnouts(make.session, [sitting], make.now)[sitting.id]

    assert (found.started, found.submitted) == (STARTED, SUBMITTED)
    assert (found.running, found.awaiting, found.empty, found.after_release) == (0, 0, 3, 1)


def test_every_place_counts_the_same(sitting, client_for, citra, settings, monkeypatch, tmp_path):
    desk, code = client_for(citra), sitting.event.code
    people = (ON_ROSTER, PRESENT, SUBMITTED)

    event = words(root(desk.get(f"/kegiatan/{code}")))
    assert f"{STARTED} mulai, {SUBMITTED} terkirim, 3 tanpa jawaban, 1 sesudah pembahasan" in event
    assert f"dari {ON_ROSTER} orang" in event and f"{PRESENT} dari {ON_ROSTER}" in event

    page = words(root(desk.get(f"/kegiatan/{code}/sesi/{sitting.uid}")))
    assert f"Terkirim{SUBMITTED} dari {ON_ROSTER} orang" in re.sub(r"(Terkirim) ", r"\1", page)

    board = texts(desk.get(f"/kegiatan/{code}/papan?sesi={sitting.uid}"), "count")
    assert board[0] == f"{PRESENT} dari {ON_ROSTER} hadir {UNRECORDED}"
    assert f"{STARTED} mulai" in board[1]
    assert board[2].startswith(f"{SUBMITTED} terkirim 3 habis waktu tanpa jawaban, 1 sesudah")

    overview = words(root(desk.get(f"/laporan/{code}")))
    assert f"{SUBMITTED} dari {ON_ROSTER}" in overview

    report = desk.get(f"/laporan/{code}/unit")
    assert f"{ON_ROSTER} terdaftar, {PRESENT} hadir, {SUBMITTED} mengirim" in words(root(report))
    for ending in ("xlsx", "csv", "json"):
        blob = desk.get(f"/laporan/{code}/unit.{ending}").data
        assert total_of(ending, blob) == people, ending

    named = desk.get(f"/laporan/{code}/peserta.json").get_json()["rows"]
    assert len(named) == ON_ROSTER
    assert sum(row["attended"] == "Ya" for row in named) == PRESENT
    assert sum(row["percent"] is not None for row in named) == SUBMITTED
    listed = table_rows(desk.get(f"/laporan/{code}/peserta"))
    assert sum(row[-1] != "–" for row in listed) == SUBMITTED

    for path in ("/laporan", "/kegiatan"):
        [row] = table_rows(desk.get(path))
        assert {str(ON_ROSTER), str(PRESENT)} <= set(row), path
    tabs = texts(desk.get(f"/kegiatan/{code}/peserta"), "filters")
    assert any(f"Hadir {PRESENT}" in tab for tab in tabs)

    monkeypatch.setenv("QUIZ_INSTANCE", str(settings.instance))
    monkeypatch.setenv("QUIZ_DATABASE_URL", settings.database_url)
    file = tmp_path / "unit.json"
    asked = ["report", "units", "--event", code, "--format", "json", "-o", str(file)]
    assert cli.main(asked) == 0
    assert total_of("json", file.read_bytes()) == people


def test_whoever_works_unrecorded_is_named_wherever_the_two_numbers_meet(
    sitting, client_for, citra, make
):
    desk, code = client_for(citra), sitting.event.code
    board = f"{code}/papan?sesi={sitting.uid}"

    for path in (
        f"/kegiatan/{code}",
        f"/kegiatan/{board}",
        f"/kegiatan/{code}/kehadiran",
        f"/kegiatan/{code}/daftar-hadir",
        f"/kegiatan/{code}/berita-acara",
        f"/laporan/{code}",
        f"/laporan/{code}/unit",
    ):
        assert UNRECORDED in words(root(desk.get(path))), path
    units = table_rows(desk.get(f"/kegiatan/{board}"))
    assert sum("orang mengerjakan tanpa tercatat hadir" in row[0] for row in units) == 2
    for name in ("unit", "peserta"):
        blob = desk.get(f"/laporan/{code}/{name}.xlsx").data
        sheet = CalamineWorkbook.from_filelike(io.BytesIO(blob)).get_sheet_by_index(0).to_python()
        assert any(UNRECORDED in str(cell) for row in sheet for cell in row), name
    bare = desk.get(f"/laporan/{code}/unit.csv").data.decode("utf-8-sig")
    rows = list(csv.DictReader(io.StringIO(bare, newline=""), delimiter=";"))
    assert [row["Mengerjakan tanpa tercatat hadir"] for row in rows][-1] == "8"
    notes = desk.get(f"/laporan/{code}/unit.json").get_json()["notes"]
    assert any(UNRECORDED in note for note in notes)
    desk.post_form(f"/kegiatan/{code}/layar")
    screen = desk.get(f"/layar/{token_of_screen(make.fresh(sitting.event), make.key)}")
    assert UNRECORDED in words(root(screen))


def test_a_sitting_whose_people_were_withdrawn_has_nothing_to_report(
    make, client_for, citra, sitting
):
    later = make.sitting(sitting.event, Phase.POST, opens_at=make.now - 30 * MINUTE)
    withdrawn = make.enrolment(sitting.event)
    make.finished(later, withdrawn)
    withdrawn.removed_at = make.now
    make.session.commit()

    page = client_for(citra).get(f"/laporan/{sitting.event.code}/unit")

    assert "Pre-test" in texts(page, "meta")[0]
