"""Runs that oscillate: whether updates overshoot their targets, and whether the run converges."""

from collections.abc import Iterator
from typing import NamedTuple

from engine.diagnosis.findings import Finding, Kind, finding
from engine.diagnosis.measures import curvature, edge
from engine.diagnosis.trend import Trend, pace, swings_left
from engine.run import Run
from engine.training.train import CONVERGED

WINDOW = 64
"""The number of updates at the end of a run in which overshooting is looked for."""

OVERSHOOTS = 0.25
"""A run oscillates if at least this share of its last updates overshoot their target.

Below α·curvature = 1 none does; a run that oscillates with period four has one in four.
"""

AVERAGED = 8
"""The curvature oscillates with the weights; this is the number of updates of which the mean is
given."""

TELLING = 1e-9
"""An error below this is taken for rounding: its sign says nothing."""


class _Swings(NamedTuple):
    """How many of the last `updates` overshot their target; the largest error among them."""

    overshoots: int
    updates: int
    error: float
    curvature: float


def swinging(run: Run, lately: Trend) -> Iterator[Finding]:
    """Say of a run that overshoots its targets whether it converges or keeps oscillating."""
    if (swings := _swings(run)) is None:
        return
    left = swings_left(run, lately)
    if left is None:
        yield _oscillating(run, lately, swings)
    else:
        factor = pace(run, lately)
        yield finding(
            Kind.CONVERGING, loss=lately.loss, factor=factor, left=left, threshold=CONVERGED
        )


def oscillating(run: Run, lately: Trend) -> Iterator[Finding]:
    """Say that a run overshoots its targets and is not known to converge."""
    swings = _swings(run)
    if swings is not None and swings_left(run, lately) is None:
        yield _oscillating(run, lately, swings)


def _oscillating(run: Run, lately: Trend, swings: _Swings) -> Finding:
    return finding(
        Kind.OSCILLATING, edge=edge(run.experiment), loss=lately.loss, **swings._asdict()
    )


def _swings(run: Run) -> _Swings | None:
    """Return how a run swings at its end, None if it does not."""
    count = min(run.updates, WINDOW)
    learner = run.experiment.learner(run.theta_before(run.updates - count))
    overshoots, error = 0, 0.0
    late: list[tuple[float, ...]] = []
    for update in range(run.updates - count, run.updates):
        if run.updates - update <= AVERAGED:
            late.append(learner.theta)
        sample = run.sample(update)
        learner.learn(sample.x, sample.target)
        before = learner.outputs[-1] - sample.target
        after = run.experiment.output(learner.theta, sample.x) - sample.target
        overshoots += before * after < 0.0 and min(abs(before), abs(after)) > TELLING
        error = max(error, abs(before))
    if overshoots < max(2, OVERSHOOTS * count):
        return None
    mean = sum(curvature(run.experiment, theta) for theta in late) / len(late)
    return _Swings(overshoots, count, error, mean)
