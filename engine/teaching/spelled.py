"""Verdicts with letters for the symbols: what commands print."""

from engine.quantities import Name, Quantity
from engine.run import Run
from engine.teaching.judge import Verdict
from engine.teaching.told import verdict_words
from engine.words import Say

_SYMBOLS = {
    Quantity.OUTPUT: "a{}",
    Quantity.WEIGHT: "w{}",
    Quantity.BIAS: "b{}",
    Quantity.UPSTREAM: "dL/da{}",
    Quantity.GRADIENT: "dL/dw{}",
    Quantity.BIAS_GRADIENT: "dL/db{}",
    Quantity.DERIVATIVE: "f'(z{})",
    Quantity.WEIGHTED_INPUT: "z{}",
    Quantity.TARGET: "the target",
    Quantity.LOSS: "L",
    Quantity.LEARNING_RATE: "α",
}
"""How numbers are called where there are no letters for them; a0 is x."""

_ENGLISH = Say()


def sentence_of(verdict: Verdict, run: Run, say: Say = _ENGLISH) -> str:
    """Return what is said of a text."""
    if verdict.fault is not None:
        return str(verdict.fault)
    f = run.experiment.structure.f.symbol
    return verdict_words(verdict, say, _symbol, lambda value: f"{value:.6g}".replace("-", "−"), f)


def _symbol(name: Name) -> str:
    return _SYMBOLS[name.quantity].format(name.layer)
