"""Chooses the loop of a training: plain Python, written out for n layers, or compiled.

No formula is written twice: every loop is that of `engine.training.advance` around an update that
`engine.source` generates from the algorithm's steps. All give the same results, bit for bit.
"""

from array import array
from collections.abc import Callable, Sequence
from contextlib import suppress
from typing import NamedTuple, cast

from engine.chain import Functions, Numbers, Rows, functions_of, rows_of
from engine.experiment import Experiment
from engine.parameters import Parameter
from engine.source import layered_functions
from engine.steps import Structure
from engine.training import advance
from engine.training.advance import Advance, ChainState, History, TrainingData, advancing
from engine.training.compiled import LARGE, compiled, inlined, possible, without_pauses
from engine.training.written_out import MOST_LAYERS, unrolled, written, written_text

READY = 300
"""The work, in updates × (layers + 2), from which a loop that is already compiled is faster."""

LONG = 2_000
"""The number of updates from which writing a loop out pays, if none is compiled."""


class Loop(NamedTuple):
    """A training loop and the data structures that it works on.

    `advance` makes updates, `begin` makes its first state from θ, `theta` reads θ from a state,
    `row` makes a row of numbers, `buffer` makes a row of a given size for `History`.
    """

    advance: Advance
    begin: Callable[[Sequence[float]], ChainState]
    theta: Callable[[ChainState], Sequence[float]]
    row: Callable[[Sequence[float]], Numbers]
    buffer: Callable[[int], Numbers]

    def data(self, experiment: Experiment) -> TrainingData:
        """Return the samples and the learning rate of `experiment`, as rows for this loop."""
        xs = self.row([sample.x for sample in experiment.samples])
        targets = self.row([sample.target for sample in experiment.samples])
        return TrainingData(xs, targets, experiment.learning_rate)


_ready: dict[Structure, Loop] = {}


def loop_for(experiment: Experiment, stride: int) -> Loop:
    """Return the fastest loop for `experiment`; compiling one for a large job may take seconds.

    `stride` is the number of updates between two checkpoints. A compiled loop runs without the GIL.
    """
    structure = _structure(experiment)
    if structure not in _ready and experiment.updates * (experiment.layers + 2) >= LARGE:
        _make_ready(structure)
    return _fastest(experiment, experiment.updates, keeps_each=stride == 1)


def _structure(experiment: Experiment) -> Structure:
    """Return what a loop depends on; chains with too many layers to be written out share one."""
    layers = experiment.layers if experiment.layers <= MOST_LAYERS else 0
    return experiment.structure._replace(layers=layers)


def _fastest(experiment: Experiment, updates: int, *, keeps_each: bool) -> Loop:
    """Return the fastest loop that is ready, or can be at once."""
    structure = _structure(experiment)
    if structure in _ready and updates * (experiment.layers + 2) >= READY:
        return _ready[structure]
    if updates >= LONG and experiment.layers <= MOST_LAYERS:
        advance = unrolled(structure, keeps_each=keeps_each)
        return Loop(advance, tuple, _itself, list, _packed_buffer)
    return plain(structure)


def plain(structure: Structure) -> Loop:
    """Return the uncompiled loop, for chains of any length."""
    _, activation, algorithm, parameters = structure
    functions = functions_of(activation, algorithm, parameters)
    loop = advancing(functions.learn, functions.keep)
    # Lists are read faster, but can't be copied into history at once.
    begin = _rows_by(functions, parameters, _packed, list)
    return Loop(loop, begin, _theta_in(parameters), list, _packed_buffer)


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
    loop = _fastest(experiment, end - first, keeps_each=False)
    # One interval that does not end: its entry is not read.
    sizes = (len(theta), 1, 1, 0)
    history = History(end + 1, *map(loop.buffer, sizes))
    result = loop.advance(loop.begin(theta), loop.data(experiment), history, first, end, 0.0)
    return tuple(map(float, loop.theta(result.state)))


def _itself(theta: tuple[float, ...]) -> tuple[float, ...]:
    return theta


def _packed(numbers: Sequence[float]) -> Numbers:
    return array("d", numbers)


def _packed_buffer(size: int) -> Numbers:
    return array("d", bytes(8 * size))


def _make_ready(structure: Structure) -> None:
    """Compile a loop, if Numba is there and works."""
    if not possible():
        return
    # An installation that fails in any way counts as none: one where Numba and numpy, say, don't
    # fit together, or that came without LLVM.
    with suppress(Exception), without_pauses():
        made = _written_out(structure) if structure.layers else _as_it_stands(structure)
        one = _row([0.0])
        state = made.begin([0.0] * max(structure.layers, 1) * len(structure.parameters))
        # The smallest job; its types are those of every other.
        made.advance(state, TrainingData(one, one, 1.0), History(1, *(_buffer(64),) * 4), 0, 1, 0.0)
        _ready[structure] = made


def _written_out(structure: Structure) -> Loop:
    function, derivative = inlined(structure.f.function), inlined(structure.f.derivative)
    learn, keep = written(structure, function, derivative)
    loop = advancing(inlined(learn), inlined(keep))
    text = written_text(structure)
    made = compiled(loop, advance, structure.f.module, text, structure.activation)
    return Loop(made, tuple, _itself, _row, _buffer)


def _as_it_stands(structure: Structure) -> Loop:
    _, activation, algorithm, parameters = structure
    function, derivative = inlined(structure.f.function), inlined(structure.f.derivative)
    functions = functions_of(activation, algorithm, parameters, function, derivative)
    loop = advancing(inlined(functions.learn), inlined(functions.keep))
    text = layered_functions(activation, algorithm, parameters).text
    made = compiled(loop, advance, structure.f.module, text, activation)
    begin = _rows_by(functions, parameters, _row, _row)
    return Loop(made, begin, _theta_in(parameters), _row, _buffer)


def _row(numbers: Sequence[float]) -> Numbers:
    import numpy as np  # noqa: PLC0415

    return cast("Numbers", np.array(numbers, dtype=np.float64))


def _buffer(size: int) -> Numbers:
    # It takes no memory before it is written to.
    import numpy as np  # noqa: PLC0415

    return cast("Numbers", np.empty(size))
