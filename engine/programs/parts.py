"""The parts that all forms of a program share: its head, and how code is laid out."""

import textwrap
from collections.abc import Iterator
from dataclasses import dataclass

from engine.checking import EPSILON
from engine.experiment import Experiment
from engine.expressions import names_in
from engine.layers import Part, parts_of
from engine.parameters import Parameter
from engine.programs.program import COLUMNS
from engine.quantities import Quantity
from engine.steps import Structure, begins_in_front


@dataclass(frozen=True, slots=True)
class Shape:
    """What the text of a program depends on, besides the numbers at its top."""

    structure: Structure

    @property
    def linear(self) -> bool:
        """Whether there is no activation f."""
        return self.structure.linear

    @property
    def slopes(self) -> bool:
        """Whether the backward pass multiplies by f′."""
        return any(
            name.quantity is Quantity.DERIVATIVE
            for part in self.parts
            for step in part.steps
            for name in names_in(step.expression)
        )

    @property
    def parts(self) -> tuple[Part, ...]:
        """The steps as loops over the layers."""
        _, activation, algorithm, parameters = self.structure
        return parts_of(activation, algorithm, parameters)

    @property
    def parameters(self) -> tuple[Parameter, ...]:
        """What each layer learns."""
        return self.structure.parameters

    @property
    def theta(self) -> str:
        """The parameters as arguments: "weights"."""
        return ", ".join(one.field for one in self.parameters)

    @property
    def learned(self) -> str:
        """What a chain learns, in a sentence."""
        return self.parameters[0].field if len(self.parameters) == 1 else "parameters"

    @property
    def lesson(self) -> str:
        """The docstring of the function that learns from one sample."""
        if len(self.parameters) == 1:
            return f"Update the {self.learned} with one sample."
        return "Learn from one sample."

    @property
    def arriving(self) -> str:
        """The name of the variable that is passed from layer to layer."""
        return "p" if begins_in_front(self.structure.algorithm) else "upstream"


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
        "\n" + lines(*_initial(experiment)),
        packed("samples", samples),
        f"learning_rate = {experiment.learning_rate!r}",
        f"epochs = {experiment.epochs}",
        f"epsilon = {EPSILON!r}  # of the gradient check",
    )


def _initial(experiment: Experiment) -> Iterator[str]:
    for one in experiment.parameters:
        numbers: tuple[float, ...] = getattr(experiment, one.field)
        yield packed(f"initial_{one.field}", list(map(repr, numbers)))


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
