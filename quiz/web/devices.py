"""Browsers an account has logged in from before.

A guesser can fill an account's limit of wrong passwords; a browser that proved itself earlier is
let in all the same (OWASP, "Slow down online guessing attacks with device cookies"), and has a
limit of its own.
"""

from typing import TypedDict

from flask import Response as Reply
from flask import current_app, request
from itsdangerous import BadSignature, URLSafeSerializer

from quiz.models import User
from quiz.models.base import new_uid
from quiz.web.assets import YEAR

COOKIE = "perangkat"


def _name() -> str:
    """The cookie's name: over HTTPS one that browsers take from HTTPS alone."""
    return f"__Secure-{COOKIE}" if request.is_secure else COOKIE


class _Device(TypedDict):
    """A browser's own name, and who logged in there, the last one first."""

    id: str
    uids: list[str]


def _serializer() -> URLSafeSerializer:
    return URLSafeSerializer(current_app.secret_key or "", salt="device-2")


def _device() -> _Device:
    """What this browser's cookie proves; a new browser when it proves nothing."""
    try:
        device: _Device = _serializer().loads(request.cookies.get(_name(), ""))
    except BadSignature:
        return {"id": new_uid(), "uids": []}
    return device


def known_device(user: User | None) -> str | None:
    """The name of this browser when it carries the proof that it once logged in as ``user``."""
    device = _device()
    return device["id"] if user is not None and user.uid in device["uids"] else None


def device_cookie(reply: Reply, user: User) -> None:
    """Give this browser the proof; it says who logged in here and grants nothing by itself."""
    device = _device()
    device["uids"] = [user.uid, *(uid for uid in device["uids"] if uid != user.uid)][:5]
    reply.set_cookie(
        _name(),
        _serializer().dumps(device),
        max_age=YEAR,
        path="/masuk",
        httponly=True,
        samesite="Lax",
        secure=request.is_secure,
    )
