"""The door: what a view asks for, who may pass, and where staff work is allowed at all."""

from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any, NoReturn, TypeVar, Unpack
from urllib.parse import quote, unquote

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

from quiz.actions.people.auditing import record
from quiz.database import db
from quiz.models.people.audit import Action, Detail, SubjectType
from quiz.permissions import PARTICIPANT_PERMISSIONS, Permission
from quiz.queries.people.audit import recently
from quiz.web.errors import ApiError, wants_json
from quiz.web.held import HeldForm, held_form
from quiz.web.identity import Identity, load_identity
from quiz.web.origin import client_address, staff_allowed_here

View = TypeVar("View", bound=Callable[..., Any])

READS = {"GET", "HEAD"}

UNLOGGED = "unlogged"
"""Marks a session opened by a card's address until the audit log has a line of it."""

LAYERS = 5
"""How many times over an address is decoded before it is judged; nobody needs more than two."""


class UndeclaredView(Exception):
    """A view that says no permission: it is refused rather than open by accident."""


def requires(
    permission: Permission,
    *,
    writes: bool = False,
    api: bool = False,
    staff: bool = False,
    idle: bool = False,
) -> Callable[[View], View]:
    """Mark a view with the permission it asks for.

    ``writes``: this GET must write (an audited opening, a counted rendering), so a HEAD is refused:
    it shows nothing, and nobody has opened anything by it. ``api``: it answers
    in JSON, its refusals too. ``staff``: over plain HTTP only from the machine itself, although
    the permission alone would not say so (a password form). ``idle``: a script asks for it again
    and again, so it is no sign that somebody is there.
    """

    def mark(view: View) -> View:
        view.permission = permission  # type: ignore[attr-defined]
        view.writes = writes  # type: ignore[attr-defined]
        view.api = api  # type: ignore[attr-defined]
        view.staff = staff  # type: ignore[attr-defined]
        view.idle = idle  # type: ignore[attr-defined]
        return view

    return mark


def init_app(app: Flask) -> None:
    """Close ``app`` by default: every request passes the guard."""
    manager = LoginManager(app)
    manager.session_protection = None
    manager.user_loader(_load)
    app.before_request(guard)


def _load(identity_id: str) -> Identity | None:
    if request.method in READS:
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
    if request.method == "HEAD" and getattr(view, "writes", False):
        abort(405)
    if UNLOGGED in session:
        _log_entry()
    if getattr(view, "staff", False) and not staff_allowed_here():
        refuse(STAFF_REMEDY)
    if permission is Permission.PUBLIC:
        return None
    identity = who()
    if identity is None:
        return _ask_to_log_in(staff=_is_staff_work(view, permission))
    if not identity.by_card and not staff_allowed_here():
        refuse(STAFF_REMEDY)
    if not identity.can(permission):
        refuse(BY_PURPOSE if permission is Permission.SEE_NAMED_SCORES else None)
    return None


def refuse(reason: str | None = None) -> NoReturn:
    """Answer 403 and leave a line in the audit log; what was not committed is undone."""
    page: tuple[SubjectType, str] = ("page", str(request.url_rule)[:80])
    log_apart(Action.REFUSED, page, again=False, address=client_address())
    abort(403, description=reason)


def log_apart(
    action: Action,
    subject: tuple[SubjectType, str],
    *,
    again: bool = True,
    **detail: Unpack[Detail],
) -> None:
    """Leave a line in the audit log in a transaction of its own: for a request that only reads.

    What this request has not committed is undone. Without ``again`` the same of the last ten
    minutes is enough.
    """
    identity = who()
    actor, now = identity.user_id if identity else None, datetime.now(UTC)
    db.give_up()
    with db.reading() as reading:
        said = not again and recently(reading, now, actor, action, subject)
    if not said:
        with db.writing() as writing:
            record(writing, now, actor, action, subject, **detail)


def _log_entry() -> None:
    """Say in the audit log who came in by card, at the first page asked for after it.

    The card's own address writes nothing: previews of messengers open it too, and keep no cookie.
    """
    session.pop(UNLOGGED)
    identity = who()
    if identity is not None and identity.by_card:
        subject: tuple[SubjectType, str] = ("enrolment", identity.id.partition(":")[2])
        log_apart(Action.ENTERED_BY_CARD, subject, address=client_address())


def _is_staff_work(view: Callable[..., Any], permission: Permission) -> bool:
    """Whether whoever was sent away here is to come back by password rather than by card."""
    by_password = session.get("_user_id", "").startswith("u:")
    own = bool(getattr(view, "staff", False)) or by_password
    return staff_allowed_here() and (own or permission not in PARTICIPANT_PERMISSIONS)


def _ask_to_log_in(*, staff: bool) -> ResponseReturnValue:
    """The entrance, which leads back here; a form that was sent is kept on the way."""
    if wants_json():
        raise ApiError(401, "login", "Anda perlu masuk lagi. Semua jawaban masih ada di HP ini.")
    if staff:
        return _ask_staff_to_log_in()
    if request.method in READS and request.path != "/":
        return redirect(f"{url_for('auth.enter')}?lanjut={_here()}")
    held = held_form()
    if held is not None and held.fields and _was_participant():
        return render_template("people/auth/held_card.html", held=held), 401
    return redirect(url_for("auth.enter"))


def _was_participant() -> bool:
    """Whether this browser held a card's session, whatever became of it."""
    return bool(session.get("_user_id", "").startswith("p:"))


def _ask_staff_to_log_in() -> ResponseReturnValue:
    if request.method in READS:
        if session.get("_user_id", "").startswith("u:"):
            flash(SESSION_ENDED, "attention")
        return redirect(f"{url_for('passwords.staff_entrance')}?lanjut={_here()}")
    return held_page(held_form(), SESSION_ENDED)


def held_page(held: HeldForm | None, ended: str) -> ResponseReturnValue:
    """The staff entrance with a form kept in it; None for one too large to keep."""
    return render_template("people/auth/held.html", held=held, ended=ended), 401


def _here() -> str:
    return quote(request.full_path.rstrip("?"))


SESSION_ENDED = (
    "Sesi Anda sudah berakhir: paling lama 12 jam sejak masuk, atau 1 jam tanpa kegiatan. "
    "Masuk lagi, lalu Anda kembali ke halaman tadi."
)

BY_PURPOSE = (
    "Nilai per orang hanya dibuka petugas Kesbangpol. Kepada peserta dikatakan untuk apa hasilnya "
    "dipakai, biasanya pembinaan: bagian mana yang masih keliru dipahami, bukan siapa. Jadi “siapa "
    "yang nilainya rendah?” tidak dijawab di sini. Yang dapat dipakai: angka kelompok dan lembar "
    "apel, tanpa nama."
)
"""Why scores by name stay with the office."""

STAFF_REMEDY = (
    "Masuk sebagai petugas, narasumber, atau admin lewat jaringan tanpa HTTPS hanya dapat dari "
    "komputer server itu sendiri, di alamat http://127.0.0.1. Buka halaman ini di komputer itu, "
    "atau pasang HTTPS. Peserta tidak perlu kata sandi: cukup kode pada kartu."
)


def can(permission: Permission) -> bool:
    """For templates: does whoever asks have ``permission``?"""
    identity = who()
    if identity is None:
        return permission is Permission.PUBLIC
    return identity.can(permission)


def safe_path(path: str | None) -> str:
    """``path`` when it is a place in this application, else the home page.

    It is judged as browsers read it, decoded to the end: they leave out tabs and line breaks, and
    take a backslash for a slash.
    """
    plain = path or "/"
    for _ in range(LAYERS):
        plain = unquote(plain)
    inside = plain.startswith("/") and not plain.startswith("//") and "\\" not in plain
    settled = plain.isprintable() and unquote(plain) == plain
    return path if path and inside and settled else "/"
