"""Reads what stands on screen: numbers, and whole lines of a formula.

A shown number stands for every number that is rounded to it, so a line is evaluated with
intervals: what it says is true if the two sides of each equals sign have a number in common.
Knows nothing of the code that writes the lines.
"""

import math
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from fractions import Fraction

FUNCTIONS: Mapping[str, Callable[[float], float]] = {
    "tanh": math.tanh,
    "sigmoid": lambda z: 1 / (1 + math.exp(-z)),
    "ReLU": lambda z: max(0.0, z),
    "LReLU": lambda z: max(0.01 * z, z),
    "softplus": lambda z: max(z, 0.0) + math.log1p(math.exp(-abs(z))),
}
_SUPERSCRIPTS = str.maketrans("⁻⁰¹²³⁴⁵⁶⁷⁸⁹", "-0123456789")
_NUMBER = re.compile(r"(−?)(\d+)(?:\.(\d+))?(?:×10(⁻?[⁰¹²³⁴⁵⁶⁷⁸⁹]+)|e([−+]\d+))?")


def number(text: str) -> Fraction:
    """Return the number that a text shows."""
    return _split(text)[0]


def significant(text: str) -> int:
    """Return how many significant digits a text shows."""
    return _split(text)[2]


def _split(text: str) -> tuple[Fraction, Fraction, int]:
    """Return the number, the worth of its last digit, and its count of significant digits."""
    found = _NUMBER.fullmatch(text)
    assert found, text
    sign, whole, broken, power, python_power = found.groups()
    broken = broken or ""
    exponent = int(power.translate(_SUPERSCRIPTS)) if power else 0
    exponent += int(python_power.replace("−", "-")) if python_power else 0
    unit = Fraction(10) ** (exponent - len(broken))
    value = int(whole + broken) * unit * (-1 if sign else 1)
    return value, unit, len((whole + broken).lstrip("0"))


@dataclass(frozen=True)
class Interval:
    """All numbers from `low` to `high`."""

    low: Fraction
    high: Fraction

    def __add__(self, other: "Interval") -> "Interval":
        return Interval(self.low + other.low, self.high + other.high)

    def __sub__(self, other: "Interval") -> "Interval":
        return Interval(self.low - other.high, self.high - other.low)

    def __mul__(self, other: "Interval") -> "Interval":
        ends = [a * b for a in (self.low, self.high) for b in (other.low, other.high)]
        return Interval(min(ends), max(ends))

    def mapped(self, function: Callable[[float], float]) -> "Interval":
        """Return the image under a function that never falls."""
        return Interval(Fraction(function(float(self.low))), Fraction(function(float(self.high))))

    def meets(self, other: "Interval") -> bool:
        """Whether the two have a number in common, but for the rounding of doubles."""
        ends = (self.low, self.high, other.low, other.high)
        slack = max(map(abs, ends)) * Fraction(1, 10**13)
        return self.low <= other.high + slack and other.low <= self.high + slack


def shown(text: str, digits: int) -> Interval:
    """Return what a text can stand for where numbers are shown with `digits` digits.

    One with fewer digits was given by the user and stands for itself.
    """
    value, unit, count = _split(text)
    half = unit / 2 if count >= digits else Fraction(0)
    return Interval(value - half, value + half)


class Line:
    """Evaluates a line; `symbols` are the names that may stand in it, with their values."""

    def __init__(
        self, text: str, digits: int, symbols: Mapping[str, Interval] | None = None
    ) -> None:
        self._digits = digits
        self._symbols = symbols or {}
        names = sorted(self._symbols, key=len, reverse=True)
        kinds = [*map(re.escape, names), *FUNCTIONS, _NUMBER.pattern.replace("(?:", "(?:")]
        pattern = "|".join(re.sub(r"\((?!\?)", "(?:", k) if k == kinds[-1] else k for k in kinds)
        self._tokens = re.findall(rf"{pattern}| [−+×·] |[()½²−]", text)
        rest = text
        for token in self._tokens:
            rest = rest.replace(token, "", 1)
        assert not rest.strip(), f"{rest!r} in {text!r} is not understood"

    def value(self) -> Interval:
        """Return what the whole line can stand for."""
        value = self._sum()
        assert not self._tokens, self._tokens
        return value

    def _next(self, *wanted: str) -> str:
        return self._tokens.pop(0) if self._tokens and self._tokens[0] in wanted else ""

    def _sum(self) -> Interval:
        value = self._product()
        while sign := self._next(" − ", " + "):
            value = value + self._product() if sign == " + " else value - self._product()
        return value

    def _product(self) -> Interval:
        value = self._factor()
        while self._next(" × ", " · "):
            value = value * self._factor()
        return value

    def _factor(self) -> Interval:
        part = self._tokens.pop(0)
        if part == "−":
            return Interval(Fraction(-1), Fraction(-1)) * self._factor()
        if part == "½":
            return Interval(Fraction(1, 2), Fraction(1, 2)) * self._factor()
        if part == "(" or part in FUNCTIONS:
            if part != "(":
                assert self._next("(")
            value = self._sum()
            assert self._next(")")
            if part in FUNCTIONS:
                return value.mapped(FUNCTIONS[part])
            if not self._next("²"):
                return value
            square = value * value
            across = value.low < 0 < value.high
            return Interval(Fraction(0), square.high) if across else square
        if part in self._symbols:
            return self._symbols[part]
        return shown(part, self._digits)


def evaluated(text: str, digits: int, symbols: Mapping[str, Interval] | None = None) -> Interval:
    """Return what a line, or one side of an equals sign, can stand for."""
    return Line(text, digits, symbols).value()
