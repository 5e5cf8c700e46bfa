"""Where measurements take place: an invented event that is open, and servers on this machine."""

import json
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from typing import NamedTuple

from bench.browser import Browser


class Stage(NamedTuple):
    """A demonstration: environment, cards, and by role the user name and password of staff."""

    environ: dict[str, str]
    cards: list[str]
    staff: dict[str, tuple[str, str]]
    event: str


@contextmanager
def demo(stage: str = "open", people: int = 50) -> Iterator[Stage]:
    """A fresh demonstration: fifty people, the pre-test open, unless another is asked for."""
    with tempfile.TemporaryDirectory() as folder:
        environ = {"QUIZ_INSTANCE": folder, "QUIZ_DATABASE_URL": ""}
        made = subprocess.run(
            [
                *(sys.executable, "-m", "quiz", "demo", "--seed", "1", "--json"),
                *("--stage", stage, "--people", str(people)),
            ],
            env=os.environ | environ,
            capture_output=True,
            text=True,
            check=True,
        )
        said = json.loads(made.stdout)
        accounts = said["accounts"]
        yield Stage(
            environ,
            [a["card"] for a in accounts if a["role"] == "participant"],
            {a["role"]: (a["username"], a["password"]) for a in accounts if "password" in a},
            said["event"],
        )


@contextmanager
def server(command: list[str], port: int, environ: dict[str, str]) -> Iterator[int]:
    """The process id of a server that answers on ``port``."""
    process = subprocess.Popen(
        command, env=os.environ | environ, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
    )
    try:
        _wait_for(port)
        yield process.pid
    finally:
        process.terminate()
        process.wait()


def _wait_for(port: int) -> None:
    for _ in range(400):
        try:
            Browser(port).ask("GET", "/sehat")
            return
        except OSError:
            time.sleep(0.05)
    raise RuntimeError(f"no server on port {port}")
