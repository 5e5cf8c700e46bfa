"""The door: what a view asks for, who may pass, and where staff work is allowed at all."""

import logging
from collections.abc import Callable
from typing import Any, TypeVar
from urllib.parse import quote

from flask import (
    Flask,
    abort,
    current_app,
    flash,
    redirect,
    render_template,
    request,
    session,
    url_for,
)
from flask.typing import ResponseReturnValue
from flask_login import LoginManager, current_user

from quiz.database import db
from quiz.permissions import PARTICIPANT_PERMISSIONS, Permission
from quiz.web.errors import ApiError, wants_json
from quiz.web.held import held_form
from quiz.web.identity import Identity, load_identity
from quiz.web.keys import settings

View = TypeVar("View", bound=Callable[..., Any])

LOOPBACK_PEERS = ("127.", "::1", "::ffff:127.")
LOOPBACK_HOSTS = {"localhost", "127.0.0.1", "[::1]"}
FORWARDING_HEADERS = ("Forwarded", "X-Forwarded-For", "X-Forwarded-Host", "X-Forwarded-Proto")

log = logging.getLogger(__name__)


class UndeclaredView(Exception):
    """A view that says no permission: it is refused rather than open by accident."""


def requires(
    permission: Permission, *, writes: bool = False, api: bool = False, staff: bool = False
) -> Callable[[View], View]:
    """Mark a view with the permission it asks for.

    ``writes``: this GET must write (an audited opening, a counted rendering). ``api``: it answers
    in JSON, its refusals too. ``staff``: over plain HTTP only from the machine itself, although
    the permission alone would not say so (a password form).
    """

    def mark(view: View) -> View:
        view.permission = permission  # type: ignore[attr-defined]
        view.writes = writes  # type: ignore[attr-defined]
        view.api = api  # type: ignore[attr-defined]
        view.staff = staff  # type: ignore[attr-defined]
        return view

    return mark


def init_app(app: Flask) -> None:
    """Close ``app`` by default: every request passes the guard."""
    manager = LoginManager(app)
    manager.session_protection = None
    manager.user_loader(_load)
    app.before_request(guard)


def _load(identity_id: str) -> Identity | None:
    if request.method in {"GET", "HEAD"}:
        return load_identity(identity_id, db.session)
    with db.reading() as database:
        return load_identity(identity_id, database)


def who() -> Identity | None:
    """The identity of this request, None when nobody is logged in."""
    identity = current_user._get_current_object()
    return identity if isinstance(identity, Identity) else None


def me() -> Identity:
    """The identity of this request, in a view that requires a login."""
    identity = who()
    if identity is None:
        raise UndeclaredView(f"{request.endpoint} asks who is there without requiring a login")
    return identity


def guard() -> ResponseReturnValue | None:
    """Let the request pass, send it to log in, or refuse it."""
    if request.endpoint is None or request.endpoint == "static":
        return None
    view = current_app.view_functions[request.endpoint]
    permission: Permission | None = getattr(view, "permission", None)
    if permission is None:
        raise UndeclaredView(f"{request.endpoint} declares no permission")
    if getattr(view, "staff", False) and not staff_allowed_here():
        abort(403, description=STAFF_REMEDY)
    if permission is Permission.PUBLIC:
        return None
    identity = who()
    if identity is None:
        return _ask_to_log_in(permission)
    if not identity.by_card and not staff_allowed_here():
        abort(403, description=STAFF_REMEDY)
    if not identity.can(permission):
        abort(403)
    return None


def _ask_to_log_in(permission: Permission) -> ResponseReturnValue:
    if wants_json():
        raise ApiError(401, "login", "Anda perlu masuk lagi. Semua jawaban masih ada di HP ini.")
    if permission not in PARTICIPANT_PERMISSIONS and staff_allowed_here():
        return _ask_staff_to_log_in()
    if request.method == "GET" and request.path != "/":
        return redirect(f"{url_for('auth.enter')}?lanjut={_here()}")
    return redirect(url_for("auth.enter"))


def _ask_staff_to_log_in() -> ResponseReturnValue:
    """The staff entrance, which leads back here; a form that was sent is kept on the way."""
    if request.method == "GET":
        if session.get("_user_id", "").startswith("u:"):
            flash(SESSION_ENDED, "attention")
        return redirect(f"{url_for('passwords.staff_entrance')}?lanjut={_here()}")
    held = held_form()
    page = render_template("people/auth/held.html", held=held, ended=SESSION_ENDED)
    return page, 401


def _here() -> str:
    return quote(request.full_path.rstrip("?"))


SESSION_ENDED = (
    "Sesi Anda sudah berakhir: paling lama 12 jam sejak masuk. Masuk lagi, lalu Anda kembali ke "
    "halaman tadi."
)

STAFF_REMEDY = (
    "Masuk sebagai petugas, narasumber, atau admin lewat jaringan tanpa HTTPS hanya dapat dari "
    "komputer server itu sendiri, di alamat http://127.0.0.1. Buka halaman ini di komputer itu, "
    "atau pasang HTTPS. Peserta tidak perlu kata sandi: cukup kode pada kartu."
)


def staff_allowed_here() -> bool:
    """True when passwords and staff sessions may be used on this connection.

    Over HTTPS always; over plain HTTP only from the machine itself, unless
    ``QUIZ_STAFF_OVER_HTTP=1`` lifts that.
    """
    return request.is_secure or settings().staff_over_http or from_the_machine_itself()


def from_the_machine_itself() -> bool:
    """True when the browser runs on the server's own machine.

    The socket's peer is loopback, the Host header is a loopback name and no forwarding header is
    there; or, behind ``QUIZ_PROXY_HOPS`` proxies, the address they report is loopback.
    """
    peer = request.remote_addr or ""
    if settings().proxy_hops:
        return peer.startswith(LOOPBACK_PEERS)
    if any(header in request.headers for header in FORWARDING_HEADERS):
        _warn_of_proxy_once()
        return False
    host = request.host.rsplit(":", 1)[0] if not request.host.endswith("]") else request.host
    return peer.startswith(LOOPBACK_PEERS) and host in LOOPBACK_HOSTS


def _warn_of_proxy_once() -> None:
    if not current_app.extensions.get("quiz.proxy_warned"):
        current_app.extensions["quiz.proxy_warned"] = True
        log.warning(
            "Permintaan datang lewat proksi (ada header X-Forwarded-…), tetapi QUIZ_PROXY_HOPS=0. "
            "Setel QUIZ_PROXY_HOPS ke jumlah proksi di depan aplikasi ini, biasanya 1."
        )


def can(permission: Permission) -> bool:
    """For templates: does whoever asks have ``permission``?"""
    identity = who()
    return identity is not None and identity.can(permission)


def safe_path(path: str | None) -> str:
    """``path`` when it is a place in this application, else the home page."""
    inside = path is not None and path.startswith("/") and not path.startswith(("//", "/\\"))
    return path if inside and path else "/"
