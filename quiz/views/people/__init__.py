"""Pages of accounts, entering, units, audit, settings."""

from quiz.views.people import audit, auth, passwords, people, unit_kinds, units

BLUEPRINTS = (
    audit.bp,
    auth.bp,
    passwords.bp,
    people.bp,
    unit_kinds.bp,
    units.bp,
)
