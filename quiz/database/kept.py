"""The backups an installation keeps: what their names say, and which of them have had their time.

They lie in a folder of their own within the data folder, so what is kept can be told without
opening anything and without a database.
"""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from enum import StrEnum
from pathlib import Path

from quiz.formats import wita

FOLDER = "cadangan"
"""The folder of kept backups within the data folder."""

RECENT, DAYS, MIGRATIONS = 10, 14, 3
"""What stays: the newest, the newest of each of the last days that have any, and the newest of
those made before a migration; as many of those made after people were erased, or rescued."""

BEFOREHAND = timedelta(minutes=3)
"""How long before a sitting opens by the clock its backup is made."""

_NAME = re.compile(r"kuis-(\d{8}-\d{6}-\d{6})-([a-z]+)\.zip")
_TIME = "%Y%m%d-%H%M%S-%f"


class Occasion(StrEnum):
    """Why a backup was made; the value stands in its name."""

    HAND = "tangan"
    OPENING = "buka"
    CLOSING = "tutup"
    MIGRATION = "skema"
    ERASURE = "hapus"
    RESCUE = "selamat"

    @property
    def label(self) -> str:
        return _LABELS[self]


_LABELS = {
    Occasion.HAND: "dibuat petugas atau admin",
    Occasion.OPENING: "sebelum sesi dibuka",
    Occasion.CLOSING: "sesudah sesi ditutup",
    Occasion.MIGRATION: "sebelum skema diperbarui",
    Occasion.ERASURE: "sesudah data peserta dihapus",
    Occasion.RESCUE: "diselamatkan dari berkas yang rusak",
}


RARE = (Occasion.MIGRATION, Occasion.ERASURE, Occasion.RESCUE)
"""Occasions whose backups outlive many others."""


@dataclass(frozen=True, order=True)
class Kept:
    """A backup by its name: when it was made, and why."""

    made_at: datetime
    occasion: Occasion

    @property
    def name(self) -> str:
        """Its file name, which sorts by time."""
        return f"kuis-{self.made_at.astimezone(UTC):{_TIME}}-{self.occasion}.zip"


def read_name(name: str) -> Kept | None:
    """What a file name says; None for one that is not ours."""
    found = _NAME.fullmatch(name)
    if found is None or found[2] not in set(Occasion):
        return None
    try:
        made_at = datetime.strptime(found[1], _TIME).replace(tzinfo=UTC)
    except ValueError:
        return None
    return Kept(made_at, Occasion(found[2]))


def kept_in(instance: Path) -> list[Kept]:
    """The backups kept in this data folder, the newest first."""
    folder = instance / FOLDER
    if not folder.is_dir():
        return []
    found = (read_name(path.name) for path in folder.iterdir())
    return sorted(filter(None, found), reverse=True)


def newest_first(kept: Iterable[Kept], now: datetime) -> list[Kept]:
    """These in the order in which they were made, as far as the clock can be believed.

    One dated later than ``now`` was made before the clock was set back, so it comes last.
    """
    return sorted(kept, key=lambda each: (each.made_at <= now, each), reverse=True)


def newest(kept: Iterable[Kept], now: datetime) -> datetime | None:
    """When the newest of these was made; None when there is none, or all are dated later."""
    return max((each.made_at for each in kept if each.made_at <= now), default=None)


def due(
    now: datetime, newest: datetime | None, openings: Iterable[datetime], last_in: datetime | None
) -> Occasion | None:
    """Which backup the clock asks for at ``now``, if any.

    ``newest``: when the latest was made. ``openings``: when sittings will open by the clock.
    ``last_in``: when the latest closed sitting had taken its last answers.
    """
    for opens_at in openings:
        begins = opens_at - BEFOREHAND
        if begins <= now < opens_at and (newest is None or newest < begins):
            return Occasion.OPENING
    if last_in is not None and last_in <= now and (newest is None or newest < last_in):
        return Occasion.CLOSING
    return None


def surplus(kept: Iterable[Kept], now: datetime) -> set[Kept]:
    """Which of these have had their time: all but the last ones, by day and by occasion too."""
    ordered = newest_first(kept, now)
    stay = {*ordered[:RECENT], *_newest_by_day(ordered)[:DAYS]}
    for occasion in RARE:
        stay |= set([each for each in ordered if each.occasion is occasion][:MIGRATIONS])
    return set(ordered) - stay


def _newest_by_day(ordered: Sequence[Kept]) -> list[Kept]:
    by_day: dict[object, Kept] = {}
    for each in ordered:
        by_day.setdefault(wita(each.made_at).date(), each)
    return list(by_day.values())
