"""What people see when something goes wrong: what happened and what to do next, in Indonesian."""

import base64
import logging
from collections.abc import Iterable
from typing import Any
from urllib.parse import quote
from wsgiref.types import StartResponse, WSGIEnvironment

from flask import Flask, current_app, jsonify, render_template, request
from flask.typing import ResponseReturnValue
from flask_wtf.csrf import CSRFError
from sqlalchemy.exc import IntegrityError, InvalidRequestError
from sqlalchemy.orm.exc import ObjectDeletedError, StaleDataError
from werkzeug.exceptions import HTTPException
from werkzeug.sansio.utils import host_is_trusted
from werkzeug.wrappers import Response as Reply

from quiz.config.addresses import LOOPBACK_HOSTS, host_in
from quiz.database import db
from quiz.database.storage import Trouble, trouble
from quiz.web import assets
from quiz.web.held import FORM_TYPES, held_form
from quiz.web.keys import addresses_before_request, known_hosts
from quiz.web.machine import ailing

log = logging.getLogger(__name__)

PAGES = {400, 403, 404, 405, 409, 410, 413, 429}


class ApiError(Exception):
    """A refusal of a JSON endpoint: ``status``, a short ``error`` word and a sentence."""

    def __init__(self, status: int, error: str, message: str) -> None:
        super().__init__(message)
        self.status, self.error, self.message = status, error, message


class OnlyKnownHosts:
    """Answers 400 where the Host header names no address of ours, before the application is asked.

    Addresses, cookies and every other page are made from the host, so none of them is used here.
    """

    def __init__(self, app: Flask) -> None:
        self.app, self.inner = app, app.wsgi_app

    def __call__(self, environ: WSGIEnvironment, start_response: StartResponse) -> Iterable[bytes]:
        if self._knows(environ.get("HTTP_HOST")):
            return self.inner(environ, start_response)
        log.warning("Host tidak dikenal: %s", quote(environ.get("HTTP_HOST", "")[:80], safe=":[]"))
        page = self.app.jinja_env.get_template("errors/host.html")
        looks = base64.b64encode(assets.content("css/alone.css")).decode()
        text = page.render(
            addresses=addresses_before_request(self.app), looks=f"data:text/css;base64,{looks}"
        )
        reply = Reply(text, 400, mimetype="text/html")
        reply.headers["Cache-Control"] = "no-store"
        reply.headers["X-Content-Type-Options"] = "nosniff"
        reply.headers["Content-Security-Policy"] = ALONE
        return reply(environ, start_response)

    def _knows(self, host: str | None) -> bool:
        """Whether the host is one of ours; any that is well-formed, until we have an address.

        The machine's own names need no look at what the office set.
        """
        if host is not None and not _well_formed(host):
            return False
        name = None if host is None else host_in(host)
        if name in LOOPBACK_HOSTS:
            return True
        known = known_hosts(addresses_before_request(self.app))
        return known is None or name in known


def _well_formed(host: str) -> bool:
    """Whether addresses can be made from it: letters of a host, and labels as IDNA has them."""
    try:
        return host_is_trusted(host) and bool(host.encode("idna"))
    except UnicodeError:
        return False


ALONE = "default-src 'none'; style-src data:; base-uri 'none'; frame-ancestors 'none'"
"""The policy of a page that brings its style sheet along and asks for nothing."""


def init_app(app: Flask) -> None:
    """Answer every failure of ``app`` with a page or, for JSON views, with JSON."""
    app.register_error_handler(ApiError, _api_error)
    app.register_error_handler(CSRFError, _expired_form)
    app.register_error_handler(HTTPException, _http_error)
    for kind in (IntegrityError, InvalidRequestError, StaleDataError):
        app.register_error_handler(kind, _failed_write)
    app.register_error_handler(Exception, _crash)


def wants_json() -> bool:
    """True when this request is to be refused in JSON: a JSON view, and not by a plain form."""
    view = current_app.view_functions.get(request.endpoint or "")
    return bool(getattr(view, "api", False)) and request.mimetype not in FORM_TYPES


def _json(status: int, error: str, message: str) -> ResponseReturnValue:
    return jsonify(error=error, message=message), status


def _api_error(error: ApiError) -> ResponseReturnValue:
    return _json(error.status, error.error, error.message)


def _expired_form(_error: CSRFError) -> ResponseReturnValue:
    if wants_json() or request.is_json:
        return _json(400, "csrf", "Halaman ini sudah lama terbuka; token formulir diperbarui.")
    return _page("expired", 400, held=held_form())


_API_WORDS = {
    403: "login",
    404: "other_person",
    409: "closed",
    410: "other_person",
    413: "too_large",
}


def _http_error(error: HTTPException) -> ResponseReturnValue:
    code = error.code or 500
    if code < 400:
        return error.get_response()
    if wants_json():
        return _json(code, _API_WORDS.get(code, "bad_request"), "Permintaan tidak dapat dilayani.")
    if code >= 500:
        return _crash(error)
    page = code if code in PAGES else 400
    custom = error.description if type(error).description != error.description else None
    return _page(str(404 if page == 405 else page), code, reason=custom)


VANISHED = (
    "Yang hendak Anda ubah baru saja dihapus, atau mulai dipakai, dari tempat lain. Tidak ada yang "
    "disimpan."
)


def _failed_write(error: Exception) -> ResponseReturnValue:
    """Where a row went, or came to be used, between reading and writing: say so. Else a crash."""
    if not _vanished(error):
        return _crash(error)
    db.give_up()
    log.warning("%s %s: a row vanished meanwhile", request.method, request.endpoint)
    if wants_json():
        return _json(404, "other_person", VANISHED)
    return _page("409", 409, reason=VANISHED)


def _vanished(error: Exception) -> bool:
    """Whether a foreign key was refused, or a row to be changed or read again is not there."""
    if isinstance(error, IntegrityError):
        state = getattr(error.orig, "sqlstate", None)
        return state == FOREIGN_KEY or "FOREIGN KEY" in str(error.orig)
    return isinstance(error, StaleDataError | ObjectDeletedError) or (
        type(error) is InvalidRequestError and str(error).startswith("Could not refresh instance")
    )


FOREIGN_KEY = "23503"
"""What PostgreSQL calls a refused foreign key."""


def _page(name: str, status: int, **words: Any) -> ResponseReturnValue:
    """The error page of this name; the one that needs nothing when what it shows cannot be had."""
    try:
        return render_template(f"errors/{name}.html", **words), status
    except Exception as failure:
        return _crash(failure)


def _crash(error: Exception) -> ResponseReturnValue:
    found = trouble(error)
    if found is not None:
        return _machine_trouble(error, found)
    log.exception("%s %s", request.method, request.endpoint, exc_info=error)
    if wants_json():
        return _json(500, "server", "Server mengalami gangguan. Jawaban aman di HP ini.")
    return current_app.jinja_env.get_template("errors/500.html").render(), 500


def _machine_trouble(error: Exception, found: Trouble) -> ResponseReturnValue:
    """The disk or the database cannot be used; no fault of the program, so its log has no trace."""
    ailing.remember(found)
    told = getattr(error, "orig", None) or error
    log.error("%s %s: %s (%s)", request.method, request.endpoint, found.value, told)
    if wants_json():
        said: Any = jsonify(error="server", message=CANNOT_SAVE)
    else:
        said = current_app.jinja_env.get_template("errors/503.html").render(advice=found.value)
    return said, 503, {"Retry-After": str(AGAIN_IN)}


AGAIN_IN = 30
"""Seconds after which whoever met trouble of the machine may try again."""

CANNOT_SAVE = "Server sedang tidak dapat menyimpan. Jawaban aman di HP ini; beri tahu petugas."
