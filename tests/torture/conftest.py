"""Databases for servers that run in processes of their own."""

import pytest


@pytest.fixture
def empty_database(request: pytest.FixtureRequest) -> str:
    """The address of a database without tables, of the kind asked for."""
    address: str = request.getfixturevalue(f"empty_{request.param}")
    return address
