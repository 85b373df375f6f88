"""The path of two parameters through a run, thinned to what can be seen. No Qt."""

from dataclasses import dataclass
from functools import lru_cache

import numpy as np
import numpy.typing as npt

from engine import Experiment, Run
from engine.maps.loss_surface import Pair, losses
from engine.quantities import Name

Floats = npt.NDArray[np.float64]

_SEEN = 1000
"""The share of its length between two points of a path: it is drawn with some thousand."""

_FAR = 1e9
"""Beyond, a picture could not place a point."""


@dataclass(frozen=True, eq=False, slots=True)
class WeightPath:
    """Some points of a run's path, shape (points, 2): the parameters before `updates` (from 0).

    The first and the last are those of the run, or of its part with finite numbers.
    """

    updates: npt.NDArray[np.int64]
    points: Floats

    def before(self, update: int) -> Floats:
        """Return the points before `update` and before all that came earlier."""
        return self.points[: int(np.searchsorted(self.updates, update, side="right"))]

    def thinned(self, most: int) -> Floats:
        """Return at most this number of the points, evenly chosen."""
        return self.points[:: max(1, -(-len(self.points) // most))]

    def nearest(self, x: float, y: float, unit: tuple[float, float]) -> tuple[int, float] | None:
        """Return the update whose point lies nearest, and how far, measured in `unit`s."""
        if not len(self.points):
            return None
        away = np.hypot(*((self.points - (x, y)) / unit).T)
        index = int(np.argmin(away))
        return int(self.updates[index]), float(away[index])


def place_of(experiment: Experiment, name: Name) -> int:
    """Return where in θ a parameter stands."""
    quantities = [one.quantity for one in experiment.parameters]
    return quantities.index(name.quantity) * experiment.layers + name.layer - 1


@lru_cache(maxsize=4)
def weight_path(run: Run, pair: Pair) -> WeightPath:
    """Return the path of two parameters through a run, or of one: then y is the mean loss."""
    experiment, size = run.experiment, len(run.experiment.theta)
    kept = np.frombuffer(run.checkpoints, dtype=np.float64).reshape(-1, size)  # type: ignore[call-overload]
    table = np.vstack([kept, np.array([run.final_theta])])
    updates = np.append(np.arange(len(kept)) * run.stride, run.updates)
    points = np.column_stack([table[:, place_of(experiment, name)] for name in pair if name])
    if not pair.y:
        points = np.column_stack([points, np.zeros(len(points))])
    with np.errstate(invalid="ignore"):
        sound = np.all(np.isfinite(table), axis=1) & np.all(np.abs(points) < _FAR, axis=1)
    end = len(sound) if sound.all() else int(np.argmin(sound))
    path = _thinned(WeightPath(updates[:end], points[:end]))
    if not pair.y:
        path.points[:, 1] = losses(experiment, run.final_theta, {pair.x: path.points[:, 0]})
    return path


def _thinned(path: WeightPath) -> WeightPath:
    """Leave points away that lie where the one before them does, as far as can be seen."""
    if len(path.points) <= _SEEN:
        return path
    along = np.concatenate([[0.0], np.cumsum(np.hypot(*np.diff(path.points, axis=0).T))])
    stretch = np.floor(along * (_SEEN / along[-1])) if along[-1] else np.zeros_like(along)
    chosen = np.flatnonzero(np.diff(stretch, prepend=-1.0))
    chosen = np.union1d(chosen, [len(along) - 1])
    return WeightPath(path.updates[chosen], path.points[chosen])
