"""What a request carries: refused where no database could hold it, and its JSON, bounded."""

from collections.abc import Iterator
from datetime import UTC, datetime
from typing import IO, Any
from urllib.parse import urlsplit

from flask import Flask, Request, abort, request
from werkzeug.datastructures import MultiDict
from werkzeug.formparser import FormDataParser
from werkzeug.routing import IntegerConverter

from quiz.web.errors import ApiError
from quiz.web.held import UNSEEN, read_json

LARGEST_RESPONSE = 4_096

LARGEST_SUBMISSION = 65_536

_SOFT_BREAKS = str.maketrans("\v\f", "\n\n")
"""What Word, PowerPoint and PDF put where a line or a page ends."""


class TypedForms(FormDataParser):
    """Reads forms with soft line and page breaks as the line ends they are."""

    def parse(self, *sent: Any, **more: Any) -> tuple[IO[bytes], MultiDict[str, str], Any]:
        stream, form, files = super().parse(*sent, **more)
        fields = [(name, value.translate(_SOFT_BREAKS)) for name, value in form.items(multi=True)]
        return stream, self.cls(fields), files


class TypedRequest(Request):
    """A request whose forms are read so."""

    form_data_parser_class = TypedForms


class PlaceConverter(IntegerConverter):
    """A place or number in an address, as pages of ours write it: what a column can hold."""

    regex = "[0-9]{1,9}"


def init_app(app: Flask) -> None:
    """Refuse what no database can hold before anything of ``app`` reads it."""
    app.request_class = TypedRequest
    app.url_map.converters["int"] = PlaceConverter
    app.before_request(refuse_unseen)
    app.before_request(refuse_odd_senders)


def refuse_unseen() -> None:
    """Answer 400, naming the place, when an unseen letter stands in the address or in a field."""
    for name, text in _texts():
        found = UNSEEN.search(text) or UNSEEN.search(name)
        if found is None:
            continue
        where = f"Isian “{UNSEEN.sub('', name)[:40]}”" if request.form else "Alamat halaman ini"
        line = found.string.count("\n", 0, found.start()) + 1
        place = f" pada baris {line}" if "\n" in found.string else ""
        abort(
            400,
            description=f"{where} tidak dapat dibaca. Ada karakter yang tidak tampak "
            f"(U+{ord(found[0]):04X}){place}. Hapus bagian itu, ketik ulang, lalu kirim.",
        )


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
