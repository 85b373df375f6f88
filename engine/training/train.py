"""Training: an experiment becomes a run."""

import math
import time
from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING, cast

from engine.experiment import Experiment
from engine.run import Place, Run, final_rows
from engine.training.advance import CONVERGED, History
from engine.training.loops import loop_for
from engine.user_error import Location, UserError, shown
from engine.words import mark

if TYPE_CHECKING:
    from array import array

__all__ = ["CONVERGED", "Cancelled", "refuse_too_large", "train"]

KEPT_TIMES = 1 << 20
"""About how many times a run keeps its weights."""

KEPT_NUMBERS = 1 << 24
"""About how many weights a run keeps (128 MB); one of many layers keeps them fewer times."""

FURTHEST = 1 << 26
"""The most work, in updates × layers, between two checkpoints: it takes a third of a second.

Only a run of some 10¹³ updates keeps its weights more than `KEPT_TIMES` for that.
"""

LARGEST = 1 << 30
"""The most memory that a run may take, in bytes."""

_LARGEST_SHOWN = 1_000_000
"""In gigabytes: a larger size is written as "> 1000000 GB"."""

_ALIGNED = 1024
"""The most samples for which an interval of a long run ends with an epoch."""

_FIRST = 1024
"""The updates before the first check; the number is doubled while that is too quick."""

_CHECK_INTERVAL = 0.02
"""In seconds: how often `train` calls `cancelled`."""

_REPORT = 0.1
"""In seconds: how often it calls `progress`."""

_GROWTH = 0.25
"""In seconds: how often it calls `grown`."""


class Cancelled(Exception):  # noqa: N818 - it is no error
    """The training was stopped before its end because `cancelled` said so."""


def train(
    experiment: Experiment,
    progress: Callable[[int], None] | None = None,
    cancelled: Callable[[], bool] | None = None,
    grown: Callable[[Run], None] | None = None,
) -> Run:
    """Train from the first epoch to the last and return the run.

    During the training, `progress` is called with the number of updates done, `cancelled` is asked
    whether to stop, and `grown` gets the run so far: a run of the same experiment with fewer
    epochs. A run that diverges is trained to its end like any other. Raises `UserError` if the run
    would take too much memory, and `Cancelled` if `cancelled` returned True.
    """
    refuse_too_large(experiment)
    reports, growth = _Every(_REPORT), _Every(_GROWTH)

    def report(done: int) -> None:
        if cancelled is not None and cancelled():
            raise Cancelled
        if progress is not None and done < experiment.updates and reports.due():
            progress(done)

    report(0)
    training, size = _Training(experiment), _FIRST
    growth.due()
    while training.done < experiment.updates:
        began = time.perf_counter()
        training.go_on(size)
        taken = time.perf_counter() - began
        if taken < _CHECK_INTERVAL / 2:
            size *= 2
        elif taken > 2 * _CHECK_INTERVAL:
            size = max(_FIRST, size // 2)
        finished = training.done == experiment.updates
        if grown is not None and not finished and training.presentable and growth.due():
            grown(training.so_far())
        report(training.done)
    return training.so_far()


class _Every:
    """A timer that is due at once, and then at a fixed interval in seconds."""

    def __init__(self, seconds: float) -> None:
        self._seconds = seconds
        self._next = -math.inf

    def due(self) -> bool:
        """Return whether the interval has passed; if so, start the next one."""
        now = time.perf_counter()
        if now < self._next:
            return False
        self._next = now + self._seconds
        return True


class _Training:
    """A training in progress; `done` is the number of updates made."""

    def __init__(self, experiment: Experiment) -> None:
        self._experiment = experiment
        self.done = 0
        self._total = 0.0
        self._converged_at: int | None = None
        self._diverged_at: Place | None = None
        stride = stride_of(experiment)
        loop = loop_for(experiment, stride)
        size = -(-experiment.updates // stride)
        self._loop = loop
        self._size = len(experiment.theta)
        self._state, self._data = loop.begin(experiment.theta), loop.data(experiment)
        losses = loop.buffer(size)
        self._history = History(
            stride,
            loop.buffer(size * self._size),
            losses,
            losses if stride == 1 else loop.buffer(size),
            loop.buffer(size if stride == 1 else 0),
        )

    def go_on(self, size: int) -> None:
        """Make about `size` updates; end with an interval and an epoch if possible."""
        first, unit = self.done, math.lcm(self._history.stride, len(self._experiment.samples))
        end = max(first + size, first + 1)
        end = end // unit * unit if end // unit > first // unit else end
        end = min(end, self._experiment.updates)
        result = self._loop.advance(self._state, self._data, self._history, first, end, self._total)
        self._state, self.done, self._total = result.state, end, result.total
        if self._converged_at is None and result.converged >= 0:
            self._converged_at = self._place(result.converged).epoch
        if self._diverged_at is None and not _finite(result.highest, *self._theta):
            self._diverged_at = self._place(self._divergence(first, end))

    @property
    def _theta(self) -> tuple[float, ...]:
        return tuple(map(float, self._loop.theta(self._state)))

    def _place(self, update: int) -> Place:
        epoch, sample = divmod(update, len(self._experiment.samples))
        return Place(epoch + 1, sample + 1)

    @property
    def presentable(self) -> bool:
        """Whether the updates made so far are complete epochs and complete intervals."""
        return self.done % math.lcm(self._history.stride, len(self._experiment.samples)) == 0

    def so_far(self) -> Run:
        """Return the run of the updates made so far; it shares the history, which only grows."""
        experiment, history = self._experiment, self._history
        size = -(-self.done // history.stride)
        if self.done < experiment.updates:
            experiment = replace(experiment, epochs=self.done // len(experiment.samples))
        return Run(
            experiment=experiment,
            stride=history.stride,
            checkpoints=_part(history.checkpoints, size * self._size),
            lows=_part(history.lows, size),
            highs=_part(history.highs, size),
            answers=_part(history.outputs, self.done),
            **final_rows(experiment, self._theta),
            converged_at=self._converged_at,
            diverged_at=self._diverged_at,
        )

    def _divergence(self, first: int, end: int) -> int:
        """Return the first update from `first` to `end` with a number that is not finite.

        A parameter never becomes finite again; a loss may.
        """
        stride, n = self._history.stride, self._size
        last = (end - 1) // stride
        for interval in range(first // stride, last):
            after = self._history.checkpoints[(interval + 1) * n : (interval + 2) * n]
            if not _finite(self._history.highs[interval], *after):
                return self._divergence_in(interval)
        return self._divergence_in(last)

    def _divergence_in(self, interval: int) -> int:
        stride, n = self._history.stride, self._size
        theta = self._history.checkpoints[interval * n : (interval + 1) * n]
        learner = self._experiment.learner([*map(float, theta)])
        samples, update = self._experiment.samples, interval * stride
        while True:
            sample = samples[update % len(samples)]
            if not _finite(learner.learn(sample.x, sample.target), *learner.theta):
                return update
            update += 1


def _finite(*numbers: float) -> bool:
    return all(map(math.isfinite, numbers))


def _part(numbers: Sequence[float], size: int) -> Sequence[float]:
    """Return a view of the first `size` of `numbers`, without a copy."""
    return cast("Sequence[float]", memoryview(cast("array[float]", numbers))[:size])


def stride_of(experiment: Experiment) -> int:
    """Return the number of updates from one checkpoint of a run to the next."""
    times = max(1, min(KEPT_TIMES, KEPT_NUMBERS // len(experiment.theta)))
    stride = -(-experiment.updates // times)
    return 1 if stride <= 1 else min(_aligned(experiment, stride), _longest(experiment))


def _longest(experiment: Experiment) -> int:
    return _aligned(experiment, max(1, FURTHEST // len(experiment.theta)))


def _aligned(experiment: Experiment, stride: int) -> int:
    samples = len(experiment.samples)
    return stride if samples > _ALIGNED else -(-stride // samples) * samples


def memory_of(experiment: Experiment) -> int:
    """Return about how many bytes a run takes in memory."""
    # With each θ two losses are kept, or a loss and an output.
    intervals = -(-experiment.updates // stride_of(experiment))
    return 8 * (len(experiment.theta) + 2) * intervals


def refuse_too_large(experiment: Experiment) -> None:
    """Raise `UserError` for an experiment whose run would take too much memory."""
    needed = memory_of(experiment)
    if needed <= LARGEST:
        return
    times = LARGEST // (8 * (len(experiment.theta) + 2))
    raise UserError(
        mark(
            "{location} must be at most {most} here, not {value}: the run would need {needed} of"
            " memory, and {allowed} is allowed."
        ),
        Location("epochs"),
        most=times * _longest(experiment) // len(experiment.samples),
        value=shown(experiment.epochs),
        needed=_size(needed),
        allowed=_size(LARGEST),
    )


def _size(memory: int) -> str:
    """Return a size in GB with at least two digits: 0.0012 GB, 1.1 GB, 3578 GB."""
    gigabytes = memory / 1e9
    if gigabytes > _LARGEST_SHOWN:
        return f"> {_LARGEST_SHOWN} GB"
    return f"{gigabytes:.2g} GB" if gigabytes < 10 else f"{gigabytes:.0f} GB"  # noqa: PLR2004
