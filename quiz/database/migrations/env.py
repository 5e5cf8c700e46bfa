"""What Alembic runs for every command, on the connection that quiz.database.migrating hands it."""

from collections.abc import Iterable
from typing import Any, Literal, TypeGuard

from alembic import context
from alembic.autogenerate.api import AutogenContext
from alembic.operations import ops
from alembic.runtime.migration import MigrationContext
from sqlalchemy import ForeignKeyConstraint
from sqlalchemy.types import TypeDecorator

from quiz.models import Base


def plain_type(kind: str, thing: Any, _context: AutogenContext) -> str | Literal[False]:
    """Write a column type of ours as the database's own: a revision must not change with it."""
    if kind == "type" and isinstance(thing, TypeDecorator):
        return f"sa.{thing.impl!r}"
    return False


def is_circular(part: Any) -> TypeGuard[ForeignKeyConstraint]:
    """Whether a part of a table is a key that the model marks as one of a circle."""
    return isinstance(part, ForeignKeyConstraint) and part.use_alter


def circular_keys_last(
    _context: MigrationContext,
    _revision: str | Iterable[str | None] | Iterable[str],
    scripts: list[ops.MigrationScript],
) -> None:
    """Add keys that form a circle once all tables are there, and drop them before the first goes.

    Alembic writes them into CREATE TABLE, where PostgreSQL leaves them out.
    """
    for script in scripts:
        if script.upgrade_ops is None or script.downgrade_ops is None:
            continue
        for table in [op for op in script.upgrade_ops.ops if isinstance(op, ops.CreateTableOp)]:
            circular = [part for part in table.columns if is_circular(part)]
            if not circular:
                continue
            table.columns = [part for part in table.columns if not is_circular(part)]
            added = [ops.CreateForeignKeyOp.from_constraint(key) for key in circular]
            script.upgrade_ops.ops.append(ops.ModifyTableOps(table.table_name, added))
            dropped = [op.reverse() for op in added]
            script.downgrade_ops.ops.insert(0, ops.ModifyTableOps(table.table_name, dropped))


context.configure(
    connection=context.config.attributes["connection"],
    target_metadata=Base.metadata,
    render_as_batch=True,
    render_item=plain_type,
    process_revision_directives=circular_keys_last,
    transactional_ddl=True,
)
with context.begin_transaction():
    context.run_migrations()
