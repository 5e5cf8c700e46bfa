"""Alembic's revisions of the database, run by quiz.migrate; there is no alembic.ini."""
