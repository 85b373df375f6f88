"""A program as text, and which of its lines do which step.

The forms write their lines with a mark at the end of those that do a step:

    gradients[i] = local * outputs[i]  #: gradient
    g3 = upstream * z  #: gradient 3

The words are phases, and a number is the layer where a line is one layer's own. `marked` takes
the marks off the text and remembers them.
"""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from types import MappingProxyType

from engine.steps import Phase, Step

COLUMNS = 45
"""No line of code is longer, so that it can be read beside the chain."""

_MARK = re.compile(r"(?P<code>.*?) +#: (?P<phases>[a-z_ ]+?)(?: (?P<layer>\d+))?")

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
    _marks: Mapping[tuple[Phase, int], tuple[int, ...]]

    @property
    def text(self) -> str:
        """The whole program, as it is saved."""
        return "\n".join(self.lines) + "\n"

    def lines_of(self, step: Step) -> tuple[int, ...]:
        """Return the numbers of the lines, from 1, that do `step`, in the order they run."""
        own = self._marks.get((step.phase, step.layer))
        return own or self._marks[step.phase, _ANY]

    def phases(self) -> dict[int, Phase]:
        """Return what each line that does a step does, by the line's number."""
        found: dict[int, Phase] = {}
        for (phase, _), numbers in self._marks.items():
            for number in numbers:
                found.setdefault(number, phase)
        return found


def marked(form: str, head: str, core: str, tail: str, gap: int = 2) -> Program:
    """Make a program of its three parts, with `gap` empty lines between core and tail."""
    before, middle, after = (part.strip("\n").split("\n") for part in (head, core, tail))
    first = len(before) + 3
    lines, marks = _taken_off([*before, "", "", *middle, *[""] * gap, *after])
    return Program(form, lines, range(first, first + len(middle)), marks)


def _taken_off(
    written: Iterable[str],
) -> tuple[tuple[str, ...], Mapping[tuple[Phase, int], tuple[int, ...]]]:
    lines: list[str] = []
    marks: dict[tuple[Phase, int], tuple[int, ...]] = {}
    for number, line in enumerate(written, start=1):
        found = _MARK.fullmatch(line)
        lines.append(found["code"] if found else line)
        for phase in found["phases"].split() if found else ():
            key = (Phase(phase), int(found["layer"] or _ANY) if found else _ANY)
            marks[key] = (*marks.get(key, ()), number)
    return tuple(lines), MappingProxyType(marks)
