"""What the server knows of itself, for the record of processing."""

from datetime import UTC, datetime

from quiz.database import db
from quiz.database.kept import kept_in, newest
from quiz.queries.people.privacy.processing import Machine
from quiz.web.keys import hall_address, office, settings

_DATABASES = {"sqlite": "SQLite", "postgresql": "PostgreSQL"}


def machine() -> Machine:
    """As it is now; nothing is asked of the database."""
    kept = kept_in(settings().instance)
    hall = hall_address() or ""
    told = (office().office_url, hall)
    return Machine(
        database=_DATABASES[db.engine.dialect.name],
        https_address=next((url for url in told if url.startswith("https://")), ""),
        hall_address=hall,
        staff_over_http=settings().staff_over_http,
        backups=len(kept),
        newest_backup=newest(kept, datetime.now(UTC)),
    )
