"""Whether a database has the tables and columns this program's models name, and nothing that acts.

A revision number only says what once ran. A folder of a version still in the making, or one that
somebody has altered by hand, is told by its columns.
"""

from typing import Any

from sqlalchemy import Connection, inspect, text

from quiz.models import Base


def missing(connection: Connection) -> list[str]:
    """The tables and columns ("event.code") of the models that are not there."""
    found = inspect(connection)
    present = set(found.get_table_names())
    gone = []
    for table in Base.metadata.sorted_tables:
        if table.name not in present:
            gone.append(table.name)
            continue
        columns = {column["name"] for column in found.get_columns(table.name)}
        gone += [f"{table.name}.{column.name}" for column in table.c if column.name not in columns]
    return gone


def differences(connection: Connection) -> list[str]:
    """Everything in which the schema differs from the models, as sentences; [] when it agrees.

    Types, indexes and keys too, and triggers, which could change rows behind our back.
    """
    from alembic.autogenerate import compare_metadata  # noqa: PLC0415  # only checks need Alembic
    from alembic.runtime.migration import MigrationContext  # noqa: PLC0415  # as above

    context = MigrationContext.configure(connection, opts={"compare_type": True})
    found = [_sentence(difference) for difference in compare_metadata(context, Base.metadata)]
    found += [f"pemicu (trigger) {name} bukan milik program ini" for name in _triggers(connection)]
    revisions = connection.scalar(text("SELECT count(*) FROM alembic_version"))
    if revisions != 1:
        found.append(f"tabel alembic_version memuat {revisions} versi, seharusnya satu")
    return found


def _triggers(connection: Connection) -> list[str]:
    if connection.dialect.name == "sqlite":
        query = "SELECT name FROM sqlite_master WHERE type = 'trigger' ORDER BY name"
    else:
        query = (
            "SELECT trigger_name FROM information_schema.triggers "
            "WHERE trigger_schema = current_schema() ORDER BY 1"
        )
    return [str(name) for name in connection.scalars(text(query))]


_WORDS = {
    "add_table": "tabel {} tidak ada",
    "remove_table": "tabel {} tidak dikenal",
    "add_column": "kolom {} tidak ada",
    "remove_column": "kolom {} tidak dikenal",
    "add_index": "indeks {} tidak ada",
    "remove_index": "indeks {} tidak dikenal",
    "add_constraint": "batasan {} tidak ada",
    "remove_constraint": "batasan {} tidak dikenal",
    "add_fk": "kunci asing {} tidak ada",
    "remove_fk": "kunci asing {} tidak dikenal",
    "modify_nullable": "kolom {} berbeda dalam boleh-tidaknya kosong",
    "modify_type": "kolom {} berbeda jenisnya",
}


def _sentence(difference: Any) -> str:
    """Alembic's tuple in words; changes of one column come as a list of one."""
    step = difference[0] if isinstance(difference, list) else difference
    verb, *about = step
    words = _WORDS.get(verb, f"{verb} {{}}")
    if verb.startswith("modify_"):
        return words.format(f"{about[1]}.{about[2]}")
    if verb.endswith("_column"):
        return words.format(f"{about[1]}.{about[2].name}")
    return words.format(about[0].name)
