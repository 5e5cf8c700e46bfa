"""Everything here runs on SQLite and on a real PostgreSQL."""

import pytest

from tests.conftest import BOTH_DATABASES


@pytest.fixture(params=BOTH_DATABASES)
def database_url(request: pytest.FixtureRequest) -> str:
    """The address of a fresh database with the schema, of each kind in turn."""
    url: str = request.getfixturevalue(f"fresh_{request.param}")
    return url
