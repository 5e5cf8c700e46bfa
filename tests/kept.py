"""What takes seconds to make and is only read: one run of the tests makes it once.

Whichever of its workers comes first makes it; the others wait, and find it.
"""

import fcntl
import json
import os
import pickle
import shutil
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager, redirect_stdout
from dataclasses import dataclass
from datetime import UTC, datetime
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
import time_machine
from jinja2 import FileSystemBytecodeCache
from sqlalchemy.orm import Session

from quiz import cli
from quiz.actions.bank.loading import load_questions
from quiz.assessment.question_file import Folder, read_folder
from quiz.config.settings import carried
from quiz.database import make_engine, sqlite_driver

DATABASE, KEY, SAID = "quiz.sqlite", "kartu.key", "said.json"


@pytest.fixture(scope="session")
def once_a_run(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of this run, for all its workers."""
    own = tmp_path_factory.getbasetemp()
    folder = (own.parent if "PYTEST_XDIST_WORKER" in os.environ else own) / "kept"
    folder.mkdir(exist_ok=True)
    return folder


@pytest.fixture(scope="session")
def compiled_templates(once_a_run: Path) -> FileSystemBytecodeCache:
    """Where the applications of this run find what another one has made of a template."""
    folder = once_a_run / "templates"
    folder.mkdir(exist_ok=True)
    return FileSystemBytecodeCache(str(folder))


@pytest.fixture(scope="session")
def shipped_questions(once_a_run: Path) -> Folder:
    """Everything in questions/, as it is read."""

    def fill(folder: Path) -> None:
        (folder / "folder.pickle").write_bytes(pickle.dumps(read_folder(carried("questions"))))

    found = pickle.loads((_once(once_a_run / "questions", fill) / "folder.pickle").read_bytes())
    assert isinstance(found, Folder)
    return found


@pytest.fixture(scope="session")
def stocked_template(once_a_run: Path, sqlite_template: Path) -> Path:
    """A SQLite file with the schema and the questions that every installation begins with."""

    def fill(folder: Path) -> None:
        shutil.copyfile(sqlite_template, folder / DATABASE)
        engine = make_engine(f"sqlite:///{folder / DATABASE}")
        with Session(engine) as session:
            load_questions(session, carried("questions"), datetime.now(UTC))
            session.commit()
        engine.dispose()

    return _once(once_a_run / "stock", fill) / DATABASE


@pytest.fixture(scope="session")
def demonstrations(once_a_run: Path, stocked_template: Path) -> "Demonstrations":
    """The demonstrations of this run."""
    return Demonstrations(once_a_run, stocked_template)


@dataclass(frozen=True)
class Demonstration:
    """A database filled by ``quiz demo``, and what ``--json`` said of it."""

    folder: Path
    said: dict[str, Any]

    def copy_to(self, instance: Path) -> None:
        """Put it into an instance's folder; applications may have the database open."""
        shutil.copyfile(self.folder / KEY, instance / KEY)
        with (
            closing(sqlite_driver.connect(self.folder / DATABASE)) as source,
            closing(sqlite_driver.connect(instance / DATABASE)) as target,
        ):
            source.backup(target)


class Demonstrations:
    """Demonstrations of one moment, kept in ``folder``; ``template``: a database to fill."""

    def __init__(self, folder: Path, template: Path) -> None:
        self._folder, self._template = folder, template

    @property
    def moment(self) -> datetime:
        """When all of them were made."""
        told = _once(self._folder / "moment", _write_moment) / "moment"
        return datetime.fromisoformat(told.read_text())

    def of(self, stage: str, seed: str = "1", people: int = 50) -> Demonstration:
        """The one of these options, made now unless it was made before."""
        options = ("--stage", str(stage), "--seed", seed, "--people", str(people))
        moment = self.moment

        def fill(folder: Path) -> None:
            shutil.copyfile(self._template, folder / DATABASE)
            with time_machine.travel(moment, tick=False):
                (folder / SAID).write_text(_told(folder, *options))

        folder = _once(self._folder / f"{stage}-{seed}-{people}", fill)
        return Demonstration(folder, json.loads((folder / SAID).read_text()))


def _write_moment(folder: Path) -> None:
    (folder / "moment").write_text(datetime.now(UTC).isoformat())


def _told(instance: Path, *options: str) -> str:
    with pytest.MonkeyPatch.context() as patch, redirect_stdout(StringIO()) as out:
        patch.setenv("QUIZ_INSTANCE", str(instance))
        patch.delenv("QUIZ_DATABASE_URL", raising=False)
        assert cli.main(["demo", *options, "--json"]) == 0
    return out.getvalue()


def _once(folder: Path, fill: Callable[[Path], None]) -> Path:
    """``folder``, filled by whoever comes first; half of it is never seen."""
    with _alone(folder.with_suffix(".lock")):
        if not folder.is_dir():
            begun = folder.with_suffix(".begun")
            shutil.rmtree(begun, ignore_errors=True)
            begun.mkdir(parents=True)
            fill(begun)
            begun.rename(folder)
    return folder


@contextmanager
def _alone(path: Path) -> Iterator[None]:
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield
