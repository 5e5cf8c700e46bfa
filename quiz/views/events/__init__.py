"""Pages of events, roster, cards, quizzes, sittings, forms."""

from quiz.views.events import (
    attendance,
    board,
    copies,
    events,
    quizzes,
    ready,
    rosters,
    screens,
    shelving,
    sitting_plans,
    sittings,
)

BLUEPRINTS = (
    *attendance.BLUEPRINTS,
    board.bp,
    copies.bp,
    events.bp,
    quizzes.bp,
    ready.bp,
    *rosters.BLUEPRINTS,
    screens.bp,
    shelving.bp,
    sitting_plans.bp,
    sittings.bp,
)
