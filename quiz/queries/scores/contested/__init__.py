"""Reads of contests, of rulings on keys, and of what a ruling would change."""
