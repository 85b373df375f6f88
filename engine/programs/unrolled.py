"""Unrolled: every layer has a line of its own, as in the article's first listing."""

from engine.experiment import Experiment
from engine.problem import Problem, mark, shown
from engine.programs import plain
from engine.programs.parts import NOTES, Kind, blocks, head, kind_of, lines, slip
from engine.programs.program import Program, marked

MOST_LAYERS = 4
"""The unrolled form of more layers would be longer than anybody wants to read."""

_ARTICLE = ("x", "y", "z", "e")


def unrolled(experiment: Experiment) -> Program:
    """Return the program without loops over layers. Raises `Problem` for too many of them."""
    if experiment.layers > MOST_LAYERS:
        raise Problem(
            mark("The unrolled form is for at most {most} layers, not {value}."),
            most=MOST_LAYERS,
            value=shown(experiment.layers),
        )
    kind = kind_of(experiment)
    top = head(experiment, NOTES[kind.algorithm], plain.imports(kind))
    core = blocks(_forward(kind), plain.LOSS, _learn(kind))
    return marked("unrolled", blocks(top, plain.functions(kind)), core, plain.tail())


def _outputs(layers: int) -> tuple[str, ...]:
    return _ARTICLE if layers == len(_ARTICLE) - 1 else tuple(f"a{i}" for i in range(layers + 1))


def _unpacked(kind: Kind) -> str:
    return "(w1,)" if kind.layers == 1 else _all_weights(kind)


def _all_weights(kind: Kind) -> str:
    return ", ".join(f"w{i}" for i in range(1, kind.layers + 1))


def _forward(kind: Kind) -> str:
    a = _outputs(kind.layers)
    return lines(
        f"def forward(weights, {a[0]}):",
        '    """Return the outputs of all layers."""',
        f"    {_unpacked(kind)} = weights",
        *(
            f"    {a[i]} = {kind.f(f'w{i} * {a[i - 1]}')}  #: forward {i}"
            for i in range(1, kind.layers + 1)
        ),
        f"    return {', '.join(a)}",
    )


def _learn(kind: Kind) -> str:
    a = _outputs(kind.layers)
    backward = {"in_place": _in_place, "front_to_back": _front_to_back}
    gradients = ", ".join(f"g{i}" for i in range(1, kind.layers + 1))
    return lines(
        f"def learn(weights, {a[0]}, target):",
        '    """Update the weights with one sample."""',
        f"    {_unpacked(kind)} = weights",
        f"    {', '.join(a)} = forward(weights, {a[0]})",
        f"    loss_now = loss({a[-1]}, target)",
        "\n" + backward.get(kind.algorithm, _backprop)(kind, a),
        f"\n    weights[:] = [{_all_weights(kind)}]",
        f"    return loss_now, [{gradients}]",
    )


def _backprop(kind: Kind, a: tuple[str, ...]) -> str:
    """Return the backward pass and the update of backprop, and of the mistakes that resemble it."""
    own = kind.algorithm == "own_output"
    written = [f"    {slip(kind)}"] if slip(kind) else []
    written.append(f"    upstream = {a[-1]} - target  #: seed")
    for i in range(kind.layers, 0, -1):
        slope = _slope(kind, a[i])
        factor = a[i] if own else a[i - 1]
        written.append(f"    g{i} = {kind.minus}upstream{slope} * {factor}  #: gradient {i}")
        if i > 1:
            written.append(f"    upstream = upstream{slope} * w{i}  #: pass_on {i}")
    return lines(*written, "\n" + _update(kind))


def _in_place(kind: Kind, a: tuple[str, ...]) -> str:
    arriving = "local" if kind.slopes else "upstream"
    written = [f"    upstream = {a[-1]} - target  #: seed"]
    for i in range(kind.layers, 0, -1):
        if kind.slopes:
            written.append(f"    local = upstream{_slope(kind, a[i])}  #: gradient {i}")
        written.append(f"    g{i} = {arriving} * {a[i - 1]}  #: gradient {i}")
        if i == kind.layers:
            written.append(f"    {slip(kind)}")
        change = f"learning_rate * {arriving} * {a[i - 1]}"
        written.append(f"    w{i} = w{i} - {change}  #: update {i}")
        if i > 1:
            written.append(f"    upstream = {arriving} * w{i}  #: pass_on {i}")
    return lines(*written)


def _front_to_back(kind: Kind, a: tuple[str, ...]) -> str:
    n = kind.layers
    written = [
        f"    {slip(kind)}",
        f"    p = {a[n]} - target  #: seed",
        f"    p = p{_slope(kind, a[n])} * w{n}  #: seed",
    ]
    for i in range(1, n + 1):
        factors = f"p{_slope(kind, a[i])} * w{i}"
        written.append(f"    g{i} = {factors} * {a[i - 1]}  #: gradient {i}")
        if i < n:
            written.append(f"    p = {factors}  #: pass_on {i}")
    return lines(*written, "\n" + _update(kind))


def _slope(kind: Kind, a: str) -> str:
    return f" * f_prime({a})" if kind.slopes else ""


def _update(kind: Kind) -> str:
    return lines(
        *(
            f"    w{i} = w{i} - learning_rate * g{i}  #: update {i}"
            for i in range(kind.layers, 0, -1)
        )
    )
