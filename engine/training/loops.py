"""Which loop a training runs in: as it stands, written out, or compiled.

There is no second copy of any formula: the loops are `engine.training.advance` round the functions
of `engine.chain`, or round what `engine.training.written_out` makes of them. All agree bit for bit.
"""

from array import array
from collections.abc import Callable, Sequence
from contextlib import suppress
from typing import NamedTuple, cast

from engine import chain
from engine.chain import ACTIVATIONS, ALGORITHMS, Numbers
from engine.experiment import Experiment
from engine.tracing import Kind
from engine.training import advance
from engine.training.advance import Advance, Chain, Lesson, Now, Pages, advancing, learning
from engine.training.compiled import LARGE, compiled, inlined, possible, without_pauses
from engine.training.written_out import MOST_LAYERS, unrolled, written, written_text

READY = 300
"""The work, in updates × (layers + 2), from which it pays to call a loop that is compiled
already."""

LONG = 2_000
"""The number of updates from which it pays to write a loop out, where none is compiled."""


class Loop(NamedTuple):
    """A way to train.

    `advance` is the loop, `begin` makes the chain that it takes of some weights, and `weights`
    tells those of a chain; `row` makes a row of numbers, `room` the place for a history.
    """

    advance: Advance
    begin: Callable[[Sequence[float]], Now]
    weights: Callable[[Now], Sequence[float]]
    row: Callable[[Sequence[float]], Numbers]
    room: Callable[[int], Numbers]

    def lesson(self, experiment: Experiment) -> Lesson:
        """Return what `experiment` teaches, as the loop takes it."""
        xs = self.row([sample.x for sample in experiment.samples])
        targets = self.row([sample.target for sample in experiment.samples])
        return Lesson(xs, targets, experiment.learning_rate)


_ready: dict[Kind, Loop] = {}


def loop_for(experiment: Experiment, stride: int) -> Loop:
    """Return the quickest way to train `experiment`; for a large one this may take seconds.

    History is to be kept every `stride` updates. A compiled loop runs without the GIL.
    """
    kind = _kind(experiment)
    if kind not in _ready and experiment.updates * (experiment.layers + 2) >= LARGE:
        _make_ready(kind)
    if kind not in _ready and _is_worth_writing_out(experiment, stride):
        return Loop(unrolled(kind), tuple, _itself, list, _packed_room)
    return _ready_loop(experiment, experiment.updates)


def _kind(experiment: Experiment) -> Kind:
    """Return the kind of loop; chains with too many layers to be written out share one kind."""
    layers = experiment.layers if experiment.layers <= MOST_LAYERS else 0
    return Kind(layers, experiment.activation, experiment.algorithm)


def _is_worth_writing_out(experiment: Experiment, stride: int) -> bool:
    return stride == 1 and experiment.layers <= MOST_LAYERS and experiment.updates >= LONG


def _ready_loop(experiment: Experiment, updates: int) -> Loop:
    kind = _kind(experiment)
    if kind in _ready and updates * (experiment.layers + 2) >= READY:
        return _ready[kind]
    return plain(experiment.activation, experiment.algorithm)


def plain(activation: str, algorithm: str) -> Loop:
    """Return the loop as it stands."""
    learn = learning(*ACTIVATIONS[activation], ALGORITHMS[algorithm])
    return Loop(
        advancing(learn, advance.keep), _chain_of(_packed, list), _weights, list, _packed_room
    )


def catch_up(
    experiment: Experiment, weights: Sequence[float], first: int, end: int
) -> tuple[float, ...]:
    """Return `weights` after the updates from `first` to `end` (exclusive)."""
    if first == end:
        return tuple(weights)
    by = _ready_loop(experiment, end - first)
    # One stretch that does not end: its page is not looked at.
    pages = Pages(end + 1, by.room(len(weights)), by.room(1), by.room(1), by.room(0))
    told = by.advance(by.begin(weights), by.lesson(experiment), pages, first, end, 0.0)
    return tuple(map(float, by.weights(told.now)))


def _itself(weights: tuple[float, ...]) -> tuple[float, ...]:
    return weights


def _weights(now: Chain) -> Sequence[float]:
    return now.weights


def _chain_of(
    first: Callable[[Sequence[float]], Numbers], row: Callable[[Sequence[float]], Numbers]
) -> Callable[[Sequence[float]], Chain]:
    """Return what makes a chain: its weights by `first`, its other rows by `row`."""

    def begin(weights: Sequence[float]) -> Chain:
        blank = [0.0] * len(weights)
        return Chain(first(weights), row([0.0, *blank]), row(blank), row(blank))

    return begin


def _packed(numbers: Sequence[float]) -> Numbers:
    # Lists are read faster, but can't be copied into history at once.
    return array("d", numbers)


def _packed_room(size: int) -> Numbers:
    return array("d", bytes(8 * size))


def _make_ready(kind: Kind) -> None:
    """Compile a loop, if Numba is there and works."""
    if not possible():
        return
    # An installation in which Numba and numpy, say, don't fit together, counts as none.
    with suppress(ImportError), without_pauses():
        made = _written_out(kind) if kind.layers else _as_it_stands(kind)
        one = _row([0.0])
        now = made.begin([0.0] * max(kind.layers, 1))
        # The smallest job; its types are those of every other.
        made.advance(now, Lesson(one, one, 1.0), Pages(1, *(_room(64),) * 4), 0, 1, 0.0)
        _ready[kind] = made


def _written_out(kind: Kind) -> Loop:
    function, derivative = map(inlined, ACTIVATIONS[kind.activation])
    learn, keep = written(kind, function, derivative)
    loop = advancing(inlined(learn), inlined(keep))
    made = compiled(loop, advance, chain, written_text(kind), kind.activation)
    return Loop(made, tuple, _itself, _row, _room)


def _as_it_stands(kind: Kind) -> Loop:
    function, derivative = map(inlined, ACTIVATIONS[kind.activation])
    for one in (chain.forward, chain.loss, chain.differentiate, chain.descend):
        inlined(one)
    learn = inlined(learning(function, derivative, inlined(ALGORITHMS[kind.algorithm])))
    loop = advancing(learn, inlined(advance.keep))
    made = compiled(loop, advance, chain, *kind[1:])
    return Loop(made, _chain_of(_row, _row), _weights, _row, _room)


def _row(numbers: Sequence[float]) -> Numbers:
    import numpy as np  # noqa: PLC0415

    return cast("Numbers", np.array(numbers, dtype=np.float64))


def _room(size: int) -> Numbers:
    # It takes no memory before it is written to.
    import numpy as np  # noqa: PLC0415

    return cast("Numbers", np.empty(size))
