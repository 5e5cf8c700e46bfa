"""Write the next revision: ``python -m quiz.database.migrations "what changes"``.

Then read and mend it. It holds the difference between the models and what the revisions so far
make of an empty database.
"""

import sys
import tempfile
from pathlib import Path

from alembic import command

from quiz.config.databases import sqlite_url
from quiz.database import make_engine
from quiz.database.migrating import VERSIONS, alembic_config, known_revisions, upgrade


def write_revision(message: str) -> None:
    """Write ``versions/NNNN_message.py``."""
    with tempfile.TemporaryDirectory() as folder:
        engine = make_engine(sqlite_url(Path(folder) / "scratch.sqlite"))
        VERSIONS.mkdir(exist_ok=True)
        if known_revisions():
            upgrade(engine)
        with engine.connect() as connection:
            number = f"{int(max(known_revisions(), default='0')) + 1:04}"
            command.revision(
                alembic_config(connection), message=message, autogenerate=True, rev_id=number
            )
        engine.dispose()


if __name__ == "__main__":
    write_revision(sys.argv[1])
