"""Training: an experiment becomes a run."""

import math
from array import array
from collections.abc import Callable, Sequence

from engine.experiment import Experiment
from engine.problem import Problem, Spot, mark, shown
from engine.run import Place, Run

CONVERGED = 1e-3
"""An epoch whose mean loss is below this has converged."""

LARGEST = 10_000_000
"""The most updates a run may have for now: its losses and outputs alone take 16 bytes each."""

KEPT_NUMBERS = 1 << 24
"""About how many weights a run keeps (128 MB); a longer one keeps every second, third, … update."""

_BREATH = 4096
"""After how many updates `train` reports and asks whether it should go on."""


class Cancelled(Exception):  # noqa: N818 - it is no error
    """The training was stopped before its end because `cancelled` said so."""


def train(
    experiment: Experiment,
    progress: Callable[[int], None] | None = None,
    cancelled: Callable[[], bool] | None = None,
) -> Run:
    """Train from the first epoch to the last and return the run.

    Now and then `progress` is told how many updates are done and `cancelled` is asked whether to
    stop. A run that diverges is trained to its end like any other. Raises `Problem` for one
    that is too long to keep, and `Cancelled`.
    """
    refuse_too_long(experiment)
    stride = max(1, math.ceil(experiment.updates * experiment.layers / KEPT_NUMBERS))
    learner = experiment.learner()
    samples = [(sample.x, sample.target) for sample in experiment.samples]
    checkpoints, losses, outputs = array("d"), array("d"), array("d")
    converged_at: int | None = None
    diverged_at: Place | None = None
    update = 0
    for epoch in range(1, experiment.epochs + 1):
        total = 0.0
        for number, (x, target) in enumerate(samples, start=1):
            if update % _BREATH == 0:
                _breathe(update, progress, cancelled)
            if update % stride == 0:
                checkpoints.extend(learner.weights)
            met = learner.learn(x, target)
            losses.append(met)
            outputs.append(learner.outputs[-1])
            total += met
            update += 1
            if diverged_at is None and not _all_finite(met, learner.weights):
                diverged_at = Place(epoch, number)
        if converged_at is None and total / len(samples) < CONVERGED:
            converged_at = epoch
    final = tuple(learner.weights)
    return Run(experiment, checkpoints, stride, losses, outputs, final, converged_at, diverged_at)


def refuse_too_long(experiment: Experiment) -> None:
    """Raise `Problem` for an experiment whose run would be too long to keep."""
    if experiment.updates > LARGEST:
        raise Problem(
            mark(
                "{spot} must be at most {most} with {samples} samples"
                " ({largest} updates), not {value}."
            ),
            Spot("epochs"),
            most=LARGEST // len(experiment.samples),
            samples=len(experiment.samples),
            largest=LARGEST,
            value=shown(experiment.epochs),
        )


def _breathe(
    done: int, progress: Callable[[int], None] | None, cancelled: Callable[[], bool] | None
) -> None:
    if cancelled is not None and cancelled():
        raise Cancelled
    if progress is not None:
        progress(done)


def _all_finite(met: float, weights: Sequence[float]) -> bool:
    # The sum is quick, but large weights can make it infinite though each of them is finite.
    return math.isfinite(met + sum(weights)) or all(map(math.isfinite, (met, *weights)))
