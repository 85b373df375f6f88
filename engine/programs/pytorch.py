"""PyTorch: the same training with the derivatives that autograd takes."""

from collections.abc import Callable, Iterator

from engine.algorithms import Algorithm
from engine.experiment import Experiment
from engine.parameters import weighted_input
from engine.programs.parts import Shape, blocks, head, lines
from engine.programs.plain import (
    LOSS,
    RELATIVE_ERROR,
    results,
    several,
    show_check,
    shown_of,
    train,
)
from engine.programs.program import COLUMNS, Program, marked, tag
from engine.programs.statements import code
from engine.steps import Phase
from engine.words import mark

_RIGHT = mark("PyTorch finds the gradients by itself.")
_MISTAKEN = mark(
    "PyTorch finds the gradients by itself. In Chainstep this experiment makes a mistake"
    " ({algorithm}); PyTorch does not: these are the right gradients."
)


def note(algorithm: Algorithm, say: Callable[[str], str] = str) -> str:
    """Return what the first lines of the program say; `say` translates it."""
    if algorithm.is_right:
        return say(_RIGHT)
    return say(_MISTAKEN).format(algorithm=algorithm.name)


_TENSOR = '''
def leaf(values):
    """Return weights that are learned."""
    return torch.tensor(
        values,
        dtype=torch.float64,
        requires_grad=True,
    )
'''

_DIFFERENCE = '''
@torch.no_grad()
def difference(i, x, target):
    """Return the central difference."""
    above = leaf(initial_weights)
    below = leaf(initial_weights)
    above[i] += epsilon
    below[i] -= epsilon
    rise = loss(forward(above, x), target)
    rise -= loss(forward(below, x), target)
    return rise.item() / (2 * epsilon)
'''

_CHECK = '''
def check(x, target):
    """Check the gradients by differences."""
    differences = [
        difference(i, x, target)
        for i in range(len(initial_weights))
    ]
    weights = leaf(initial_weights)
    _, gradients = learn(weights, x, target)
    show_check(gradients, differences)
'''

_DIFFERENCE_OF_SEVERAL = '''
def start():
    """Return weights that are learned."""
    return [
{leaves}
    ]


@torch.no_grad()
def difference(k, i, x, target):
    """Return the central difference."""
    above, below = start(), start()
    above[k][i] += epsilon
    below[k][i] -= epsilon
    rise = loss(forward(*above, x), target)
    rise -= loss(forward(*below, x), target)
    return rise.item() / (2 * epsilon)
'''

_CHECK_OF_SEVERAL = '''
def check(x, target):
    """Check the gradients by differences."""
    differences = [
        [
            difference(k, i, x, target)
            for i in range(len(row))
        ]
        for k, row in enumerate(start())
    ]
    _, gradients = learn(*start(), x, target)
{shown}
'''

_PREDICT = '''
def output_of({theta}, x):
    """Return the output as a number."""
    return forward({theta}, x).item()


def predict({theta}, x):
    """Return the sign of the output."""
    output = output_of({theta}, x)
    if isnan(output):
        return output
    return 1 if output > 0 else -1

'''


def pytorch(experiment: Experiment) -> Program:
    """Return the program for PyTorch; its gradients are right whatever the algorithm."""
    shape = Shape(experiment.structure)
    imports = lines(
        "from math import isnan",
        "\nimport torch",
        "import torch.nn.functional as F" if "F." in shape.structure.f.code.torch else "",
    )
    top = head(experiment, note(experiment.structure.by), imports)
    core = blocks(_forward(shape), LOSS, _learn(shape))
    printed = results("leaf(initial_{})", shape, "{}.tolist()", f"output_of({shape.theta}, x)")
    checks = _checks(shape)
    shown = show_check(shape.parameters)
    predict = _PREDICT.format(theta=shape.theta)
    tail = blocks(train(shape), checks[0], RELATIVE_ERROR, shown, checks[1], predict, printed)
    return marked("pytorch", blocks(top, _TENSOR), core, tail)


def _forward(shape: Shape) -> str:
    letters = {one.quantity: one.letter for one in shape.parameters}
    fields, torch = [one.field for one in shape.parameters], shape.structure.f.code.torch
    z = weighted_input(shape.parameters, 1)
    text = code(z, lambda name: letters.get(name.quantity, "output"))
    over = fields[0] if len(fields) == 1 else f"zip({', '.join(fields)})"
    last = torch.format(text) if torch else text
    first = ""
    if len(f"        output = {last}") > COLUMNS:
        first, last = f"        z = {text}  #: forward", torch.format("z")
    return lines(
        f"def forward({shape.theta}, x):",
        '    """Return the output of the chain."""',
        "    output = x",
        f"    for {', '.join(letters.values())} in {over}:",
        first,
        f"        output = {last}  #: forward",
        "    return output",
    )


def _learn(shape: Shape) -> str:
    fields = [one.field for one in shape.parameters]
    many = len(fields) > 1
    return lines(
        f"def learn({shape.theta}, x, target):",
        f'    """{shape.lesson}"""',
        f"    output = forward({shape.theta}, x)",
        "    loss_now = loss(output, target)",
        "\n" + lines(*(f"    {field}.grad = None" for field in fields)),
        f"    loss_now.backward()  #: seed {_gradient_tags(shape)} pass_on",
        "\n    with torch.no_grad():",
        *_updates(shape),
        *(f"    {one.gradients} = {one.field}.grad.tolist()" for one in shape.parameters),
        f"    found = [{', '.join(one.gradients for one in shape.parameters)}]" if many else "",
        f"    return loss_now.item(), {'found' if many else shape.parameters[0].gradients}",
    )


def _gradient_tags(shape: Shape) -> str:
    return " ".join(tag(Phase.GRADIENT, one) for one in shape.parameters)


def _updates(shape: Shape) -> Iterator[str]:
    for one in shape.parameters:
        mark = tag(Phase.UPDATE, one)
        yield f"        step = learning_rate * {one.field}.grad  #: {mark}"
        yield f"        {one.field} -= step  #: {mark}"


def _checks(shape: Shape) -> tuple[str, str]:
    """Return the difference of one parameter, and the check of all."""
    if not several(shape.parameters):
        return _DIFFERENCE, _CHECK
    leaves = "\n".join(f"        leaf(initial_{one.field})," for one in shape.parameters)
    shown = lines(*(shown_of(k, one) for k, one in enumerate(shape.parameters)))
    return _DIFFERENCE_OF_SEVERAL.format(leaves=leaves), _CHECK_OF_SEVERAL.format(shown=shown)
