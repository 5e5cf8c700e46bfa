"""The writers' lock, watched: who holds it, and what is done meanwhile."""

import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from types import FrameType

from flask import Flask, template_rendered
from jinja2 import Template

import quiz

LOCK = "quiz.write_lock"

SLOW = ("quiz/exchange/", "quiz/assessment/question_file/", "quiz/assessment/quality/")
"""What reads files and compares texts, which may take long."""


class WatchedLock:
    """The application's own lock, which knows the thread that holds it."""

    def __init__(self, lock: threading.Lock) -> None:
        self._lock = lock
        self._holder: int | None = None
        self.taken = 0

    def acquire(self) -> None:
        """As the lock itself does."""
        self._lock.acquire()
        self._holder = threading.get_ident()
        self.taken += 1

    def release(self) -> None:
        """As the lock itself does."""
        self._holder = None
        self._lock.release()

    @property
    def mine(self) -> bool:
        """Whether the thread that asks holds it."""
        return self._holder == threading.get_ident()


def watch_lock(app: Flask) -> None:
    """Let every page that ``app`` draws while it holds the lock of all writers crash."""
    app.extensions[LOCK] = WatchedLock(app.extensions[LOCK])
    template_rendered.connect(_refuse, app)


def _refuse(app: Flask, template: Template, **_context: object) -> None:
    if app.extensions[LOCK].mine:
        raise AssertionError(f"{template.name} is drawn while nobody else can write")


@contextmanager
def slow_work_under_lock(app: Flask) -> Iterator[set[str]]:
    """The modules of SLOW in which something was called while the lock was held."""
    lock, found = app.extensions[LOCK], set[str]()
    folder = str(Path(quiz.__file__).parents[1]) + "/"

    def note(frame: FrameType, event: str, _argument: object) -> None:
        if event == "call" and lock.mine:
            name = frame.f_code.co_filename.removeprefix(folder)
            if name.startswith(SLOW):
                found.add(name)

    before = sys.getprofile()
    sys.setprofile(note)
    try:
        yield found
    finally:
        sys.setprofile(before)
