"""The loop of training, compiled: the functions of `engine.chain` and `engine.advance` by Numba.

There is no second copy of any formula, and no fastmath: the compiled loop agrees with the plain
one bit for bit. Numba and numpy are imported for large jobs alone; where Numba is missing, all
jobs run as they stand, slower.
"""

import gc
import hashlib
import math
from array import array
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, suppress
from importlib.util import find_spec
from pathlib import Path
from typing import NamedTuple, TypeVar, cast

from engine import advance as loop
from engine import chain
from engine.advance import Advance, Chain, Lesson, Pages, advancing
from engine.chain import ACTIVATIONS, ALGORITHMS, Numbers
from engine.experiment import Experiment
from engine.unrolled import MOST_LAYERS, unrolled

LARGE = 4_000_000
"""From so many updates × (layers + 2) on it pays to import Numba and to compile. That takes 2 to 3
seconds at first and 0.7 later, from its cache; the plain loop makes so many in about 2."""

READY = 300
"""From so many on it pays to call a loop that is compiled already."""

LONG = 2_000
"""From so many updates on it pays to write a loop out, where none is compiled."""

_ready: dict[tuple[str, str], Advance] = {}


class Loop(NamedTuple):
    """A way to train: the loop, and what makes its weights, other rows, and room for history."""

    advance: Advance
    weights: Callable[[Sequence[float]], Numbers]
    row: Callable[[Sequence[float]], Numbers]
    room: Callable[[int], Numbers]

    def chain(self, weights: Sequence[float]) -> Chain:
        """Return a chain with these weights, as the loop takes it."""
        n = len(weights)
        blank = [0.0] * n
        return Chain(
            self.weights(weights), self.row([0.0, *blank]), self.row(blank), self.row(blank)
        )

    def lesson(self, experiment: Experiment) -> Lesson:
        """Return what `experiment` teaches, as the loop takes it."""
        xs = self.row([sample.x for sample in experiment.samples])
        targets = self.row([sample.target for sample in experiment.samples])
        return Lesson(xs, targets, experiment.learning_rate)


def loop_for(experiment: Experiment, stride: int) -> Loop:
    """Return the quickest way to train `experiment`; for a large one this may take seconds.

    History is to be kept every `stride` updates. A compiled loop runs without the GIL.
    """
    name = experiment.activation, experiment.algorithm
    work = experiment.updates * (experiment.layers + 2)
    if name not in _ready and work >= LARGE:
        _make_ready(*name)
    if name not in _ready and _is_worth_writing_out(experiment, stride):
        return Loop(unrolled(experiment.layers, *name), _packed, list, _packed_room)
    return _ready_loop(experiment, experiment.updates)


def _is_worth_writing_out(experiment: Experiment, stride: int) -> bool:
    return stride == 1 and experiment.layers <= MOST_LAYERS and experiment.updates >= LONG


def _ready_loop(experiment: Experiment, updates: int) -> Loop:
    name = experiment.activation, experiment.algorithm
    if name in _ready and updates * (experiment.layers + 2) >= READY:
        return Loop(_ready[name], _row, _row, _room)
    return plain(*name)


def plain(activation: str, algorithm: str) -> Loop:
    """Return the loop as it stands."""
    function, derivative = ACTIVATIONS[activation]
    return Loop(advancing(function, derivative, ALGORITHMS[algorithm]), _packed, list, _packed_room)


def catch_up(
    experiment: Experiment, weights: Sequence[float], first: int, end: int
) -> tuple[float, ...]:
    """Return what becomes of `weights` by the updates from `first` up to, without, `end`."""
    if first == end:
        return tuple(weights)
    by = _ready_loop(experiment, end - first)
    learns = by.chain(weights)
    # One stretch that does not end: its page is not looked at.
    pages = Pages(end + 1, by.room(len(weights)), by.room(1), by.room(1), by.room(0))
    by.advance(learns, by.lesson(experiment), pages, first, end, 0.0)
    return tuple(map(float, learns.weights))


def _packed(numbers: Sequence[float]) -> Numbers:
    # Lists are read faster, but can't be copied into history at once.
    return array("d", numbers)


def _packed_room(size: int) -> Numbers:
    return array("d", bytes(8 * size))


def possible() -> bool:
    """Whether Numba is installed; it is not imported for that."""
    return find_spec("numba") is not None


def _make_ready(activation: str, algorithm: str) -> None:
    """Compile the loop, if Numba is there and works."""
    if not possible():
        return
    # An installation in which Numba and numpy, say, don't fit together, counts as none.
    with suppress(ImportError), without_pauses():
        _ready[activation, algorithm] = _compile(activation, algorithm)


@contextmanager
def without_pauses() -> Iterator[None]:
    """Don't look for garbage meanwhile: among Numba's objects that stops all threads for 0.1 s.

    What Numba brings stays, so it is not looked through later either.
    """
    collects = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        gc.freeze()
        if collects:
            gc.enable()


def _compile(activation: str, algorithm: str) -> Advance:
    from numba import njit  # noqa: PLC0415 - half a second, for large jobs alone

    function, derivative = ACTIVATIONS[activation]
    for one in (chain.forward, chain.loss, chain.differentiate, chain.descend):
        inlined(one)
    advance = advancing(inlined(function), inlined(derivative), inlined(ALGORITHMS[algorithm]))
    # Numba looks for changes in the file of the loop alone; the formulas are in another.
    advance.__qualname__ = f"{activation}_{algorithm}_{_edition()}"
    try:
        kernel = njit(cache=True, nogil=True, error_model="numpy")(advance)
    except RuntimeError:
        # There is no place where a cache could be written.
        kernel = njit(nogil=True, error_model="numpy")(advance)
    kernel(*_example())
    return cast("Advance", kernel)


_Function = TypeVar("_Function", bound=Callable[..., object])
_known: set[Callable[..., object]] = {math.tanh}


def inlined(function: _Function) -> _Function:
    """Tell Numba, once, that it may compile `function` into others."""
    from numba.extending import register_jitable  # noqa: PLC0415

    if function not in _known:
        _known.add(function)
        # Unless it is told to, it does not inline them all: half as fast.
        register_jitable(forceinline=True)(function)
    return function


def _edition() -> str:
    sources = (Path(str(module.__file__)).read_bytes() for module in (chain, loop))
    return hashlib.sha256(b"".join(sources)).hexdigest()[:16]


def _example() -> tuple[Chain, Lesson, Pages, int, int, float]:
    """Return the smallest job; its types are those of every other."""
    one = _row([0.0])
    learns = Chain(one, _row([0.0, 0.0]), one, one)
    return learns, Lesson(one, one, 1.0), Pages(1, one, one, one, one), 0, 1, 0.0


def _row(numbers: Sequence[float]) -> Numbers:
    import numpy as np  # noqa: PLC0415

    return cast("Numbers", np.array(numbers, dtype=np.float64))


def _room(size: int) -> Numbers:
    # It takes no memory before it is written to.
    import numpy as np  # noqa: PLC0415

    return cast("Numbers", np.empty(size))
