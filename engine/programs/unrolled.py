"""Unrolled: every layer has a line of its own, as in the article's first listing."""

from collections.abc import Iterator
from itertools import groupby

from engine.experiment import Experiment
from engine.programs import plain
from engine.programs.parts import Shape, blocks, head, lines
from engine.programs.program import Program, marked, tag_of
from engine.programs.statements import Names, Statements, bracketed_in
from engine.quantities import Name, Quantity
from engine.steps import Phase, Step, steps_of
from engine.user_error import UserError, shown
from engine.words import mark

MOST_LAYERS = 4
"""The unrolled form of more layers would be longer than anybody wants to read."""

_ARTICLE = ("x", "y", "z", "e")


def unrolled(experiment: Experiment) -> Program:
    """Return the program without loops over layers. Raises `UserError` for too many of them."""
    if experiment.layers > MOST_LAYERS:
        raise UserError(
            mark("The unrolled form is for at most {most} layers, not {value}."),
            most=MOST_LAYERS,
            value=shown(experiment.layers),
        )
    shape = Shape(experiment.structure)
    top = head(experiment, experiment.structure.by.note, plain.imports(shape))
    core = blocks(_forward(shape), plain.LOSS, _learn(shape))
    return marked("unrolled", blocks(top, plain.functions(shape)), core, plain.tail(shape))


def _outputs(layers: int) -> tuple[str, ...]:
    return _ARTICLE if layers == len(_ARTICLE) - 1 else tuple(f"a{i}" for i in range(layers + 1))


def _unpacked(shape: Shape) -> Iterator[str]:
    for one in shape.parameters:
        names = _row(shape, one.letter)
        yield f"    {names if shape.structure.layers > 1 else f'({names},)'} = {one.field}"


def _row(shape: Shape, letter: str) -> str:
    return ", ".join(f"{letter}{i}" for i in range(1, shape.structure.layers + 1))


def _forward(shape: Shape) -> str:
    a = _outputs(shape.structure.layers)
    statements = Statements(_names(shape), 4, linear=shape.linear)
    steps = (s for s in steps_of(shape.structure) if s.phase is Phase.FORWARD)
    return lines(
        f"def forward({shape.theta}, {a[0]}):",
        '    """Return the outputs of all layers."""',
        *_unpacked(shape),
        *(f"{line} {step.layer}" for step in steps for line in statements.step(step)),
        f"    return {', '.join(a)}",
    )


def _learn(shape: Shape) -> str:
    a = _outputs(shape.structure.layers)
    gradients = [f"[{_row(shape, one.gradient_letter)}]" for one in shape.parameters]
    return lines(
        f"def learn({shape.theta}, {a[0]}, target):",
        f'    """{shape.lesson}"""',
        *_unpacked(shape),
        *_answers(shape, a),
        f"    loss_now = loss({a[-1]}, target)",
        "\n" + lines(*_backward(shape)),
        "\n"
        + lines(*(f"    {one.field}[:] = [{_row(shape, one.letter)}]" for one in shape.parameters)),
        *_told(shape, gradients),
    )


def _answers(shape: Shape, a: tuple[str, ...]) -> Iterator[str]:
    if len(shape.parameters) == 1:
        yield f"    {', '.join(a)} = forward({shape.theta}, {a[0]})"
        return
    yield f"    outputs = forward({shape.theta}, {a[0]})"
    yield f"    {', '.join(a)} = outputs"


def _told(shape: Shape, gradients: list[str]) -> Iterator[str]:
    if len(gradients) == 1:
        yield f"    return loss_now, {gradients[0]}"
        return
    fields = [one.gradients for one in shape.parameters]
    for field, row in zip(fields, gradients, strict=True):
        yield f"    {field} = {row}"
    yield f"    found = [{', '.join(fields)}]"
    yield "    return loss_now, found"


def _backward(shape: Shape) -> Iterator[str]:
    """Yield the backward pass and the update, an empty line before updates after all gradients."""
    steps = [s for s in steps_of(shape.structure) if s.phase not in (Phase.FORWARD, Phase.LOSS)]
    apart = _first_of_the_updates(steps)
    told: set[str] = set()
    for _, group in groupby(steps, key=lambda step: (step.layer, step.phase is Phase.SEED)):
        own = list(group)
        statements = Statements(
            _names(shape), 4, linear=shape.linear, shared=bracketed_in(own), told=told
        )
        for step in own:
            text = lines(*(_own(line, step) for line in statements.step(step)))
            yield ("\n" if step is apart else "") + text


def _own(line: str, step: Step) -> str:
    """Mark a line as that of one layer."""
    tag = tag_of(step)
    if step.phase is Phase.SEED or not line.endswith(f"#: {tag}"):
        return line
    return f"{line} {step.layer}"


def _first_of_the_updates(steps: list[Step]) -> Step | None:
    """Return the first update, where nothing but updates follows."""
    k = next(k for k, step in enumerate(steps) if step.phase is Phase.UPDATE)
    return steps[k] if all(step.phase is Phase.UPDATE for step in steps[k:]) else None


def _names(shape: Shape) -> Names:
    outputs = _outputs(shape.structure.layers)
    letters = {one.quantity: one.letter for one in shape.parameters}
    letters |= {one.gradient: one.gradient_letter for one in shape.parameters}
    words = {
        Quantity.UPSTREAM: shape.arriving,
        Quantity.TARGET: "target",
        Quantity.LEARNING_RATE: "learning_rate",
    }

    def name(number: Name) -> str:
        quantity, layer = number
        if quantity is Quantity.OUTPUT:
            return outputs[layer]
        if quantity is Quantity.DERIVATIVE:
            return f"f_prime({outputs[layer]})"
        return words.get(quantity) or f"{letters[quantity]}{layer}"

    return name
