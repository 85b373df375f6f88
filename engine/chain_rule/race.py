"""The three ways to compute all gradients, run side by side and stopped anywhere.

>>> lane = Lane(backpropagated, 3)
>>> lane.advance(4)             # until four multiplications are made, or a few more
>>> lane.counted, lane.gradients
(5, 3)
"""

from collections.abc import Callable, Iterator

from engine.activations import IDENTITY
from engine.algorithms import CORRECT
from engine.chain import WEIGHTS_ALONE
from engine.chain_rule.multiplications import Counted, Given, backpropagated, given
from engine.steps import Structure

__all__ = ["Lane", "backpropagated"]


class Lane:
    """One way, run for a chain of `layers`: `counted` multiplications made, `gradients` finished.

    The numbers are all 1: which ones are multiplied makes no difference to how many are.
    """

    def __init__(self, way: Callable[[Given], Iterator[float]], layers: int) -> None:
        structure = Structure(layers, IDENTITY, CORRECT, WEIGHTS_ALONE)
        self._running = way(given([1.0] * layers, 1.0, -1.0, structure))
        self.layers, self.counted, self.gradients, self.finished = layers, 0, 0, False

    def advance(self, multiplications: float) -> None:
        """Run on until so many multiplications are made; the gradient under way is finished."""
        while not self.finished and self.counted < multiplications:
            before = Counted.products[0]
            next(self._running, None)
            self.counted += Counted.products[0] - before
            self.gradients += 1
            self.finished = self.gradients == self.layers
