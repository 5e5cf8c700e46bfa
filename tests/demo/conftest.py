"""Demonstrations in the test's own database."""

from collections.abc import Callable, Iterator
from typing import Any

import pytest
import time_machine

from quiz.config.settings import Settings
from tests.cli.conftest import run
from tests.kept import Demonstrations

__all__ = ["run"]

Demo = Callable[..., dict[str, Any]]


@pytest.fixture(autouse=True)
def standing_clock(demonstrations: Demonstrations) -> Iterator[None]:
    """A demonstration is of this very moment: none passes while a test looks at it."""
    with time_machine.travel(demonstrations.moment, tick=False):
        yield


@pytest.fixture
def demo(settings: Settings, demonstrations: Demonstrations) -> Demo:
    """``demo("live")``: put a demonstration into the database, and what ``--json`` said of it."""

    def put(stage: str, seed: str = "1", people: int = 50) -> dict[str, Any]:
        made = demonstrations.of(stage, seed, people)
        made.copy_to(settings.instance)
        return made.said

    return put
