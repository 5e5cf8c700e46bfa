"""Editions of an event's report: those there are, what the next would tell, a unit's part."""
