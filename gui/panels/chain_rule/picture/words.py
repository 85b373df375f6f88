"""What is said around the rows of the chain rule. No Qt."""

import math
from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType

from engine import Experiment
from engine.words import mark
from gui.language import Say, speech
from gui.language.numbers import power
from gui.panels.chain_rule.picture.factors import Derived
from gui.state import State
from gui.words import symbols

LEVEL_NAMES: Mapping[str, str] = MappingProxyType(
    {
        "derivatives": mark("Derivatives"),
        "symbols": mark("Symbols"),
        "expanded": mark("Expanded"),
    }
)

LEVEL_HINTS: Mapping[str, str] = MappingProxyType(
    {
        "derivatives": mark("The chain of derivatives, as the chain rule gives it"),
        "symbols": mark("What each derivative is"),
        "expanded": mark("Expanded until only the weights, the input and the target are left"),
    }
)


@dataclass(frozen=True, slots=True)
class ChainRuleWords:
    """What is said around the rows; `slip` is empty for the right algorithm."""

    intro: str
    slip: str
    agreement: str


def chain_rule_words(state: State, derived: Derived) -> ChainRuleWords:
    """Return what is said around the rows of a state."""
    say, experiment = speech(state.look.locale), state.run.experiment
    met = any(name.quantity in symbols.GRADIENTS for name in state.moment.numbers)
    # Numbers that are not finite can not be compared.
    finite = all(math.isfinite(row.value) for row in derived.rows)
    error = derived.disagreement if met and finite else None
    return ChainRuleWords(_intro(say, experiment), _slip(say, experiment), _agreement(say, error))


def _intro(say: Say, experiment: Experiment) -> str:
    if len(experiment.theta) == 1:
        return say("The derivative, written out in full. With one layer no factor is shared.")
    if experiment.layers == 1:
        return say(
            "Each derivative, written out in full. The same letter is the same number, computed"
            " once."
        )
    return say(
        "Each derivative, written out in full. The orange factors are the upstream gradient (the"
        " article's public derivative: the factor that all earlier layers share); the same letter"
        " is the same number, computed once and passed back."
    )


def _slip(say: Say, experiment: Experiment) -> str:
    by = experiment.structure.by
    if by.is_right:
        return ""
    return say(
        "These are the true derivatives. “{algorithm}” computes something else: {slip}. Its own"
        " result follows the ≠."
    ).format(algorithm=say(by.title), slip=say(by.mistake))


def _agreement(say: Say, error: float | None) -> str:
    if error is None:
        return say("The three forms write the same factors in three ways.")
    if error == 0:
        return say("All three forms give exactly the same gradients.")
    return say("All three forms give the same gradients, up to rounding: {error}.").format(
        error=power(error, say)
    )
