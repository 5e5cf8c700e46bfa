"""The program on a Python that has no more than Windows' has: it serves, and holds its folder."""

import os
import re
import socket
import subprocess
import sys
import urllib.request
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path

import pytest

from tests.portable.lacks import WATCHED
from tests.servers import HUNG, OwnPort, accepts, wait_until

ROOT = Path(__file__).resolve().parents[2]
PYTHON = [sys.executable, "-X", "warn_default_encoding", "-m", "tests.portable.windows"]


def environ(instance: Path, **more: str) -> dict[str, str]:
    """As on an office's laptop: its own encoding, no UTF-8 mode."""
    inherited = {name: os.environ[name] for name in ("PATH", "HOME") if name in os.environ}
    ours = {"PYTHONPATH": str(ROOT), "PYTHONUTF8": "0", "PYTHONIOENCODING": "cp1252"}
    return {**inherited, **ours, "QUIZ_INSTANCE": str(instance), **more}


def run(instance: Path, commands: str, **more: str) -> subprocess.CompletedProcess[bytes]:
    """``quiz`` with these commands, one after the other until one fails."""
    return subprocess.run(
        [*PYTHON, *commands.split()],
        env=environ(instance, **more),
        capture_output=True,
        timeout=HUNG,
        check=False,
    )


@contextmanager
def serving(instance: Path) -> Iterator[int]:
    """``quiz serve``; the port it serves on."""
    with (
        OwnPort() as port,
        subprocess.Popen(
            [*PYTHON, "serve"],
            env=environ(instance, PORT=str(port.number)),
            stdout=subprocess.PIPE,
        ) as process,
    ):
        try:
            wait_until(lambda: accepts(port.number) or process.poll() is not None)
            yield port.number
        finally:
            process.terminate()


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A data folder whose path holds a space, a percent sign with digits, and an ampersand."""
    return tmp_path_factory.mktemp("Data") / "Kuis%20ASN & kawan #1"


@pytest.fixture(scope="module")
def port(folder: Path) -> Iterator[int]:
    with serving(folder) as port:
        yield port


def get(port: int, path: str) -> tuple[str, bytes]:
    """The content type and the body of a page."""
    with urllib.request.urlopen(f"http://127.0.0.1:{port}{path}", timeout=HUNG) as reply:
        return reply.headers["Content-Type"], reply.read()


def test_a_page_is_served_with_its_styles_and_scripts(port: int) -> None:
    kind, entrance = get(port, "/masuk")
    style_sheet = re.search(rb'href="(/static/css/app.css[^"]*)"', entrance)
    assert style_sheet is not None

    assert kind == "text/html; charset=utf-8"
    assert "Kode Anda" in entrance.decode()
    assert get(port, style_sheet[1].decode())[0] == "text/css; charset=utf-8"
    script_kind, script = get(port, "/static/js/attempt.js")
    assert script_kind == "text/javascript; charset=utf-8"
    assert "…" in script.decode()


def test_the_data_lie_in_the_folder_that_was_named(port: int, folder: Path) -> None:
    get(port, "/sehat")

    assert {"quiz.sqlite", "kartu.key", "server.lock"} <= {path.name for path in folder.iterdir()}


def test_more_connections_than_select_watches_keep_nobody_out(port: int) -> None:
    with ExitStack() as stack:
        for _ in range(WATCHED + 40):
            stack.enter_context(socket.create_connection(("127.0.0.1", port), HUNG))

        assert b'"ok"' in get(port, "/sehat")[1]


def test_a_running_server_holds_its_folder(port: int, folder: Path) -> None:
    get(port, "/sehat")
    backup = folder.parent / "cadangan.zip"

    refused = run(folder, f"db backup {backup} , db restore {backup}")

    assert b"Cadangan tersimpan" in refused.stdout
    assert refused.returncode == 1
    assert b"Server sedang berjalan" in refused.stderr


def test_a_backup_is_put_back_and_nothing_is_left_behind(tmp_path: Path) -> None:
    folder, backup = tmp_path / "data", tmp_path / "cadangan.zip"

    done = run(folder, f"db upgrade , db backup {backup} , db restore {backup} , db check")

    assert (done.returncode, done.stderr) == (0, b"")
    assert b"Basis data sehat" in done.stdout
    assert [path.name for path in folder.iterdir() if path.name.startswith(".")] == []
    assert [path.name for path in tmp_path.iterdir() if path.name.startswith(".")] == []


def test_a_console_that_lacks_signs_stops_no_program(tmp_path: Path) -> None:
    said = run(tmp_path, "demo --stage before --seed 1 --people 3", PYTHONIOENCODING="ascii")

    assert (said.returncode, said.stderr) == (0, b"")
    assert b"Masuk dengan kata sandi" in said.stdout


SAYING = """
from quiz.cli.server import announcement
from quiz.config.settings import read_settings
print(announcement(read_settings(), "10.1.2.3", 8000, None))
"""


def test_a_qr_code_is_left_out_where_there_are_no_signs_for_it(tmp_path: Path) -> None:
    command = [sys.executable, "-c", SAYING]

    said = subprocess.run(command, env=environ(tmp_path), capture_output=True, check=True)

    assert b"Alamat untuk peserta: http://10.1.2.3:8000" in said.stdout
    assert b"??" not in said.stdout
