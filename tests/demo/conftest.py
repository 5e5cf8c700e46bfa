"""The program, called as an operator calls it, on the test's own database."""

import json
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from typing import Any

import pytest
import time_machine

from tests.cli.conftest import Run, run

__all__ = ["run"]

Demo = Callable[..., dict[str, Any]]


@pytest.fixture(autouse=True)
def standing_clock() -> Iterator[None]:
    """A demonstration is of this very moment: none passes while a test looks at it."""
    with time_machine.travel(datetime.now(UTC), tick=False):
        yield


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
