"""The update of a chain written out for one number of layers: straight on, no loop, no list.

The text is that of `engine.tracing`. `written(…)` is an update for the loop of `engine.advance`,
to be compiled with it: the weights are then numbers in registers. `unrolled(…)` is a loop of its
own for Python to run as it is, which keeps every update; it takes half the time of the other.
Both agree with the definition to the last bit.
"""

from array import array
from functools import lru_cache
from typing import cast

from engine.advance import CONVERGED, Advance, Keep, Learn, Told
from engine.chain import ACTIVATIONS, Scalar
from engine.tracing import Kind, written_update

MOST_LAYERS = 64
"""The text of a longer chain would take longer to read than it saves."""


_WRITTEN = """
def learn(now, x, target, rate):
    {weights}, = now
    {lines}
    return ({new},), {output}, {loss}

def keep(checkpoints, place, now):
    {keeps}
"""

_LOOP = """
def advance(now, lesson, pages, first, end, total):
    samples, rate = tuple(zip(lesson.xs, lesson.targets)), lesson.learning_rate
    losses, answers, checkpoints = pages.lows, pages.outputs, []
    count, keep = len(samples), checkpoints.extend
    sample, converged, highest = first % count, -1, 0.0
    for update in range(first, end):
        keep(now)
        {weights}, = now
        x, target = samples[sample]
        {lines}
        now = {new},
        losses[update] = {loss}
        answers[update] = {output}
        if {loss} > highest or {loss} != {loss}:
            highest = {loss}
        total += {loss}
        sample += 1
        if sample == count:
            if converged < 0 and total / count < {converged}:
                converged = update
            total = 0.0
            sample = 0
    pages.checkpoints[first * {layers} : end * {layers}] = array("d", checkpoints)
    return Told(now, total, converged, highest)
"""


def written_text(kind: Kind) -> str:
    """Return the functions of `written` as text."""
    return _filled(_WRITTEN, kind, indent=4)


def written(kind: Kind, function: Scalar, derivative: Scalar) -> tuple[Learn, Keep]:
    """Return an update of bare weights, and what writes them down, made of these f and f′."""
    names: dict[str, object] = {"function": function, "derivative": derivative}
    exec(written_text(kind), names)  # noqa: S102 - our own text, of our own functions
    return cast("Learn", names["learn"]), cast("Keep", names["keep"])


@lru_cache(maxsize=16)
def unrolled(kind: Kind) -> Advance:
    """Return the loop of bare weights that keeps every update (stride 1).

    Its checkpoints are an array of the standard library.
    """
    function, derivative = ACTIVATIONS[kind.activation]
    names: dict[str, object] = {"function": function, "derivative": derivative}
    names |= {"array": array, "Told": Told}
    exec(_filled(_LOOP, kind, indent=8), names)  # noqa: S102 - our own text
    return cast("Advance", names["advance"])


def _filled(text: str, kind: Kind, indent: int) -> str:
    n = kind.layers
    update = written_update(kind)
    break_ = "\n" + " " * indent
    return text.format(
        layers=n,
        weights=", ".join(f"w{i}" for i in range(1, n + 1)),
        lines=break_.join(update.lines),
        new=", ".join(update.weights),
        loss=update.loss,
        output=update.output,
        keeps=break_.join(f"checkpoints[place * {n} + {i}] = now[{i}]" for i in range(n)),
        converged=repr(CONVERGED),
    )
