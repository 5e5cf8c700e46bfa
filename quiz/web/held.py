"""A form that reached the server too late: kept in the page, so that it can be sent again.

It happens to whoever writes for long: the session has ended meanwhile, or was opened anew in
another window. Nothing is stored; what was typed travels through the entrance and back.
"""

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlsplit

from flask import request

FORM_TYPES = {"application/x-www-form-urlencoded", "multipart/form-data"}

MOST_KEPT = 200_000
"""Characters; Werkzeug reads no form of more than 500,000 bytes, and this one is sent escaped."""

NEVER_KEPT = {"csrf_token", "password", "again", "old", "digits", "recovery", "passphrase"}

_PLANE_ENDS = "".join(chr(plane << 16 | end) for plane in range(17) for end in (0xFFFE, 0xFFFF))
UNSEEN = re.compile(
    rf"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x84\x86-\x9f\ud800-\udfff\ufdd0-\ufdef{_PLANE_ENDS}]"
)
"""What nobody types or sees, and what no file we write (XML) or database can hold: control
characters but tab and line ends, halves of surrogate pairs, what Unicode keeps for no letter."""

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

    Raises ValueError for what is none, for brackets within brackets without end, and for ``UNSEEN``
    letters in any of its texts.
    """
    try:
        found = json.loads(text)
        if any(UNSEEN.search(one) for one in _texts_in(found)):
            raise ValueError("unseen letters")
    except RecursionError as error:
        raise ValueError("too deep") from error
    return found


def _texts_in(found: Any) -> Iterator[str]:
    """Every name and text of what was JSON."""
    if isinstance(found, str):
        yield found
    elif isinstance(found, dict):
        for name, value in found.items():
            yield name
            yield from _texts_in(value)
    elif isinstance(found, list):
        for value in found:
            yield from _texts_in(value)


def _from_here() -> bool:
    """False when the browser says that the form stood on another site's page."""
    origin = request.headers.get("Origin")
    if origin is not None and urlsplit(origin).netloc != request.host:
        return False
    return request.headers.get("Sec-Fetch-Site", "same-origin") == "same-origin"
