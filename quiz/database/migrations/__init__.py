"""Alembic's revisions of the database, run by quiz.database.migrating; there is no alembic.ini."""
