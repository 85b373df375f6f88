"""Judges what was typed at a step of a lesson. No Qt."""

import math

from engine.numerals import read_number
from engine.teaching.session import Reply
from engine.user_error import UserError
from gui.language import speech


def judged(value: float, typed: str, locale: str) -> Reply:
    """Return what is said of a text, where `value` is right."""
    try:
        number = read_number(typed, sign=speech(locale).decimal_sign)
    except UserError as fault:
        return Reply("unreadable", told=fault)
    if number == value or abs(number - value) <= _tolerance(value):
        return Reply("right")
    if abs(number + value) <= _tolerance(value):
        return Reply("sign")
    return Reply("wrong")


def _tolerance(value: float) -> float:
    """Return how far off a right answer may be: 0.2 %, or half a unit of its third digit."""
    if not value or not math.isfinite(value):
        return 0.0
    return max(0.002 * abs(value), 0.5 * 10.0 ** (math.floor(math.log10(abs(value))) - 2))
