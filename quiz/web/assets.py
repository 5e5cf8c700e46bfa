"""Static files as a phone receives them: few, fingerprinted, small, with few headers.

Styles and scripts are small files to read. A bundle joins those of one page, because on a bad
network every further request may be the one that fails. What is asked for is minified and
compressed once, at its first request after a start or a change.
"""

import gzip
import hashlib
from collections.abc import Callable
from functools import lru_cache
from mimetypes import MimeTypes
from pathlib import Path
from typing import NamedTuple

import brotli
from flask import Flask, abort, request, url_for
from flask import Response as Reply
from werkzeug.security import safe_join

from quiz.web.vendor.rcssmin import cssmin
from quiz.web.vendor.rjsmin import jsmin

STATIC = Path(__file__).resolve().parents[1] / "static"
YEAR = 31_536_000
ATTEMPT_PAGE = (
    "js/taking/sender.js",
    "js/taking/view.js",
    "js/taking/review.js",
    "js/taking/answers.js",
    "js/taking/dock.js",
    "js/taking/moves.js",
    "js/taking/attempt.js",
)
BUNDLES: dict[str, tuple[str, ...]] = {
    "css/app.css": (
        "css/tokens.css",
        "css/page.css",
        "css/forms.css",
        "css/options.css",
        "css/map.css",
        "css/attempt.css",
        "css/parts.css",
        "css/abbreviations.css",
        "css/feedback.css",
        "css/tables.css",
    ),
    "css/alone.css": (
        "css/tokens.css",
        "css/page.css",
    ),
    "css/staff.css": (
        "css/staff/page.css",
        "css/staff/parts.css",
        "css/staff/bank.css",
        "css/staff/events.css",
        "css/staff/desk.css",
        "css/staff/screen.css",
        "css/staff/phones.css",
        "css/staff/scores.css",
        "css/staff/documents.css",
    ),
    "js/attempt.js": (
        "js/people/same_person.js",
        "js/taking/clock.js",
        "js/taking/journal.js",
        "js/taking/server.js",
        *ATTEMPT_PAGE,
    ),
    "js/trial.js": (
        "js/people/same_person.js",
        "js/taking/clock.js",
        "js/taking/trial.js",
        *ATTEMPT_PAGE,
    ),
    "js/editor.js": (
        "js/bank/lacks.js",
        "js/bank/rows.js",
        "js/bank/picker.js",
        "js/bank/keeper.js",
        "js/bank/editor.js",
    ),
    "js/completing.js": (
        "js/bank/picker.js",
        "js/bank/completing.js",
    ),
    "js/desk.js": (
        "js/taking/clock.js",
        "js/events/blend.js",
        "js/events/live.js",
        "js/events/desk/scanning.js",
        "js/events/desk/camera.js",
    ),
    "js/live.js": (
        "js/taking/clock.js",
        "js/events/blend.js",
        "js/events/live.js",
    ),
    "js/pickers.js": (
        "js/bank/picker.js",
        "js/bank/pickers.js",
    ),
}
"""What the address of a bundle holds, in this order."""

KINDS = MimeTypes()
"""Python's own list. The system's differs, and Windows' may call scripts text/plain, which browsers
then refuse to run."""
KINDS.add_type("text/javascript", ".js")  # as RFC 9239 has it, and Python from 3.12

MINIFIERS: dict[str, Callable[[str], str]] = {".css": cssmin, ".js": jsmin}
STRICT = '"use strict";\n'


class Asset(NamedTuple):
    """A static file, plain and compressed; ``fingerprint`` changes whenever its content does."""

    content_type: str
    fingerprint: str
    encoded: dict[str, bytes]


def init_app(app: Flask) -> None:
    """Serve ``app``'s static files from here, and let templates ask for their addresses."""
    app.view_functions["static"] = send
    app.add_template_global(asset)


def make_bundles() -> None:
    """Minify and compress every bundle now, so that no phone waits for it."""
    for name in BUNDLES:
        _load(name)


def asset(name: str) -> str:
    """Address of a static file or bundle, changed whenever its content does."""
    return url_for("static", filename=name, v=_load(name).fingerprint)


def content(name: str) -> bytes:
    """A static file or bundle as it is sent without compression."""
    return _load(name).encoded["identity"]


def send(filename: str) -> Reply:
    """The file, kept for a year when asked for by its fingerprint, else for five minutes."""
    try:
        found = _load(filename)
    except FileNotFoundError:
        abort(404)
    encoding = request.accept_encodings.best_match(found.encoded) or "identity"
    reply = Reply(found.encoded[encoding], content_type=found.content_type)
    if encoding != "identity":
        reply.headers["Content-Encoding"] = encoding
    reply.headers["Vary"] = "Accept-Encoding"
    current = request.args.get("v") == found.fingerprint
    reply.headers["Cache-Control"] = f"public, max-age={YEAR if current else 300}"
    return reply


def _load(name: str) -> Asset:
    paths = tuple(_path(part) for part in BUNDLES.get(name, (name,)))
    return _made(name, paths, tuple(path.stat().st_mtime_ns for path in paths))


@lru_cache
def _made(name: str, paths: tuple[Path, ...], _changed: tuple[int, ...]) -> Asset:
    body = _body(paths)
    kind = KINDS.guess_type(name)[0] or "application/octet-stream"
    encoded = {"identity": body}
    if kind.startswith("text/") or kind == "image/svg+xml":
        kind += "; charset=utf-8"
        encoded = {"br": brotli.compress(body), "gzip": gzip.compress(body, mtime=0)} | encoded
    return Asset(kind, hashlib.sha256(body).hexdigest()[:10], encoded)


def _path(name: str) -> Path:
    path = safe_join(str(STATIC), name)
    if path is None or not Path(path).is_file():
        raise FileNotFoundError(name)
    return Path(path)


def _body(paths: tuple[Path, ...]) -> bytes:
    minify = MINIFIERS.get(paths[0].suffix)
    if minify is None:
        return b"".join(path.read_bytes() for path in paths)
    first, *others = (path.read_text(encoding="utf-8") for path in paths)
    return minify("\n".join([first, *(text.removeprefix(STRICT) for text in others)])).encode()
