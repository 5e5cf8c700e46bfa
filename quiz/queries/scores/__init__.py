"""Selects on scores, rulings, contests, reports, analysis."""
