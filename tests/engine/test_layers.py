"""engine.layers: loops that are the steps of chains of any length."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from types import MappingProxyType

import pytest

import engine.steps
from engine.algorithms import ALGORITHMS, Algorithm
from engine.algorithms.backprop import backward as right
from engine.algorithms.rules import gradients, pass_on, seed, updates
from engine.algorithms.step import Phase, Step
from engine.expressions import Negated, renamed
from engine.layers import PATTERN, Part, parts_of
from engine.parameters import Parameter
from engine.quantities import Name, Quantity
from engine.steps import Structure, steps_of
from tests.engine import chains

LAST = {Quantity.TARGET, Quantity.LOSS}


def moved(step: Step, layer: int, name: Callable[[Name], Name]) -> Step:
    return replace(
        step, layer=layer, result=name(step.result), expression=renamed(step.expression, name)
    )


def expanded(parts: Sequence[Part], n: int) -> Iterator[Step]:
    """Write loops out for n layers, by what `Part` says of itself."""
    for part in parts:
        if part.direction:
            turns = range(1, n + 1)[:: part.direction]
            for turn in turns:
                taken = part.steps[: -part.left_out or None] if turn == turns[-1] else part.steps
                for step in taken:
                    yield moved(step, turn + step.layer, in_turn(turn, n))
        else:
            (step,) = part.steps
            yield moved(step, n, at_the_end(n))


def in_turn(layer: int, n: int) -> Callable[[Name], Name]:
    def name(distant: Name) -> Name:
        quantity, distance = distant
        if quantity is Quantity.LEARNING_RATE:
            return distant
        return Name(quantity, n if quantity in LAST else layer + distance)

    return name


def at_the_end(n: int) -> Callable[[Name], Name]:
    """What is once is said of the pattern's first layer, or of its last ones."""
    return lambda name: name if name.layer < 2 else name._replace(layer=n - PATTERN + name.layer)


@pytest.mark.parametrize("n", range(1, 9))
@pytest.mark.parametrize("activation", chains.ACTIVATIONS)
@pytest.mark.parametrize("algorithm", chains.ALGORITHMS)
def test_loops_written_out_again_are_the_steps(algorithm: str, activation: str, n: int) -> None:
    found = list(expanded(parts_of(activation, algorithm), n))
    steps = list(steps_of(Structure(n, activation, algorithm)))
    assert found == steps
    assert [step.words for step in found] == [step.words for step in steps]


F, L, S, G, P, U = Phase
ONCE = [((L,), 0, 0), ((S,), 0, 0)]
# The steps in a turn, its direction, and what the last turn leaves out.
LOOPS = {
    "backprop": [((F,), 1, 0), *ONCE, ((G, P), -1, 1), ((U,), -1, 0)],
    "in_place": [((F,), 1, 0), *ONCE, ((G, U, P), -1, 1)],
    "front_to_back": [((F,), 1, 0), *ONCE, ((G, P), 1, 1), ((U,), -1, 0)],
}


@pytest.mark.parametrize("algorithm", chains.ALGORITHMS)
def test_the_loops_of_each_algorithm(algorithm: str) -> None:
    found = parts_of("tanh", algorithm)
    shapes = [(tuple(s.phase for s in part.steps), part.direction, part.left_out) for part in found]
    assert shapes == LOOPS.get(algorithm, LOOPS["backprop"])


# --- steps that do not repeat --------------------------------------------------------------

Backward = Callable[[int, Sequence[Parameter]], Iterator[Step]]


def a_layer_of_its_own(n: int, parameters: Sequence[Parameter]) -> Iterator[Step]:
    """Yield steps of which the gradient of layer 2 is another formula."""
    for step in right(n, parameters):
        special = step.phase is G and step.layer == 2
        yield replace(step, expression=Negated((step.expression,))) if special else step


def a_layer_without_an_update(n: int, parameters: Sequence[Parameter]) -> Iterator[Step]:
    return (s for s in right(n, parameters) if not (s.phase is U and s.layer == 3))


def only_one_layer_learns(n: int, parameters: Sequence[Parameter]) -> Iterator[Step]:
    return (s for s in right(n, parameters) if s.phase is not U or s.layer == 1)


def only_the_last_layer_learns(n: int, parameters: Sequence[Parameter]) -> Iterator[Step]:
    return (s for s in right(n, parameters) if s.phase is not U or s.layer == n)


def there_and_back(n: int, parameters: Sequence[Parameter]) -> Iterator[Step]:
    """Yield the updates of odd layers, then those of even ones."""
    yield seed(n)
    for i in range(n, 0, -1):
        yield from gradients(i, parameters)
        if i > 1:
            yield pass_on(i)
    for i in (*range(1, n + 1, 2), *range(2, n + 1, 2)):
        yield from updates(i, parameters)


@pytest.mark.parametrize(
    "backward",
    [
        a_layer_of_its_own,
        a_layer_without_an_update,
        only_one_layer_learns,
        only_the_last_layer_learns,
        there_and_back,
    ],
)
def test_steps_that_do_not_repeat_are_refused(
    backward: Backward, monkeypatch: pytest.MonkeyPatch
) -> None:
    name = backward.__name__
    irregular = {**ALGORITHMS, name: Algorithm(name, name, name, backward)}
    monkeypatch.setattr(engine.steps, "ALGORITHMS", MappingProxyType(irregular))
    with pytest.raises(ValueError, match="the steps do not repeat from layer to layer"):
        parts_of("identity", name)
