"""The update of a chain written out for one number of layers, without loops or lists.

The text comes from `engine.source`. `written(…)` is an update for the loop of
`engine.training.advance`, to be compiled with it: θ is then numbers in registers. `unrolled(…)` is
a loop of its own for Python, which takes half the time of the general loop, or less.
Both give the same results as the general loop, bit for bit.
"""

from array import array
from functools import lru_cache
from math import inf, nan
from typing import cast

from engine.activations import Scalar
from engine.parameters import names_of
from engine.source import Update, folded, written_update
from engine.steps import Structure
from engine.training.advance import CONVERGED, Advance, AdvanceResult, Keep, Learn

MOST_LAYERS = 64
"""Python would take longer to parse the text of a longer chain than it saves."""


_WRITTEN = """
def learn(state, x, target, rate):
    {theta}, = state
    {lines}
    return ({new},), {output}, {loss}

def keep(checkpoints, place, state):
    {keeps}
"""

_KEEPING_EACH = """
def advance(state, data, history, first, end, total):
    samples, rate = tuple(zip(data.xs, data.targets)), data.learning_rate
    losses, answers, checkpoints = history.lows, history.outputs, []
    count, keep = len(samples), checkpoints.extend
    sample, converged, highest = first % count, -1, 0.0
    for update in range(first, end):
        keep(state)
        {theta}, = state
        x, target = samples[sample]
        {lines}
        state = {new},
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
    history.checkpoints[first * {size} : end * {size}] = array("d", checkpoints)
    return AdvanceResult(state, total, converged, highest)
"""

_KEEPING_SOME = """
def advance(state, data, history, first, end, total):
    samples, rate = tuple(zip(data.xs, data.targets)), data.learning_rate
    stride, checkpoints, lows, highs, _ = history
    count = len(samples)
    sample, converged, highest = first % count, -1, 0.0
    {theta}, = state
    while first < end:
        interval, inside = divmod(first, stride)
        if inside:
            low, high = lows[interval], highs[interval]
        else:
            low, high = nan, -inf
            checkpoints[interval * {size} : (interval + 1) * {size}] = array("d", ({theta},))
        last = min(first - inside + stride, end)
        for update in range(first, last):
            x, target = samples[sample]
            {lines}
            {theta}, = {new},
            if {loss} < low or low != low:
                low = {loss}
            if {loss} > high or {loss} != {loss}:
                high = {loss}
            total += {loss}
            sample += 1
            if sample == count:
                if converged < 0 and total / count < {converged}:
                    converged = update
                total = 0.0
                sample = 0
        lows[interval], highs[interval] = low, high
        if high > highest or high != high:
            highest = high
        first = last
    return AdvanceResult(({theta},), total, converged, highest)
"""


def written_text(structure: Structure) -> str:
    """Return the source text of the two functions that `written` returns."""
    return _filled(_WRITTEN, structure, written_update(structure), indent=4)


def written(structure: Structure, function: Scalar, derivative: Scalar) -> tuple[Learn, Keep]:
    """Return an update of a tuple θ with this f and f′, and the function that stores θ."""
    names: dict[str, object] = {"function": function, "derivative": derivative}
    exec(written_text(structure), names)  # noqa: S102 - our own text, of our own functions
    return cast("Learn", names["learn"]), cast("Keep", names["keep"])


@lru_cache(maxsize=16)
def unrolled(structure: Structure, *, keeps_each: bool) -> Advance:
    """Return a training loop on a tuple θ, which keeps every update (stride 1) or some.

    The checkpoints must be an array of the standard library.
    """
    names: dict[str, object] = {
        "function": structure.f.function,
        "derivative": structure.f.derivative,
    }
    names |= {"array": array, "AdvanceResult": AdvanceResult, "nan": nan, "inf": inf}
    template, indent = (_KEEPING_EACH, 8) if keeps_each else (_KEEPING_SOME, 12)
    update = _folded(written_update(structure), keeps_output=keeps_each)
    exec(_filled(template, structure, update, indent), names)  # noqa: S102 - our own text
    return cast("Advance", names["advance"])


def _folded(update: Update, *, keeps_output: bool) -> Update:
    """Return the same update with every result that is used once put in where it is used."""
    kept = (update.loss, update.output) if keeps_output else (update.loss,)
    lines, theta = folded(update.lines, update.theta, kept)
    return update._replace(lines=lines, theta=theta)


def _filled(text: str, structure: Structure, update: Update, indent: int) -> str:
    break_ = "\n" + " " * indent
    size = len(update.theta)
    return text.format(
        size=size,
        theta=", ".join(names_of(structure.parameters, structure.layers)),
        lines=break_.join(update.lines),
        new=", ".join(update.theta),
        loss=update.loss,
        output=update.output,
        keeps=break_.join(f"checkpoints[place * {size} + {i}] = state[{i}]" for i in range(size)),
        converged=repr(CONVERGED),
    )
