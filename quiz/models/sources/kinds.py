"""Kinds of material, as files and tables name them."""

KINDS = {"material": "talk", "lesson": "lesson"}
"""Kind of a material as files name it → as it is stored."""

WRITTEN_KINDS = {stored: written for written, stored in KINDS.items()}
"""Kind of a material as it is stored → as files name it."""
