"""Durations in words. No Qt."""

import math

from engine.words import Say, counted, mark


def time_words(say: Say, seconds: float) -> str:
    """Return a time in the largest unit of which it has two or more, rounded up."""
    for template, unit in _UNITS:
        if seconds >= 2 * unit:
            number = math.ceil(seconds / unit)
            return say.chosen(template, {"number": number}).format(number=number)
    return say("{number} s").format(number=math.ceil(seconds))


_UNITS = (
    (counted("{number} year", "{number} years"), 31_536_000),
    (counted("{number} day", "{number} days"), 86400),
    (mark("{number} h"), 3600),
    (mark("{number} min"), 60),
)
"""Each unit of time, and its seconds."""
