"""A number never contradicts the verdict beside it, on any page and in any file."""

import io
import json
from fractions import Fraction

import pytest
from python_calamine import CalamineWorkbook

from quiz.exports import EXPORTS, FILE_KINDS
from tests.reading import root, table_rows, texts, words


@pytest.fixture
def sitting(make):
    """Five people of one unit, each with 69.72 of 100 where 70 passes."""
    sitting = make.sitting(pass_mark=70, closes_at=make.now)
    unit = make.unit("Kantor Rekaan")
    for _ in range(5):
        attempt = make.finished(sitting, make.enrolment(sitting.event, unit=unit))
        [score] = attempt.scores
        score.knowledge_points, score.knowledge_max = Fraction(6972, 100), Fraction(100)
    make.session.commit()
    return sitting


def test_list_and_report_agree_with_the_verdict(sitting, client_for, citra):
    desk = client_for(citra)
    address = f"/laporan/{sitting.event.code}"

    listed = table_rows(desk.get(f"{address}/peserta"))
    report = words(root(desk.get(f"{address}/unit")))
    overview = words(root(desk.get(address)))

    assert {row[-1] for row in listed} == {"69"}
    assert "Nilai rata-rata 69 " in report
    assert "semua peserta 69" in report
    assert "Nilai rata-rata69" in overview.replace("Nilai rata-rata 69", "Nilai rata-rata69")
    assert "0 dari 5 mencapai batas lulus 70" in report


@pytest.mark.parametrize("export", ["participants", "units"])
@pytest.mark.parametrize("ending", FILE_KINDS)
def test_files_agree_with_the_verdict(sitting, session, make, export, ending):
    table = EXPORTS[export].table(session, sitting, make.now)

    made = FILE_KINDS[ending].write(table)

    if ending == "xlsx":
        rows = CalamineWorkbook.from_filelike(io.BytesIO(made)).get_sheet_by_index(0).to_python()
        cells = {cell for row in rows for cell in row}
        shown = {cell for cell in cells if cell in {69, 70}}
    elif ending == "csv":
        shown = {
            int(cell)
            for line in made.decode("utf-8-sig").splitlines()
            for cell in line.split(";")
            if cell in {"69", "70"}
        }
    else:
        text = json.dumps(json.loads(made))
        shown = {number for number in (69, 70) if f": {number}" in text}
    assert shown == {69}


def test_the_finding_names_the_units_that_differ_with_the_numbers_beside_them(
    make, client_for, citra
):
    sitting = make.sitting(pass_mark=70, closes_at=make.now)
    marks = {"Kantor Tinggi": (88, 90, 92, 94, 91), "Kantor Rendah": (48, 50, 52, 54, 51)}
    for name, percents in marks.items():
        unit = make.unit(name)
        for percent in percents:
            there = make.enrolment(sitting.event, unit=unit, checked_in_at=make.now)
            attempt = make.finished(sitting, there)
            [score] = attempt.scores
            score.knowledge_points, score.knowledge_max = Fraction(percent), Fraction(100)
    make.session.commit()

    page = client_for(citra).get(f"/laporan/{sitting.event.code}/unit")

    [finding] = texts(page, "finding")
    results = [row for row in table_rows(page) if len(row) == 7]
    intervals = {row[0]: row[4] for row in results if row[0].startswith("Kantor")}
    for name, shown in intervals.items():
        assert f"{name}, rentang {shown.split('(')[1].rstrip(')')}" in finding
    assert "Berbeda dari rata-rata semua peserta: Kantor Rendah" in finding
