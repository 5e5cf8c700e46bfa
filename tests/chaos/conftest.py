"""The same databases as for torture."""

from tests.torture.conftest import empty_database

__all__ = ["empty_database"]
