"""Backups the installation makes by itself: on which occasion, and how many of them stay."""

from contextlib import suppress
from datetime import UTC, datetime, timedelta
from pathlib import Path

from sqlalchemy import Engine

from quiz.config.settings import Settings
from quiz.database.anchor import ANCHOR, read_anchor
from quiz.database.backup import CannotBackUp, back_up, pack
from quiz.database.folder import alone
from quiz.database.kept import FOLDER, Kept, Occasion, kept_in, surplus
from quiz.database.migrating import at_head, current_revision, upgrade

AFTERWARDS = timedelta(days=7)
"""How long backups that still hold people who were erased stay beside those that do not."""

ASIDE = "sebelum-pulih-*.zip"
"""What restores have put aside, in the data folder."""

NOT_MIGRATED = (
    "Skema basis data belum diperbarui, karena sebelumnya harus ada cadangan. Bila basis data ini "
    "dicadangkan dengan cara lain: quiz db upgrade --tanpa-cadangan"
)


class Emptied(Exception):
    """The database is empty and its folder is not new; the text is a sentence saying what to do."""


def keep(settings: Settings, engine: Engine, occasion: Occasion, now: datetime) -> Kept:
    """Make a backup beside those kept, and let go of those that have had their time.

    Whoever calls must not hold the lock of the writers. Raises CannotBackUp.
    """
    made = Kept(now, occasion)
    folder = settings.instance / FOLDER
    make = pack if occasion is Occasion.MIGRATION else back_up
    make(settings, engine, folder / made.name, now)
    for each in surplus(kept_in(settings.instance), now) - {made}:
        with suppress(OSError):
            (folder / each.name).unlink()
    return made


def forget_older(instance: Path, now: datetime) -> list[str]:
    """Delete the backups older than the one made after people were erased; their names.

    Only AFTERWARDS, so there is always the newer one. What a restore put aside goes too.
    """
    kept = kept_in(instance)
    made = (each.made_at for each in kept if each.occasion is Occasion.ERASURE)
    without = max((each for each in made if each + AFTERWARDS <= now), default=None)
    if without is None:
        return []
    older = [instance / FOLDER / each.name for each in kept if each.made_at < without]
    older += [path for path in instance.glob(ASIDE) if _put_aside_at(path) < without]
    for path in older:
        with suppress(OSError):
            path.unlink()
    return [path.name for path in older]


def _put_aside_at(path: Path) -> datetime:
    return datetime.fromtimestamp(path.stat().st_mtime, UTC)


def bring_up_to_date(
    settings: Settings, engine: Engine, now: datetime, *, backed_up: bool = True
) -> bool:
    """Migrate to this program's schema, after a backup; True when there was something to do.

    ``backed_up=False`` for a database that is backed up by other means. Raises SchemaTooNew,
    FolderInUse while a server runs, CannotBackUp and Emptied with nothing changed.
    """
    with engine.execution_options(read_only=True).connect() as connection:
        if at_head(connection):
            return False
        empty = current_revision(connection) is None
    if empty:
        _refuse_emptied(settings)
    with alone(settings.instance):
        if backed_up and not empty:
            try:
                keep(settings, engine, Occasion.MIGRATION, now)
            except CannotBackUp as error:
                raise CannotBackUp(f"{error} {NOT_MIGRATED}") from error
        return upgrade(engine)


def _refuse_emptied(settings: Settings) -> None:
    """A file that was lost or cut to nothing looks like a new one; its folder knows better."""
    kept, end = kept_in(settings.instance), read_anchor(settings.instance)
    if not kept and (end is None or end.line == 0):
        return
    known = f"{len(kept)} cadangan di folder {FOLDER}" if kept else f"berkas {ANCHOR}"
    raise Emptied(
        f"Basis data kosong atau hilang, padahal folder {settings.instance} pernah dipakai "
        f"({known}). Tidak ada yang diubah. Bila alamat basis datanya benar, pulihkan isinya: "
        "quiz db repair. Bila memang hendak mulai baru, pakai folder lain (QUIZ_INSTANCE)."
    )
