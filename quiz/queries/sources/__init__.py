"""Selects on topics, material, passages, law, claims."""
