"""The trainings of a map: all its pixels, side by side in lanes, on all cores.

Imported late: it brings numpy.
"""

import os
import threading
from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor, wait
from typing import NamedTuple, cast

import numpy as np
from numpy.typing import NDArray

from engine.experiment import Experiment
from engine.lanes import LANES, Advance, Block, Rows, advance_for
from engine.parameters import Axis, varied
from engine.training import Cancelled

Floats = NDArray[np.float64]

_CHUNK = 64 * LANES
"""So many pixels are a piece of work: few enough to share it out, many enough to pay."""

_STRETCH, _PLAIN_STRETCH = 4_000_000, 40_000
"""So many updates × (layers + 2) are made between two looks at `cancelled`: at most some 30 ms."""

_BREATH = 0.02
"""In seconds: how often `cancelled` is asked and `progress` told."""


class Trained(NamedTuple):
    """What became of the trainings, in rows and columns like the map.

    `mean` is the mean loss of the last epoch, and `at_zero` that of answering 0 to everything;
    `converged`, `risen` and `fallen` are epochs as in `engine.lanes.Block`, `epochs` is the last.
    """

    mean: Floats
    converged: Floats
    risen: Floats
    fallen: Floats
    diverged: NDArray[np.bool_]
    epochs: Floats
    at_zero: Floats


def trained(
    experiment: Experiment,
    x: Axis,
    y: Axis,
    progress: Callable[[float], None] | None = None,
    cancelled: Callable[[], bool] | None = None,
) -> Trained:
    """Train for every pixel. Raises `Problem` for what can't be trained, and `Cancelled`."""
    work = _Work(experiment, x, y)
    cores = os.cpu_count() or 1 if work.compiled else 1
    size = min(_CHUNK, -(-work.pixels // cores))
    firsts = range(0, work.pixels, size)
    with ThreadPoolExecutor(max_workers=cores, thread_name_prefix="map") as pool:
        jobs = {pool.submit(work.do, first, min(first + size, work.pixels)) for first in firsts}
        try:
            _see_through(work, jobs, progress, cancelled)
        finally:
            work.stopped.set()
    return work.result()


def _see_through(
    work: "_Work",
    jobs: set[Future[None]],
    progress: Callable[[float], None] | None,
    cancelled: Callable[[], bool] | None,
) -> None:
    waiting = jobs
    while waiting:
        done, waiting = wait(waiting, timeout=_BREATH)
        for job in done:
            job.result()
        if cancelled is not None and cancelled():
            raise Cancelled
        if progress is not None and waiting:
            progress(work.share)


class _Work:
    """The trainings to be done, those that are done, and the word to stop.

    Where one axis is that of the epochs, its values are stops on the way of one training each;
    else the only stop is the end.
    """

    def __init__(self, experiment: Experiment, x: Axis, y: Axis) -> None:
        self._experiment, self._x, self._y = experiment, x, y
        self._shape = (len(y.values), len(x.values))
        self._axes = [side for side in (y, x) if side.name != "epochs"]
        self._stops = next(
            ([int(v) for v in side.values] for side in (x, y) if side.name == "epochs"),
            [experiment.epochs],
        )
        self.pixels = self._shape[0] * self._shape[1] // len(self._stops)
        self._samples = np.array([(s.x, s.target) for s in experiment.samples]).T
        self._targets = [
            np.array([[s.target for s in varied(experiment, "target", v).samples] for v in values])
            for name, values in self._axes
            if name == "target"
        ]
        per_epoch = len(experiment.samples) * (experiment.layers + 2)
        work = self.pixels * max(self._stops) * per_epoch
        self._advance: Advance
        self._advance, self.compiled = advance_for(
            experiment.layers, experiment.activation, experiment.algorithm, work
        )
        self._per_epoch = per_epoch
        self._kept = np.empty((6, len(self._stops), self.pixels))
        self._done = 0
        self._lock = threading.Lock()
        self.stopped = threading.Event()

    @property
    def share(self) -> float:
        """How much is done, from 0 to 1."""
        return self._done / (self.pixels * max(self._stops))

    def do(self, first: int, end: int) -> None:
        """Train the pixels `first` up to, without, `end`."""
        block, xs = self._block(first, end), self._rows(self._samples[:1])[0]
        stretch = _STRETCH if self.compiled else _PLAIN_STRETCH
        size = max(1, stretch // (len(block.rates) * LANES * self._per_epoch))
        done = 0
        for stop in np.argsort(self._stops):
            while done < self._stops[stop]:
                if self.stopped.is_set():
                    return
                goes_to = min(done + size, self._stops[stop])
                self._advance(block, xs, done + 1, goes_to + 1)
                with self._lock:
                    self._done += (goes_to - done) * (end - first)
                done = goes_to
            self._keep(block, self._kept[:, stop, first:end])

    def _block(self, first: int, end: int) -> Block:
        """Return the chains of these pixels at their start; the last fills up the last block."""
        experiment = self._experiment
        pixels = np.minimum(np.arange(first, first - (first - end) // LANES * LANES), end - 1)
        weights = np.repeat(np.array(experiment.weights)[:, None], len(pixels), axis=1)
        targets = np.repeat(self._samples[1][:, None], len(pixels), axis=1)
        rates = np.full(len(pixels), experiment.learning_rate)
        for (name, values), places in zip(self._axes, self._places(pixels), strict=True):
            if name == "learning_rate":
                rates = np.array(values)[places]
            elif name == "target":
                targets = self._targets[0][places].T
            else:
                weights[int(name[1:]) - 1] = np.array(values)[places]
        given = weights, rates[None], targets, np.full((1, len(pixels)), np.inf)
        blank = [np.zeros((1, len(pixels))) for _ in range(5)]
        return Block(*(self._rows(_in_blocks(numbers)) for numbers in (*given, *blank)))

    def _places(self, pixels: NDArray[np.int64]) -> list[NDArray[np.int64]]:
        """Return where on each of the axes, without that of the epochs, the pixels are."""
        if len(self._axes) == 1:
            return [pixels]
        return list(np.divmod(pixels, self._shape[1]))

    def _rows(self, numbers: Floats) -> Rows:
        return cast("Rows", np.ascontiguousarray(numbers) if self.compiled else numbers.tolist())

    def _keep(self, block: Block, kept: Floats) -> None:
        size = kept.shape[1]
        for row, numbers in enumerate((block.mean, block.converged, block.risen, block.fallen)):
            kept[row] = np.ravel(numbers)[:size]
        weights = np.array(block.weights).reshape(-1, self._experiment.layers, LANES)
        sound = np.isfinite(weights).all(axis=1) & np.isfinite(np.array(block.spoiled))
        kept[4] = ~sound.ravel()[:size]
        targets = np.array(block.targets).reshape(-1, len(self._experiment.samples), LANES)
        with np.errstate(over="ignore"):
            kept[5] = (0.5 * targets * targets).mean(axis=1).ravel()[:size]

    def result(self) -> Trained:
        """Return what became of all of them."""
        across = self._x.name == "epochs"
        grids = [(grid.T if across else grid).reshape(self._shape) for grid in self._kept]
        mean, converged, risen, fallen, diverged, at_zero = grids
        stops = np.array(self._stops, dtype=float)
        epochs = np.broadcast_to(stops if across else stops[:, None], self._shape)
        return Trained(mean, converged, risen, fallen, diverged > 0, epochs, at_zero)


def _in_blocks(numbers: Floats) -> Floats:
    """Return rows of numbers for all pixels as a row for each block."""
    rows, pixels = numbers.shape
    blocks = numbers.reshape(rows, pixels // LANES, LANES).transpose(1, 0, 2)
    return blocks.reshape(pixels // LANES, rows * LANES)
