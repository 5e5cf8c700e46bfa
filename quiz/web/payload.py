"""The JSON of a request, bounded, and moments as our JSON carries them."""

from datetime import UTC, datetime
from typing import Any

from flask import request

from quiz.web.errors import ApiError

LARGEST_RESPONSE = 4_096

LARGEST_SUBMISSION = 262_144


def payload(largest: int) -> dict[str, Any]:
    """The JSON object of this request. Raises ApiError for more than ``largest`` bytes."""
    if (request.content_length or 0) > largest:
        raise ApiError(413, "too_large", "Kiriman terlalu besar.")
    body = request.get_json(silent=True)
    if not isinstance(body, dict):
        raise ApiError(400, "bad_request", "Kiriman bukan JSON yang dikenal.")
    return body


def iso(moment: datetime) -> str:
    """A moment as our JSON carries it: UTC, ending in Z."""
    return moment.astimezone(UTC).isoformat().replace("+00:00", "Z")
