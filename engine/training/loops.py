"""Which loop a training runs in: as it stands, written out, or compiled.

There is no second copy of any formula: the loops are `engine.training.advance` round what
`engine.source` makes of the steps: with loops over the layers, or with every layer written out. All
agree bit for bit.
"""

from array import array
from collections.abc import Callable, Sequence
from contextlib import suppress
from typing import NamedTuple, cast

from engine import activations
from engine.chain import Functions, Numbers, Rows, functions_of, rows_of
from engine.experiment import Experiment
from engine.parameters import Parameter
from engine.source import layered_functions
from engine.steps import Structure
from engine.training import advance
from engine.training.advance import Advance, Lesson, Now, Pages, advancing
from engine.training.compiled import LARGE, compiled, inlined, possible, without_pauses
from engine.training.written_out import MOST_LAYERS, unrolled, written, written_text

READY = 300
"""The work, in updates × (layers + 2), from which it pays to call a loop that is compiled
already."""

LONG = 2_000
"""The number of updates from which it pays to write a loop out, where none is compiled."""


class Loop(NamedTuple):
    """A way to train.

    `advance` is the loop, `begin` makes the chain that it takes of θ, and `theta` tells that of a
    chain; `row` makes a row of numbers, `room` the place for a history.
    """

    advance: Advance
    begin: Callable[[Sequence[float]], Now]
    theta: Callable[[Now], Sequence[float]]
    row: Callable[[Sequence[float]], Numbers]
    room: Callable[[int], Numbers]

    def lesson(self, experiment: Experiment) -> Lesson:
        """Return what `experiment` teaches, as the loop takes it."""
        xs = self.row([sample.x for sample in experiment.samples])
        targets = self.row([sample.target for sample in experiment.samples])
        return Lesson(xs, targets, experiment.learning_rate)


_ready: dict[Structure, Loop] = {}


def loop_for(experiment: Experiment, stride: int) -> Loop:
    """Return the quickest way to train `experiment`; for a large one this may take seconds.

    History is to be kept every `stride` updates. A compiled loop runs without the GIL.
    """
    structure = _structure(experiment)
    if structure not in _ready and experiment.updates * (experiment.layers + 2) >= LARGE:
        _make_ready(structure)
    if structure not in _ready and _is_worth_writing_out(experiment, stride):
        return Loop(unrolled(structure), tuple, _itself, list, _packed_room)
    return _ready_loop(experiment, experiment.updates)


def _structure(experiment: Experiment) -> Structure:
    """Return what a loop depends on; chains with too many layers to be written out share one."""
    layers = experiment.layers if experiment.layers <= MOST_LAYERS else 0
    return experiment.structure._replace(layers=layers)


def _is_worth_writing_out(experiment: Experiment, stride: int) -> bool:
    return stride == 1 and experiment.layers <= MOST_LAYERS and experiment.updates >= LONG


def _ready_loop(experiment: Experiment, updates: int) -> Loop:
    structure = _structure(experiment)
    if structure in _ready and updates * (experiment.layers + 2) >= READY:
        return _ready[structure]
    return plain(structure)


def plain(structure: Structure) -> Loop:
    """Return the loop as Python runs it, for chains of any length."""
    _, activation, algorithm, parameters = structure
    functions = functions_of(activation, algorithm, parameters)
    loop = advancing(functions.learn, functions.keep)
    # Lists are read faster, but can't be copied into history at once.
    begin = _rows_by(functions, parameters, _packed, list)
    return Loop(loop, begin, _theta_in(parameters), list, _packed_room)


def _rows_by(
    functions: Functions,
    parameters: tuple[Parameter, ...],
    learned: Callable[[Sequence[float]], Numbers],
    computed: Callable[[Sequence[float]], Numbers],
) -> Callable[[Sequence[float]], Rows]:
    return lambda theta: rows_of(functions.rows, parameters, theta, learned, computed)


def _theta_in(parameters: tuple[Parameter, ...]) -> Callable[[Rows], Sequence[float]]:
    return lambda rows: [number for row in rows[: len(parameters)] for number in row]


def catch_up(
    experiment: Experiment, theta: Sequence[float], first: int, end: int
) -> tuple[float, ...]:
    """Return θ after the updates from `first` to `end` (exclusive)."""
    if first == end:
        return tuple(theta)
    by = _ready_loop(experiment, end - first)
    # One stretch that does not end: its page is not looked at.
    pages = Pages(end + 1, by.room(len(theta)), by.room(1), by.room(1), by.room(0))
    told = by.advance(by.begin(theta), by.lesson(experiment), pages, first, end, 0.0)
    return tuple(map(float, by.theta(told.now)))


def _itself(theta: tuple[float, ...]) -> tuple[float, ...]:
    return theta


def _packed(numbers: Sequence[float]) -> Numbers:
    return array("d", numbers)


def _packed_room(size: int) -> Numbers:
    return array("d", bytes(8 * size))


def _make_ready(structure: Structure) -> None:
    """Compile a loop, if Numba is there and works."""
    if not possible():
        return
    # An installation in which Numba and numpy, say, don't fit together, counts as none.
    with suppress(ImportError), without_pauses():
        made = _written_out(structure) if structure.layers else _as_it_stands(structure)
        one = _row([0.0])
        now = made.begin([0.0] * max(structure.layers, 1) * len(structure.parameters))
        # The smallest job; its types are those of every other.
        made.advance(now, Lesson(one, one, 1.0), Pages(1, *(_room(64),) * 4), 0, 1, 0.0)
        _ready[structure] = made


def _written_out(structure: Structure) -> Loop:
    function, derivative = inlined(structure.f.function), inlined(structure.f.derivative)
    learn, keep = written(structure, function, derivative)
    loop = advancing(inlined(learn), inlined(keep))
    text = written_text(structure)
    made = compiled(loop, advance, activations, text, structure.activation)
    return Loop(made, tuple, _itself, _row, _room)


def _as_it_stands(structure: Structure) -> Loop:
    _, activation, algorithm, parameters = structure
    function, derivative = inlined(structure.f.function), inlined(structure.f.derivative)
    functions = functions_of(activation, algorithm, parameters, function, derivative)
    loop = advancing(inlined(functions.learn), inlined(functions.keep))
    text = layered_functions(activation, algorithm, parameters).text
    made = compiled(loop, advance, activations, text, activation)
    begin = _rows_by(functions, parameters, _row, _row)
    return Loop(made, begin, _theta_in(parameters), _row, _room)


def _row(numbers: Sequence[float]) -> Numbers:
    import numpy as np  # noqa: PLC0415

    return cast("Numbers", np.array(numbers, dtype=np.float64))


def _room(size: int) -> Numbers:
    # It takes no memory before it is written to.
    import numpy as np  # noqa: PLC0415

    return cast("Numbers", np.empty(size))
