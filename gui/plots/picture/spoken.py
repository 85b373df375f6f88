"""The curves of a plot in words, for who does not see them. No Qt."""

import numpy as np

from gui.drawing.curve import Curve, Floats
from gui.language import Say, speech
from gui.language.joining import labelled
from gui.language.numbers import rounded, with_sign
from gui.plots.picture import compared_unclipped, cursor
from gui.plots.picture.plot import Plot
from gui.state import State


def curves_in_words(state: State, plot: Plot) -> tuple[str, ...]:
    """Return for each curve where it starts and ends, its bounds, and its value at the cursor."""
    say = speech(state.look.locale)
    true = getattr(compared_unclipped(state.run, state.reference), plot.name).curves
    return tuple(
        _in_words(curve, whole.y[: len(curve.y)], state, say)
        for curve, whole in zip(plot.curves, true, strict=True)
        if curve.name and not curve.kept and len(curve.x)
    )


def _in_words(curve: Curve, values: Floats, state: State, say: Say) -> str:
    finite = values[np.isfinite(values)]
    name = with_sign(curve.name, say)
    if not len(finite):
        return labelled(name, say("no finite value"), say)
    here = max(int(np.searchsorted(curve.x, cursor(state), side="right")) - 1, 0)
    numbers = {
        "start": finite[0],
        "end": finite[-1],
        "least": finite.min(),
        "most": finite.max(),
        "now": values[min(here, len(values) - 1)],
    }
    written = {k: rounded(float(v), state.look.digits, say) for k, v in numbers.items()}
    words = say("starts at {start}, ends at {end}, least {least}, greatest {most}; now {now}")
    return labelled(name, words.format(**written), say)
