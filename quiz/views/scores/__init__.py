"""Pages of scores, rulings, contests, reports, analysis."""

from quiz.views.scores import (
    analysis,
    contests,
    downloads,
    editions,
    participants,
    reports,
    ruling_withdrawal,
    rulings,
    statistics,
)

BLUEPRINTS = (
    analysis.bp,
    contests.bp,
    downloads.bp,
    *editions.BLUEPRINTS,
    participants.bp,
    reports.bp,
    ruling_withdrawal.bp,
    rulings.bp,
    statistics.bp,
)
