"""Plain values as JSON and back: what an edition stores is read as exactly what was shown."""

import dataclasses
import types
from collections.abc import Mapping
from datetime import UTC, datetime
from enum import Enum
from fractions import Fraction
from functools import cache
from typing import Any, Literal, TypeVar, Union, get_args, get_origin, get_type_hints

Value = TypeVar("Value")


def freeze(value: Any) -> Any:
    """The value as JSON has it: a dataclass or named tuple by its fields, a fraction as "7/2".

    Raises TypeError for anything else than those, mappings of text, sequences, moments and what
    JSON has itself.
    """
    frozen: Any = value
    kind: Any = type(value)
    if isinstance(value, Enum):
        frozen = value.value
    elif isinstance(value, Fraction):
        frozen = str(value)
    elif isinstance(value, datetime):
        frozen = value.astimezone(UTC).isoformat()
    elif dataclasses.is_dataclass(value) or hasattr(value, "_fields"):
        frozen = {name: freeze(getattr(value, name)) for name in _fields(kind)}
    elif isinstance(value, Mapping):
        frozen = {key: freeze(each) for key, each in value.items()}
    elif isinstance(value, tuple | list):
        frozen = [freeze(each) for each in value]
    elif not isinstance(value, str | int | float | None):
        raise TypeError(f"no frozen form of {type(value).__name__}")
    return frozen


def thaw(kind: type[Value], frozen: Any) -> Value:
    """What ``freeze`` made of a value of this kind, as that value.

    Of alternatives the first is meant, and lists are tuples. A field that came later has its
    default.
    """
    thawed: Value = _thaw(kind, frozen)
    return thawed


def _thaw(kind: Any, frozen: Any) -> Any:
    origin, inner = get_origin(kind), get_args(kind)
    value = frozen
    if frozen is None or origin is Literal:
        pass
    elif origin in {Union, types.UnionType}:
        value = _thaw(next(each for each in inner if each is not type(None)), frozen)
    elif origin is tuple:
        kinds = [inner[0]] * len(frozen) if inner[1:] == (...,) else inner
        value = tuple(_thaw(of, each) for of, each in zip(kinds, frozen, strict=True))
    elif origin is not None:
        value = {key: _thaw(inner[1], each) for key, each in frozen.items()}
    elif kind is datetime:
        value = datetime.fromisoformat(frozen)
    elif dataclasses.is_dataclass(kind) or hasattr(kind, "_fields"):
        of = _fields(kind)
        value = kind(**{name: _thaw(of[name], frozen[name]) for name in of if name in frozen})
    else:
        value = kind(frozen)
    return value


@cache
def _fields(kind: Any) -> dict[str, Any]:
    """The fields of a dataclass or named tuple with their types."""
    hints = get_type_hints(kind)
    names = getattr(kind, "_fields", None) or [each.name for each in dataclasses.fields(kind)]
    return {name: hints[name] for name in names}
