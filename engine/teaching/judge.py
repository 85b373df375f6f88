"""Judges a typed number: right, or what it comes from.

    right         within t = max(0.2 %, half a unit of the third significant digit), and no nearer
                  to a slip that lies outside of t
    nearly        within t, but nearer to such a slip: one more digit decides
    slip          what a mistake gives (`engine.teaching.slips`)
    sign, power_of_ten, rounded, other_number
                  right but for the sign or a power of ten, rounded too far, or another number that
                  stands in the picture
    wrong         nothing of it
    unreadable    no number, or an infinite one where the right one is finite

>>> from engine import Experiment, Sample
>>> from engine.teaching.standing import trained
>>> hand = Experiment(weights=(-2, -1.5, -0.5), samples=(Sample(2, 1),), learning_rate=0.1)
>>> [judge(trained(hand), 7, text).kind for text in ("2.0", "−7,6", "20", "x")]
['right', 'slip', 'power_of_ten', 'unreadable']
"""

import math
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from engine.moment import moment_at
from engine.numerals import NO_NUMBER, NOT_FINITE, plain_signs, quoted, read_number
from engine.quantities import Name
from engine.run import Run
from engine.teaching.slips import Slip, slips_at
from engine.user_error import UserError

KINDS = (
    "right",
    "nearly",
    "slip",
    "sign",
    "power_of_ten",
    "rounded",
    "other_number",
    "wrong",
    "unreadable",
)
"""All verdicts."""

SHARE, DIGITS = 0.002, 3
"""The tolerance: a share of the right number, or half a unit of this significant digit."""

_POWERS = (1, -1, 2, -2, 3, -3, 4, -4, 5, -5, 6, -6)
_SAME = 1e-9
_LOOSE = re.compile(r"^\s*(?:=\s*)?([+-]?)\s*")


@dataclass(frozen=True, slots=True)
class Verdict:
    """What is said of a text: its kind, one of `KINDS`; `typed` is the number that was read.

    `value` is the right one. `slips` are those that give the number: more than one where several
    give it. `other` is the name of another number that it is, `power` how many tens too many.
    `fault` says why it can't be read.
    """

    kind: str
    value: float
    typed: float = math.nan
    slips: tuple[Slip, ...] = ()
    other: Name | None = None
    power: int = 0
    fault: UserError | None = None

    @property
    def is_right(self) -> bool:
        """Whether it is the right answer."""
        return self.kind == "right"

    @property
    def is_try(self) -> bool:
        """Whether it counts: what can't be read does not."""
        return self.kind != "unreadable"


def judge(run: Run, index: int, text: str, sign: str = ".") -> Verdict:
    """Judge a text as the result of the step that leads to the moment `index`.

    `sign` is the decimal sign that the learner's language has. Raises IndexError where the run has
    no such moment, and ValueError at the very start, where nothing was computed.
    """
    moment = moment_at(run, index)
    if moment.computation is None:
        raise ValueError("nothing is computed at the start of a run")
    return judged(
        moment.computation.result.value, text, slips_at(run, index), around(run, index), sign
    )


def around(run: Run, index: int) -> dict[Name, float]:
    """Return the numbers that stand around the result of the step that leads to a moment."""
    moment = moment_at(run, index)
    # An update puts its result in the place of the old number.
    numbers = moment_at(run, index - 1).numbers if moment.position > 1 else moment.numbers
    result = moment.computation.result.name if moment.computation else None
    return {name: value for name, value in numbers.items() if name != result}


def judged(
    value: float,
    text: str,
    slips: Iterable[Slip] = (),
    others: Mapping[Name, float] | None = None,
    sign: str = ".",
    tolerance: float | None = None,
) -> Verdict:
    """Judge a text where `value` is right; `others` are numbers that stand in the picture.

    `tolerance` is a share of `value`, instead of the usual one.
    """
    try:
        typed = _read(text.replace("∞", "inf") if math.isinf(value) else text, sign)
    except UserError as fault:
        return Verdict("unreadable", value, fault=fault)
    if not math.isfinite(typed):
        return _infinite(value, typed, text)
    room = margin(value) if tolerance is None else max(margin(value), tolerance * abs(value))
    told = [slip for slip in slips if abs(slip.value - value) > room]
    away = abs(typed - value)
    if away <= room:
        nearer = tuple(slip for slip in told if abs(typed - slip.value) < away)
        kind = "nearly" if nearer else "right"
        return Verdict(kind, value, typed, nearer)
    found = _nearest(typed, told)
    if found:
        return Verdict("slip", value, typed, found)
    return _otherwise(value, typed, room, others or {})


def _read(text: str, sign: str) -> float:
    """Return the number that was typed. Raises `UserError` where there is none.

    As on paper, "= 2" is 2 and "− 2" is −2.
    """
    return read_number(_LOOSE.sub(r"\1", plain_signs(text)), sign=sign)


def _infinite(value: float, typed: float, text: str) -> Verdict:
    """Return what is said of ∞, which is right where a run has diverged, and of NaN."""
    if typed == value:
        return Verdict("right", value, typed)
    told = NO_NUMBER if math.isnan(typed) else NOT_FINITE
    return Verdict("unreadable", value, fault=UserError(told, value=quoted(text)))


def margin(value: float) -> float:
    """Return how far from a number one may be: what its third significant digit leaves open."""
    if value == 0 or not math.isfinite(value):
        return 0.0
    third = 10.0 ** (math.floor(math.log10(abs(value))) - (DIGITS - 1))
    # Half a unit, and what a float may be off from the decimal that was typed.
    return max(SHARE * abs(value), third / 2) * (1 + _SAME)


def _nearest(typed: float, slips: Iterable[Slip]) -> tuple[Slip, ...]:
    """Return the slips that give a number, or those nearest to it: several with the same value."""
    near = [slip for slip in slips if abs(typed - slip.value) <= margin(slip.value)]
    if not near:
        return ()
    best = min(near, key=lambda slip: abs(typed - slip.value)).value
    alike = (slip for slip in near if math.isclose(slip.value, best, rel_tol=_SAME))
    return tuple({slip.name: slip for slip in alike}.values())


def _otherwise(value: float, typed: float, room: float, others: Mapping[Name, float]) -> Verdict:
    """Return what a number is that no slip gives."""
    if abs(typed + value) <= room:
        return Verdict("sign", value, typed)
    for power in _POWERS:
        if value and abs(typed - value * 10.0**power) <= margin(value * 10.0**power):
            return Verdict("power_of_ten", value, typed, power=power)
    if typed and any(math.isclose(typed, _rounded(value, n), rel_tol=_SAME) for n in (1, 2)):
        return Verdict("rounded", value, typed)
    same = [n for n, number in others.items() if number and abs(typed - number) <= margin(number)]
    if same:
        nearest = min(same, key=lambda name: abs(others[name] - typed))
        return Verdict("other_number", value, typed, other=nearest)
    return Verdict("wrong", value, typed)


def _rounded(value: float, digits: int) -> float:
    return float(f"{value:.{digits - 1}e}")
