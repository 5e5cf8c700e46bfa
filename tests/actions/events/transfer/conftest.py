"""The first side is SQLite and PostgreSQL in turn; the others are SQLite files of their own."""

import shutil
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest
from sqlalchemy import Engine

from quiz.database import make_engine
from tests.actions.events.transfer.sides import Side

NOW = datetime(2026, 11, 29, 4, tzinfo=UTC)


@pytest.fixture
def office(engine: Engine) -> Side:
    return Side(engine, "kantor", NOW)


@pytest.fixture
def laptop(sqlite_template: Path, tmp_path: Path) -> Iterator[Callable[[str], Side]]:
    """``laptop("satu")``: another installation, empty."""
    engines: list[Engine] = []

    def made(name: str) -> Side:
        path = tmp_path / f"{name}.sqlite"
        shutil.copyfile(sqlite_template, path)
        engines.append(make_engine(f"sqlite:///{path}"))
        return Side(engines[-1], name, NOW)

    yield made
    for each in engines:
        each.dispose()
