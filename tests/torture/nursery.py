"""Starts the server again and again without importing the program each time.

``python -m tests.torture.nursery LOG``: for every port on a line of stdin it forks a process that
serves as ``quiz serve`` does, except that it passes over the folder of questions, and answers with
its pid. Nothing is opened before the fork: each server is as fresh as one started from the shell.
"""

import os
import signal
import sys
import traceback
from pathlib import Path

import quiz.views  # noqa: F401  # what create_app imports, once for all
from quiz import create_app
from quiz.cli import server
from quiz.database.migrating import upgrade


def fork_server(port: str, log: Path) -> int:
    """The pid of a new server on ``port``; what it prints goes to ``log``."""
    pid = os.fork()
    if pid:
        return pid
    signal.signal(signal.SIGCHLD, signal.SIG_DFL)
    written = os.open(log, os.O_WRONLY | os.O_CREAT | os.O_APPEND)
    os.dup2(os.open(os.devnull, os.O_RDONLY), 0)
    os.dup2(written, 1)
    os.dup2(written, 2)
    try:
        app = create_app()
        upgrade(app.extensions["quiz.engine"])
        server.run(app, server.listen("127.0.0.1", int(port)))
    except Exception:
        traceback.print_exc()
    finally:
        os._exit(1)


if __name__ == "__main__":
    signal.signal(signal.SIGCHLD, signal.SIG_IGN)  # killed servers leave no zombies
    for line in sys.stdin:
        print(fork_server(line.strip(), Path(sys.argv[1])), flush=True)
