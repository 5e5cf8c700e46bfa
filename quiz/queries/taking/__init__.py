"""Selects on attempts, responses, feedback, home."""
