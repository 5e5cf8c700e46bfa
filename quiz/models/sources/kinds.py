"""Kinds of material and roles of passages, as files and tables name them."""

KINDS = {"material": "talk", "lesson": "lesson"}
"""Kind of a material as files name it → as it is stored."""

WRITTEN_KINDS = {stored: written for written, stored in KINDS.items()}
"""Kind of a material as it is stored → as files name it."""

ROLES = {
    "rule": ("aturan", "Aturannya"),
    "reason": ("alasan", "Alasannya"),
    "instead": ("yang sebaiknya", "Yang dapat Anda lakukan"),
}
"""Role of a passage → what it is called, and the heading above the passages of that role."""
