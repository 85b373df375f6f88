r"""One update of a chain, written out line by line.

    >>> print(*written_update(Kind(1, "tanh", "backprop")).lines, sep="\n")
    t0 = w1 * x
    t1 = function(t0)
    t2 = t1 - target
    t5 = t1 - target
    t6 = derivative(t1)
    t3 = 0.5 * t2
    t7 = t5 * t6
    t4 = t3 * t2
    t8 = t7 * x
    t9 = rate * t8
    t10 = w1 - t9

The functions of `engine.chain` are run once, with numbers that record each operation instead of
doing it. What comes out is the same arithmetic for one number of layers, each line as early as what
it needs is there: no loop and no list is left, which a compiler can do for many chains at a time.
"""

from operator import itemgetter
from typing import NamedTuple, cast

from engine.chain import ACTIVATIONS, ALGORITHMS, Numbers, Scalar, forward, loss


class Kind(NamedTuple):
    """All that the text of an update depends on; the names are those of `engine.chain`."""

    layers: int
    activation: str
    algorithm: str


class Update(NamedTuple):
    """An update as text.

    `lines` are assignments. They read x, target, rate and the weights w1 … wn, and call
    function(z) and derivative(a), but for the identity; `weights` names what holds the new
    weights, `output` what the chain answered, `loss` the loss that the update met.
    """

    lines: tuple[str, ...]
    weights: tuple[str, ...]
    output: str
    loss: str


class Written:
    """A number known by its name. What is done with it becomes a line, and the result a name.

    `depth` tells how many lines it takes to get there.
    """

    def __init__(self, name: str, page: list[tuple[int, str]], depth: int = 0) -> None:
        self.name, self.depth = name, depth
        self._page = page

    def become(self, text: str, other: "Written | float" = 0.0) -> "Written":
        """Write that a new number is `text`, made of this one and the other; return it."""
        name = f"t{len(self._page)}"
        depth = 1 + max(self.depth, other.depth if isinstance(other, Written) else 0)
        self._page.append((depth, f"{name} = {text}"))
        return Written(name, self._page, depth)

    def __mul__(self, other: "Written | float") -> "Written":
        """Write a product; a product with 1 is the number itself, to the last bit."""
        if not isinstance(other, Written) and other == 1.0:
            return self
        return self.become(f"{self.name} * {_name(other)}", other)

    def __rmul__(self, other: float) -> "Written":
        """Write a product with a constant."""
        return self.become(f"{other!r} * {self.name}")

    def __sub__(self, other: "Written | float") -> "Written":
        """Write a difference."""
        return self.become(f"{self.name} - {_name(other)}", other)

    def __rsub__(self, other: float) -> "Written":
        """Write a difference from a constant."""
        return self.become(f"{other!r} - {self.name}")

    def __neg__(self) -> "Written":
        """Write a negation."""
        return self.become(f"-{self.name}")


def _name(number: Written | float) -> str:
    return number.name if isinstance(number, Written) else repr(number)


def written_update(kind: Kind) -> Update:
    """Return one update of a chain."""
    layers, activation, algorithm = kind
    page: list[tuple[int, str]] = []
    x, target, rate = (cast("float", Written(name, page)) for name in ("x", "target", "rate"))
    weights = cast("Numbers", [Written(f"w{i}", page) for i in range(1, layers + 1)])
    outputs = [0.0] * (layers + 1)
    function, derivative = ACTIVATIONS[activation]
    if activation != "identity":  # which can be run like all else
        function, derivative = _called("function"), _called("derivative")
    forward(weights, x, function, outputs)
    met = loss(outputs[-1], target)
    upstreams, gradients = [0.0] * layers, [0.0] * layers
    ALGORITHMS[algorithm](weights, outputs, target, rate, derivative, upstreams, gradients)
    # What is needed soon again is then still in a register: 64 layers are a fifth faster so.
    lines = tuple(line for _, line in sorted(page, key=itemgetter(0)))
    return Update(lines, tuple(map(_name, weights)), _name(outputs[-1]), _name(met))


def _called(function: str) -> Scalar:
    """Return a function that writes down that `function` is called."""

    def call(number: float) -> float:
        written = cast("Written", number)
        return cast("float", written.become(f"{function}({written.name})"))

    return call
