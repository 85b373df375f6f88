"""Where the rows and the columns of the chain's picture stand. No Qt."""

from dataclasses import dataclass
from functools import cached_property

RADIUS = 40.0
LOWEST = 336.0
"""The least height that the picture needs; a larger one spreads its rows."""

NARROWEST, NARROWEST_CURVED, WIDEST = 168.0, 200.0, 250.0
"""From neuron to neuron; an activation's slope needs room for its label."""

CARD = (112.0, 46.0)
PILL = (106.0, 46.0)
LOSS = (124.0, 88.0)
_LEFT = 74.0
_RIGHT = 84.0


@dataclass(frozen=True)
class Layout:
    """Where the rows and columns stand."""

    layers: int
    pitch: float
    left: float
    height: float

    @classmethod
    def fitting(cls, layers: int, width: float, height: float, *, linear: bool = True) -> "Layout":
        """Return the layout that fills `width` × `height` as far as the chain may stretch."""
        narrowest = NARROWEST if linear else NARROWEST_CURVED
        room = (width - _LEFT - _RIGHT) / (layers + 0.9)
        pitch = min(max(room, narrowest), WIDEST)
        used = _LEFT + _RIGHT + pitch * (layers + 0.9)
        return cls(layers, pitch, _LEFT + max(0.0, (width - used) / 2), max(height, LOWEST))

    def between(self, left: float, right: float) -> range:
        """Return the layers (from 1) that reach between two edges."""
        first = max(1, int((left - self.left) / self.pitch))
        last = min(self.layers, int((right - self.left) / self.pitch) + 2)
        return range(first, max(first, last) + 1)

    @cached_property
    def width(self) -> float:
        """The width of the scene."""
        return self.loss_x + _RIGHT + self.left - _LEFT

    @cached_property
    def loss_x(self) -> float:
        """The centre of the loss."""
        return self.x(self.layers) + 0.9 * self.pitch

    def x(self, i: int) -> float:
        """Return the centre of aᵢ."""
        return self.left + i * self.pitch

    def middle(self, i: int) -> float:
        """Return the centre of layer i's weight, between aᵢ₋₁ and aᵢ."""
        return self.x(i) - self.pitch / 2

    def _row(self, above: float, share: float) -> float:
        return above + share * (self.height - LOWEST)

    @cached_property
    def caption(self) -> float:
        """The line of the upper caption."""
        return self._row(16, 0.04)

    @cached_property
    def weights(self) -> float:
        """The row of the weights."""
        return self._row(54, 0.14)

    @cached_property
    def neurons(self) -> float:
        """The row of the neurons."""
        return self._row(124, 0.26)

    @cached_property
    def upstreams(self) -> float:
        """The row of the public derivative."""
        return self._row(218, 0.6)

    @cached_property
    def gradients(self) -> float:
        """The row of the gradients."""
        return self._row(290, 0.9)

    @cached_property
    def lower_caption(self) -> float:
        """The line of the lower caption."""
        return self._row(326, 0.98)
