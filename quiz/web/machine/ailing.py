"""What keeps this machine from saving, as far as this process has met it."""

import shutil

from flask import current_app

from quiz.database.storage import Trouble
from quiz.web.keys import settings

SCARCE = 16 << 20
"""Bytes of free disk below which the next answers may not fit."""


def remember(found: Trouble) -> None:
    """Damage stays until somebody mends it with the server stopped, so staff are told of it."""
    if found is Trouble.DAMAGED:
        notices = current_app.extensions.setdefault("quiz.notices", [])
        if found.value not in notices:
            notices.append(found.value)


def trouble_now() -> Trouble | None:
    """Damage that somebody has met since the start, or a disk without room."""
    if Trouble.DAMAGED.value in current_app.extensions.get("quiz.notices", []):
        return Trouble.DAMAGED
    free = shutil.disk_usage(settings().instance).free
    return Trouble.FULL if free < SCARCE else None
