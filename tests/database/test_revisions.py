"""Revisions that have left the house are never written anew."""

import hashlib

from quiz.database import migrating

FROZEN = "ce9c0c62759a2b80ca15b893dc423944dcb282dd511724eefbfacc9631b54e91"


def test_the_first_revision_is_frozen() -> None:
    first = migrating.VERSIONS / "0001_tables.py"

    assert hashlib.sha256(first.read_bytes()).hexdigest() == FROZEN, "write a new revision instead"
