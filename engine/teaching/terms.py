"""The value language of lessons: a closed list of values, read by hand; nothing is ever executed.

    upstream 2          weight 1 * gradient 1        gradient 2 by in_place
    converged_at < 50   loss @ epoch 2 < loss        loss with weight 3 + 1

A value has at most one operator + − * /; a condition compares two of them. A place may follow a
term: the end of a visit of a sample (`@ epoch 2 sample 1`, `@ 160`), or any place of
`engine.teaching.places`. `by` and an algorithm asks for the same number as that algorithm has it.
"""

from dataclasses import dataclass

from engine.activations import ACTIVATIONS
from engine.algorithms import ALGORITHMS
from engine.chain_rule.multiplications import Count
from engine.quantities import Quantity
from engine.teaching.places import Place, Visit

LAYERED = {
    "output": Quantity.OUTPUT,
    "weight": Quantity.WEIGHT,
    "bias": Quantity.BIAS,
    "upstream": Quantity.UPSTREAM,
    "gradient": Quantity.GRADIENT,
    "bias_gradient": Quantity.BIAS_GRADIENT,
    "slope": Quantity.DERIVATIVE,
}
"""The numbers of a layer. `output 0` is x, `slope i` is f′(zᵢ), `upstream i` is ∂L/∂aᵢ."""

OF_THE_CHAIN = {
    "target": Quantity.TARGET,
    "loss": Quantity.LOSS,
    "learning_rate": Quantity.LEARNING_RATE,
}
"""The numbers of a moment that belong to no layer."""

OF_THE_RUN = ("converged_at", "diverged_at", "updates", "steps", "curvature", "edge")
"""The values of a run that take nothing more; `steps` are those of one sample."""

EPOCHS = ("converged_at", "diverged_at")
"""Those of them that are epochs, which may never come."""

SIZES = ("layers", "samples", "epochs")
NAMED = {"algorithm": tuple(ALGORITHMS), "activation": tuple(ACTIVATIONS)}
"""What is a name instead of a number: `algorithm == in_place`."""

WAYS = Count._fields[1:]
"""How multiplications are counted."""

WORDS = (
    *LAYERED,
    *OF_THE_CHAIN,
    *OF_THE_RUN,
    "mean_loss",
    "answer",
    "checked",
    "error",
    "multiplications",
    "changes",
    *SIZES,
    *NAMED,
)
"""What a term may begin with, as it is told to authors."""

NEVER = "never"
COMPARISONS = ("<", "<=", ">", ">=", "==", "!=")
OPERATORS = "+-*/"
LONGEST = 200
"""In characters: a longer text is no value."""


@dataclass(frozen=True, slots=True)
class Term:
    """One value: `word` is what it begins with, one of `WORDS`.

    `layer` is its i, `number` its d, x, k or n (None where there is none, or `end`), `argument` a
    way of counting, a name, or the parameter that is moved. `place` is where it is taken, and `by`
    the algorithm whose number it is, if it is not that of the experiment.
    """

    word: str
    layer: int | None = None
    number: float | None = None
    argument: str = ""
    place: Place | Visit | None = None
    by: str | None = None


@dataclass(frozen=True, slots=True)
class Value:
    """A value as it is written: a term or a constant, or two of them with an operator between."""

    first: "Operand"
    operator: str = ""
    second: "Operand | None" = None
    text: str = ""

    @property
    def operands(self) -> "tuple[Operand, ...]":
        """One or two."""
        return (self.first,) if self.second is None else (self.first, self.second)

    @property
    def term(self) -> Term | None:
        """The one term that it is; None for a constant, or where there is an operator."""
        return self.first if isinstance(self.first, Term) and not self.operator else None


Operand = Term | float


@dataclass(frozen=True, slots=True)
class Condition:
    """A comparison of two values; `==` means to 10⁻⁹."""

    left: Value
    comparison: str
    right: Value
    text: str = ""
