"""The loop of training written out for one number of layers, for Python to run as it is.

An update is the text of `engine.tracing`: straight on, no loop over layers, no list. The weights
are local variables. It agrees bit for bit with the loop of `engine.advance`, in half the time, and
serves where nothing is compiled and every update is kept.
"""

from array import array
from functools import lru_cache
from typing import cast

from engine.advance import CONVERGED, Advance, Told
from engine.chain import ACTIVATIONS
from engine.tracing import written_update

MOST_LAYERS = 64
"""The text of a longer chain would take longer to read than it saves."""

_TEXT = """
def advance(chain, lesson, pages, first, end, total):
    now = tuple(chain.weights)
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
    chain.weights[:] = array("d", now)
    return Told(total, converged, highest)
"""


@lru_cache(maxsize=16)
def unrolled(layers: int, activation: str, algorithm: str) -> Advance:
    """Return the loop for one kind of chain, for pages that keep every update (stride 1).

    Its rows are arrays of the standard library. Of the chain it changes the weights alone.
    """
    update = written_update(layers, activation, algorithm)
    text = _TEXT.format(
        layers=layers,
        weights=", ".join(f"w{i}" for i in range(1, layers + 1)),
        lines=("\n" + " " * 8).join(update.lines),
        new=", ".join(update.weights),
        loss=update.loss,
        output=update.output,
        converged=repr(CONVERGED),
    )
    function, derivative = ACTIVATIONS[activation]
    names: dict[str, object] = {
        "function": function,
        "derivative": derivative,
        "array": array,
        "Told": Told,
    }
    exec(text, names)  # noqa: S102 - our own text, of our own functions
    return cast("Advance", names["advance"])
