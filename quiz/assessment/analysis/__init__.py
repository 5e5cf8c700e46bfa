"""Figures about items, units and people, and what may be shown of them."""
