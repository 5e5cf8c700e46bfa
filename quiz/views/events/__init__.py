"""Pages of events, roster, cards, quizzes, sittings, forms."""

from quiz.views.events import (
    board,
    copies,
    events,
    forms,
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
    events.bp,
    *forms.BLUEPRINTS,
    quizzes.bp,
    ready.bp,
    *rosters.BLUEPRINTS,
    screens.bp,
    shelving.bp,
    sitting_plans.bp,
    sittings.bp,
)
