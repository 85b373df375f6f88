"""The words around the texts of a lesson: kinds of steps, verdicts, names of steps. No Qt."""

from collections.abc import Mapping
from types import MappingProxyType

from engine.teaching.lesson import Lesson, Text
from engine.teaching.places import StepName
from engine.teaching.standing import Standing
from engine.user_error import UserError
from engine.words import mark, within
from gui.drawing.ink import Ink
from gui.language import Say, sentence
from gui.language.numbers import given
from gui.state import State

LEADS: Mapping[str, str] = MappingProxyType(
    {
        "right": within("verdict of an answer", "✓ Right."),
        "nearly": within("verdict of an answer", "Nearly."),
        "rounded": within("verdict of an answer", "Nearly."),
        "shown": within("verdict of an answer", "Shown."),
        "unreadable": "",
        "first": "",
    }
)
"""The first words of a verdict; of every other one they are "Not yet."."""

NOT_YET = within("verdict of an answer", "Not yet.")

INKS: Mapping[str, Ink] = MappingProxyType({"right": Ink.UPDATE, "shown": Ink.FORWARD})
"""The colours of verdicts; every other one has that of the way back."""

_STEPS: Mapping[str, str] = MappingProxyType(
    {
        "forward": mark("forward through layer {layer}"),
        "loss": mark("the loss"),
        "seed": mark("the loss’s derivative"),
        "gradient": mark("the gradient of w{layer}"),
        "bias_gradient": mark("the gradient of b{layer}"),
        "pass_on": mark("pass back through layer {layer}"),
        "update": mark("update w{layer}"),
        "bias_update": mark("update b{layer}"),
    }
)
_SUBSCRIPTS = str.maketrans("0123456789", "₀₁₂₃₄₅₆₇₈₉")


def step_words(name: StepName, say: Say) -> str:
    """Return what a step is called where one is to be chosen."""
    number = "" if name.layer is None else str(name.layer)
    template = _STEPS[name.word]
    if "w{" in template or "b{" in template:
        number = number.translate(_SUBSCRIPTS)
    return say(template).format(layer=number)


def filled(text: Text, here: Standing | None, state: State, say: Say) -> str:
    """Return a text in the language of the state, with the values of a place in its gaps.

    A value that does not exist there is told in its place: the check of the lesson says so too.
    """
    language, digits = state.look.language, state.look.digits
    if here is None:
        return text.of(language)
    try:
        return text.filled(language, here, lambda value: given(value, digits, say))
    except UserError as fault:
        return f"{text.of(language)} ({sentence(fault, state.look.locale)})"


def missing_language(lesson: Lesson, state: State, say: Say) -> str:
    """Return a sentence where a lesson is read in another language than the window, or nothing."""
    if state.look.language in lesson.languages or not lesson.languages:
        return ""
    if "en" in lesson.languages:
        return say("This lesson is not written in your language: you read it in English.")
    return say("This lesson is not written in your language.")
