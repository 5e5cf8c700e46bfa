"""Pages of events, roster, cards, quizzes, sittings, forms."""

from quiz.views.events import (
    board,
    cards,
    copies,
    enrolments,
    events,
    quizzes,
    ready,
    roster,
    roster_upload,
    screens,
    shelving,
    sitting_plans,
    sittings,
)

BLUEPRINTS = (
    board.bp,
    cards.bp,
    copies.bp,
    enrolments.bp,
    events.bp,
    quizzes.bp,
    ready.bp,
    roster.bp,
    roster_upload.bp,
    screens.bp,
    shelving.bp,
    sitting_plans.bp,
    sittings.bp,
)
