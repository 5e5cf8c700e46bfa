"""The program itself: its help, its refusals, and wrong settings."""

import subprocess
import sys
from pathlib import Path

import pytest

from quiz import cli
from tests.cli.conftest import Run


@pytest.mark.parametrize(
    "command",
    [
        (),
        *[(name,) for name in sorted(cli.program.commands)],
        *[
            (name, inner)
            for name, group in sorted(cli.program.commands.items())
            for inner in sorted(getattr(group, "commands", {}))
        ],
    ],
)
def test_every_command_has_an_indonesian_help_page(run: Run, command: tuple[str, ...]) -> None:
    status, out, err = run(*command, "--help")

    english = ["Usage", "Options", "Commands", "Show this", "OPTIONS", "COMMAND", "[required]"]
    assert (status, err) == (0, "")
    assert out.startswith("Pemakaian: quiz")
    assert [word for word in english if word in out] == []


@pytest.mark.parametrize(
    ("arguments", "sentence"),
    [
        (["srve"], "Perintah srve tidak dikenal. Maksud Anda serve? Lihat: quiz --help\n"),
        (["serve", "--prt", "1"], "Pilihan --prt tidak dikenal. Maksud Anda --port? "),
        (["serve", "--port", "x"], "--port: isi bilangan bulat 1 sampai 65535. "),
        (["serve", "lebih"], "Argumen yang diberikan tidak sesuai dengan perintah ini. "),
        (["db", "restore"], "BERKAS wajib diisi. Lihat: quiz db restore --help\n"),
        (["db", "restore", "tidak-ada.zip"], "BERKAS: berkas atau folder itu tidak ada"),
        (["user", "add", "--username", "a", "--name", "A", "--role", "raja"], "--role: pilih "),
        (["user", "link"], "--username wajib diisi. "),
        (["questions", "check", "--date", "22"], "--date: isi tanggal seperti 2024-11-22. "),
    ],
)
def test_wrong_usage_is_explained_with_status_2(
    run: Run, arguments: list[str], sentence: str
) -> None:
    status, out, err = run(*arguments)

    assert (status, out) == (2, "")
    assert err.startswith(sentence)
    assert err.count("\n") == 1


def test_the_program_without_a_command_shows_its_commands_with_status_2(run: Run) -> None:
    status, out, err = run()

    assert (status, out) == (2, "")
    assert err.startswith("Pemakaian: quiz")


def test_python_m_quiz_is_the_same_program() -> None:
    done = subprocess.run(
        [sys.executable, "-m", "quiz", "srve"], capture_output=True, text=True, check=False
    )

    assert (done.returncode, done.stdout) == (2, "")
    assert done.stderr.startswith("Perintah srve tidak dikenal.")


def test_a_wrong_setting_stops_the_program_with_a_sentence(
    run: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("QUIZ_PROXY_HOPS", "dua")

    status, _, err = run("db", "check")

    assert (status, err) == (1, "QUIZ_PROXY_HOPS berisi 'dua'. Isi dengan bilangan 0 sampai 5.\n")


def test_commands_ask_for_a_migration_first(
    run: Run, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setenv("QUIZ_DATABASE_URL", f"sqlite:///{tmp_path / 'baru.sqlite'}")

    status, _, err = run("db", "check")

    assert (status, err) == (1, "Skema basis data belum terbaru. Jalankan dulu: quiz db upgrade\n")
