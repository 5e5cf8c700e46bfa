"""Pages of the people of an event: the roster, one person on it, and their cards."""

from quiz.views.events.rosters import cards, enrolments, roster, roster_upload

BLUEPRINTS = (cards.bp, enrolments.bp, roster.bp, roster_upload.bp)
