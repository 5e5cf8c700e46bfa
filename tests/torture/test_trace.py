"""A 200 is on the disk, seen from outside: the system calls of ``quiz serve``, traced.

One person saves one response after another; in the trace a sync of the database's log must have
returned before each reply leaves. Needs strace (Debian: ``apt install strace``) and is skipped
without it; test_durable.py looks from inside and needs nothing.
"""

import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from sqlalchemy import create_engine, text

from bench.browser import Browser
from tests.servers import HUNG, OwnPort, accepts, wait_until
from tests.torture.hall import crowd
from tests.torture.strace import CALLS, synced_before_reply

SAVES = 20
LOGS = {"sqlite": "-wal", "postgresql": "/pg_wal/"}

STRACE = f"strace -I 2 -f -y -s 24 -e trace={CALLS} -e signal=none"
"""-I 2: it ends, and ends the server, when told to; else it would hold the signal back."""

NO_STRACE = "strace is not installed (apt install strace); test_durable.py looks from inside"


@pytest.mark.skipif(shutil.which("strace") is None, reason=NO_STRACE)
@pytest.mark.parametrize("backend", ["sqlite", "postgresql"])
def test_log_is_synced_before_each_200(request, backend, tmp_path):
    url = request.getfixturevalue(f"empty_{backend}")
    people = crowd(tmp_path / "instance", url, people=1, sittings=1)
    trace, also = tmp_path / "trace", database_processes(url)

    with OwnPort() as port, traced_server(people.environ, port.number, trace, also):
        save_repeatedly(port.number, people.cards[0], people.sittings[0])

    synced = synced_before_reply(trace.read_text(errors="replace").splitlines(), LOGS[backend])
    assert synced[-SAVES:] == [True] * SAVES


def database_processes(url: str) -> list[int]:
    """The server processes of PostgreSQL, whose new children are traced with them."""
    if url.startswith("sqlite"):
        return []
    engine = create_engine(url)
    with engine.connect() as connection:
        backend = connection.scalar(text("SELECT pg_backend_pid()"))
        parent = Path(f"/proc/{backend}/stat").read_text().rpartition(")")[2].split()[1]
    engine.dispose()
    children = Path(f"/proc/{parent}/task/{parent}/children").read_text().split()
    return [int(parent), *map(int, children)]


@contextmanager
def traced_server(
    environ: dict[str, str], port: int, trace: Path, also: list[int]
) -> Iterator[None]:
    """``quiz serve`` under strace; ``also`` are processes traced with it."""
    attached = [word for pid in also for word in ("-p", str(pid))]
    served = [sys.executable, "-m", "quiz", "serve", "--port", str(port)]
    process = subprocess.Popen(
        [*STRACE.split(), "-o", str(trace), *attached, *served],
        env=os.environ | environ,
        stdout=subprocess.DEVNULL,
    )
    wait_until(lambda: accepts(port) or process.poll() is not None)
    assert process.poll() is None, "strace or the server ended"
    yield
    process.terminate()
    process.wait(HUNG)


def save_repeatedly(port: int, card: str, sitting: str) -> None:
    browser = Browser(port)
    browser.ask("GET", f"/k/{card}")
    browser.ask("GET", "/")
    address = browser.send_form(f"/sesi/{sitting}/mulai")[2]
    browser.ask("GET", address)
    for revision in range(1_000_001, 1_000_001 + SAVES):
        payload = {"chosen": ["a"], "confidence": None, "revision": revision, "at": None}
        assert browser.send_json("PUT", f"{address}/jawaban/1", payload)[0] == 200
    browser.connection.close()


SYNC = "12 fdatasync(9</x/quiz.sqlite-wal>) = 0"
REPLY = '12 sendto(11<TCP:[1]>, "HTTP/1.1 200 OK\\r\\n", 300, 0, NULL, 0) = 300'
BEGUN = "12 fdatasync(9</x/quiz.sqlite-wal> <unfinished ...>"
DONE = "12 <... fdatasync resumed>) = 0"


@pytest.mark.parametrize(
    ("trace", "verdict"),
    [
        ([SYNC, REPLY], [True]),
        ([REPLY, SYNC], [False]),
        ([SYNC, REPLY, REPLY], [True, False]),
        ([BEGUN, DONE, REPLY], [True]),
        ([BEGUN, REPLY, DONE], [False]),
        ([SYNC.replace("-wal", ""), REPLY], [False]),
        ([SYNC.replace("= 0", "= -1 EIO (Input/output error)"), REPLY], [False]),
    ],
)
def test_trace_is_read_strictly(trace, verdict):
    assert synced_before_reply(trace, "-wal") == verdict
