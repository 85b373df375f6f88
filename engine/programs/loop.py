"""The loop: a chain of any length as two lists, its outputs and its weights."""

from engine.experiment import Experiment
from engine.programs import plain
from engine.programs.parts import NOTES, Kind, blocks, head, kind_of, lines, slip
from engine.programs.program import Program, marked


def loop(experiment: Experiment) -> Program:
    """Return the program that goes through the layers in loops."""
    kind = kind_of(experiment)
    top = head(experiment, NOTES[kind.algorithm], plain.imports(kind))
    core = blocks(_forward(kind), plain.LOSS, _learn(kind))
    return marked("loop", blocks(top, plain.functions(kind)), core, plain.tail())


def _forward(kind: Kind) -> str:
    return f'''
def forward(weights, x):
    """Return the outputs of all layers."""
    outputs = [x]
    for w in weights:
        outputs.append({kind.f("w * outputs[-1]")})  #: forward
    return outputs
'''


def _learn(kind: Kind) -> str:
    backward = {"in_place": _in_place, "front_to_back": _front_to_back}
    return lines(
        "def learn(weights, x, target):",
        '    """Update the weights with one sample."""',
        "    outputs = forward(weights, x)",
        "    loss_now = loss(outputs[-1], target)",
        "    slopes = list(map(f_prime, outputs[1:]))" if kind.slopes else "",
        "    gradients = [0.0] * len(weights)",
        "    layers = range(len(weights))",
        "\n" + backward.get(kind.algorithm, _backprop)(kind),
        "    return loss_now, gradients",
    )


_UPDATE = """
    for i in reversed(layers):
        step = learning_rate * gradients[i]  #: update
        weights[i] -= step  #: update
"""


def _backprop(kind: Kind) -> str:
    """Return the backward pass and the update of backprop, and of the mistakes that resemble it."""
    arriving = "local" if kind.slopes else "upstream"
    own = kind.algorithm == "own_output"
    comment = slip(kind)
    return lines(
        "    upstream = outputs[-1] - target  #: seed",
        "    for i in reversed(layers):",
        "        local = upstream * slopes[i]  #: gradient" if kind.slopes else "",
        f"        {comment}" if comment else "",
        "        output = outputs[i + 1]  #: gradient" if own else "",
        f"        gradients[i] = {kind.minus}{arriving} * "
        + ("output  #: gradient" if own else "outputs[i]  #: gradient"),
        f"        upstream = {arriving} * weights[i]  #: pass_on",
        _UPDATE,
    )


def _in_place(kind: Kind) -> str:
    arriving = "local" if kind.slopes else "upstream"
    return lines(
        "    upstream = outputs[-1] - target  #: seed",
        "    for i in reversed(layers):",
        "        local = upstream * slopes[i]  #: gradient" if kind.slopes else "",
        f"        gradients[i] = {arriving} * outputs[i]  #: gradient",
        f"        {slip(kind)}",
        f"        step = learning_rate * {arriving}  #: update",
        "        weights[i] -= step * outputs[i]  #: update",
        f"        upstream = {arriving} * weights[i]  #: pass_on",
    )


def _front_to_back(kind: Kind) -> str:
    last, slope = (" * slopes[-1]", " * slopes[i]") if kind.slopes else ("", "")
    return lines(
        "    p = outputs[-1] - target  #: seed",
        f"    p = p{last} * weights[-1]  #: seed",
        f"    {slip(kind)}",
        "    for i in layers:",
        f"        leaving = p{slope} * weights[i]  #: gradient",
        "        gradients[i] = leaving * outputs[i]  #: gradient",
        "        p = leaving  #: pass_on",
        _UPDATE,
    )
