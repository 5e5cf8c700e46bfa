"""Two forms of one blueprint, crossed: half of the people meet A first and then B, the others not.

Whoever meets B after A is measured by items they have not seen, and what one form is harder than
the other adds to one half as much as it takes from the other.
"""

from enum import StrEnum
from hashlib import sha256


class FormName(StrEnum):
    """Which form: a sitting that is not crossed has A alone."""

    A = "A"
    B = "B"

    @property
    def other(self) -> "FormName":
        """The one met in the other sitting."""
        return FormName.B if self is FormName.A else FormName.A


def first_form(place: str) -> FormName:
    """The form met first by whoever has this place (the uid of a person's enrolment in an event).

    It hangs on nobody else, so who is added later has theirs too, and nobody's changes.
    """
    return FormName.A if sha256(f"bentuk/{place}".encode()).digest()[0] % 2 else FormName.B
