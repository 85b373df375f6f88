"""The trainings of a map: all pixels, in blocks of SIMD lanes, on all cores.

Imported late: it brings numpy.
"""

import os
import threading
from collections.abc import Callable, Iterator, MutableSequence
from concurrent.futures import Future, ThreadPoolExecutor, wait
from typing import NamedTuple, cast

import numpy as np
from numpy.typing import NDArray

from engine.experiment import Experiment
from engine.maps.axes import Axis, varied
from engine.maps.block import LANES, LATEST, Advance, Block, Row, Rows
from engine.maps.simd import advance_for, enough_for
from engine.parameters import names_of
from engine.training.train import Cancelled

Floats = NDArray[np.float64]
Flags = NDArray[np.bool_]

_CHUNK, _ARRAY_CHUNK = 64 * LANES, 128 * LANES
"""The most pixels in a piece of work, compiled and by arrays: few enough to share it out, many
enough to pay."""

_WORK_BETWEEN_CHECKS, _ARRAY_WORK_BETWEEN_CHECKS = 4_000_000, 1_000_000
"""The work, in updates × (layers + 2), between two checks for a cancellation: some 30 ms."""

_CHECK_INTERVAL = 0.02
"""In seconds: how often `cancelled` is asked and `progress` told."""

Progress = Callable[[float], None] | None
Asked = Callable[[], bool] | None


_BLANK = {
    Row.MEAN: np.inf,
    Row.CONVERGED: 0.0,
    Row.RISEN: -np.inf,
    Row.FALLEN: -np.inf,
    Row.SPOILED: 0.0,
}
"""Stands for a training that has no result yet."""


class Trained(NamedTuple):
    """The results of the trainings, in rows and columns like the map.

    `mean`, `converged`, `risen` and `fallen` are rows of `engine.maps.simd.Row`; `diverged` tells
    whether a weight or a loss became infinite or NaN; `reach` is `_reach` at the end; `epochs` is
    the last one.
    """

    mean: Floats
    converged: Floats
    risen: Floats
    fallen: Floats
    diverged: Flags
    reach: Floats
    epochs: Floats


def trained(
    experiment: Experiment, x: Axis, y: Axis, progress: Progress = None, cancelled: Asked = None
) -> Trained:
    """Train every pixel of a map.

    Compiling and training run in threads of their own, so that `cancelled` is asked all the time.
    Raises `UserError` for an experiment that is not possible, and `Cancelled`.
    """
    work = _Work(experiment, x, y)
    cores = os.cpu_count() or 1
    pool = ThreadPoolExecutor(max_workers=cores, thread_name_prefix="map")
    try:
        _see_through(work, {pool.submit(work.prepare, cores)}, progress, cancelled)
        jobs = {pool.submit(work.do) for _ in range(cores)}
        _see_through(work, jobs, progress, cancelled)
    finally:
        work.stopped.set()
        pool.shutdown(wait=False, cancel_futures=True)
    return work.result()


def _see_through(
    work: "_Work", jobs: set[Future[None]], progress: Progress, cancelled: Asked
) -> None:
    waiting = jobs
    while waiting:
        done, waiting = wait(waiting, timeout=_CHECK_INTERVAL)
        for job in done:
            job.result()
        if cancelled is not None and cancelled():
            raise Cancelled
        if progress is not None and waiting:
            progress(work.share)


class _Work:
    """The trainings of a map: their results so far, and the request to stop.

    If one axis is the number of epochs, one training serves all its values: its results are stored
    at each of them, the `stops`. Otherwise the only stop is the end.
    """

    def __init__(self, experiment: Experiment, x: Axis, y: Axis) -> None:
        self._experiment, self._x, self._y = experiment, x, y
        self._shape = (len(y.values), len(x.values))
        self._names = names_of(experiment.parameters, experiment.layers)
        self._axes = [(s.name, np.array(s.values)) for s in (y, x) if s.name != "epochs"]
        self._stops = next(
            ([int(v) for v in side.values] for side in (x, y) if side.name == "epochs"),
            [experiment.epochs],
        )
        self._pixels = self._shape[0] * self._shape[1] // len(self._stops)
        self._samples = np.array([(s.x, s.target) for s in experiment.samples]).T.copy()
        self._targets = [
            np.array([[sample.target for sample in there.samples] for there in self._moved(side)])
            for side in (y, x)
            if side.name == "target"
        ]
        self._enough = enough_for(len(experiment.samples))
        self._per_epoch = len(experiment.samples) * (experiment.layers + 2)
        self._kept = np.empty((6, len(self._stops), self._pixels))
        self._done = 0
        self._lock = threading.Lock()
        self.stopped = threading.Event()

    def _moved(self, side: Axis) -> Iterator[Experiment]:
        return (varied(self._experiment, side.name, value) for value in side.values)

    def prepare(self, cores: int) -> None:
        """Choose a loop, compile it if that pays, and divide the work into pieces."""
        work = self._pixels * max(self._stops) * self._per_epoch
        self._advance: Advance
        self._advance, compiled = advance_for(self._experiment.structure, work)
        work = _WORK_BETWEEN_CHECKS if compiled else _ARRAY_WORK_BETWEEN_CHECKS
        self._epochs_between_checks = work // self._per_epoch
        shared = -(-self._pixels // cores)
        self._size = max(
            LANES,
            min(
                _CHUNK if compiled else _ARRAY_CHUNK,
                shared,
                self._epochs_between_checks // LANES * LANES,
            ),
        )
        self._firsts = iter(range(0, self._pixels, self._size))

    @property
    def share(self) -> float:
        """The share of the work done, from 0 to 1."""
        return self._done / (self._pixels * max(self._stops))

    def do(self) -> None:
        """Train one piece after the other until none is left, or until `stopped` is set."""
        rows = Row.THETA + len(self._experiment.theta)
        # One place for all of them: fresh memory takes longer to get than to fill.
        memory = np.empty((-(-self._size // LANES), rows, LANES))
        while not self.stopped.is_set():
            with self._lock:
                first = next(self._firsts, None)
            if first is None:
                return
            self._train(first, min(first + self._size, self._pixels), memory)

    def _train(self, first: int, end: int, memory: Floats) -> None:
        """Train the pixels from `first` to `end` (exclusive), with their chains in `memory`."""
        block, xs = (
            self._block(first, end, memory),
            cast("MutableSequence[float]", self._samples[0]),
        )
        size = max(1, self._epochs_between_checks // (len(block.chains) * LANES))
        done = 0
        for stop in np.argsort(self._stops):
            while done < self._stops[stop]:
                if self.stopped.is_set():
                    return
                goes_to = min(done + size, self._stops[stop])
                watched = self._stops[stop] - LATEST
                self._advance(block, xs, self._enough, done + 1, goes_to + 1, watched)
                with self._lock:
                    self._done += (goes_to - done) * (end - first)
                done = goes_to
            self._keep(block, self._kept[:, stop, first:end])

    def _block(self, first: int, end: int, memory: Floats) -> Block:
        """Return the chains of these pixels at their start; the last fills up the last block."""
        experiment = self._experiment
        pixels = np.minimum(np.arange(first, first - (first - end) // LANES * LANES), end - 1)
        blocks = len(pixels) // LANES
        chains = memory[:blocks]
        for blank, value in _BLANK.items():
            chains[:, blank] = value
        chains[:, Row.RATE] = experiment.learning_rate
        chains[:, Row.THETA :] = np.array(experiment.theta)[:, None]
        targets = np.empty((blocks, len(experiment.samples), LANES))
        targets[:] = self._samples[1][:, None]
        for (name, values), places in zip(self._axes, self._places(pixels), strict=True):
            if name == "target":
                targets[:] = self._targets[0][places].reshape(blocks, LANES, -1).swapaxes(1, 2)
            elif name == "learning_rate":
                chains[:, Row.RATE] = values[places].reshape(blocks, LANES)
            else:
                row = Row.THETA + self._names.index(name)
                chains[:, row] = values[places].reshape(blocks, LANES)
        rows = (numbers.reshape(blocks, -1) for numbers in (chains, targets))
        return Block(*(cast("Rows", numbers) for numbers in rows))

    def _places(self, pixels: NDArray[np.int64]) -> list[NDArray[np.int64]]:
        """Return where on each of the axes, without that of the epochs, the pixels are."""
        if len(self._axes) == 1:
            return [pixels]
        return list(np.divmod(pixels, self._shape[1]))

    def _keep(self, block: Block, kept: Floats) -> None:
        chains = np.asarray(block.chains).reshape(len(block.chains), -1, LANES)
        theta = chains[:, Row.THETA :]
        weights = theta[:, : self._experiment.layers]
        sound = np.isfinite(theta).all(axis=1) & np.isfinite(chains[:, Row.SPOILED])
        told = [chains[:, row] for row in (Row.MEAN, Row.CONVERGED, Row.RISEN, Row.FALLEN)]
        for row, numbers in enumerate((*told, ~sound, _reach(weights))):
            kept[row] = numbers.ravel()[: kept.shape[1]]

    def result(self) -> Trained:
        """Return the results of all trainings, in the shape of the map."""
        across = self._x.name == "epochs"
        grids = [(grid.T if across else grid).reshape(self._shape) for grid in self._kept]
        mean, converged, risen, fallen, diverged, reach = grids
        stops = np.array(self._stops, dtype=float)
        epochs = np.broadcast_to(stops if across else stops[:, None], self._shape)
        return Trained(mean.copy(), converged, risen, fallen, diverged > 0, reach, epochs)


def _reach(weights: Floats) -> Floats:
    """Return the size of w₁·w₂·…·wₙ (layers along axis 1), the smallest made equal to the next.

    It is 0 where two weights are 0, and not where one is: as it is with all gradients.
    """
    first, *others = np.abs(weights.swapaxes(0, 1))
    if not others:
        return np.asarray(first)
    second, *others = others
    smallest, following = np.minimum(first, second), np.maximum(first, second)
    larger = np.ones_like(first)
    with np.errstate(all="ignore"):
        for size in others:
            middle, smallest = np.maximum(smallest, size), np.minimum(smallest, size)
            larger *= np.maximum(middle, following)
            following = np.minimum(middle, following)
        reach: Floats = larger * following * following
    return reach
