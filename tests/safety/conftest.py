"""The demonstration after its event, not served."""

from collections.abc import Iterator

import pytest
from jinja2 import FileSystemBytecodeCache

from quiz.demo import Stage
from tests.e2e.world import World, demonstration
from tests.kept import Demonstrations


@pytest.fixture(scope="package")
def world(
    tmp_path_factory: pytest.TempPathFactory,
    demonstrations: Demonstrations,
    compiled_templates: FileSystemBytecodeCache,
) -> Iterator[World]:
    folder = tmp_path_factory.mktemp("pintu")
    with demonstration(folder, demonstrations.of(Stage.OVER), compiled_templates) as world:
        yield world
