"""Pages of events, roster, cards, quizzes, sittings, forms."""

from quiz.views.events import (
    board,
    copies,
    desk,
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
    board.bp,
    copies.bp,
    *desk.BLUEPRINTS,
    events.bp,
    quizzes.bp,
    ready.bp,
    *rosters.BLUEPRINTS,
    screens.bp,
    shelving.bp,
    sitting_plans.bp,
    sittings.bp,
)
