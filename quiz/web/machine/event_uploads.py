"""Event files that wait for whoever uploaded them to confirm them: on disk, beside the keys.

They hold card keys, which no database of ours does.
"""

import os
import re
import shutil
from datetime import datetime, timedelta
from pathlib import Path
from typing import IO

from quiz.models.base import new_uid
from quiz.web.keys import settings

FOLDER = "berkas-kegiatan"
LIFETIME = timedelta(days=1)

_UID = re.compile(r"[\w-]{22}")


def keep_upload(user_id: int, stream: IO[bytes], now: datetime) -> str:
    """Let a file wait; under which uid. Those that have waited for a day go."""
    folder = settings().instance / FOLDER
    folder.mkdir(mode=0o700, exist_ok=True)
    for path in folder.iterdir():
        if path.stat().st_mtime < (now - LIFETIME).timestamp():
            path.unlink(missing_ok=True)
    uid = new_uid()
    place = os.open(_place(user_id, uid), os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(place, "wb") as file:
        shutil.copyfileobj(stream, file)
    return uid


def upload_of(user_id: int, uid: str) -> Path | None:
    """The file ``uid`` if this person uploaded it and it waits."""
    path = _place(user_id, uid)
    return path if _UID.fullmatch(uid) and path.is_file() else None


def _place(user_id: int, uid: str) -> Path:
    return settings().instance / FOLDER / f"{user_id}-{uid}.zip"
