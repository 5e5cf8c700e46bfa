"""Reading a trace: was the database's log synced to disk before each reply that says 200?"""

import re
from collections.abc import Iterable

CALLS = "fsync,fdatasync,sendto,sendmsg"

_WHOLE = re.compile(r"^(\d+) +f(?:data)?sync\(\d+<(?P<path>[^>]*)>\) += 0$")
_BEGUN = re.compile(r"^(\d+) +f(?:data)?sync\(\d+<(?P<path>[^>]*)> <unfinished")
_DONE = re.compile(r"^(\d+) +<\.\.\. f(?:data)?sync resumed>\) += 0$")
_REPLY = re.compile(r"^\d+ +send(?:to|msg)\(.*HTTP/1\.[01] 200")


def synced_before_reply(lines: Iterable[str], log: str) -> list[bool]:
    """For each 200 in a trace by ``strace -f -y``: a file of the database's log was synced since
    the reply before.

    ``log`` is a part of the log's path: ``-wal`` for SQLite, ``/pg_wal/`` for PostgreSQL.
    A sync counts when it has returned 0, a reply when it begins.
    """
    found, synced = [], False
    begun: dict[str, str] = {}
    for line in lines:
        if _REPLY.match(line):
            found.append(synced)
            synced = False
        elif whole := _WHOLE.match(line):
            synced = synced or log in whole["path"]
        elif start := _BEGUN.match(line):
            begun[start[1]] = start["path"]
        elif done := _DONE.match(line):
            synced = synced or log in begun.pop(done[1], "")
    return found
