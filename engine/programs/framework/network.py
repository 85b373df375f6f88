"""The class `Network` of the framework."""

from collections.abc import Iterator

from engine.expressions import names_in
from engine.programs import plain
from engine.programs.framework.layer import loops
from engine.programs.parts import Shape, lines
from engine.programs.statements import Names, Statements, code
from engine.quantities import Quantity
from engine.steps import Phase

_NETWORK = '''
class Network:
    """A chain of layers."""

    def __init__(self, {fields}):
        self.layers = [
            {layer}
        ]

    def forward(self, x):
        for layer in self.layers:
            x = layer.forward(x)
        return x
'''


_TRAIN_ONE_SAMPLE = """
    def train_one_sample(self, x, target):
        output = self.forward(x)
        loss_now = loss(output, target)
"""


_TRAIN = '''
    def train(self):
        """Return the last epoch's losses."""
        learn = self.train_one_sample
        losses = []
        for _ in range(epochs):
            losses = [
                learn(x, target)
                for x, target in samples
            ]
        return losses

    def display(self):
{display}

    def predict(self, x):
        """Return the sign of the output."""
        output = self.forward(x)
        if isnan(output):
            return output
        return 1 if output > 0 else -1
'''


_DISPLAY = """
        {field} = [
            layer.{one}
            for layer in self.layers
        ]
        print("{field}:", *{field})
"""


_DIFFERENCE = '''
    def calc_gradient(self, i, x, target):
        """Return the central difference."""
        layer = self.layers[i]
        weight = layer.weight
        layer.weight = weight + epsilon
        above = loss(self.forward(x), target)
        layer.weight = weight - epsilon
        below = loss(self.forward(x), target)
        layer.weight = weight
        rise = above - below
        return rise / (2 * epsilon)
'''


_DIFFERENCE_OF_SEVERAL = '''
    def calc_gradient(self, k, i, x, target):
        """Return the central difference."""
        layer = self.layers[i]
        value = getattr(layer, k)
        setattr(layer, k, value + epsilon)
        above = loss(self.forward(x), target)
        setattr(layer, k, value - epsilon)
        below = loss(self.forward(x), target)
        setattr(layer, k, value)
        rise = above - below
        return rise / (2 * epsilon)
'''


_CHECK = '''
    def check(self, x, target):
        """Check the gradients."""
{differences}
        self.train_one_sample(x, target)
{gradients}
{shown}
'''


_DIFFERENCES = """
        {differences} = [
            {call}
            for i in range(len(self.layers))
        ]
"""


_GRADIENTS = """
        {gradients} = [
            layer.{gradient}
            for layer in self.layers
        ]
"""


def network(shape: Shape) -> str:
    """Return the class of the chain, up to an update for one sample."""
    fields = [one.field for one in shape.parameters]
    ones = [one.letter for one in shape.parameters]
    rows = fields[0] if len(fields) == 1 else f"zip({', '.join(fields)})"
    many = f"Layer({', '.join(ones)})\n            for {', '.join(ones)} in {rows}"
    layer = "Layer(w) for w in weights" if len(fields) == 1 else many
    return lines(
        _NETWORK.format(fields=", ".join(fields), layer=layer),
        *_loops_of_network(shape),
        _TRAIN_ONE_SAMPLE,
        *_seed(shape),
        "        self.update()" if _updates_apart(shape) else "",
        "        return loss_now",
    )


def _updates_apart(shape: Shape) -> bool:
    return any(part.steps[0].phase is Phase.UPDATE for part in loops(shape))


def _loops_of_network(shape: Shape) -> Iterator[str]:
    front = next(part for part in loops(shape)).direction > 0
    p = "p" if front else "value"
    yield f"\n    def backward(self, {p}):"
    comment = next(step for part in shape.parts for step in part.steps if step.phase is Phase.SEED)
    words = comment.words.comment_of(linear=shape.linear)
    yield f"        # {words}" if words else '        """Pass the derivative back."""'
    for part in loops(shape):
        over = "self.layers" if part.direction > 0 else "reversed(self.layers)"
        if part.steps[0].phase is Phase.UPDATE:
            yield "\n    def update(self):"
            yield f"        for layer in {over}:"
            yield "            layer.update()"
        else:
            yield f"        for layer in {over}:"
            yield f"            {p} = layer.backward({p})"


def _seed(shape: Shape) -> Iterator[str]:
    """Yield what begins the backward pass: from e − ê alone, or with the last layer."""
    seed = next(step for part in shape.parts for step in part.steps if step.phase is Phase.SEED)
    names = _at_the_end(shape)
    text = code(seed.expression, names)
    used = {name.quantity for name in names_in(seed.expression)}
    if not used & ({one.quantity for one in shape.parameters} | {Quantity.DERIVATIVE}):
        yield f"        self.backward({text})  #: seed"
        return
    written = list(
        Statements(
            names, 8, linear=shape.linear, told={seed.words.comment_of(linear=shape.linear)}
        ).step(seed)
    )
    first, *others = written
    yield first
    if Quantity.DERIVATIVE in used:
        yield "        slope = f_prime(output)  #: seed"
    yield "        last = self.layers[-1]  #: seed"
    yield from others
    yield f"        self.backward({shape.arriving})"


def _at_the_end(shape: Shape) -> Names:
    learned = {one.quantity: f"last.{one.quantity}" for one in shape.parameters}
    words = {
        Quantity.UPSTREAM: shape.arriving,
        Quantity.OUTPUT: "output",
        Quantity.TARGET: "target",
        Quantity.DERIVATIVE: "slope",
    }
    return lambda name: words.get(name.quantity) or learned[name.quantity]


def rest_of_network(shape: Shape) -> str:
    """Return the rest of the class: training, output and gradient check."""
    parameters, many = shape.parameters, plain.several(shape.parameters)
    display = lines(
        *(_DISPLAY.strip("\n").format(field=one.field, one=one.quantity) for one in parameters)
    )
    rows = [
        {
            "differences": f"{one.quantity}_differences" if many else "differences",
            "gradients": one.gradients,
            "gradient": one.gradient,
            "call": "self.calc_gradient("
            + (
                f'\n                "{one.quantity}", i, x, target\n            )'
                if many
                else "i, x, target)"
            ),
        }
        for one in parameters
    ]
    if many:
        shown = [
            "        show_check(\n"
            f'            "{one.letter}",\n            {row["gradients"]},\n'
            f"            {row['differences']},\n        )"
            for one, row in zip(parameters, rows, strict=True)
        ]
    else:
        shown = ["        show_check(gradients, differences)"]
    return lines(
        _TRAIN.format(display=display),
        _DIFFERENCE_OF_SEVERAL if many else _DIFFERENCE,
        _CHECK.format(
            differences=lines(*(_DIFFERENCES.strip("\n").format(**row) for row in rows)),
            gradients=lines(*(_GRADIENTS.strip("\n").format(**row) for row in rows)),
            shown=lines(*shown),
        ),
    )
