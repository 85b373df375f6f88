"""What is written at the plots of a run, and what the tool tips say of their curves. No Qt."""

from collections.abc import Iterator
from dataclasses import dataclass

from gui.language import Say, speech
from gui.language.joining import listed
from gui.language.numbers import subscript
from gui.state import State
from gui.words.glossary import all_explained, learned
from gui.words.meanings import Meaning


@dataclass(frozen=True, slots=True)
class PlotWords:
    """The titles, the name of the axis, and the note at the epoch of divergence."""

    loss: str
    weights: str
    outputs: str
    axis: str
    diverged: str


def plot_words(state: State) -> PlotWords:
    """Return what is written at the plots."""
    say = speech(state.look.locale)
    return PlotWords(
        loss=say("Loss"),
        weights=" · ".join(say(learned(one).plural) for one in state.experiment.parameters),
        outputs=say("Outputs and targets"),
        axis=say("epoch"),
        diverged=say("diverged"),
    )


def plot_hints(state: State) -> dict[str, str]:
    """Return what each plot shows and what its curves are, a line each, by the plot's name."""
    say = speech(state.look.locale)
    kept = [(say("dashed line"), Meaning.KEPT_LINE)] if state.reference else []
    each = {"loss": _loss(state, say), "weights": _learned(state, say), "outputs": _outputs(say)}
    return {name: all_explained((*lines, *kept), say) for name, lines in each.items()}


def _loss(state: State, say: Say) -> Iterator[tuple[str, Meaning]]:
    yield say("Loss"), Meaning.LOSS
    samples = len(state.experiment.samples)
    if samples > 1:
        yield _series("L", samples, say), Meaning.SAMPLE_LOSS
    yield "L", Meaning.MEAN_LOSS


def _learned(state: State, say: Say) -> Iterator[tuple[str, Meaning]]:
    for one in state.experiment.parameters:
        words = learned(one)
        yield say(words.plural), words.value
        yield _series(one.letter, state.experiment.layers, say), words.curve


def _outputs(say: Say) -> Iterator[tuple[str, Meaning]]:
    yield "x = …", Meaning.SAMPLE_OUTPUT
    yield say("dotted line"), Meaning.TARGET_LINE


def _series(letter: str, count: int, say: Say) -> str:
    """Return "w₁", "w₁, w₂" or "w₁ … w₉"."""
    ends = [f"{letter}{subscript(i)}" for i in sorted({1, count})]
    return " … ".join(ends) if count > 2 else listed(ends, say)  # noqa: PLR2004 - the ends
