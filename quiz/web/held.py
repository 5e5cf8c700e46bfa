"""A form that reached the server too late: kept in the page, so that it can be sent again.

It happens to whoever writes for long: the session has ended meanwhile, or was opened anew in
another window. Nothing is stored; what was typed travels through the entrance and back.
"""

import json
import re
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlsplit

from flask import request

FORM_TYPES = {"application/x-www-form-urlencoded", "multipart/form-data"}

MOST_KEPT = 200_000
"""Characters; Werkzeug reads no form of more than 500,000 bytes, and this one is sent escaped."""

NEVER_KEPT = {"csrf_token", "password", "again", "old", "digits", "recovery", "passphrase"}


_NAME_OF_OURS = re.compile(r"[\w-]{22}")
"""A row's public name, which stands in hidden fields."""


@dataclass(frozen=True)
class HeldForm:
    """Where a form was going and what it said; ``files``: there were some, to be chosen anew."""

    to: str
    fields: tuple[tuple[str, str], ...]
    files: bool

    @property
    def written(self) -> list[str]:
        """What a person would recognise of it: every value in words, the longest first."""
        values = {value.strip() for _, value in self.fields}
        words = (value for value in values if len(value) > 1 and not _NAME_OF_OURS.fullmatch(value))
        return sorted(words, key=len, reverse=True)

    def packed(self) -> str:
        """As one hidden field holds it."""
        return json.dumps({"to": self.to, "fields": self.fields, "files": self.files})


def held_form() -> HeldForm | None:
    """The form of this request; None for one too large, or sent from another site's page."""
    if request.method != "POST" or request.mimetype not in FORM_TYPES or not _from_here():
        return None
    fields = tuple((k, v) for k, v in request.form.items(multi=True) if k not in NEVER_KEPT)
    held = HeldForm(request.full_path.rstrip("?"), fields, bool(request.files))
    return held if len(held.packed()) <= MOST_KEPT else None


def unpacked(text: str | None) -> HeldForm | None:
    """The form a hidden field holds; None when it holds none of ours."""
    try:
        found = read_json(text or "")
        fields = tuple((str(name), str(value)) for name, value in found["fields"])
        return HeldForm(str(found["to"]), fields, bool(found["files"]))
    except (ValueError, TypeError, KeyError):
        return None


def read_json(text: str | bytes) -> Any:
    """What a JSON text says.

    Raises ValueError for what is none, for brackets within brackets without end, and for text that
    no page or database can hold.
    """
    try:
        found = json.loads(text)
        written = json.dumps(found, ensure_ascii=False)
    except RecursionError as error:
        raise ValueError("too deep") from error
    written.encode()  # raises UnicodeEncodeError, a ValueError, for half of a surrogate pair
    if "\\u0000" in written:
        raise ValueError("NUL")
    return found


def _from_here() -> bool:
    """False when the browser says that the form stood on another site's page."""
    origin = request.headers.get("Origin")
    if origin is not None and urlsplit(origin).netloc != request.host:
        return False
    return request.headers.get("Sec-Fetch-Site", "same-origin") == "same-origin"
