"""Pages of the people of an event: the roster, one person on it, and their cards."""

from quiz.views.events.rosters import (
    cards,
    doubles,
    enrolments,
    moved_attempts,
    roster,
    roster_upload,
    taken_off,
)

BLUEPRINTS = (
    cards.bp,
    doubles.bp,
    enrolments.bp,
    moved_attempts.bp,
    roster.bp,
    roster_upload.bp,
    taken_off.bp,
)
