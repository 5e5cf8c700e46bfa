"""``quiz report``: the rows of the page as a file."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from quiz.config.settings import Settings
from tests.cli.conftest import Run
from tests.factories import Make


def test_report_units_writes_the_rows_of_the_page(run: Run, make: Make, tmp_path: Path) -> None:
    event, unit = make.event(), make.unit("Puskesmas Rekaan", "upt-kesehatan")
    sitting = make.sitting(event)
    for _ in range(5):
        make.finished(sitting, make.enrolment(event, unit=unit))
    file = tmp_path / "unit.json"

    status, out, _ = run("report", "units", "--event", event.code, "--format", "json", "-o", file)

    written = json.loads(file.read_text())
    assert (status, out) == (0, f"Hasil Pre-test per unit ditulis ke {file}.\n")
    assert [row["code"] for row in written["units"]] == [unit.code]
    assert (written["event"], written["total"]["submitted"]) == (event.code, 5)


def test_report_units_can_go_to_stdout(settings: Settings, make: Make) -> None:
    event = make.event()
    make.finished(make.sitting(event), make.enrolment(event))
    environ = os.environ | {
        "QUIZ_INSTANCE": str(settings.instance),
        "QUIZ_DATABASE_URL": settings.database_url,
    }
    command = [sys.executable, "-m", "quiz", "report", "units", "--event", event.code]

    out = subprocess.check_output([*command, "--format", "csv", "-o", "-"], env=environ)

    assert out.decode("utf-8-sig").splitlines()[0].startswith("Kode;Unit;Jenis;")


@pytest.mark.parametrize(
    ("prepared", "sentence"),
    [(False, "Tidak ada kegiatan dengan kode ZZZ-000."), (True, "belum punya pre-test")],
)
def test_report_of_nothing_is_refused(
    run: Run, make: Make, tmp_path: Path, prepared: bool, sentence: str
) -> None:
    code = make.event().code if prepared else "ZZZ-000"

    status, _, err = run(
        *("report", "units", "--event", code, "--format", "csv", "-o", tmp_path / "unit.csv")
    )

    assert status == 1
    assert sentence in err
    assert not (tmp_path / "unit.csv").exists()
