"""The loop: a chain of any length as lists, its outputs and its parameters."""

from collections.abc import Iterator

from engine.experiment import Experiment
from engine.layers import PATTERN, Part
from engine.programs import plain
from engine.programs.parts import Shape, blocks, head, lines
from engine.programs.program import Program, marked
from engine.programs.statements import Names, Statements, code, shared_in
from engine.quantities import Name, Quantity
from engine.steps import Phase


def loop(experiment: Experiment) -> Program:
    """Return the program that goes through the layers in loops."""
    shape = Shape(experiment.structure)
    top = head(experiment, experiment.structure.by.note, plain.imports(shape))
    core = blocks(_forward(shape), plain.LOSS, _learn(shape))
    return marked("loop", blocks(top, plain.functions(shape)), core, plain.tail(shape))


def _forward(shape: Shape) -> str:
    fields = [one.field for one in shape.parameters]
    letters = [one.letter for one in shape.parameters]
    over = fields[0] if len(fields) == 1 else f"zip({', '.join(fields)})"
    return lines(
        f"def forward({shape.theta}, x):",
        '    """Return the outputs of all layers."""',
        "    outputs = [x]",
        f"    for {', '.join(letters)} in {over}:",
        *_appended(shape),
        "    return outputs",
    )


def _appended(shape: Shape) -> Iterator[str]:
    letters = {one.quantity: one.letter for one in shape.parameters}
    (step,) = shape.parts[0].steps
    text = code(step.expression, lambda name: letters.get(name.quantity, "outputs[-1]"))
    if len(shape.parameters) == 1:
        yield f"        outputs.append({text})  #: forward"
        return
    z = text if shape.linear else text.removeprefix("f(").removesuffix(")")
    yield f"        z = {z}  #: forward"
    yield f"        outputs.append({'z' if shape.linear else 'f(z)'})  #: forward"


def _learn(shape: Shape) -> str:
    fields = [one.gradients for one in shape.parameters]
    found = fields[0] if len(fields) == 1 else "found"
    return lines(
        f"def learn({shape.theta}, x, target):",
        f'    """{shape.lesson}"""',
        f"    outputs = forward({shape.theta}, x)",
        "    loss_now = loss(outputs[-1], target)",
        "    slopes = list(map(f_prime, outputs[1:]))" if shape.slopes else "",
        *(f"    {field} = [0.0] * len(weights)" for field in fields),
        "    layers = range(len(weights))",
        *_passes(shape),
        f"    found = [{', '.join(fields)}]" if len(fields) > 1 else "",
        f"    return loss_now, {found}",
    )


def _passes(shape: Shape) -> Iterator[str]:
    """Yield the backward pass and the update, each loop with an empty line before it."""
    for part in shape.parts:
        phase = part.steps[0].phase
        if phase in (Phase.FORWARD, Phase.LOSS):
            continue
        if phase is Phase.SEED:
            names = _names(shape, at_the_end=True)
            yield "\n" + lines(*Statements(names, 4, linear=shape.linear).of(part.steps))
            continue
        body = _body(shape, part)
        yield ("\n" if phase is Phase.UPDATE else "") + lines(*body)


def _body(shape: Shape, part: Part) -> Iterator[str]:
    yield f"    for i in {'layers' if part.direction > 0 else 'reversed(layers)'}:"
    statements = Statements(_names(shape), 8, linear=shape.linear, shared=shared_in(part.steps))
    yield from statements.of(part.steps)


def _names(shape: Shape, *, at_the_end: bool = False) -> Names:
    """Return the names in the turn of i, or those of the last layer."""
    rows = {one.quantity: one.field for one in shape.parameters}
    rows |= {one.gradient: one.gradients for one in shape.parameters}
    rows |= {Quantity.OUTPUT: "outputs", Quantity.DERIVATIVE: "slopes"}
    words = {
        Quantity.UPSTREAM: shape.arriving,
        Quantity.TARGET: "target",
        Quantity.LEARNING_RATE: "learning_rate",
    }

    def name(number: Name) -> str:
        if number.quantity in words:
            return words[number.quantity]
        row = rows[number.quantity]
        if at_the_end:
            assert number.layer == PATTERN  # noqa: S101 - a seed is made of the last layer
            return f"{row}[-1]"
        index = number.layer + (1 if number.quantity is Quantity.OUTPUT else 0)
        return f"{row}[i{f' + {index}' if index > 0 else f' - {-index}' if index else ''}]"

    return name
