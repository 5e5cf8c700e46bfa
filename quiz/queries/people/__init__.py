"""Selects on accounts, entering, units, audit, settings."""
