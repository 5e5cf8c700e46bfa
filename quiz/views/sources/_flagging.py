"""Changes in two steps: the items a change flags are shown, and come back when it is sent again."""

from flask import request


def shown_before() -> list[str]:
    """The codes of the items that were shown before this was sent (as ``akan``)."""
    return [code for code in request.form.get("akan", "").split(",") if code]
