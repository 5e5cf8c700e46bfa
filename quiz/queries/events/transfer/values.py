"""A column's value as JSON holds it, and back; what no column of ours can hold is refused."""

from collections.abc import Callable
from datetime import UTC, date, datetime
from functools import cache
from typing import Any

from sqlalchemy import JSON, BigInteger, Boolean, Column, Date, Integer, String

from quiz.assessment.items.item import FIRST_YEAR, LAST_YEAR
from quiz.models.base import StoredEnum, UtcDateTime


def plain(value: Any) -> Any:
    """A value of any column as JSON holds it."""
    if isinstance(value, datetime):
        return value.astimezone(UTC).isoformat()
    if isinstance(value, date):
        return value.isoformat()
    return value


def stored(column: Column[Any], told: Any) -> Any:
    """The value of ``column`` that ``plain`` gave ``told`` for. Raises ValueError for any other."""
    if told is not None:
        return _reader(column)(column.type, told)
    if not column.nullable:
        raise ValueError("nothing")
    return None


@cache
def _reader(column: Column[Any]) -> Callable[[Any, Any], Any]:
    return next(read for kind, read in _READERS.items() if isinstance(column.type, kind))


def _text(kind: Any, told: Any) -> str:
    text: str = _of(str, told)
    if kind.length is not None and len(text) > kind.length:
        raise ValueError("too long")
    return text


def _of(kind: type, told: Any) -> Any:
    if type(told) is not kind:
        raise ValueError(f"no {kind.__name__}")
    return told


def _whole(kind: Any, told: Any) -> int:
    number: int = _of(int, told)
    bits = 63 if isinstance(kind, BigInteger) else 31
    if not -(2**bits) < number < 2**bits:
        raise ValueError("too large")
    return number


def _json(_kind: Any, told: Any) -> Any:
    if not isinstance(told, dict | list):
        raise ValueError("neither object nor list")
    return told


def _moment(_kind: Any, told: Any) -> datetime:
    moment = datetime.fromisoformat(_of(str, told))
    if moment.tzinfo is None or not FIRST_YEAR <= moment.year <= LAST_YEAR:
        raise ValueError("no moment of ours")
    return moment.astimezone(UTC)


def _day(_kind: Any, told: Any) -> date:
    day = date.fromisoformat(_of(str, told))
    if not FIRST_YEAR <= day.year <= LAST_YEAR:
        raise ValueError("no day of ours")
    return day


_READERS: dict[type, Callable[[Any, Any], Any]] = {
    JSON: _json,
    UtcDateTime: _moment,
    Date: _day,
    StoredEnum: lambda kind, told: kind.members(told),
    Boolean: lambda _kind, told: _of(bool, told),
    Integer: _whole,
    String: _text,
}
"""In the order in which a type is asked what it is."""
