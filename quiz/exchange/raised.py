"""Raised and lowered letters as plain text: 10³, H₂O, and x^(n+1) where Unicode has no letter."""

_PLAIN = "0123456789+-=()n"
_RAISED = dict(zip(_PLAIN, "⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻⁼⁽⁾ⁿ", strict=True))
_LOWERED = dict(zip(_PLAIN, "₀₁₂₃₄₅₆₇₈₉₊₋₌₍₎ₙ", strict=True))
_SIGNS = {"superscript": (_RAISED, "^"), "subscript": (_LOWERED, "_")}


def raised(text: str, place: str) -> str:
    """The text as it stands at a ``place``: superscript, subscript, or any other for the line."""
    letters, sign = _SIGNS.get(place, ({}, ""))
    if not sign or not text.strip():
        return text
    if all(letter in letters for letter in text):
        return "".join(letters[letter] for letter in text)
    return f"{sign}({text})"
