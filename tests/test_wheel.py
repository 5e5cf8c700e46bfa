"""The wheel carries templates and questions: built, installed elsewhere, it serves a page."""

import os
import re
import subprocess
import sys
import urllib.request
import zipfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from tests.servers import HUNG, OwnPort, accepts, wait_until

ROOT = Path(__file__).resolve().parent.parent


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The wheel of this checkout, built without a network by the backend the lock installed."""
    folder = tmp_path_factory.mktemp("roda")
    build = [sys.executable, "-m", "pip", "--quiet", "wheel", "--no-deps", "--no-build-isolation"]
    subprocess.run([*build, "--no-index", "--wheel-dir", folder, ROOT], check=True)
    return next(folder.glob("*.whl"))


@contextmanager
def serving(installed: Path, instance: Path) -> Iterator[str]:
    """The program of the wheel serving, from a folder with a space in its name."""
    environ = {
        "PATH": os.environ["PATH"],
        "PYTHONPATH": str(installed),
        "QUIZ_INSTANCE": str(instance),
    }
    instance.mkdir()
    with (
        OwnPort() as port,
        subprocess.Popen(
            [sys.executable, "-m", "quiz", "serve"],
            cwd=instance,
            env=environ | {"PORT": str(port.number)},
            stdout=subprocess.DEVNULL,
        ) as process,
    ):
        try:
            wait_until(lambda: accepts(port.number) or process.poll() is not None)
            yield f"http://127.0.0.1:{port.number}"
        finally:
            process.terminate()


def page(address: str) -> str:
    """What is there."""
    with urllib.request.urlopen(address, timeout=HUNG) as reply:
        return str(reply.read().decode())


def test_the_wheel_carries_pages_questions_and_migrations(wheel: Path) -> None:
    with zipfile.ZipFile(wheel) as archive:
        names = set(archive.namelist())

    assert {
        "quiz/templates/base.html",
        "quiz/questions/topics.yaml",
        "quiz/questions/material/loa-janan.yaml",
        "quiz/exchange/questions/word/templat-soal.docx",
        "quiz/static/css/tokens.css",
        "quiz/database/migrations/script.py.mako",
        "quiz/database/migrations/versions/0001_tables.py",
    } <= names
    assert [name for name in names if name.startswith(("tests/", "instance/"))] == []


def test_the_installed_wheel_serves_a_page(wheel: Path, tmp_path: Path) -> None:
    installed = tmp_path / "terpasang"
    install = [sys.executable, "-m", "pip", "--quiet", "install", "--no-deps", "--no-index"]
    subprocess.run([*install, "--target", installed, wheel], check=True)
    assert (installed / "quiz" / "templates" / "base.html").is_file()

    with serving(installed, tmp_path / "folder lain") as address:
        entrance = page(f"{address}/masuk")

    assert re.search(r"<h1>[^<]+</h1>", entrance)
    assert "Kode Anda" in entrance
