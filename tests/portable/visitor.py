"""Somebody who starts a server, looks at it, and logs in: run where there is no network.

``python -m tests.portable.visitor PORT COMMAND…`` prints what the command said, then what was seen.
"""

import os
import re
import subprocess
import sys
import tempfile
import time
import urllib.request
from http.cookiejar import CookieJar
from pathlib import Path
from urllib.error import URLError
from urllib.parse import urlencode

from tests.servers import accepts, wait_until

PASSWORD = "perahu kertas di sungai"
NAME = {"name": "Eka Putri", "username": "eka"}


class Browser:
    """Pages of one server, with cookies."""

    def __init__(self, port: int) -> None:
        self.base = f"http://127.0.0.1:{port}"
        self.opener = urllib.request.build_opener(urllib.request.HTTPCookieProcessor(CookieJar()))

    def get(self, path: str) -> str:
        """The page at ``path``."""
        with self.opener.open(f"{self.base}{path}", timeout=300) as reply:
            return str(reply.read().decode())

    def send(self, path: str, **typed: str) -> str:
        """The page that follows the form at ``path``, filled in."""
        token = re.search(r'name="csrf_token"[^>]*value="([^"]+)"', self.get(path))
        assert token is not None
        form = urlencode({**typed, "csrf_token": token[1]}).encode()
        request = urllib.request.Request(f"{self.base}{path}", form, {"Referer": self.base})
        with self.opener.open(request, timeout=300) as reply:
            return str(reply.read().decode())


def _serves(port: int) -> bool:
    try:
        return '"ok"' in Browser(port).get("/sehat")
    except URLError:
        return False


def visit(port: int, command: list[str], said: Path) -> list[str]:
    """What the command said, then the headings of the pages seen."""
    own = {name: value for name, value in os.environ.items() if name != "PYTHONPATH"}
    with (
        said.open("wb") as output,
        subprocess.Popen(command, env=own, stdout=output, stderr=output) as server,
    ):
        try:
            wait_until(
                lambda: server.poll() is not None or (accepts(port) and _serves(port)),
                lambda: time.sleep(0.2),
            )
            heard = said.read_text(encoding="utf-8")
            if server.poll() is not None:
                return [heard, "berhenti"]
            first = re.search(r"/awal/\S+", heard)
            if first:
                typed = {**NAME, "password": PASSWORD, "again": PASSWORD}
                Browser(port).send(first[0], **typed)
            home = Browser(port).send("/masuk/petugas", username="eka", password=PASSWORD)
            return [heard, *re.findall(r"<h1>([^<]+)</h1>", home)]
        finally:
            server.terminate()


if __name__ == "__main__":
    with tempfile.TemporaryDirectory() as name:
        seen = visit(int(sys.argv[1]), sys.argv[2:], Path(name) / "keluaran")
    print(*seen, sep="\n")
