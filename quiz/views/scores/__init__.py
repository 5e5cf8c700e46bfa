"""Pages of scores, rulings, contests, reports, analysis."""

from quiz.views.scores import (
    analysis,
    contests,
    downloads,
    editions,
    gap_board,
    groups,
    messages,
    participants,
    reports,
    ruling_withdrawal,
    rulings,
    statistics,
    trend,
)

BLUEPRINTS = (
    analysis.bp,
    contests.bp,
    downloads.bp,
    gap_board.bp,
    groups.bp,
    *editions.BLUEPRINTS,
    messages.bp,
    participants.bp,
    reports.bp,
    ruling_withdrawal.bp,
    rulings.bp,
    statistics.bp,
    trend.bp,
)
