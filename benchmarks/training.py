"""Training with its full history, compiled."""

import math
from collections.abc import Iterator

import numpy as np

from benchmarks.machine import built
from benchmarks.programs import (
    C,
    Framework,
    compile_for,
    experiment_of,
    has_pytorch,
    train_by_pytorch,
)
from benchmarks.table import Row, agreement, at_least, missing, speed
from benchmarks.timing import in_turns
from engine import Run, train

_MARKS = {3: 120, 32: 100}
"""How many times as fast as the framework a training must be, by the number of layers."""

_LARGE = {3: 1_000_000, 32: 500_000}
"""So many updates are still all kept."""


def trained(layers: int) -> Iterator[Row]:
    """Train `layers` layers with full history: against the framework, C and PyTorch."""
    yield _against_framework(layers)
    yield _against_c(layers)
    yield _against_pytorch(layers)


def _against_framework(layers: int) -> Row:
    large = experiment_of(layers, _LARGE[layers], "front_to_back")
    small = experiment_of(layers, 120_000 // layers, "front_to_back")
    compile_for(large)
    network = Framework(small)
    ours, theirs = in_turns(lambda: train(large), network.train)
    ratio = (theirs / small.updates) / (ours / large.updates)
    same = train(small).final_weights == network.weights
    against = f"the framework's {speed(small.updates, theirs)}"
    return Row(
        f"front_to_back, {agreement(same, 'the framework')}",
        speed(large.updates, ours),
        *at_least(ratio, _MARKS[layers], against),
    )


def _against_c(layers: int) -> Row:
    large = experiment_of(layers, _LARGE[layers])
    compile_for(large)
    with built("chain") as library:
        if library is None:
            return missing("backprop, against C", "there is no gcc")
        program = C(library, large, keeps=True)
        ours, theirs = in_turns(lambda: train(large), program, tries=15)
    same = _same_history(train(large), program)
    against = f"C's {speed(large.updates, theirs)}"
    return Row(
        f"backprop, {agreement(same, 'C')}",
        speed(large.updates, ours),
        *at_least(theirs / ours, 0.9, against),
    )


def _same_history(run: Run, program: C) -> bool:
    ours = run.checkpoints, run.outputs, run.losses
    pairs = zip(ours, program.history, strict=True)
    return run.whole and all(np.array_equal(np.asarray(one), other) for one, other in pairs)


def _against_pytorch(layers: int) -> Row:
    large, small = experiment_of(layers, _LARGE[layers]), experiment_of(layers, 200)
    if not has_pytorch():
        return missing("backprop, against PyTorch", "PyTorch is not installed")
    train_by_pytorch(small)
    ours, theirs = in_turns(lambda: train(large), lambda: train_by_pytorch(small), tries=5)
    ratio = (theirs / small.updates) / (ours / large.updates)
    pairs = zip(train(small).final_weights, train_by_pytorch(small), strict=True)
    same = all(math.isclose(one, other, rel_tol=1e-12) for one, other in pairs)
    return Row(
        f"backprop, {agreement(same, 'PyTorch')}",
        speed(large.updates, ours),
        f"{ratio:.3g} × PyTorch's {speed(small.updates, theirs)}",
    )
