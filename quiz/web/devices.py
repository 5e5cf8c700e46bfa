"""Browsers an account has logged in from before.

A guesser can fill an account's limit of wrong passwords; a browser that proved itself earlier is
let in all the same (OWASP, "Slow down online guessing attacks with device cookies").
"""

from flask import Response as Reply
from flask import current_app, request
from itsdangerous import BadSignature, URLSafeSerializer

from quiz.models import User
from quiz.web.assets import YEAR

COOKIE = "perangkat"


def _serializer() -> URLSafeSerializer:
    return URLSafeSerializer(current_app.secret_key or "", salt="device")


def knows_device(user: User | None) -> bool:
    """True when this browser carries the proof that it once logged in as ``user``."""
    try:
        return user is not None and user.uid in _serializer().loads(request.cookies.get(COOKIE, ""))
    except BadSignature:
        return False


def device_cookie(reply: Reply, user: User) -> None:
    """Give this browser the proof; it says who logged in here and grants nothing by itself."""
    try:
        known = _serializer().loads(request.cookies.get(COOKIE, ""))
    except BadSignature:
        known = []
    uids = [user.uid, *(uid for uid in known if uid != user.uid)][:5]
    reply.set_cookie(
        COOKIE,
        _serializer().dumps(uids),
        max_age=YEAR,
        path="/masuk",
        httponly=True,
        samesite="Lax",
        secure=request.is_secure,
    )
