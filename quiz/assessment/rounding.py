"""The one place where numbers round, so that a verdict can be taken on what is shown."""

from decimal import Decimal
from fractions import Fraction

Number = int | float | Fraction | Decimal


def round_half_up(value: Number, places: int = 0) -> Decimal:
    """``value`` rounded to ``places`` decimals, exact halves away from zero: 0.5 to 1, -2.5 to -3.

    Computed on whole numbers. A float counts as the decimal it prints as, so 2.675 gives 2.68.
    Raises ValueError or OverflowError for a value that is no number, and for negative ``places``.
    """
    if places < 0:
        raise ValueError(f"places must not be negative: {places}")
    exact = Fraction(repr(value)) if isinstance(value, float) else value
    top, bottom = exact.as_integer_ratio()
    whole = (2 * abs(top) * 10**places + bottom) // (2 * bottom)
    return Decimal(-whole if top < 0 else whole).scaleb(-places) + 0


def shown_percent(percent: Number, mark: Number | None = None, places: int = 0) -> Decimal:
    """``percent``, from 0 to 100, with ``places`` decimals that agree with the verdict beside it.

    Rounded half up, but never up to a ``mark`` it does not reach: 69.72 is 69 where 70 passes.
    """
    rounded = round_half_up(percent, places)
    if mark is not None and percent < mark <= Fraction(rounded):
        return rounded - Decimal(1).scaleb(-places)
    return rounded


def whole_percent(percent: Number, mark: Number | None = None) -> int:
    """The same as a whole number."""
    return int(shown_percent(percent, mark))
