"""The real server on a free port of this machine, to be killed and started again."""

import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Mapping
from pathlib import Path

START_PATIENCE = 60.0
"""Seconds; a machine that runs everything else too may be slow."""


def free_port() -> int:
    """A port on which nobody listens."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


class NotServing(Exception):
    """The server did not come up; the text holds what it printed."""


class Server:
    """``quiz serve`` in a process of its own, for the instance that ``environ`` names."""

    def __init__(self, environ: Mapping[str, str], log: Path) -> None:
        self.port, self.log, self.pid = free_port(), log, 0
        self._nursery = subprocess.Popen(
            [sys.executable, "-m", "tests.torture.nursery", str(log)],
            env=os.environ | dict(environ),
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )

    def start(self) -> None:
        """Start the server; returns once it accepts connections. Raises NotServing."""
        assert self._nursery.stdin is not None
        assert self._nursery.stdout is not None
        print(self.port, file=self._nursery.stdin, flush=True)
        self.pid = int(self._nursery.stdout.readline())
        deadline = time.monotonic() + START_PATIENCE
        while time.monotonic() < deadline and self._alive():
            if accepts(self.port):
                return
            time.sleep(0.005)
        printed = self.log.read_text() if self.log.exists() else ""
        raise NotServing(f"nothing listens on port {self.port}:\n{printed[-3000:]}")

    def kill(self) -> None:
        """``kill -9``, and wait until the process is gone."""
        os.kill(self.pid, signal.SIGKILL)
        while self._alive():
            time.sleep(0.001)

    def close(self) -> None:
        """End whatever still runs."""
        if self.pid and self._alive():
            self.kill()
        assert self._nursery.stdin is not None
        assert self._nursery.stdout is not None
        self._nursery.stdin.close()
        self._nursery.stdout.close()
        self._nursery.wait()

    def _alive(self) -> bool:
        return Path(f"/proc/{self.pid}").exists()


def accepts(port: int) -> bool:
    """True when something on this machine listens on ``port``."""
    with socket.socket() as probe:
        return probe.connect_ex(("127.0.0.1", port)) == 0
