"""What tests need of servers on this machine: a port of their own, and to wait until one is up."""

import socket
import time
from collections.abc import Callable
from contextlib import suppress

from waitress.server import BaseWSGIServer
from waitress.wasyncore import close_all

HUNG = 300.0
"""Seconds after which something is taken to hang, however busy the machine is."""


class OwnPort:
    """A port of 127.0.0.1 that the system gives to nobody else while this is open.

    Held by a socket that never listens: connections are refused until a server of the test, which
    may use an address again as ours and waitress do, listens there, and refused again after it.
    """

    def __init__(self) -> None:
        self._holding = socket.socket()
        self._holding.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        self._holding.bind(("127.0.0.1", 0))
        self.number: int = self._holding.getsockname()[1]

    def __enter__(self) -> "OwnPort":
        return self

    def __exit__(self, *_exception: object) -> None:
        self.close()

    def close(self) -> None:
        """Give the port back."""
        self._holding.close()


def accepts(port: int) -> bool:
    """True when something on this machine listens on ``port``."""
    with socket.socket() as probe:
        return probe.connect_ex(("127.0.0.1", port)) == 0


def wait_until(
    done: Callable[[], object], rest: Callable[[], object] = lambda: time.sleep(0.005)
) -> None:
    """Return once it is done. Raises TimeoutError where nothing can be coming any more."""
    deadline = time.monotonic() + HUNG
    while not done():
        if time.monotonic() > deadline:
            raise TimeoutError(f"nothing came of it in {HUNG:.0f} s")
        rest()


def cut_off(server: BaseWSGIServer) -> None:
    """Make a running server close all it has, so that its loop ends; it may still be at it."""
    with suppress(OSError):  # its loop may be awake already, and close what would wake it
        server.trigger.pull_trigger(lambda: close_all(server._map))
