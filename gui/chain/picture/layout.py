"""Where the rows and the columns of the chain's picture stand. No Qt."""

from dataclasses import dataclass
from functools import cached_property

RADIUS = 45.0
_LOWEST = 342.0
"""The least height that the picture of weights alone needs; a larger one spreads its rows."""

_ROW = 62.0
"""How much more each further parameter of a layer needs, above the neurons and below them."""

_BETWEEN_RAILS, _OVER_CAPTION = 4.0, 5.0
"""And so much between the rails and over the lower caption: the picture is drawn smaller, and its
smallest letters are not."""

NARROWEST, EASY, WIDEST = 156.0, 176.0, 250.0
"""From neuron to neuron, in a chain that has to be scrolled."""

CARD = (120.0, 52.0)
PILL = (120.0, 52.0)
LOSS = (132.0, 88.0)
_LEFT = 60.0
_RIGHT = 80.0


def lowest_height(parameters: int = 1) -> float:
    """Return the least height of the picture of layers with so many parameters each."""
    return _LOWEST + (2 * _ROW + _BETWEEN_RAILS + _OVER_CAPTION) * (parameters - 1)


def narrowest_width(layers: int) -> float:
    """Return the least width that a whole chain needs."""
    return _LEFT + _RIGHT + NARROWEST * (layers + 0.9)


@dataclass(frozen=True)
class Layout:
    """Where the rows and columns stand.

    Weights stand between the neurons; every further parameter has a row above them, over its
    neuron, and its gradient one below theirs, under it.
    """

    layers: int
    pitch: float
    left: float
    height: float
    parameters: int = 1

    @classmethod
    def fitting(cls, layers: int, width: float, height: float, parameters: int = 1) -> "Layout":
        """Return the layout that fills `width` × `height` as far as the chain may stretch."""
        high = max(height, lowest_height(parameters))
        if width < narrowest_width(layers) - 1:
            return cls(layers, EASY, _LEFT, high, parameters)
        room = (width - _LEFT - _RIGHT) / (layers + 0.9)
        pitch = min(max(room, NARROWEST), WIDEST)
        used = _LEFT + _RIGHT + pitch * (layers + 0.9)
        return cls(layers, pitch, _LEFT + max(0.0, (width - used) / 2), high, parameters)

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

    def learned(self, which: int, i: int) -> tuple[float, float]:
        """Return the centre of a parameter of layer i: the weight is the first, 0."""
        if which == 0:
            return self.middle(i), self.weights
        return self.x(i), self.weights - which * _ROW

    def gradient(self, which: int, i: int) -> tuple[float, float]:
        """Return the centre of the gradient of a parameter of layer i."""
        if which == 0:
            return self.middle(i), self.gradients
        return self.x(i), self.gradients + which * _ROW

    def _row(self, above: float, share: float, more: int = 1) -> float:
        """Return a row: in the lowest picture, then moved by a share of what is left.

        `more` counts how often the further parameters have pushed it down.
        """
        left = self.height - lowest_height(self.parameters)
        return above + more * _ROW * (self.parameters - 1) + share * left

    def _lower_row(self, above: float, share: float, more: int = 1) -> float:
        """Return a row below the neurons."""
        return self._row(above, share, more) + _BETWEEN_RAILS * (self.parameters - 1)

    @cached_property
    def caption(self) -> float:
        """The line of the upper caption."""
        return self._row(12, 0.04, more=0)

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
        return self._lower_row(221, 0.6)

    @cached_property
    def gradients(self) -> float:
        """The row of the gradients."""
        return self._lower_row(294, 0.9)

    @cached_property
    def lower_caption(self) -> float:
        """The line of the lower caption."""
        return self._lower_row(331, 0.98, more=2) + _OVER_CAPTION * (self.parameters - 1)
