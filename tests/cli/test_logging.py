"""What is done from the machine's own command line is in the audit log too."""

from pathlib import Path

from quiz.models import AuditEntry
from tests.cli.conftest import Run
from tests.factories import Make
from tests.reading import stored


def said(make: Make) -> list[tuple[str, str]]:
    """Action and program of every line."""
    return [
        (entry.action, entry.detail.content["by"])
        for entry in stored(make, AuditEntry)
        if entry.detail
    ]


def test_whatever_takes_keys_or_figures_out_leaves_a_line(
    run: Run, make: Make, tmp_path: Path
) -> None:
    event = make.event()
    make.finished(make.sitting(event), make.enrolment(event))
    make.bank_item()
    file = tmp_path / "unit.csv"

    for arguments in (
        ("report", "units", "--event", event.code, "--format", "csv", "-o", file),
        ("export", "gift", "-o", tmp_path / "soal.txt"),
        ("questions", "export", tmp_path / "berkas"),
    ):
        status, _, err = run(*arguments)
        assert (status, err.count("Traceback")) == (0, 0)

    assert said(make) == [
        ("report_written", "quiz report units"),
        ("items_exported", "quiz export"),
        ("items_exported", "quiz questions export"),
    ]


def test_a_backup_and_what_it_brings_back_leave_a_line(
    run: Run, make: Make, tmp_path: Path
) -> None:
    make.user("Eka Wulandari", username="eka")
    file = tmp_path / "cadangan.zip"

    assert run("db", "backup", file)[0] == 0
    assert said(make) == [("database_backed_up", "quiz db backup")]
    assert run("db", "restore", file)[0] == 0
    assert said(make) == [("database_restored", "quiz db restore")]
    assert run("audit", "verify")[0] == 0


def test_loading_questions_leaves_a_line_once(run: Run, make: Make, folder: Path) -> None:
    for _ in range(2):
        assert run("questions", "load", folder)[0] == 0

    assert said(make) == [("questions_loaded", "quiz questions load")]


def test_what_is_refused_leaves_none(run: Run, make: Make, tmp_path: Path) -> None:
    assert run("export", "gift", "-o", tmp_path / "soal.txt")[0] == 1
    assert run("report", "units", "--event", "XX-100", "--format", "csv", "-o", "-")[0] == 1

    assert stored(make, AuditEntry) == []
