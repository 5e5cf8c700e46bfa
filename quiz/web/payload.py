"""What a request carries: refused where no database could hold it, and its JSON, bounded."""

from collections.abc import Iterator
from datetime import UTC, datetime
from typing import Any
from urllib.parse import urlsplit

from flask import Flask, abort, request
from werkzeug.routing import IntegerConverter

from quiz.web.errors import ApiError
from quiz.web.held import read_json

LARGEST_RESPONSE = 4_096

LARGEST_SUBMISSION = 65_536


UNSEEN = "Ada karakter yang tidak tampak (NUL) di dalamnya. Hapus isinya, ketik ulang, lalu kirim."


class PlaceConverter(IntegerConverter):
    """A place or number in an address, as pages of ours write it: what a column can hold."""

    regex = "[0-9]{1,9}"


def init_app(app: Flask) -> None:
    """Refuse what no database can hold before anything of ``app`` reads it."""
    app.url_map.converters["int"] = PlaceConverter
    app.before_request(refuse_unseen)
    app.before_request(refuse_odd_senders)


def refuse_unseen() -> None:
    """Answer 400, naming the place, when a NUL stands in the address or in a field."""
    for name, text in _texts():
        if "\0" in text or "\0" in name:
            shown = name.replace("\0", "")[:40]
            where = f"Isian “{shown}”" if request.form else "Alamat halaman ini"
            abort(400, description=f"{where} tidak dapat dibaca. {UNSEEN}")


def refuse_odd_senders() -> None:
    """Answer 400 when the address of the page that asks is none: it is compared with ours."""
    for header in ("Origin", "Referer"):
        try:
            urlsplit(request.headers.get(header, ""))
        except ValueError:
            abort(400, description="Alamat asal permintaan ini tidak dapat dibaca. Muat ulang.")


def _texts() -> Iterator[tuple[str, str]]:
    """Every text of the request that is not JSON, by its name."""
    yield "alamat", request.path
    for fields in (request.args, request.form):
        yield from fields.items(multi=True)
    for name, file in request.files.items(multi=True):
        yield name, file.filename or ""


def payload(largest: int) -> dict[str, Any]:
    """The JSON object of this request.

    Raises ApiError for more than ``largest`` bytes, for texts no database can hold, and for
    brackets within brackets without end.
    """
    if (request.content_length or 0) > largest:
        raise ApiError(413, "too_large", "Kiriman terlalu besar.")
    try:
        body = read_json(request.get_data()) if request.is_json else None
    except ValueError:
        body = None
    if not isinstance(body, dict):
        raise ApiError(400, "bad_request", "Kiriman bukan JSON yang dikenal.")
    return body


def iso(moment: datetime) -> str:
    """A moment as our JSON carries it: UTC, ending in Z."""
    return moment.astimezone(UTC).isoformat().replace("+00:00", "Z")
