"""Bytes as a file the browser saves."""

from flask import make_response
from flask.typing import ResponseReturnValue


def saved_as(name: str, blob: bytes, media_type: str) -> ResponseReturnValue:
    """The reply that saves ``blob`` as ``name``, which is plain ASCII."""
    reply = make_response(blob)
    reply.mimetype = media_type
    reply.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    return reply
