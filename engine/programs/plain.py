"""The functions that all programs without PyTorch share: activation, loss, training, results.

The texts are for any parameters of a layer; where a chain has only weights, no list of parameters
is in the way.
"""

from engine.parameters import Parameter
from engine.programs.parts import Shape, blocks, lines

LOSS = '''
def loss(output, target):
    """L = (e - target)^2 / 2."""
    error = output - target  #: loss
    return 0.5 * error * error  #: loss
'''

RELATIVE_ERROR = '''
def relative_error(a, b):
    """|a - b| / max(|a|, |b|)."""
    largest = max(abs(a), abs(b))
    if largest == 0.0:
        return 0.0
    return abs(a - b) / largest
'''

_SHOW_CHECK = '''
def show_check({name}gradients, differences):
    """Print both, and how far apart."""
    pairs = zip(gradients, differences)
    for i, (a, b) in enumerate(pairs, 1):
        error = relative_error(a, b)
        print(
            f"{letter}{{i}}: gradient {{a}},"
            f" central difference {{b}},"
            f" relative error {{error}}"
        )
'''

_PREDICT = '''
def predict({theta}, x):
    """Return the sign of the output."""
    output = forward({theta}, x)[-1]
    if isnan(output):
        return output
    return 1 if output > 0 else -1
'''

_TRAIN = '''
def train({theta}):
    """Return the last epoch's losses."""
    losses = []
    for _ in range(epochs):
        losses = [
            learn({theta}, x, target)[0]
            for x, target in samples
        ]
    return losses
'''

_LOSS_AT = '''
def loss_at({theta}, x, target):
    """Return the loss with these {words}."""
    output = forward({theta}, x)[-1]
    return loss(output, target)
'''

_DIFFERENCE = '''
def difference(weights, i, x, target):
    """Return the central difference."""
    above = list(weights)
    above[i] += epsilon
    below = list(weights)
    below[i] -= epsilon
    rise = loss_at(above, x, target)
    rise -= loss_at(below, x, target)
    return rise / (2 * epsilon)
'''

_CHECK = '''
def check(x, target):
    """Check the gradients by differences."""
    weights = list(initial_weights)
    differences = [
        difference(weights, i, x, target)
        for i in range(len(weights))
    ]
    _, gradients = learn(weights, x, target)
    show_check(gradients, differences)
'''

_DIFFERENCE_OF_SEVERAL = '''
def difference(rows, k, i, x, target):
    """Return the central difference."""
    above = [list(row) for row in rows]
    above[k][i] += epsilon
    below = [list(row) for row in rows]
    below[k][i] -= epsilon
    rise = loss_at(*above, x, target)
    rise -= loss_at(*below, x, target)
    return rise / (2 * epsilon)
'''

_CHECK_OF_SEVERAL = '''
def check(x, target):
    """Check the gradients by differences."""
    rows = [
{initial}
    ]
    differences = [
        [
            difference(rows, k, i, x, target)
            for i in range(len(row))
        ]
        for k, row in enumerate(rows)
    ]
    _, gradients = learn(*rows, x, target)
{shown}
'''


def several(parameters: tuple[Parameter, ...]) -> bool:
    """Tell whether a layer learns more than its weight."""
    return len(parameters) > 1


def show_check(parameters: tuple[Parameter, ...]) -> str:
    """Return the function that prints gradients beside differences."""
    many = several(parameters)
    return _SHOW_CHECK.format(
        name="name, " if many else "", letter="{name}" if many else parameters[0].letter
    )


def train(shape: Shape) -> str:
    """Return the function that trains; several parameters are handed through together."""
    return _TRAIN.format(theta="*rows" if several(shape.parameters) else shape.theta)


def results(start: str, shape: Shape, numbers: str, output: str, last: str = "") -> str:
    """Return what trains and prints: each row from the `start`, `numbers` of it, the `output`.

    What a chain of several parameters answers has a line of its own; its output is the `last`.
    """
    fields = [one.field for one in shape.parameters]
    many = several(shape.parameters)
    if many:
        told = f'    found = {output}\n    print("output:", found{last})'
    else:
        told = f'    print("output:", {output}{last})'
    return lines(
        *(f"{field} = {start.format(field)}" for field in fields),
        f"losses = train({shape.theta})",
        *(
            f'{"" if i else chr(10)}print("{field}:", *{numbers.format(field)})'
            for i, field in enumerate(fields)
        ),
        'print("last losses:", *losses)',
        "for x, _ in samples:",
        told,
        "for x, _ in samples:",
        f"    label = predict({shape.theta}, x)" if many else "",
        f'    print(x, ",", {"label" if many else f"predict({shape.theta}, x)"})',
        f'print("gradient check, initial {shape.learned}")',
        "for x, target in samples:",
        '    print(f"x = {x}, target = {target}")',
        "    check(x, target)",
    )


def imports(shape: Shape) -> str:
    """Return what a program takes from the standard library."""
    names = sorted({"isnan", *shape.structure.f.code.imports})
    return f"from math import {', '.join(names)}"


def functions(shape: Shape) -> str:
    """Return f, and f′ where the algorithm uses it, as functions of a program."""
    code = shape.structure.f.code
    function = lines(
        "def f(z):", f'    """{code.docstring}"""', *(f"    {line}" for line in code.function)
    )
    derivative = f'''
def f_prime(a):
    """Return f'(z), where a = f(z)."""
    return {code.derivative}
'''
    return blocks("" if shape.linear else function, derivative if shape.slopes else "")


def tail(shape: Shape) -> str:
    """Return what follows after `forward`, `loss` and `learn`: training, results, check."""
    printed = results("list(initial_{})", shape, "{}", f"forward({shape.theta}, x)", "[-1]")
    many = several(shape.parameters)
    words = {"theta": shape.theta, "words": "rows" if many else shape.learned}
    if several(shape.parameters):
        differences = (_DIFFERENCE_OF_SEVERAL, RELATIVE_ERROR, show_check(shape.parameters))
        check = _CHECK_OF_SEVERAL.format(
            initial="\n".join(f"        list(initial_{one.field})," for one in shape.parameters),
            shown="\n".join(shown_of(k, one) for k, one in enumerate(shape.parameters)),
        )
    else:
        differences = (_DIFFERENCE, RELATIVE_ERROR, show_check(shape.parameters))
        check = _CHECK
    return blocks(
        train(shape),
        _PREDICT.format(**words),
        _LOSS_AT.format(**words),
        *differences,
        check,
        printed,
    )


def shown_of(k: int, parameter: Parameter) -> str:
    """Return the call that shows the check of the k-th parameter."""
    return lines(
        "    show_check(",
        f'        "{parameter.letter}", gradients[{k}], differences[{k}]',
        "    )",
    )
