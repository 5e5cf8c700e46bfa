"""Pages of events, roster, cards, quizzes, sittings, forms."""

from quiz.views.events import (
    cards,
    enrolments,
    events,
    quizzes,
    ready,
    roster,
    roster_upload,
    sitting_plans,
    sittings,
)

BLUEPRINTS = (
    cards.bp,
    enrolments.bp,
    events.bp,
    quizzes.bp,
    ready.bp,
    roster.bp,
    roster_upload.bp,
    sitting_plans.bp,
    sittings.bp,
)
