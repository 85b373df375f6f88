"""Which steps one sample consists of, and in which order an algorithm takes them.

One sample is 4n + 1 steps for a chain of n layers: n forward, 1 loss, 1 seed, n gradients, n − 1
times passing the public derivative back, n updates.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum
from functools import lru_cache
from types import MappingProxyType


class Phase(StrEnum):
    """What a step does."""

    FORWARD = "forward"
    LOSS = "loss"
    SEED = "seed"
    GRADIENT = "gradient"
    PASS_ON = "pass_on"  # noqa: S105 - no password
    UPDATE = "update"


@dataclass(frozen=True, slots=True)
class Step:
    """One step: its phase, and the layer (1 … n) it belongs to; loss and seed belong to n."""

    phase: Phase
    layer: int


def steps_per_sample(layers: int) -> int:
    """Return 4n + 1."""
    return 4 * layers + 1


@lru_cache(maxsize=256)
def steps_of(algorithm: str, layers: int) -> tuple[Step, ...]:
    """Return the steps of one sample in the order in which `algorithm` takes them."""
    ahead = [Step(Phase.FORWARD, i) for i in range(1, layers + 1)]
    turn = [Step(Phase.LOSS, layers), Step(Phase.SEED, layers)]
    return (*ahead, *turn, *_BACKWARD[algorithm](layers))


@lru_cache(maxsize=256)
def positions_of(algorithm: str, layers: int) -> Mapping[Step, int]:
    """Return for every step how many steps of its sample are done once it is: 1 … 4n + 1."""
    steps = steps_of(algorithm, layers)
    return MappingProxyType({step: position for position, step in enumerate(steps, start=1)})


def arrival(algorithm: str, layers: int, layer: int) -> Step:
    """Return the step that brings the public derivative to `layer`."""
    if algorithm == "front_to_back":
        return Step(Phase.PASS_ON, layer - 1) if layer > 1 else Step(Phase.SEED, layers)
    return Step(Phase.PASS_ON, layer + 1) if layer < layers else Step(Phase.SEED, layers)


def receiver(algorithm: str, step: Step) -> int:
    """Return the layer at which the public derivative arrives by a seed or by passing on."""
    if algorithm == "front_to_back":
        return 1 if step.phase is Phase.SEED else step.layer + 1
    return step.layer if step.phase is Phase.SEED else step.layer - 1


def _backprop(layers: int) -> Iterator[Step]:
    for i in range(layers, 0, -1):
        yield Step(Phase.GRADIENT, i)
        if i > 1:
            yield Step(Phase.PASS_ON, i)
    for i in range(layers, 0, -1):
        yield Step(Phase.UPDATE, i)


def _in_place(layers: int) -> Iterator[Step]:
    for i in range(layers, 0, -1):
        yield Step(Phase.GRADIENT, i)
        yield Step(Phase.UPDATE, i)
        if i > 1:
            yield Step(Phase.PASS_ON, i)


def _front_to_back(layers: int) -> Iterator[Step]:
    for i in range(1, layers + 1):
        yield Step(Phase.GRADIENT, i)
        if i < layers:
            yield Step(Phase.PASS_ON, i)
    for i in range(layers, 0, -1):
        yield Step(Phase.UPDATE, i)


_BACKWARD = {
    "backprop": _backprop,
    "in_place": _in_place,
    "front_to_back": _front_to_back,
    "sign_flipped": _backprop,
    "no_local_derivative": _backprop,
    "own_output": _backprop,
}
