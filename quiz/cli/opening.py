"""The database, for commands that need one: an application, and a schema this program knows."""

from collections.abc import Iterator
from contextlib import contextmanager

from flask import Flask, current_app
from sqlalchemy.orm import Session

from quiz import create_app
from quiz.cli.words import Refusal
from quiz.config import Settings
from quiz.database import db
from quiz.database.migrating import at_head


@contextmanager
def application() -> Iterator[Flask]:
    """The application in a context of its own, its connections closed at the end."""
    app = create_app()
    try:
        with app.app_context():
            yield app
    finally:
        app.extensions["quiz.engine"].dispose()


def settings() -> Settings:
    """The settings of the application whose context this is."""
    found: Settings = current_app.extensions["quiz.settings"]
    return found


@contextmanager
def reading() -> Iterator[Session]:
    """A read-only transaction on the configured database. Raises Refusal before a migration."""
    with application():
        require_schema()
        with db.reading() as session:
            yield session


@contextmanager
def writing() -> Iterator[Session]:
    """A transaction on the configured database, committed at the end."""
    with application():
        require_schema()
        with db.writing() as session:
            yield session


def require_schema() -> None:
    """Refuse a database that is not at this program's schema. Needs an application context."""
    with db.engine.execution_options(read_only=True).connect() as connection:
        if not at_head(connection):
            raise Refusal("Skema basis data belum terbaru. Jalankan dulu: quiz db upgrade")
