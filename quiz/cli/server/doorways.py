"""Short ways in, which lead to the one address where phones work.

A phone keeps its session and its answers by address. So whoever types the name, or leaves out the
port, is sent on before the application is asked, and everybody is at the same address.
"""

from collections.abc import Iterable
from wsgiref.types import StartResponse, WSGIApplication, WSGIEnvironment

from flask import Flask
from werkzeug.utils import redirect
from werkzeug.wrappers import Request

from quiz.config.addresses import LOCAL_NAME, LOOPBACK_HOSTS, host_in, host_of
from quiz.web.keys import hall_address


class ByName:
    """``app`` for a server whose name is announced: sends on whoever came by it."""

    def __init__(self, app: Flask) -> None:
        self.app, self.inner = app, app.wsgi_app

    def __call__(self, environ: WSGIEnvironment, start_response: StartResponse) -> Iterable[bytes]:
        if _name(environ) == LOCAL_NAME:
            hall = _hall(self.app)
            if hall and host_of(hall) != LOCAL_NAME:
                return _send_on(hall, environ, start_response)
        return self.inner(environ, start_response)


def front_door(app: Flask, port: int) -> WSGIApplication:
    """What answers on the port browsers leave out: the way to ``app``, which serves on ``port``."""

    def lead(environ: WSGIEnvironment, start_response: StartResponse) -> Iterable[bytes]:
        here = f"http://127.0.0.1:{port}"
        hall = None if _name(environ) in LOOPBACK_HOSTS else _hall(app)
        return _send_on(hall or here, environ, start_response)

    return lead


def _hall(app: Flask) -> str | None:
    with app.app_context():
        return hall_address()


def _name(environ: WSGIEnvironment) -> str:
    """The name the browser asked for, without port."""
    return host_in(environ.get("HTTP_HOST", ""))


def _send_on(
    address: str, environ: WSGIEnvironment, start_response: StartResponse
) -> Iterable[bytes]:
    """To the same page at ``address``; nobody remembers it, for the address may change."""
    reply = redirect(address + Request(environ).full_path.rstrip("?"), 302)
    reply.headers["Cache-Control"] = "no-store"
    return reply(environ, start_response)
