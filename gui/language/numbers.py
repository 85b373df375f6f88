"""Numbers as people read and write them, with the decimal sign of what says them. No Qt."""

import math
from functools import lru_cache

from engine.numerals import read_number as parsed
from engine.words import Say
from gui.language.covering import HIDDEN, is_covered

__all__ = [
    "MINUS",
    "POINT",
    "exact",
    "given",
    "parsed",
    "plain_rounded",
    "power",
    "relative",
    "rounded",
    "subscript",
    "ten_to",
    "with_sign",
]

MINUS = "−"
POINT = Say()
"""Writes numbers with a point: where they are compared or measured, or get their sign later."""

_SUPERSCRIPTS = str.maketrans("-0123456789", "⁻⁰¹²³⁴⁵⁶⁷⁸⁹")
_ALL = 17
"""The number of significant digits that tells any two floats apart."""

_SUBSCRIPTS = str.maketrans("0123456789", "₀₁₂₃₄₅₆₇₈₉")


def with_sign(text: str, say: Say) -> str:
    """Return a number that is written with a point with the decimal sign of the language."""
    return text.replace(".", say.decimal_sign)


def rounded(value: float, digits: int, say: Say) -> str:
    """Return `value` with `digits` significant digits: −0.12507, 3.1416×10⁻⁹, ∞."""
    return with_sign(_rounded(value, digits), say)


@lru_cache(maxsize=4096)
def _rounded(value: float, digits: int) -> str:
    if math.isnan(value):
        return HIDDEN if is_covered(value) else "NaN"
    if math.isinf(value):
        return "∞" if value > 0 else f"{MINUS}∞"
    if value == 0:
        return "0"
    mantissa, exponent_text = f"{value:.{digits - 1}e}".split("e")
    exponent = int(exponent_text)
    # Beyond, zeros would hide the digits, or stand for digits that are not significant.
    if -4 <= exponent < digits:  # noqa: PLR2004
        text = f"{value:.{max(0, digits - 1 - exponent)}f}"
    else:
        text = f"{mantissa}×10{str(exponent).translate(_SUPERSCRIPTS)}"
    return text.replace("-", MINUS)


def telling(one: float, other: float, digits: int) -> int:
    """Return from how many digits on two numbers look different, at least `digits`.

    Where more digits are shown, they still do: 432513 and 432450 differ with three digits, are
    alike with four, and differ again with five, which is the answer. Equal ones take no more.
    """
    if one == other:
        return digits
    alike = (d for d in range(_ALL, digits - 1, -1) if _rounded(one, d) == _rounded(other, d))
    return next(alike, digits - 1) + 1


def shortened(value: float, digits: int, say: Say) -> str:
    """Return `value` with fewer digits than stand elsewhere, and a sign that says so: ≈0.234."""
    text = rounded(value, digits, say)
    return text if is_covered(value) else f"≈{text}"


def exact(value: float, say: Say) -> str:
    """Return the shortest text that reads back to `value`: 0.05, −1, 1e−09."""
    return with_sign(_exact(value), say)


def _exact(value: float) -> str:
    if not math.isfinite(value):
        return _rounded(value, 1)
    return repr(value).removesuffix(".0").replace("-", MINUS)


def given(value: float, digits: int, say: Say) -> str:
    """Return a number that the user gave: with all its digits if they are few, else rounded."""
    text = exact(value, say)
    if len(text) > digits + 3:
        return rounded(value, digits, say)
    mantissa, _, exponent = text.partition("e")
    power_of_ten = int(exponent.replace(MINUS, "-") or 0)
    return f"{mantissa}×{ten_to(power_of_ten)}" if power_of_ten else text


def by_hand(value: float, digits: int, say: Say) -> str:
    """Return a number as one writes it by hand: 1.9 for 1.9000000000000004, 0 for −0."""
    shown = float(f"{value:.{digits - 1}e}") + 0.0 if math.isfinite(value) else value
    return given(shown, digits, say)


def plain_rounded(value: float, say: Say) -> str:
    """Return a pace as one says it: 0.5, 4, 1500, 100 000."""
    text = f"{value:.3g}" if value < 999.5 else f"{value:,.0f}"  # noqa: PLR2004 - a thousand, rounded
    return with_sign(text.replace(",", "\u202f"), say)


def power(value: float, say: Say) -> str:
    """Return an order of magnitude: 3×10⁻¹¹."""
    if is_covered(value):
        return HIDDEN
    return "0" if value == 0 else rounded(value, 1, say) if value >= 1e-4 else _leading(value)  # noqa: PLR2004


def _leading(value: float) -> str:
    mantissa, exponent = f"{value:.0e}".split("e")
    return f"{mantissa}×10{str(int(exponent)).translate(_SUPERSCRIPTS)}"


def relative(error: float, say: Say) -> str:
    """Return a relative error: 3×10⁻¹¹, 0.0036, 1.5; a large one tells with its second digit."""
    return power(error, say) if error < _TELLING else rounded(error, 2, say)


_TELLING = 1e-3


def ten_to(exponent: int) -> str:
    """Return a power of ten: 10⁻³."""
    return f"10{str(exponent).translate(_SUPERSCRIPTS)}"


@lru_cache(maxsize=1024)
def subscript(number: int) -> str:
    """Return `number` in subscript digits."""
    return str(number).translate(_SUBSCRIPTS)
