"""Gradients to be checked by hand: the loss with each weight a little larger, and smaller.

In a linear chain the loss is a parabola in each weight, and a central difference of any width is
the gradient: (L(w + 1) − L(w − 1)) / 2. So it is in a chain of straight pieces, while no z changes
its sign.
"""

from collections.abc import Sequence
from random import Random

from engine.experiment import Experiment
from engine.moment import moment_at
from engine.parameters import WEIGHT
from engine.steps import position_of, steps_per_sample
from engine.teaching.judge import margin
from engine.teaching.sheets.exercise import Check, Moved
from engine.teaching.slips import Slip, slips_at
from engine.teaching.standing import trained

_DISTANCES = (1.0, 0.5, 0.2, 0.1)
_CURVED_DISTANCES = (0.1, 0.05, 0.02, 0.01)
_NEARLY = 0.04
"""So far from the gradient, as a share of it, a quotient may be where f is curved."""

_LARGEST = 30.0
"""Outputs beyond make a square that nobody likes to compute by hand."""

_CLEARLY = 0.25
"""By this share of it a printed gradient is wrong, at least: more than a difference can be off."""

_ALL_RIGHT = 0.25
"""In this share of the exercises every gradient is right."""


def check_of(experiment: Experiment, seed: int) -> Check:
    """Return the exercise: at most one of the printed gradients is wrong, drawn by `seed`."""
    draw = Random(f"check {seed}").random  # noqa: S311 - no secret
    f, distance = experiment.structure.f, _distance(experiment)
    n, run = experiment.layers, trained(experiment)
    wrong = None if draw() < _ALL_RIGHT else 1 + int(draw() * n)
    rows = []
    for i in range(1, n + 1):
        up, down = (_moved(experiment, i, by) for by in (distance, -distance))
        index = position_of(experiment.structure, WEIGHT.gradient_of(i))
        computation = moment_at(run, index).computation
        assert computation is not None  # noqa: S101 - a gradient was computed
        right = computation.result.value
        slips = _made(slips_at(run, index), right, draw()) if i == wrong else ()
        quotient = (up[1] - down[1]) / (2 * distance)
        printed = slips[0].value if slips else right
        rows.append(Moved(i, up, down, quotient, right, printed, slips))
    return Check(distance, f.is_straight, tuple(rows))


def _made(slips: Sequence[Slip], right: float, drawn: float) -> tuple[Slip, ...]:
    """Return one of the slips, and those that give the same number."""
    clear = [
        one for one in slips if abs(one.value - right) > max(_CLEARLY * abs(right), margin(right))
    ]
    if not clear:
        return ()
    value = clear[int(drawn * len(clear))].value
    same = (one for one in clear if abs(one.value - value) <= 1e-9 * max(1.0, abs(value)))
    return tuple({one.name: one for one in same}.values())


def _distance(experiment: Experiment) -> float:
    """Return the largest distance at which the quotient is exact and can be computed by hand."""
    if not experiment.structure.f.is_straight:
        return next(filter(lambda d: _is_near(experiment, d), _CURVED_DISTANCES), 0.001)
    before = _signs(experiment.weights, experiment)
    for distance in _DISTANCES:
        ways = [
            _with(experiment, i, by)
            for i in range(1, experiment.layers + 1)
            for by in (distance, -distance)
        ]
        outputs = [_forward(weights, experiment) for weights in ways]
        bends = not experiment.structure.linear
        if all(abs(row[-1]) <= _LARGEST for row in outputs) and not (
            bends and any(_signs(weights, experiment) != before for weights in ways)
        ):
            return distance
    return _DISTANCES[-1]


def _is_near(experiment: Experiment, distance: float) -> bool:
    """Tell whether each quotient is about the gradient."""
    gradients = moment_at(
        trained(experiment), steps_per_sample(experiment.structure) - experiment.layers
    ).gradients
    for i, gradient in enumerate(gradients, 1):
        up, down = (_moved(experiment, i, by)[1] for by in (distance, -distance))
        assert gradient is not None  # noqa: S101 - the way back is done
        if abs((up - down) / (2 * distance) - gradient) > _NEARLY * abs(gradient):
            return False
    return True


def _moved(experiment: Experiment, layer: int, by: float) -> tuple[float, float]:
    """Return the output and the loss with a weight moved."""
    output = _forward(_with(experiment, layer, by), experiment)[-1]
    return output, (output - experiment.samples[0].target) ** 2 / 2


def _with(experiment: Experiment, layer: int, by: float) -> tuple[float, ...]:
    return tuple(w + by * (i == layer) for i, w in enumerate(experiment.weights, 1))


def _forward(weights: Sequence[float], experiment: Experiment) -> list[float]:
    outputs = [experiment.samples[0].x]
    for weight in weights:
        outputs.append(experiment.structure.f.function(weight * outputs[-1]))
    return outputs


def _signs(weights: Sequence[float], experiment: Experiment) -> list[bool]:
    outputs = _forward(weights, experiment)
    return [weight * a > 0 for weight, a in zip(weights, outputs, strict=False)]
