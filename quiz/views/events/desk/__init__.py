"""Pages of the desk at the door: cards scanned, people without one, and quizzes on paper."""

from quiz.views.events.desk import paper_sheets, paper_typing, scanning, walk_ins

BLUEPRINTS = (
    paper_sheets.bp,
    paper_typing.bp,
    scanning.bp,
    walk_ins.bp,
)
