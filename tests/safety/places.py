"""The addresses of the demonstration, and all it holds."""

import re
from functools import cache

from sqlalchemy import text
from sqlalchemy.orm import Session
from werkzeug.routing import Rule

from quiz.models import Base
from quiz.permissions import Permission
from tests.e2e.world import Rows, World
from tests.safety.doors import DOORS

UNKNOWN = "0" * 12
"""Stands for a uid or a code that nothing has: the door is asked before anything is looked up."""


def written() -> dict[tuple[str, str], Permission]:
    """Method and address, and what the table says of them."""
    return {
        (method, address): permission
        for permission, lines in DOORS.items()
        for line in lines.strip().splitlines()
        for *methods, address in [line.split()]
        for method in methods
    }


def plain(rule: Rule) -> str:
    """Its address without converters: ``/soal/<code>``."""
    return re.sub(r"<[^<>]*:(\w+)>", r"<\1>", rule.rule)


def address_of(world: World, rule: str) -> str:
    """An address of this rule, of something that is there wherever the demonstration has it."""
    found = next(r for r in world.app.url_map.iter_rules() if plain(r) == rule)
    values: dict[str, object] = dict.fromkeys(found.arguments, UNKNOWN) | {"position": 1}
    ending = "csv" if "csv" in found.rule else "docx"
    values |= {"ending": ending, "format": "gift", "kind": "claim"}
    values |= world.values(found.endpoint, _rows(world))
    adapter = world.app.url_map.bind("127.0.0.1")
    return adapter.build(found.endpoint, {name: values[name] for name in found.arguments})


@cache
def _rows(world: World) -> Rows:
    """Looked up once: the addresses are asked for by tests that prove that nothing changes."""
    return world.rows()


def everything(world: World) -> dict[str, list[tuple[object, ...]]]:
    """All rows of all tables, but for the audit log, as they are stored."""
    with Session(world.session.get_bind()) as session:
        return {
            table.name: [
                tuple(row) for row in session.execute(text(f'SELECT * FROM "{table.name}"'))
            ]
            for table in Base.metadata.sorted_tables
            if not table.name.startswith("audit_")
        }
