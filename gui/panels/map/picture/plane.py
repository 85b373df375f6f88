"""The plane of two parameters: which piece of it a map may show, and what lies where. No Qt."""

import sys
from contextlib import suppress
from typing import NamedTuple

from engine import Experiment, UserError
from engine.maps.trainability import Trainability, value_of, varied

_FINEST = 2.0**-39
"""As a share of its largest number: a narrower piece has no numbers between its pixels."""

_FEWEST_EPOCHS = 8.0

_WIDEST = 1e15

_FURTHEST = sys.float_info.max / 4
"""Beyond, the width of a piece would be no number."""

_LEAST_RATE = 1e-6
_SIDE = 6.0
_SIDES = {"learning_rate": 2.0, "target": 3.0}
_LEAST = {"learning_rate": _LEAST_RATE, "epochs": 1.0}


class View(NamedTuple):
    """A piece of the plane: the edges of what is seen."""

    left: float
    right: float
    bottom: float
    top: float

    def scaled(self, factor: float, x: float, y: float) -> "View":
        """Return a view `factor` times as large, in which the place (x, y) stays where it is."""
        return View(
            x - (x - self.left) * factor,
            x + (self.right - x) * factor,
            y - (y - self.bottom) * factor,
            y + (self.top - y) * factor,
        )

    def moved(self, across: float, up: float) -> "View":
        """Return the view moved to the right and up, in its own widths and heights."""
        dx, dy = across * (self.right - self.left), up * (self.top - self.bottom)
        return View(self.left + dx, self.right + dx, self.bottom + dy, self.top + dy)

    @property
    def too_wide(self) -> bool:
        """Whether it reaches further than there is anything to be seen."""
        return not max(map(abs, self)) < _WIDEST

    def narrower_than(self, other: "View") -> bool:
        """Whether both its sides are shorter."""
        return (
            self.right - self.left < other.right - other.left
            and self.top - self.bottom < other.top - other.bottom
        )


def whole(experiment: Experiment, x: str, y: str) -> View:
    """Return the view to begin with."""
    return View(*_range(experiment, x), *_range(experiment, y))


def _range(experiment: Experiment, name: str) -> tuple[float, float]:
    # The experiment itself is on the map, with some room beyond.
    reach = min(1.25 * abs(value_of(experiment, name)), _FURTHEST)
    side = max(_SIDES.get(name, _SIDE), reach)
    ranges = {
        "learning_rate": (_LEAST_RATE, side),
        "epochs": (1.0, float(max(2 * experiment.epochs, 20))),
    }
    return ranges.get(name, (-side, side))


def too_fine(view: View, x: str, y: str) -> bool:
    """Return whether there are no values to tell a view's pixels apart."""
    sides = (x, view.left, view.right), (y, view.bottom, view.top)
    return any(not high - low > _least_width(name, low, high) for name, low, high in sides)


def _least_width(name: str, low: float, high: float) -> float:
    return _FEWEST_EPOCHS if name == "epochs" else _FINEST * max(abs(low), abs(high), 1e-290)


def limited(view: View, x: str, y: str) -> View:
    """Return a view that the parameters can have: moved up where it would begin too low."""
    return View(*_limited(x, view.left, view.right), *_limited(y, view.bottom, view.top))


def _limited(name: str, low: float, high: float) -> tuple[float, float]:
    least = _LEAST.get(name)
    return (low, high) if least is None or low >= least else (least, least + (high - low))


def nearest(seen: Trainability, view: View, x: float, y: float) -> tuple[int, int] | None:
    """Return row and column of the pixel at a place, if the map reaches as far."""
    across = (x - view.left) / (view.right - view.left)
    up = (y - view.bottom) / (view.top - view.bottom)
    if not (0 <= across < 1 and 0 <= up < 1):
        return None
    return int(up * len(seen.y.values)), int(across * len(seen.x.values))


def base(experiment: Experiment, x: str, y: str) -> Experiment:
    """Return the experiment without what the axes replace: the same one has the same map."""
    for name in (x, y):
        # Targets may be too far apart to be scaled.
        with suppress(UserError):
            experiment = varied(experiment, name, 1.0)
    return experiment
