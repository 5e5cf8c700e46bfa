"""What changes scores, rulings, contests, reports, analysis."""
