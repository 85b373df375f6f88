"""Where the rows and the columns of the chain's picture stand. No Qt."""

from dataclasses import dataclass
from functools import cached_property

RADIUS = 45.0
LOWEST = 342.0
"""The least height that the picture needs; a larger one spreads its rows."""

NARROWEST, EASY, WIDEST = 156.0, 176.0, 250.0
"""From neuron to neuron, in a chain that has to be scrolled."""

CARD = (120.0, 52.0)
PILL = (120.0, 52.0)
LOSS = (132.0, 88.0)
_LEFT = 60.0
_RIGHT = 80.0


def narrowest_width(layers: int) -> float:
    """Return the least width that a whole chain needs."""
    return _LEFT + _RIGHT + NARROWEST * (layers + 0.9)


@dataclass(frozen=True)
class Layout:
    """Where the rows and columns stand."""

    layers: int
    pitch: float
    left: float
    height: float

    @classmethod
    def fitting(cls, layers: int, width: float, height: float) -> "Layout":
        """Return the layout that fills `width` × `height` as far as the chain may stretch."""
        if width < narrowest_width(layers) - 1:
            return cls(layers, EASY, _LEFT, max(height, LOWEST))
        room = (width - _LEFT - _RIGHT) / (layers + 0.9)
        pitch = min(max(room, NARROWEST), WIDEST)
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
        return self._row(12, 0.04)

    @cached_property
    def weights(self) -> float:
        """The row of the weights."""
        return self._row(50, 0.14)

    @cached_property
    def neurons(self) -> float:
        """The row of the neurons."""
        return self._row(124, 0.26)

    @cached_property
    def upstreams(self) -> float:
        """The row of the public derivative."""
        return self._row(221, 0.6)

    @cached_property
    def gradients(self) -> float:
        """The row of the gradients."""
        return self._row(294, 0.9)

    @cached_property
    def lower_caption(self) -> float:
        """The line of the lower caption."""
        return self._row(331, 0.98)
