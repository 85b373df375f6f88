"""The framework: `Layer` and `Network`, as in the article's second part."""

from collections.abc import Iterator

from engine.experiment import Experiment
from engine.expressions import names_in
from engine.layers import Part
from engine.programs import plain
from engine.programs.parts import Shape, blocks, head, lines
from engine.programs.program import Program, marked
from engine.programs.statements import Names, Statements, code, shared_in
from engine.quantities import Name, Quantity
from engine.steps import Phase, Step

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

_RESULTS = """
{network}
losses = network.train()

network.display()
print("last losses:", *losses)
for x, _ in samples:
    print("output:", network.forward(x))
for x, _ in samples:
    print(x, ",", network.predict(x))
print("gradient check, initial {words}")
for x, target in samples:
    print(f"x = {{x}}, target = {{target}}")
    {fresh}
"""


def framework(experiment: Experiment) -> Program:
    """Return the program of classes."""
    shape = Shape(experiment.structure)
    top = head(experiment, experiment.structure.by.note, plain.imports(shape))
    core = blocks(plain.LOSS, _layer(shape), _network(shape))
    tail = blocks(
        _tail_of_network(shape),
        plain.RELATIVE_ERROR,
        plain.show_check(shape.parameters),
        _results(shape),
    )
    return marked("framework", blocks(top, plain.functions(shape)), core, tail, gap=1)


def _layer(shape: Shape) -> str:
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
    for part in _loops(shape):
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


def _names_in(step: Step) -> tuple[Name, ...]:
    return tuple(names_in(step.expression))


def _is_slope(name: Name) -> bool:
    return name.quantity is Quantity.DERIVATIVE


def _statements(shape: Shape, part: Part) -> Iterator[str]:
    yield from Statements(_names(shape), 8, linear=shape.linear).of(part.steps)


def _loops(shape: Shape) -> list[Part]:
    return [part for part in shape.parts if part.steps[0].phase in (Phase.GRADIENT, Phase.UPDATE)]


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


def _network(shape: Shape) -> str:
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
    return any(part.steps[0].phase is Phase.UPDATE for part in _loops(shape))


def _loops_of_network(shape: Shape) -> Iterator[str]:
    front = next(part for part in _loops(shape)).direction > 0
    p = "p" if front else "value"
    yield f"\n    def backward(self, {p}):"
    comment = next(step for part in shape.parts for step in part.steps if step.phase is Phase.SEED)
    words = comment.words.comment_of(linear=shape.linear)
    yield f"        # {words}" if words else '        """Pass the derivative back."""'
    for part in _loops(shape):
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
    used = {name.quantity for name in _names_in(seed)}
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


def _tail_of_network(shape: Shape) -> str:
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


def _results(shape: Shape) -> str:
    starts = [f"initial_{one.field}" for one in shape.parameters]
    many = len(starts) > 1
    call = "Network(\n{indent}    " + ",\n{indent}    ".join(starts) + ",\n{indent})"
    if not many:
        call = f"Network({starts[0]})"
    return _RESULTS.format(
        network="network = " + call.format(indent=""),
        fresh=call.format(indent="    ") + ".check(x, target)",
        words="parameters" if many else "weights",
    )
