"""A disk that is full: saves are refused, pages still open, and nothing promised is lost.

The server's process may write no file any longer, as on a disk without room. SQLite only: where
PostgreSQL's disk is full is PostgreSQL's matter.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from resource import RLIM_INFINITY, RLIMIT_FSIZE, prlimit

from tests.servers import wait_until
from tests.torture.hall import crowd
from tests.torture.test_kill import Ordeal, broken, ordeal

REFUSED = 120


@contextmanager
def no_room(pid: int, folder: Path) -> Iterator[None]:
    """No file of ``folder`` may grow by more than a few pages meanwhile."""
    largest = max(path.stat().st_size for path in folder.rglob("*"))
    prlimit(pid, RLIMIT_FSIZE, (largest + 20_000, RLIM_INFINITY))
    yield
    prlimit(pid, RLIMIT_FSIZE, (RLIM_INFINITY, RLIM_INFINITY))


def refused(under: Ordeal) -> int:
    return sum(saver.refused for saver in under.savers)


def test_full_disk_refuses_saves_and_loses_none(tmp_path):
    folder = tmp_path / "instance"
    folder.mkdir()
    people = crowd(folder, f"sqlite:///{folder / 'quiz.sqlite'}", people=4, sittings=2)
    with ordeal(people, tmp_path / "log", seed=22) as under:
        under.wait_for_promises(40)
        with no_room(under.server.pid, folder):
            wait_until(lambda: refused(under) >= REFUSED or under.failure is not None)
        under.wait_for_promises(40)

    assert broken(people, under) == []
    assert refused(under) >= REFUSED
