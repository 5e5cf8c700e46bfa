"""Pages of attempts, responses, feedback, home."""

from quiz.views.taking import asking, attempts, evaluation, feedback, help, pages, responses, trials

BLUEPRINTS = (
    asking.bp,
    attempts.bp,
    evaluation.bp,
    feedback.bp,
    help.bp,
    pages.bp,
    responses.bp,
    trials.bp,
)
