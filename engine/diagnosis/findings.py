"""The findings about a run: what is true of it, with the numbers that prove it."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from types import MappingProxyType

Number = float | int | tuple[int, ...] | str
"""A number, the layers it is about, or the name of an activation or of a parameter."""


class Kind(StrEnum):
    """What a finding says; the first sixteen say how the run ended, the others why."""

    NOT_TRAINED = "not trained"
    DIVERGED = "diverged"
    CONVERGED = "converged"
    LEFT = "converged, then left"
    SIGN_TRAPPED = "sign-trapped"
    DEAD = "dead ReLU"
    STUCK = "no gradient"
    FITTED = "as low as it gets"
    OSCILLATING = "oscillating"
    SADDLE = "plateau near w = 0"
    MEAN = "plateau at the mean"
    PLATEAU = "plateau"
    LEAVING = "leaving the plateau"
    LEAVING_MEAN = "leaving the plateau at the mean"
    CONVERGING = "converging"
    UNSETTLED = "not converged"
    WRONG_GRADIENT = "wrong gradient"
    TOO_STEEP = "learning rate too large"
    UNEVEN = "one sample too steep"
    OVERSHOOTING = "overshooting"
    CROSSING = "has to cross zero"
    NO_LINE = "no line fits"
    NO_STRAIGHT_LINE = "no straight line fits"
    OUT_OF_RANGE = "out of range"
    SATURATED = "saturated"
    VANISHING = "vanishing with depth"
    EXPLODING = "exploding with depth"


@dataclass(frozen=True, slots=True)
class Finding:
    """One statement about a run, with the numbers that prove it, by name.

    `layer` and `layers` count from 1, as `epoch` and `sample` do.
    """

    kind: Kind
    numbers: Mapping[str, Number]


def finding(kind: Kind, **numbers: Number) -> Finding:
    """Return a finding with its numbers."""
    return Finding(kind, MappingProxyType(numbers))


@dataclass(frozen=True, slots=True)
class Diagnosis:
    """All findings of a run, the most important first; there is always one."""

    findings: tuple[Finding, ...]

    @property
    def main(self) -> Finding:
        """How the run ended, or why it was not trained."""
        return self.findings[0]

    def of(self, kind: Kind) -> Finding | None:
        """Return the finding of a kind, if there is one."""
        return next((f for f in self.findings if f.kind is kind), None)
