"""Which parts of the plots are seen. No Qt."""

from dataclasses import dataclass

from gui.state.views import has_area

Part = tuple[float, ...]
"""Left, right, low and high of what is seen, in the units of the axes; empty is all of it."""


@dataclass(frozen=True)
class PlotsZoom:
    """The parts that are seen; that of the loss on a logarithmic axis, if it is `logarithmic`."""

    loss: Part = ()
    weights: Part = ()
    outputs: Part = ()
    logarithmic: bool = False

    def __post_init__(self) -> None:
        """Refuse what is no part. Raises ValueError."""
        for part in filter(None, (self.loss, self.weights, self.outputs)):
            if not has_area(part):
                raise ValueError(part)
