"""Rows named in an address: what there is, or the 404 page with a way on. A room, a module."""

from typing import NoReturn, TypeVar

from flask import abort

Found = TypeVar("Found")

NO_UPLOAD = "Unggahan ini tidak ada, atau diunggah orang lain. Unggah lagi."


def found(thing: Found | None, otherwise: str) -> Found:
    """What was looked for; without it the 404 page, which says ``otherwise``."""
    if thing is None:
        missing(otherwise)
    return thing


def missing(otherwise: str) -> NoReturn:
    """The 404 page, which says ``otherwise``."""
    abort(404, description=otherwise)
