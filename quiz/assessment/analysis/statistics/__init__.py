"""The statistics of small groups, one subject a file; what may be shown is said elsewhere."""
