"""Around every reply: headers, compression, static files, and the access log."""

import logging
import re
import time
from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any
from urllib.parse import quote

from flask import Flask, Request, g, request
from flask import Response as Reply
from flask.sessions import SecureCookieSession, SecureCookieSessionInterface, SessionMixin
from flask_compress import Compress
from itsdangerous import BadSignature

from quiz.web import assets
from quiz.web.assets import YEAR
from quiz.web.identity import Identity
from quiz.web.origin import client_address

POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; "
    "connect-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
)
NO_CAMERA, CAMERA = "camera=()", "camera=(self)"
"""What pages may use of the machine's camera (Permissions-Policy): only the desk's reads cards."""

SECRET_PATHS = re.compile(r"/(k|awal|sandi|sertifikat|u|layar)/+[^/]+", re.IGNORECASE)

PERSON, NOBODY = "siapa", "-"
"""The cookie with the beginning of the uid of whose browser this is, and what it says of nobody."""

SHOWN = "/:@!$&'()*+,;=~"
"""What stands in the log as it is, besides letters and digits."""

log = logging.getLogger("quiz.access_log")


class Cookies(SecureCookieSessionInterface):
    """The session's cookie as Flask makes it, but for four things."""

    def get_cookie_name(self, app: Flask) -> str:
        """Over HTTPS with the prefix that binds it to this very host: nobody on a sister host or on
        plain HTTP can put another in its place."""
        plain = super().get_cookie_name(app)
        return f"__Host-{plain}" if request.is_secure else plain

    def get_cookie_secure(self, app: Flask) -> bool:
        """Over HTTPS only: a hall on plain HTTP could not log in otherwise."""
        return request.is_secure

    def open_session(self, app: Flask, request: Request) -> SecureCookieSession | None:
        """As Flask's, which refuses a cookie signed later than now: a hall would be logged out
        when the server's clock is set back."""
        signer = self.get_signing_serializer(app)
        if signer is None:
            return None
        try:
            held, signed_at = signer.loads(
                request.cookies.get(self.get_cookie_name(app), ""), return_timestamp=True
            )
        except BadSignature:
            return self.session_class()
        if datetime.now(UTC) - signed_at > app.permanent_session_lifetime:
            return self.session_class()
        g.person_before = _person(held)
        return self.session_class(held)

    def save_session(self, app: Flask, session: SessionMixin, response: Reply) -> None:
        """As Flask's; where one person follows another, a second cookie tells our scripts who is
        there now. A browser that has had one person alone needs none."""
        super().save_session(app, session, response)
        before, person = g.get("person_before", NOBODY), _person(session)
        if person != before and (before != NOBODY or PERSON in request.cookies):
            response.set_cookie(
                PERSON,
                person,
                max_age=app.permanent_session_lifetime,
                secure=request.is_secure,
                samesite="Lax",
            )


def _person(session: Mapping[str, Any]) -> str:
    return str(session.get("_user_id", "")).partition(":")[2][:8] or NOBODY


def init_app(app: Flask) -> None:
    """Give ``app`` its headers, cookies, compression and log."""
    app.session_interface = Cookies()
    app.config.update(
        SESSION_COOKIE_SAMESITE="Lax",
        SESSION_REFRESH_EACH_REQUEST=False,
        COMPRESS_ALGORITHM=["br", "gzip"],
        COMPRESS_BR_LEVEL=5,
        COMPRESS_MIMETYPES=["text/html", "application/json"],
    )
    Compress(app)
    assets.init_app(app)
    app.before_request(_start_clock)
    app.after_request(_headers)
    app.after_request(_log)


def _headers(reply: Reply) -> Reply:
    reply.headers["X-Content-Type-Options"] = "nosniff"
    if 300 <= reply.status_code < 400:
        reply.set_data(b"")  # followed, never read
    elif reply.mimetype == "text/html":
        reply.headers["Referrer-Policy"] = "same-origin"
        reply.headers["Content-Security-Policy"] = POLICY
        reply.headers.setdefault("Permissions-Policy", NO_CAMERA)
    if request.endpoint != "static":
        reply.headers.setdefault("Cache-Control", "private, no-store")
    if SECRET_PATHS.match(request.path):
        reply.headers["X-Robots-Tag"] = "noindex, nofollow"
    if request.is_secure:
        reply.headers["Strict-Transport-Security"] = f"max-age={YEAR}"
    return reply


def masked(path: str) -> str:
    """``path`` for the log: what gives access (card, screen, certificate, one-time) is hidden,
    and it is written as sent, so that no line break in it begins a line of its own."""
    return SECRET_PATHS.sub(lambda match: f"/{match.group(1)}/…", quote(path, safe=SHOWN))


def _start_clock() -> None:
    g.started = time.perf_counter()


def _actor() -> str:
    """The uid of whoever was found to ask (``u:`` or ``p:``), never a name; "-" for nobody."""
    identity = g.get("_login_user")
    return identity.id if isinstance(identity, Identity) else "-"


def _log(reply: Reply) -> Reply:
    if log.isEnabledFor(logging.INFO):
        took = (time.perf_counter() - g.get("started", time.perf_counter())) * 1000
        log.info(
            "%s %s %s %s %s %.0f ms",
            quote(client_address(), safe=":.") or "-",
            _actor(),
            quote(request.method),
            masked(request.path),
            reply.status_code,
            took,
        )
    return reply
