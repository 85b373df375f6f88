"""The update of a chain written out for one number of layers, without loops or lists.

The text is that of `engine.tracing`. `written(…)` is an update for the loop of
`engine.training.advance`, to be compiled with it: the weights are then numbers in registers.
`unrolled(…)` is a loop of its own for Python to run as it is, which keeps every update; it takes
half the time of the other.
Both agree with the definition to the last bit.
"""

import re
from array import array
from collections import Counter
from functools import lru_cache
from typing import cast

from engine.chain import ACTIVATIONS, Scalar
from engine.tracing import Kind, Update, written_update
from engine.training.advance import CONVERGED, Advance, Keep, Learn, Told

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
    return _filled(_WRITTEN, kind.layers, written_update(kind), indent=4)


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
    text = _filled(_LOOP, kind.layers, _folded(written_update(kind)), indent=8)
    exec(text, names)  # noqa: S102 - our own text
    return cast("Advance", names["advance"])


_RESULT = re.compile(r"\bt\d+\b")


def _folded(update: Update) -> Update:
    """Return the same update with what is used once written where it is used.

    Python then needs no name for it, which saves a fifth of its time.
    """
    pairs = [line.split(" = ", 1) for line in update.lines]
    uses = Counter(name for _, text in pairs for name in _RESULT.findall(text))
    folded: dict[str, str] = {}

    def unfolded(text: str) -> str:
        return _RESULT.sub(lambda name: folded.get(name[0], name[0]), text)

    lines = []
    for name, text in pairs:
        if uses[name] > 1 or name in (update.loss, update.output):
            lines.append(f"{name} = {unfolded(text)}")
        else:
            folded[name] = f"({unfolded(text)})"
    return update._replace(lines=tuple(lines), weights=tuple(map(unfolded, update.weights)))


def _filled(text: str, n: int, update: Update, indent: int) -> str:
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
