"""A sound database made of what a damaged one still holds, and of a backup where it holds nothing.

The damaged file is only copied: SQLite writes to whatever it opens. Indexes are made anew, so
damage in them costs nothing.
"""

import shutil
from collections import Counter
from collections.abc import Callable, Iterable
from contextlib import closing
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from quiz.config.databases import sqlite_url
from quiz.database import make_engine, sqlite_driver
from quiz.database.contents import test_of
from quiz.database.migrating import build, known_revisions
from quiz.database.rescue.reading import MOST_ROWS, Gap, Table, revision_of
from quiz.database.tools import database_files
from quiz.models import Base

REVISION = "alembic_version"


@dataclass(frozen=True)
class Column:
    """A column as the schema declares it."""

    name: str
    required: bool
    may_hold: Callable[[object], bool]


@dataclass
class Rescued:
    """What was read, table by table: rows kept, rows lost at most, and rows a backup gave back.

    ``unsure``: tables that do not say how many rows they had.
    """

    kept: Counter[str] = field(default_factory=Counter)
    lost: Counter[str] = field(default_factory=Counter)
    from_backup: Counter[str] = field(default_factory=Counter)
    unsure: set[str] = field(default_factory=set)

    @property
    def loses(self) -> bool:
        """Whether anything is lost, as far as one can tell."""
        return bool(self.unsure) or self.lost.total() > 0


def rescue(damaged: Path, target: Path, backup: Path | None) -> Rescued | None:
    """Write to ``target`` a sound database with what can be read of ``damaged``.

    Rows that cannot be read come from ``backup``, an unpacked SQLite database, where it has the
    same schema. None where the file does not even tell its schema. What then points to nothing is
    left out and counted as lost.
    """
    copy = target.with_name("rusak.sqlite")
    for path in database_files(damaged):
        shutil.copyfile(path, str(copy) + path.name.removeprefix(damaged.name))
    with closing(sqlite_driver.connect(str(copy))) as broken:
        revision = revision_of(broken)
        if revision not in known_revisions():
            return None
        engine = make_engine(sqlite_url(target))
        build(engine, revision)
        engine.dispose()
        with closing(sqlite_driver.connect(str(target))) as sound:
            return _filled(sound, broken, _same_schema(backup, revision))


def _same_schema(backup: Path | None, revision: str) -> Path | None:
    if backup is None:
        return None
    with closing(sqlite_driver.connect(str(backup))) as found:
        return backup if revision_of(found) == revision else None


def _filled(sound: Any, broken: Any, backup: Path | None) -> Rescued:
    done = Rescued()
    if backup is not None:
        sound.execute("ATTACH DATABASE ? AS cadangan", (str(backup),))
    names = sound.execute("SELECT name FROM main.sqlite_master WHERE type = 'table'").fetchall()
    for (name,) in names:
        if name != REVISION and not name.startswith("sqlite_"):
            _fill(sound, broken, name, done, from_backup=backup is not None)
    _leave_out_orphans(sound, done)
    sound.commit()
    return done


def _fill(sound: Any, broken: Any, name: str, done: Rescued, *, from_backup: bool) -> None:
    columns = _columns(sound, name)
    table = Table(broken, name, [column.name for column in columns])
    marks = ", ".join("?" * len(columns))
    insert = f'INSERT OR IGNORE INTO main."{name}" ({table.columns}) VALUES ({marks})'  # noqa: S608  # names of our own schema
    for row_id, *row in table.rows():
        if _believed(row, columns) and sound.execute(insert, row).rowcount:
            done.kept[name] += 1
        else:
            table.gaps.append(Gap(row_id, row_id))
    done.lost[name] = sum(gap.last - gap.first + 1 for gap in table.gaps)
    if table.unsure:
        done.unsure.add(name)
        table.gaps.append(Gap(table.unsure, MOST_ROWS))
    if from_backup:
        _fill_gaps(sound, table, done)


def _fill_gaps(sound: Any, table: Table, done: Rescued) -> None:
    name = table.name
    copy = (
        f'INSERT OR IGNORE INTO main."{name}" ({table.columns}) '  # noqa: S608  # as above
        f'SELECT {table.columns} FROM cadangan."{name}" WHERE rowid BETWEEN ? AND ?'
    )
    for gap in table.gaps:
        given = sound.execute(copy, (gap.first, gap.last)).rowcount
        done.from_backup[name] += given
        done.lost[name] -= 0 if gap.first == table.unsure else given


def _believed(row: Iterable[Any], columns: Iterable[Column]) -> bool:
    """Whether each value is one its column may hold; what damage left may look like a row."""
    return all(
        not column.required if value is None else column.may_hold(value)
        for value, column in zip(row, columns, strict=True)
    )


def _columns(sound: Any, name: str) -> list[Column]:
    """A table's columns; one that this program's models do not have any more may hold anything."""
    known: Any = Base.metadata.tables[name].c if name in Base.metadata.tables else {}
    told = sound.execute(f'PRAGMA main.table_info("{name}")').fetchall()
    return [
        Column(row[1], bool(row[3]), test_of(known[row[1]]) if row[1] in known else _anything)
        for row in told
    ]


def _anything(_value: object) -> bool:
    return True


def _leave_out_orphans(sound: Any, done: Rescued) -> None:
    """Take away what points to rows that are gone: the pointer where it may be empty, else the row.

    Again and again, since others may point to what is taken away.
    """
    while orphans := sound.execute("PRAGMA main.foreign_key_check").fetchall():
        for name, row, _, key in orphans:
            keys = sound.execute(f'PRAGMA main.foreign_key_list("{name}")').fetchall()
            pointers = {each[3] for each in keys if each[0] == key}
            required = {column.name for column in _columns(sound, name) if column.required}
            if pointers & required:
                sound.execute(f'DELETE FROM main."{name}" WHERE rowid = ?', (row,))  # noqa: S608  # as above
                done.lost[name] += 1
                done.kept[name] -= 1
            else:
                emptied = ", ".join(f'"{each}" = NULL' for each in pointers)
                sound.execute(f'UPDATE main."{name}" SET {emptied} WHERE rowid = ?', (row,))  # noqa: S608  # as above
