"""What a backward pass costs in three ways: a small table, and a curve over the layers. No Qt."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import NamedTuple

from engine import Experiment
from engine.chain_rule.multiplications import Count
from engine.parameters import Parameter
from gui.drawing.ink import Ink
from gui.language import Say, speech
from gui.language.joining import clauses, groups, labelled, sentences
from gui.state import State
from gui.words import symbols

LONGEST = 200
"""The most layers of the curve and its slider."""

SAMPLED = (200, 160, 120, 80, 40, 1, 180, 140, 100, 60, 20)
"""The curve is counted at these numbers of layers, first roughly, then finely."""

WAYS = ("expanded", "written_out", "backprop")
"""From the most costly to the cheapest, as they stand in the diagram from top to bottom."""


@dataclass(frozen=True, slots=True)
class CostRow:
    """A line of the table; `numbers` are empty until they are counted."""

    layers: str
    numbers: tuple[str, ...]
    saved: str
    present: bool


@dataclass(frozen=True, slots=True)
class CostCurve:
    """A way to compute the gradients: multiplications over layers, as far as they are counted."""

    name: str
    ink: Ink
    dashed: bool
    points: tuple[tuple[int, int], ...]
    here: int | None


@dataclass(frozen=True, slots=True)
class CostPicture:
    """The whole: `layers` is the n of the slider.

    `most` is the largest count of the curves, 0 until it is counted.
    """

    heading: str
    note: str
    titles: tuple[str, ...]
    rows: tuple[CostRow, ...]
    slider: str
    layers: int
    curves: tuple[CostCurve, ...]
    most: int
    axis: str
    language: str

    @property
    def summary(self) -> str:
        """What this chain costs, in a line."""
        ways = zip(self.titles[1:], self.rows[0].numbers, strict=False)
        say = speech(self.language)
        return " · ".join(labelled(title, number, say) for title, number in ways)

    @property
    def sentence(self) -> str:
        """The table as one sentence: the accessible description of the diagram."""
        say = speech(self.language)
        lines = (zip(self.titles, _cells(row), strict=True) for row in self.rows)
        rows = (clauses((labelled(*cell, say) for cell in line), say) for line in lines)
        return labelled(self.heading, groups(rows, say), say)


def _cells(row: CostRow) -> tuple[str, ...]:
    return (row.layers, *row.numbers, row.saved)


class ChainKind(NamedTuple):
    """What the costs depend on but for the layers: all with a slope of their own cost the same."""

    linear: bool
    parameters: tuple[Parameter, ...]


def chain_kind(state: State) -> ChainKind:
    """Return of which kind the chain of a state is."""
    structure = state.run.experiment.structure
    return ChainKind(structure.linear, structure.parameters)


def wanted(state: State) -> tuple[int, ...]:
    """Return for how many layers it has to be counted, the most urgent first."""
    asked = (state.run.experiment.layers, asked_layers(state))
    return tuple(dict.fromkeys((*asked, *SAMPLED)))


def asked_layers(state: State) -> int:
    """Return the n of the slider."""
    return min(max(state.look.count_layers, 1), LONGEST)


def cost_picture(state: State, counts: Mapping[int, Count]) -> CostPicture:
    """Describe the costs, as far as they are counted."""
    say, n = speech(state.look.locale), asked_layers(state)
    return CostPicture(
        heading=say("Multiplications of this backward pass"),
        note=_note(say, state.run.experiment),
        titles=(
            say("layers"),
            say("expanded"),
            say("written out"),
            say("backprop"),
            say.within("multiplications", "saved"),
        ),
        rows=tuple(_rows(say, state, counts)),
        slider=say("Layers n = {layers}").format(layers=n),
        layers=n,
        curves=tuple(_curves(say, counts, n)),
        most=counts[LONGEST].expanded if LONGEST in counts else 0,
        language=state.look.locale,
        axis=say("layers"),
    )


def _note(say: Say, experiment: Experiment) -> str:
    seed = f"{symbols.output(experiment.layers, experiment.layers)} − ê"
    if experiment.structure.linear:
        known = say("Counted by running all three; {seed} is taken as known.")
    else:
        known = say("Counted by running all three; {seed} and every f′ are taken as known.")
    saved = say(
        "Saved: multiplications that backprop avoids, compared with writing each gradient out."
    )
    return sentences((known.format(seed=seed), saved), say)


def _rows(say: Say, state: State, counts: Mapping[int, Count]) -> Iterator[CostRow]:
    now = state.run.experiment.layers
    for layers in dict.fromkeys((now, asked_layers(state))):
        count = counts.get(layers)
        name = say("{layers} (now)").format(layers=layers) if layers == now else str(layers)
        if count is None:
            yield CostRow(name, ("", "", ""), "", layers == now)
            continue
        numbers = tuple(grouped(getattr(count, way)) for way in WAYS)
        yield CostRow(name, numbers, _saved(count), layers == now)


def _saved(count: Count) -> str:
    """Return how much less backpropagation multiplies than the written-out gradients."""
    return f"{1 - count.backprop / count.written_out:.0%}".replace("%", "\u202f%")


def _curves(say: Say, counts: Mapping[int, Count], n: int) -> Iterator[CostCurve]:
    names = dict(zip(WAYS, (say("expanded"), say("written out"), say("backprop")), strict=True))
    inks = dict(zip(WAYS, (Ink.MUTED, Ink.TEXT, Ink.BACKWARD), strict=True))
    for way in WAYS:
        points = tuple((m, getattr(counts[m], way)) for m in sorted(counts) if m <= LONGEST)
        here = getattr(counts[n], way) if n in counts else None
        yield CostCurve(names[way], inks[way], way == "expanded", points, here)


def grouped(number: int) -> str:
    """Return a whole number with its thousands apart: 40 000."""
    return f"{number:,}".replace(",", "\u202f")
