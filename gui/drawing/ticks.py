"""The marks of an axis: their places and their labels. No Qt."""

import math
import sys
from collections.abc import Sequence
from typing import NamedTuple

from gui.language.numbers import MINUS, POINT, exact, rounded, ten_to

_STEPS = (1, 2, 5)

_LARGE, _SMALL = 1e5, 1e-3
"""From the one on, and below the other, an axis is written in powers of ten."""

_TINIEST, _FINEST = 5e-324, -323
"""The smallest number above 0, and the smallest power of ten that is one."""

_LARGEST = 308.254
"""Hardly a higher power of ten is a number."""

_WRITTEN_OUT = 3
"""A logarithmic axis from 10⁻³ to 10³, or in between, is written without powers of ten."""


_LONGEST = 6
"""In characters: what is written at a mark of an axis whose ends are far apart."""


class Tick(NamedTuple):
    """A mark on an axis, `place` in the axis' own units; `words` have a decimal point."""

    place: float
    words: str


def ticks(low: float, high: float, most: int) -> list[Tick]:
    """Return the marks of an axis from `low` to `high`: at least 2, and at most `most`.

    They are whole multiples of 1, 2 or 5 times a power of ten, all with as many decimals; where
    those are too many, and none coarser would do, every second of them.
    """
    if not (math.isfinite(high - low) and low < high):
        return []
    multiples, factor, exponent = _multiples(low, high, max(2, most))
    if not multiples:
        return []
    whole = [multiple * factor for multiple in multiples]
    places = [float(f"{number}e{exponent}") for number in whole]
    words = _words(whole, exponent)
    return [Tick(place, word) for place, word in zip(places, words, strict=True)]


class Unit(NamedTuple):
    """What is left away at the marks of an axis: `base` was taken off, then a `power` of ten."""

    base: str = ""
    power: str = ""

    def named(self, name: str) -> str:
        """Return what such an axis says of itself: w₁ − 1.97 (×10⁻⁶)."""
        base = self.base
        less = f" + {base[1:]}" if base.startswith(MINUS) else f" {MINUS} {base}" if base else ""
        return f"{name}{less} (×{self.power})" if self.power else f"{name}{less}"


def short_ticks(low: float, high: float, most: int) -> tuple[list[Tick], Unit]:
    """Return the marks of an axis with little written at them, and in which unit that is.

    Where the ends differ in their last digits alone, only those are written, and no powers of ten.
    """
    marks, unit = ticks(low, high, most), Unit()
    if not marks:
        return marks, unit
    words = [mark.words for mark in marks]
    if max(len(word.partition("×")[0]) for word in words) > _LONGEST:
        multiples, factor, exponent = _multiples(low, high, max(2, most))
        words = _words([(multiple - multiples[0]) * factor for multiple in multiples], exponent)
        unit = Unit(exact(marks[0].place, POINT))
    power = next((word.partition("×")[2] for word in words if "×" in word), "")
    short = [word.partition("×")[0] for word in words]
    marks = [mark._replace(words=word) for mark, word in zip(marks, short, strict=True)]
    return marks, unit._replace(power=power)


def _multiples(low: float, high: float, most: int) -> tuple[range, int, int]:
    """Return the multiples of a round step that lie in between, and the step: factor, exponent.

    There are none where no two numbers of the axis are that far apart.
    """
    exponent = math.floor(math.log10(max((high - low) / most, _TINIEST))) - 1
    exponent = max(exponent, _FINEST)
    finer = range(0), 1, 0
    while True:
        for factor in _STEPS:
            step = float(f"{factor}e{exponent}")
            # A mark at the very end may miss it by rounding.
            inside = range(math.ceil(low / step - 1e-9), math.floor(high / step + 1e-9) + 1)
            if len(inside) < 2:  # noqa: PLR2004 - a single mark gives no scale
                return finer[0][:: max(1, -(-len(finer[0]) // most))], *finer[1:]
            if len(inside) <= most:
                return inside, factor, exponent
            finer = inside, factor, exponent
        exponent += 1


def _words(whole: Sequence[int], exponent: int) -> list[str]:
    """Return numbers, each `whole` times ten to the `exponent`, with the same decimals."""
    largest = max(abs(number) for number in whole)
    size = float(f"{largest}e{exponent}")
    if _SMALL <= size < _LARGE:
        return [_decimal(number, exponent) for number in whole]
    common = exponent + len(str(largest)) - 1
    power = ten_to(common)
    return [f"{_decimal(n, exponent - common)}×{power}" if n else "0" for n in whole]


def _decimal(whole: int, exponent: int) -> str:
    decimals = max(0, -exponent)
    return f"{float(f'{whole}e{exponent}'):.{decimals}f}".replace("-", MINUS)


def log_ticks(low: float, high: float, most: int) -> list[Tick]:
    """Return the marks of a logarithmic axis, whose ends and places are given as log₁₀.

    They are powers of ten; where those are too few, also their 2 and 5 fold, else round numbers.
    """
    if not (math.isfinite(high - low) and low < high):
        return []
    most = max(2, most)
    decades = range(math.ceil(low), math.floor(high) + 1)
    if len(decades) >= 2:  # noqa: PLR2004 - a single mark gives no scale
        stride = min(-(-len(decades) // most), len(decades) - 1)
        plain = max(-decades[0], decades[-1]) <= _WRITTEN_OUT
        marked = (k for k in decades if k % stride == decades[-1] % stride)
        return [
            Tick(float(k), exact(10.0**k, POINT) if plain or not k else ten_to(k)) for k in marked
        ]
    folds = [
        (k + math.log10(factor), float(f"{factor}e{k}"))
        for k in range(math.floor(low), math.floor(high) + 1)
        for factor in _STEPS
    ]
    inside = [
        Tick(place, _plain(value))
        for place, value in folds
        if low <= place <= high and 0.0 < value < math.inf
    ]
    if len(inside) >= 2:  # noqa: PLR2004
        return inside
    fine = ticks(_ten_to_the(low), _ten_to_the(high), most)
    return [Tick(math.log10(place), words) for place, words in fine if place > 0]


def _ten_to_the(power: float) -> float:
    return 10.0**power if power <= _LARGEST else sys.float_info.max


def _plain(value: float) -> str:
    written_out = 10**-_WRITTEN_OUT <= value <= 10**_WRITTEN_OUT
    return exact(value, POINT) if written_out else rounded(value, 1, POINT)
