"""Bytes as a file the browser saves."""

from io import BytesIO

from flask import send_file
from flask.typing import ResponseReturnValue


def saved_as(name: str, blob: bytes, media_type: str) -> ResponseReturnValue:
    """The reply that saves ``blob`` as ``name``; what caches may do is said for every reply."""
    reply = send_file(BytesIO(blob), mimetype=media_type, as_attachment=True, download_name=name)
    del reply.headers["Cache-Control"]
    return reply
