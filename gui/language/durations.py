"""Durations in words. No Qt."""

import math

from gui.language import Say


def time_words(say: Say, seconds: float) -> str:
    """Return a time in the largest unit of which it has two or more, rounded up."""
    for template, unit in (
        (say("{number} years"), 31_536_000),
        (say("{number} days"), 86400),
        (say("{number} h"), 3600),
        (say("{number} min"), 60),
    ):
        if seconds >= 2 * unit:
            return template.format(number=math.ceil(seconds / unit))
    return say("{number} s").format(number=math.ceil(seconds))
