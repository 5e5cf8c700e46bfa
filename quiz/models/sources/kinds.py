"""Kinds of material, as files and tables name them."""

KINDS = {"material": "talk", "lesson": "lesson"}
"""Kind of a material as files name it → as it is stored."""
