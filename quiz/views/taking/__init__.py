"""Pages of attempts, responses, feedback, home."""

from quiz.views.taking import attempts, feedback, help, pages, responses, trials

BLUEPRINTS = (
    attempts.bp,
    feedback.bp,
    help.bp,
    pages.bp,
    responses.bp,
    trials.bp,
)
