"""Tables of scores, rulings, contests, reports, analysis."""
