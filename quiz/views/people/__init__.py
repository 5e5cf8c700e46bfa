"""Pages of accounts, entering, units, audit, settings."""

from quiz.views.people import (
    audit,
    auth,
    backups,
    joining,
    outline,
    passwords,
    people,
    settings,
    unit_kinds,
    units,
)

BLUEPRINTS = (
    audit.bp,
    auth.bp,
    backups.bp,
    joining.bp,
    outline.bp,
    passwords.bp,
    people.bp,
    settings.bp,
    unit_kinds.bp,
    units.bp,
)
