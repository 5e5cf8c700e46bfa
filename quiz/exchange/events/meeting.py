"""Two rows of one name become one, the same in whatever order they come.

Rows are as the file carries them; times are text in UTC, which sorts as they do.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from quiz.exchange.events.manifest import packed
from quiz.exchange.events.table import Join, Table

Row = Mapping[str, Any]


@dataclass(frozen=True)
class Met:
    """What counts of two rows; ``differing`` columns said otherwise, and ``loser`` is the row whose
    values of these were not taken, None where nothing differed."""

    row: Row
    differing: tuple[str, ...]
    loser: Row | None
    here_counts: bool


def met(table: Table, here: Row, theirs: Row, said: tuple[str, str]) -> Met:
    """The row here and that of the file put together.

    ``said`` is when the audit logs of either side last told of a change, "" where none did.
    """
    differing = tuple(name for name in table.compared if here[name] != theirs[name])
    joined = {name: _join(how, here[name], theirs[name]) for name, how in table.joined.items()}
    here_counts = not differing or _newness(table, here, said[0]) >= _newness(
        table, theirs, said[1]
    )
    taken = {} if here_counts else {name: theirs[name] for name in table.compared}
    loser = None if not differing else theirs if here_counts else here
    return Met({**here, **joined, **taken}, differing, loser, here_counts)


def _newness(table: Table, row: Row, said: str) -> tuple[int, str, bytes]:
    """What sorts a newer row after an older one, and never two different rows alike.

    What came of two rows is as new as the newer of them, or the order of files would count.
    """
    revision = row[table.revision] if table.revision else 0
    last = max((row[name] or "" for name in table.moments), default="")
    if table.kept_on_a_tie:
        return revision, max(last, said), b""
    return revision, max(last, said), packed({name: row[name] for name in table.compared})


def _join(how: Join, one: Any, other: Any) -> Any:
    if how is Join.EITHER:
        return one or other
    both = [value for value in (one, other) if value is not None]
    if not both:
        return None
    return min(both) if how is Join.EARLIEST else max(both)
