"""The demonstration after its event, not served."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from quiz.demo import Stage
from tests.e2e.world import World, demonstration


@pytest.fixture(scope="package")
def world(tmp_path_factory: pytest.TempPathFactory, sqlite_template: Path) -> Iterator[World]:
    folder = tmp_path_factory.mktemp("pintu")
    with demonstration(folder, sqlite_template, Stage.OVER) as world:
        yield world
