"""What people must trust: items, scoring, selection, statistics, reports. No web and no SQL."""
