r"""One update of a chain, written out line by line.

    >>> print(*written_update(Kind(1, "tanh", "backprop")).lines, sep="\n")
    t0 = w1 * x
    t1 = function(t0)
    t2 = t1 - target
    t3 = 0.5 * t2
    t4 = t3 * t2
    t5 = t1 - target
    t6 = derivative(t1)
    t7 = t5 * t6
    t8 = t7 * x
    t9 = rate * t8
    t10 = w1 - t9

The functions of `engine.chain` are run once, with numbers that write down what is done with them
instead of doing it. What comes out is the same arithmetic in the same order, for one number of
layers: no loop and no list is left, which a compiler can do for many chains at a time.
"""

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
    """A number known by its name. What is done with it becomes a line, and the result a name."""

    def __init__(self, name: str, lines: list[str]) -> None:
        self.name = name
        self._lines = lines

    def become(self, text: str) -> "Written":
        """Write that a new number is `text`, and return it."""
        name = f"t{len(self._lines)}"
        self._lines.append(f"{name} = {text}")
        return Written(name, self._lines)

    def __mul__(self, other: "Written | float") -> "Written":
        """Write a product; a product with 1 is the number itself, to the last bit."""
        if not isinstance(other, Written) and other == 1.0:
            return self
        return self.become(f"{self.name} * {_name(other)}")

    def __rmul__(self, other: float) -> "Written":
        """Write a product with a constant."""
        return self.become(f"{other!r} * {self.name}")

    def __sub__(self, other: "Written | float") -> "Written":
        """Write a difference."""
        return self.become(f"{self.name} - {_name(other)}")

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
    lines: list[str] = []
    x, target, rate = (cast("float", Written(name, lines)) for name in ("x", "target", "rate"))
    weights = cast("Numbers", [Written(f"w{i}", lines) for i in range(1, layers + 1)])
    outputs = [0.0] * (layers + 1)
    function, derivative = ACTIVATIONS[activation]
    if activation != "identity":  # which can be run like all else
        function, derivative = _called("function"), _called("derivative")
    forward(weights, x, function, outputs)
    met = loss(outputs[-1], target)
    upstreams, gradients = [0.0] * layers, [0.0] * layers
    ALGORITHMS[algorithm](weights, outputs, target, rate, derivative, upstreams, gradients)
    return Update(tuple(lines), tuple(map(_name, weights)), _name(outputs[-1]), _name(met))


def _called(function: str) -> Scalar:
    """Return a function that writes down that `function` is called."""

    def call(number: float) -> float:
        written = cast("Written", number)
        return cast("float", written.become(f"{function}({written.name})"))

    return call
