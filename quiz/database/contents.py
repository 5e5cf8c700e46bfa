"""Whether every value of a database can be read as what its column holds.

SQLite keeps any value in any column; a word where a time belongs stops the first page reading it.
"""

from collections.abc import Callable
from functools import partial
from typing import Any

from sqlalchemy import BigInteger, Column, Connection, Integer, String, select
from sqlalchemy.dialects import sqlite
from sqlalchemy.exc import DBAPIError

from quiz.models import Base

_SQLITE = sqlite.dialect()
_LARGEST = 2**31 - 1


def unreadable(connection: Connection) -> list[str]:
    """The columns that hold something else than they may, as sentences; [] when all can be read.

    Reads every row of every table.
    """
    return [
        f"kolom {column} memuat isi yang tidak terbaca"
        for table in Base.metadata.sorted_tables
        for column in table.c
        if not _readable(connection, column)
    ]


def test_of(column: Column[Any]) -> Callable[[object], bool]:
    """What tells whether a value, as SQLite stores it, is one that ``column`` may hold."""
    read = column.type.dialect_impl(_SQLITE).result_processor(_SQLITE, None)
    return partial(_fits, column, read)


def _fits(column: Column[Any], read: Callable[[Any], object] | None, value: object) -> bool:
    try:
        return _held(column, read(value) if read else value)
    except (ValueError, TypeError, ArithmeticError, RecursionError):
        return False


def _readable(connection: Connection, column: Column[Any]) -> bool:
    try:
        return all(_held(column, value) for value in connection.scalars(select(column)))
    except (DBAPIError, ValueError, TypeError, ArithmeticError, RecursionError):
        return False


def _held(column: Column[Any], value: object) -> bool:
    if value is None or isinstance(column.type, BigInteger):
        return value is None or isinstance(value, int)
    if isinstance(column.type, Integer):
        return isinstance(value, int) and abs(value) <= _LARGEST
    return isinstance(value, str) or not isinstance(column.type, String)
