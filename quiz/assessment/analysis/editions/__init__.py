"""Editions: what they store, and what the next may tell after those before."""
