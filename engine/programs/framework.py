"""The framework: `Layer` and `Network`, as in the article's second part."""

from engine.experiment import Experiment
from engine.programs import plain
from engine.programs.parts import NOTES, Kind, blocks, head, kind_of, lines, slip
from engine.programs.program import Program, marked

_NETWORK = '''
class Network:
    """A chain of layers."""

    def __init__(self, weights):
        self.layers = [
            Layer(w) for w in weights
        ]

    def forward(self, x):
        for layer in self.layers:
            x = layer.forward(x)
        return x
'''

_BACK_TO_FRONT = '''
    def backward(self, value):
        """Pass the derivative back."""
        for layer in reversed(self.layers):
            value = layer.backward(value)
'''

_FRONT_TO_BACK = """
    def backward(self, p):
        {slip}
        for layer in self.layers:
            p = layer.backward(p)
"""

_UPDATE = """
    def update(self):
        for layer in reversed(self.layers):
            layer.update()
"""

_UPDATE_LAYER = """
    def update(self):
        step = learning_rate * self.gradient  #: update
        self.weight -= step  #: update
"""

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
        weights = [
            layer.weight
            for layer in self.layers
        ]
        print("weights:", *weights)

    def predict(self, x):
        """Return the sign of the output."""
        output = self.forward(x)
        if isnan(output):
            return output
        return 1 if output > 0 else -1

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

    def check(self, x, target):
        """Check the gradients."""
        differences = [
            self.calc_gradient(i, x, target)
            for i in range(len(self.layers))
        ]
        self.train_one_sample(x, target)
        gradients = [
            layer.gradient
            for layer in self.layers
        ]
        show_check(gradients, differences)
'''

_RESULTS = """
network = Network(initial_weights)
losses = network.train()

network.display()
print("last losses:", *losses)
for x, _ in samples:
    print("output:", network.forward(x))
for x, _ in samples:
    print(x, ",", network.predict(x))
print("gradient check, initial weights")
for x, target in samples:
    print(f"x = {x}, target = {target}")
    Network(initial_weights).check(x, target)
"""


def framework(experiment: Experiment) -> Program:
    """Return the program of classes."""
    kind = kind_of(experiment)
    top = head(experiment, NOTES[kind.algorithm], plain.imports(kind))
    core = blocks(plain.LOSS, _layer(kind), _network(kind))
    tail = blocks(_TRAIN, plain.RELATIVE_ERROR, plain.SHOW_CHECK, _RESULTS)
    return marked("framework", blocks(top, plain.functions(kind)), core, tail, gap=1)


def _layer(kind: Kind) -> str:
    methods = {"in_place": _in_place, "front_to_back": _front_to_back}
    return lines(
        "class Layer:",
        '    """One neuron: one weight, one output."""',
        "\n    def __init__(self, weight):",
        "        self.weight = weight",
        "        self.input = self.output = 0.0",
        "        self.gradient = 0.0",
        "\n    def forward(self, x):",
        "        self.input = x",
        f"        self.output = {kind.f('self.weight * x')}  #: forward",
        "        return self.output",
        "\n" + methods.get(kind.algorithm, _backprop)(kind),
    )


def _backprop(kind: Kind) -> str:
    """Return how a layer learns by backprop, and by the mistakes that resemble it."""
    arriving = "local" if kind.slopes else "upstream"
    own, comment = kind.algorithm == "own_output", slip(kind)
    factor = "output" if own else "self.input"
    gradient = [f"        self.gradient = {arriving} * {factor}  #: gradient"]
    if kind.minus:
        gradient = [
            f"        gradient = {arriving} * {factor}  #: gradient",
            f"        {comment}",
            "        self.gradient = -gradient  #: gradient",
        ]
    elif own:
        gradient[:0] = [f"        {comment}", "        output = self.output  #: gradient"]
    elif comment:
        gradient[:0] = [f"        {comment}"]
    return lines(
        "    def backward(self, upstream):",
        _local(kind),
        *gradient,
        f"        return {arriving} * self.weight  #: pass_on",
        _UPDATE_LAYER,
    )


def _in_place(kind: Kind) -> str:
    arriving = "local" if kind.slopes else "upstream"
    return lines(
        "    def backward(self, upstream):",
        _local(kind),
        f"        self.gradient = {arriving} * self.input  #: gradient",
        f"        {slip(kind)}",
        f"        self.update(learning_rate * {arriving})  #: update",
        f"        return {arriving} * self.weight  #: pass_on",
        "\n    def update(self, step):",
        "        self.weight -= step * self.input  #: update",
    )


def _front_to_back(kind: Kind) -> str:
    return lines(
        "    def backward(self, p):",
        "        slope = f_prime(self.output)  #: gradient" if kind.slopes else "",
        f"        p = p{' * slope' if kind.slopes else ''} * self.weight  #: gradient",
        "        self.gradient = p * self.input  #: gradient",
        "        return p  #: pass_on",
        _UPDATE_LAYER,
    )


def _local(kind: Kind) -> str:
    if not kind.slopes:
        return ""
    return lines(
        "        slope = f_prime(self.output)  #: gradient",
        "        local = upstream * slope  #: gradient",
    )


def _network(kind: Kind) -> str:
    in_place, front = kind.algorithm == "in_place", kind.algorithm == "front_to_back"
    return lines(
        _NETWORK,
        _FRONT_TO_BACK.format(slip=slip(kind)) if front else _BACK_TO_FRONT,
        "" if in_place else _UPDATE,
        _TRAIN_ONE_SAMPLE,
        _seed(kind) if front else "        self.backward(output - target)  #: seed",
        "" if in_place else "        self.update()",
        "        return loss_now",
    )


def _seed(kind: Kind) -> str:
    return lines(
        "        p = output - target  #: seed",
        "        slope = f_prime(output)  #: seed" if kind.slopes else "",
        "        last = self.layers[-1]  #: seed",
        f"        p = p{' * slope' if kind.slopes else ''} * last.weight  #: seed",
        "        self.backward(p)",
    )
