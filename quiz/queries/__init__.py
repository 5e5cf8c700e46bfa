"""Selects with a name: a session in, rows or facts out."""
