"""A program as text, and which of its lines do which step.

The forms write their lines with a mark at the end of those that do a step:

    gradients[i] = local * outputs[i]  #: gradient
    g3 = upstream * z  #: gradient 3

The words are what `tag_of` calls steps, and a number is the layer where a line is one layer's own.
`marked` takes the marks off the text and remembers them.
"""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from types import MappingProxyType

from engine.parameters import WEIGHT, Parameter, parameter_of
from engine.steps import Phase, Step

COLUMNS = 45
"""No line of code is longer, so that it can be read beside the chain."""

_MARK = re.compile(r"(?P<code>.*?) +#: (?P<tags>[a-z_ -]+?)(?: (?P<layer>\d+))?")

_ANY = 0
"""Stands for the layer of a line that serves all of them."""


@dataclass(frozen=True)
class Program:
    """A program that trains one chain: its `lines`, and where it does what.

    `core` holds the numbers of the lines that make up the algorithm (forward, loss, backward,
    update); lines count from 1. What is before are the data, what is after prints the results
    and checks the gradients.
    """

    form: str
    lines: tuple[str, ...]
    core: range
    _marks: Mapping[tuple[str, int], tuple[int, ...]]

    @property
    def text(self) -> str:
        """The whole program, as it is saved."""
        return "\n".join(self.lines) + "\n"

    def lines_of(self, step: Step) -> tuple[int, ...]:
        """Return the numbers of the lines, from 1, that do `step`, in the order they run."""
        own = self._marks.get((tag_of(step), step.layer))
        return own or self._marks[tag_of(step), _ANY]

    def phases(self) -> dict[int, Phase]:
        """Return what each line that does a step does, by the line's number."""
        found: dict[int, Phase] = {}
        for (tag, _), numbers in self._marks.items():
            for number in numbers:
                found.setdefault(number, Phase(tag.split("-")[0]))
        return found


def tag_of(step: Step) -> str:
    """Return how a step is marked: by its phase, of a parameter beside the weight with its letter.

    gradient, update; gradient-b, update-b.
    """
    if step.phase not in (Phase.GRADIENT, Phase.UPDATE):
        return str(step.phase)
    return tag(step.phase, parameter_of(step.result.quantity))


def tag(phase: Phase, parameter: Parameter) -> str:
    """Return how the gradient or the update of a parameter is marked."""
    return str(phase) if parameter is WEIGHT else f"{phase}-{parameter.letter}"


def marked(form: str, head: str, core: str, tail: str, gap: int = 2) -> Program:
    """Make a program of its three parts, with `gap` empty lines between core and tail."""
    before, middle, after = (part.strip("\n").split("\n") for part in (head, core, tail))
    first = len(before) + 3
    lines, marks = _taken_off([*before, "", "", *middle, *[""] * gap, *after])
    return Program(form, lines, range(first, first + len(middle)), marks)


def _taken_off(
    written: Iterable[str],
) -> tuple[tuple[str, ...], Mapping[tuple[str, int], tuple[int, ...]]]:
    lines: list[str] = []
    marks: dict[tuple[str, int], tuple[int, ...]] = {}
    for number, line in enumerate(written, start=1):
        found = _MARK.fullmatch(line)
        lines.append(found["code"] if found else line)
        for tag in found["tags"].split() if found else ():
            key = (tag, int(found["layer"] or _ANY) if found else _ANY)
            marks[key] = (*marks.get(key, ()), number)
    return tuple(lines), MappingProxyType(marks)
