"""The training as a program, the lines of the present step marked in it. No Qt."""

import io
import tokenize
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache
from types import MappingProxyType
from typing import NamedTuple

from engine import Experiment, Phase, Step
from engine.programs import FORMS, MOST_LAYERS, program
from engine.words import mark
from gui.drawing.ink import Ink
from gui.formula.picture import PHASE_INKS
from gui.language import Say, speech
from gui.panels.code.picture.words import translated
from gui.state import State
from gui.words.steps import heading

_WORDS: Mapping[str, tuple[str, str]] = MappingProxyType(
    {
        "unrolled": (mark("Unrolled"), mark("Every layer has a line of its own")),
        "loop": (mark("Loop"), mark("A loop goes through the layers")),
        "framework": (mark("Framework"), mark("Layer and Network, as in the article’s framework")),
        "pytorch": (mark("PyTorch"), mark("The same training with PyTorch’s autograd")),
    }
)


_WITH_I = (Phase.GRADIENT, Phase.PASS_ON, Phase.UPDATE)
"""The steps in whose lines the loop counts the layers by i."""

_BEFORE_A_STATEMENT = (tokenize.NEWLINE, tokenize.INDENT, tokenize.DEDENT)


class Remark(NamedTuple):
    """A comment, or a line of a docstring: the characters `start` to before `end` of a line."""

    line: int
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Listing:
    """A program as it is shown; it changes with the experiment, not with the step.

    `inks` are the colours of the lines that do a step; lines count from 1. Remarks, and what is
    outside of the `core`, stand back.
    """

    text: str
    lines: tuple[str, ...]
    core: range
    inks: Mapping[int, Ink]
    remarks: tuple[Remark, ...]


@dataclass(frozen=True, slots=True)
class Form:
    """A form that the program can have; `blocked` where it can't, and then `hint` says why."""

    name: str
    word: str
    hint: str
    blocked: bool


@dataclass(frozen=True, slots=True)
class CodePicture:
    """The code panel: `form` is the one that is shown, `marked` the lines of the present step.

    `caption` names the step, and its place in the loop; `sentence` says the same as the marks;
    `file_name` is the name to save under.
    """

    intro: str
    form: str
    forms: tuple[Form, ...]
    listing: Listing
    marked: tuple[int, ...]
    ink: Ink
    caption: str
    sentence: str
    file_name: str


def code_picture(state: State) -> CodePicture:
    """Describe the program of the state's run, at its present step."""
    say, experiment = speech(state.look.locale), state.run.experiment
    form = form_shown(state)
    listing = _listing(experiment, form, state.look.locale)
    step = state.moment.step
    marked = program(experiment, form).lines_of(step) if step else ()
    return CodePicture(
        intro=_intro(say, state, form),
        form=form,
        forms=_forms(state.look.locale, experiment.layers),
        listing=listing,
        marked=marked,
        ink=PHASE_INKS[step.phase] if step else Ink.TEXT,
        caption=_caption(say, step, form) if step else "",
        sentence=_sentence(say, listing, marked),
        file_name=f"chainstep_{form}.py",
    )


def form_shown(state: State) -> str:
    """Return the form that was chosen, or the loop where the chain is too long to be unrolled.

    The loop stands in for a form that the settings of another Chainstep may name, too.
    """
    form = state.look.form
    return "loop" if form not in FORMS or _too_long(form, state.run.experiment.layers) else form


def _too_long(form: str, layers: int) -> bool:
    return form == "unrolled" and layers > MOST_LAYERS


def _intro(say: Say, state: State, form: str) -> str:
    if _too_long(state.look.form, state.run.experiment.layers):
        return say(
            "A chain of {layers} layers is too long to be unrolled: this is the loop. The marked"
            " lines compute this step."
        ).format(layers=state.run.experiment.layers)
    if form == "pytorch" and not state.run.experiment.structure.by.is_right:
        return say(
            "PyTorch finds the derivatives by itself and makes no mistake: this program shows the"
            " right gradients."
        )
    if form == "pytorch":
        return say(
            "PyTorch finds the derivatives by itself, all in one line. The marked lines compute"
            " this step."
        )
    return say(
        "It runs on its own and prints the same numbers, to the last digit. The marked lines"
        " compute this step."
    )


@lru_cache(maxsize=8)
def _forms(language: str, layers: int) -> tuple[Form, ...]:
    say = speech(language)
    why = say("The unrolled form is for at most {most} layers, not {value}.")
    found = []
    for name in FORMS:
        word, hint = _WORDS[name]
        blocked = _too_long(name, layers)
        told = why.format(most=MOST_LAYERS, value=layers) if blocked else say(hint)
        found.append(Form(name, say(word), told, blocked))
    return tuple(found)


def _caption(say: Say, step: Step, form: str) -> str:
    """Return "Gradient · layer 2 · i = 1": the loop's lines look the same for every layer."""
    named = heading(say, step)
    return f"{named} · i = {step.layer - 1}" if form == "loop" and step.phase in _WITH_I else named


def _sentence(say: Say, listing: Listing, marked: tuple[int, ...]) -> str:
    if not marked:
        return say("No step is done yet: no line is marked.")
    line = say("Line {number}: {code}")
    return "\n".join(line.format(number=i, code=listing.lines[i - 1].strip()) for i in marked)


@lru_cache(maxsize=8)
def _listing(experiment: Experiment, form: str, language: str) -> Listing:
    written = program(experiment, form)
    lines = translated(written.lines, speech(language))
    text = "\n".join(lines) + "\n"
    inks = {line: PHASE_INKS[phase] for line, phase in written.phases().items()}
    remarks = tuple(_remarks(text))
    return Listing(text, lines, written.core, MappingProxyType(inks), remarks)


def _remarks(text: str) -> Iterator[Remark]:
    """Yield every comment and docstring, line by line."""
    begins = True
    for token in tokenize.generate_tokens(io.StringIO(text).readline):
        docstring = token.type == tokenize.STRING and begins
        if docstring or token.type == tokenize.COMMENT:
            for offset, line in enumerate(token.string.split("\n")):
                start = token.start[1] if offset == 0 else 0
                yield Remark(token.start[0] + offset, start, start + len(line))
        begins = token.type in _BEFORE_A_STATEMENT
