"""Pages of events, roster, cards, quizzes, sittings, forms."""

from quiz.views.events import (
    attendance,
    board,
    copies,
    desk,
    events,
    forms,
    phones,
    quizzes,
    readiness,
    ready,
    rosters,
    screens,
    shelving,
    sitting_plans,
    sittings,
    transfer,
)

BLUEPRINTS = (
    *attendance.BLUEPRINTS,
    board.bp,
    copies.bp,
    *desk.BLUEPRINTS,
    events.bp,
    *forms.BLUEPRINTS,
    *phones.BLUEPRINTS,
    quizzes.bp,
    readiness.bp,
    ready.bp,
    *rosters.BLUEPRINTS,
    screens.bp,
    shelving.bp,
    sitting_plans.bp,
    sittings.bp,
    *transfer.BLUEPRINTS,
)
