"""The class `Layer` of the framework."""

from collections.abc import Iterator

from engine.expressions import names_in
from engine.layers import Part
from engine.programs.parts import Shape, lines
from engine.programs.statements import Names, Statements, code, shared_in
from engine.quantities import Name, Quantity
from engine.steps import Phase, Step


def layer(shape: Shape) -> str:
    """Return the class of a layer."""
    ones = [str(one.quantity) for one in shape.parameters]
    z = code(shape.parts[0].steps[0].expression, _in_forward(shape))
    return lines(
        "class Layer:",
        '    """One neuron: one weight, one output."""'
        if len(ones) == 1
        else '    """One neuron and its parameters."""',
        f"\n    def __init__(self, {', '.join(ones)}):",
        *(f"        self.{one} = {one}" for one in ones),
        "        self.input = self.output = 0.0",
        *(f"        self.{one.gradient} = 0.0" for one in shape.parameters),
        "\n    def forward(self, x):",
        "        self.input = x",
        *_outputs(shape, z),
        "        return self.output",
        *_methods(shape),
    )


def _outputs(shape: Shape, text: str) -> Iterator[str]:
    if len(shape.parameters) == 1:
        yield f"        self.output = {text}  #: forward"
        return
    z = text if shape.linear else text.removeprefix("f(").removesuffix(")")
    yield f"        z = {z}  #: forward"
    yield f"        self.output = {'z' if shape.linear else 'f(z)'}  #: forward"


def _in_forward(shape: Shape) -> Names:
    learned = {one.quantity: f"self.{one.quantity}" for one in shape.parameters}
    return lambda name: learned.get(name.quantity, "x")


def _methods(shape: Shape) -> Iterator[str]:
    """Yield `backward`, and `update` where updates are a loop of their own."""
    for part in loops(shape):
        if part.steps[0].phase is Phase.UPDATE:
            yield "\n    def update(self):"
            yield lines(*_statements(shape, part))
            continue
        yield f"\n    def backward(self, {shape.arriving}):"
        steps = [step for step in part.steps if step.phase is not Phase.PASS_ON]
        passes = next(step for step in part.steps if step.phase is Phase.PASS_ON)
        if any(_is_slope(name) for step in part.steps for name in _names_in(step)):
            yield "        slope = f_prime(self.output)  #: gradient"
        statements = Statements(_names(shape), 8, linear=shape.linear, shared=shared_in(part.steps))
        yield lines(*statements.of(steps))
        yield f"        return {statements.value(passes)}  #: pass_on"


def _statements(shape: Shape, part: Part) -> Iterator[str]:
    yield from Statements(_names(shape), 8, linear=shape.linear).of(part.steps)


def _names(shape: Shape) -> Names:
    """Return the names in a method of a layer."""
    own = {one.quantity: str(one.quantity) for one in shape.parameters}
    own |= {one.gradient: str(one.gradient) for one in shape.parameters}
    words = {
        Quantity.UPSTREAM: shape.arriving,
        Quantity.LEARNING_RATE: "learning_rate",
        Quantity.DERIVATIVE: "slope",
    }

    def name(number: Name) -> str:
        if number.quantity is Quantity.OUTPUT:
            return "self.output" if number.layer == 0 else "self.input"
        return words.get(number.quantity) or f"self.{own[number.quantity]}"

    return name


def _names_in(step: Step) -> tuple[Name, ...]:
    return tuple(names_in(step.expression))


def _is_slope(name: Name) -> bool:
    return name.quantity is Quantity.DERIVATIVE


def loops(shape: Shape) -> list[Part]:
    """Return the loops over the layers that compute gradients or update, in their order."""
    return [part for part in shape.parts if part.steps[0].phase in (Phase.GRADIENT, Phase.UPDATE)]
