"""What the forms share: the data at the top, the activation, and what is printed at the end."""

import textwrap
from dataclasses import dataclass

from engine.checking.gradient_check import EPSILON
from engine.experiment import Experiment
from engine.problem import mark
from engine.programs.program import COLUMNS


@dataclass(frozen=True, slots=True)
class Kind:
    """What of an experiment shapes its program, besides the numbers at the top."""

    layers: int
    activation: str
    algorithm: str

    @property
    def bent(self) -> bool:
        """Whether there is an activation f."""
        return self.activation != "identity"

    @property
    def slopes(self) -> bool:
        """Whether the backward pass multiplies by f′."""
        return self.bent and self.algorithm != "no_local_derivative"

    @property
    def minus(self) -> str:
        """The sign of a gradient."""
        return "-" if self.algorithm == "sign_flipped" else ""

    def f(self, z: str) -> str:
        """Return f applied to an expression."""
        return f"f({z})" if self.bent else z


def kind_of(experiment: Experiment) -> Kind:
    """Return what shapes the program of an experiment."""
    return Kind(experiment.layers, experiment.activation, experiment.algorithm)


NOTES = {
    "backprop": mark("Backpropagation: every gradient comes from one snapshot of the weights."),
    "in_place": mark(
        "In place, a mistake: each weight changes before it passes the derivative on, so that the"
        " gradients before it are wrong."
    ),
    "front_to_back": mark(
        "Front to back, a mistake: a factor p goes from the first layer to the last, and the"
        " gradients are wrong."
    ),
    "sign_flipped": mark(
        "Sign flipped, a mistake: every gradient has the wrong sign, and the loss grows."
    ),
    "no_local_derivative": mark(
        "No local derivative, a mistake: f'(z) is left out of the gradients and of what is passed"
        " on."
    ),
    "own_output": mark(
        "Own output, a mistake: the gradient takes the layer's output where its input belongs."
    ),
}
"""What the first lines of a program say about its algorithm."""


def slip(kind: Kind) -> str:
    """Return the comment at the line where the algorithm has its mistake, or nothing."""
    match kind.algorithm:
        case "in_place":
            return "# wrong: the weight changes too early"
        case "front_to_back":
            return "# wrong: from first to last layer"
        case "sign_flipped":
            return "# wrong: the sign is wrong"
        case "no_local_derivative" if kind.bent:
            return "# wrong: f'(z) is left out"
        case "no_local_derivative":
            return "# wrong: f'(z) = 1 is left out"
        case "own_output":
            return "# wrong: should be the layer's input"
        case _:
            return ""


def lines(*some: str) -> str:
    """Return those of the lines and pieces that are not empty, under one another."""
    return "\n".join(part.rstrip("\n") for part in some if part)


def blocks(*some: str) -> str:
    """Return functions and classes with two empty lines between them."""
    return "\n\n\n".join(part.strip("\n") for part in some if part)


def head(experiment: Experiment, note: str, imports: str) -> str:
    """Return what a program begins with: what it is, its imports and its numbers."""
    neurons = "one neuron" if experiment.layers == 1 else f"{experiment.layers} neurons"
    samples = [f"({literal(s.x)}, {literal(s.target)})" for s in experiment.samples]
    return lines(
        f'"""Train a chain of {neurons}.',
        "\n" + textwrap.fill(note, COLUMNS),
        '"""',
        "\n" + imports,
        "\n" + packed("initial_weights", [repr(w) for w in experiment.weights]),
        packed("samples", samples),
        f"learning_rate = {experiment.learning_rate!r}",
        f"epochs = {experiment.epochs}",
        f"epsilon = {EPSILON!r}  # of the gradient check",
    )


def literal(number: float) -> str:
    """Return a number of the data as one writes it: 1 for 1.0; as a whole number −0.0 is lost."""
    written = repr(number)
    return written if written == "-0.0" else written.removesuffix(".0")


def packed(name: str, items: list[str]) -> str:
    """Return a list as code, several items on a line where one line is not enough."""
    whole = f"{name} = [{', '.join(items)}]"
    if len(whole) <= COLUMNS:
        return whole
    rows = [""]
    for item in items:
        longer = f"{rows[-1]} {item},".strip()
        if rows[-1] and len(longer) > COLUMNS - 4:
            rows.append(f"{item},")
        else:
            rows[-1] = longer
    return "\n".join([f"{name} = [", *(f"    {row}" for row in rows), "]"])
