"""The program, called as an operator calls it, on the test's own database."""

import json
from collections.abc import Callable
from typing import Any

import pytest

from quiz import cli
from quiz.config import Settings

Run = Callable[..., tuple[int, str, str]]
Demo = Callable[..., dict[str, Any]]


@pytest.fixture
def run(
    settings: Settings, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> Run:
    """``run("demo", ...)``: exit status, what went to stdout and what to stderr."""
    monkeypatch.setenv("QUIZ_INSTANCE", str(settings.instance))
    monkeypatch.setenv("QUIZ_DATABASE_URL", settings.database_url)

    def run(*arguments: str) -> tuple[int, str, str]:
        capsys.readouterr()
        status = cli.main(arguments)
        said = capsys.readouterr()
        return status, said.out, said.err

    return run


@pytest.fixture
def demo(run: Run) -> Demo:
    """``demo("live")``: fill the database, and what ``--json`` says of it."""

    def fill(stage: str, seed: str = "1", people: int = 50) -> dict[str, Any]:
        options = ("--stage", stage, "--seed", seed, "--people", str(people), "--json")
        status, out, err = run("demo", *options)
        assert (status, err) == (0, "")
        found = json.loads(out)
        assert isinstance(found, dict)
        return found

    return fill
