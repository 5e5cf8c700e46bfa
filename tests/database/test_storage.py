"""What keeps a disk or a file from being used, told from real errors of real drivers."""

import errno
from collections.abc import Callable
from pathlib import Path

import pytest
from sqlalchemy import text
from sqlalchemy.exc import DBAPIError

from quiz.database import make_engine, sqlite_driver
from quiz.database.storage import Trouble, trouble
from quiz.formats import why_id


def refusal(path: Path, uri: str = "", prepare: str = "") -> BaseException:
    """What SQLite says when it is to write to this file."""
    try:
        connection = sqlite_driver.connect(f"file:{path}{uri}", uri=True)
        if prepare:
            connection.execute(prepare)
        connection.execute("CREATE TABLE baru (isi TEXT)")
        connection.execute("INSERT INTO baru VALUES (zeroblob(100000))")
    except sqlite_driver.Error as error:
        return error
    raise AssertionError("SQLite refused nothing")


def empty(path: Path) -> Path:
    sqlite_driver.connect(str(path)).execute("CREATE TABLE lama (isi TEXT)").connection.close()
    return path


Refused = Callable[[Path], BaseException]

SQLITE: dict[str, tuple[Refused, Trouble]] = {
    "full": (lambda to: refusal(empty(to / "a"), prepare="PRAGMA max_page_count=3"), Trouble.FULL),
    "read-only": (lambda to: refusal(empty(to / "a"), "?mode=ro"), Trouble.READ_ONLY),
    "no folder": (lambda to: refusal(to / "tidak-ada" / "a"), Trouble.NO_FILE),
    "not ours": (lambda to: refusal(written(to / "a", b"bukan basis data" * 99)), Trouble.DAMAGED),
    "cut": (lambda to: refusal(cut(empty(to / "a"))), Trouble.DAMAGED),
}


def written(path: Path, content: bytes) -> Path:
    path.write_bytes(content)
    return path


def cut(path: Path) -> Path:
    """The file without its second half, and with rubbish where its tables begin."""
    whole = path.read_bytes()
    return written(path, whole[:100] + b"\xff" * (len(whole) // 2 - 100))


@pytest.mark.parametrize("name", SQLITE)
def test_what_sqlite_refuses_has_a_sentence(tmp_path: Path, name: str) -> None:
    refused, expected = SQLITE[name]

    assert trouble(refused(tmp_path)) is expected


def test_a_damaged_file_is_told_through_the_engine_too(tmp_path: Path) -> None:
    engine = make_engine(f"sqlite:///{written(tmp_path / 'a', b'rusak' * 999)}")

    with pytest.raises(DBAPIError) as refused:
        engine.connect()

    assert trouble(refused.value) is Trouble.DAMAGED


def test_a_server_that_is_not_there_is_told() -> None:
    engine = make_engine("postgresql://kuis@127.0.0.1:1/kuis")

    with pytest.raises(DBAPIError) as refused:
        engine.connect()

    assert trouble(refused.value) is Trouble.UNREACHABLE


@pytest.mark.parametrize("database_url", ["postgresql"], indirect=True)
def test_what_a_statement_did_wrong_is_no_trouble_of_the_disk(database_url: str) -> None:
    engine = make_engine(database_url)

    with pytest.raises(DBAPIError) as wrong, engine.connect() as connection:
        connection.execute(text("SELECT tidak_ada"))

    engine.dispose()
    assert trouble(wrong.value) is None


@pytest.mark.parametrize(
    ("code", "expected", "words"),
    [
        (errno.ENOSPC, Trouble.FULL, "cakram penuh"),
        (errno.EROFS, Trouble.READ_ONLY, "cakram terpasang hanya-baca"),
        (errno.EACCES, Trouble.READ_ONLY, "tidak diizinkan"),
        (errno.EIO, Trouble.UNREADABLE, "cakram tidak terbaca atau tidak tertulis"),
        (errno.ENOENT, None, "berkas atau folder itu tidak ada"),
    ],
)
def test_what_the_system_refuses_is_said_in_indonesian(
    code: int, expected: Trouble | None, words: str
) -> None:
    error = OSError(code, "said in English")

    assert (trouble(error), why_id(error)) == (expected, words)
