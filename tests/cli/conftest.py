"""The program, called as an operator calls it, on the test's own database."""

from collections.abc import Callable
from pathlib import Path

import pytest

from quiz import cli
from quiz.config.settings import Settings
from tests.actions.bank.test_loading import FILES

Run = Callable[..., tuple[int, str, str]]


@pytest.fixture
def run(
    settings: Settings, monkeypatch: pytest.MonkeyPatch, capfdbinary: pytest.CaptureFixture[bytes]
) -> Run:
    """``run("db", "check")``: exit status, what went to stdout and what to stderr."""
    monkeypatch.setenv("QUIZ_INSTANCE", str(settings.instance))
    monkeypatch.setenv("QUIZ_DATABASE_URL", settings.database_url)

    def run(*arguments: object) -> tuple[int, str, str]:
        capfdbinary.readouterr()
        status = cli.main([str(argument) for argument in arguments])
        said = capfdbinary.readouterr()
        return status, said.out.decode(), said.err.decode()

    return run


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A small folder of questions without a fault."""
    folder = tmp_path / "soal"
    for name, content in FILES.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(content, encoding="utf-8")
    return folder
