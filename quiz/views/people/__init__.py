"""Pages of accounts, entering, units, audit, settings."""

from quiz.views.people import (
    audit,
    auth,
    backups,
    joining,
    outline,
    own,
    passwords,
    people,
    retention,
    settings,
    unit_kinds,
    units,
)
from quiz.views.people.privacy import answering, breaches, purposes, records

BLUEPRINTS = (
    audit.bp,
    auth.bp,
    backups.bp,
    joining.bp,
    outline.bp,
    *own.BLUEPRINTS,
    passwords.bp,
    people.bp,
    retention.bp,
    settings.bp,
    unit_kinds.bp,
    units.bp,
    answering.bp,
    breaches.bp,
    purposes.bp,
    records.bp,
)
