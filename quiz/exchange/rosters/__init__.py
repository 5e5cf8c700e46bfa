"""Rosters as offices keep them."""
