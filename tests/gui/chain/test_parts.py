"""The boxes of the chain as words: every number, its state, its place, and what a click wants."""

from dataclasses import replace

import pytest

from engine import Experiment, train
from engine.moment import moment_at
from engine.parameters import WEIGHT
from engine.quantities import Name, Quantity
from engine.steps import steps_of
from gui.chain.picture import chain_picture
from gui.chain.picture.parts import Part, beside, end_of_row, parts_of
from gui.language.numbers import POINT, rounded
from gui.state import Look, State
from gui.state.intents import EditParameter, Seek

RUN = train(Experiment())
BIASED = train(Experiment(biases=(0.1, 0.2, 0.3)))


def parts_at(index: int, look: Look | None = None, run: object = RUN) -> dict[Name, Part]:
    state = State(RUN, index, RUN.experiment, look or Look())
    if run is BIASED:
        state = replace(state, run=BIASED, experiment=BIASED.experiment)
    return {part.name: part for part in parts_of(state, chain_picture(state, 820, 400))}


def test_every_number_that_is_known_stands_there_with_all_its_digits() -> None:
    for index in range(14):
        moment, parts = moment_at(RUN, index), parts_at(index)
        for name, part in parts.items():
            value = moment.numbers.get(name)
            if value is None:
                assert part.value == ""
                assert part.words.endswith(": not computed yet") or name.quantity is Quantity.LOSS
            else:
                assert float(part.value.replace("−", "-")) == value
        assert len(parts) == 14


def test_words_of_a_part() -> None:
    parts = parts_at(8)
    assert parts[Name(Quantity.OUTPUT, 1)].words == "y = 0.23330"
    assert parts[Name(Quantity.UPSTREAM, 1)].words == "∂L/∂y: not computed yet"
    assert parts[Name(Quantity.LOSS, 3)].words == "L = ½(e − ê)² = 0.52874; ê = −1"
    assert parts[WEIGHT.gradient_of(2)].role == "the result of this step"
    assert parts[Name(Quantity.OUTPUT, 1)].role == "used in this step"
    assert parts[Name(Quantity.OUTPUT, 0)].role == ""
    assert parts_at(1)[Name(Quantity.LOSS, 3)].words == "L = ½(e − ê)²: not computed yet; ê = −1"
    new = RUN.weights_before(1)[2]
    assert parts_at(11)[WEIGHT.of(3)].words == f"w₃ = {rounded(new, 5, POINT)}; −0.52133 before"


def test_the_words_in_chinese() -> None:
    parts = parts_at(1, Look(language="zh_CN"))
    assert parts[Name(Quantity.UPSTREAM, 1)].words == "∂L/∂y：尚未计算"
    assert parts[Name(Quantity.OUTPUT, 1)].role == "这一步的结果"


def test_an_action_is_what_a_click_wants() -> None:
    parts = parts_at(2)
    for position, step in enumerate(steps_of(RUN.experiment.structure), start=1):
        part = parts[step.result]
        if step.result.quantity is not Quantity.WEIGHT:
            assert part.action == Seek(position)
            assert part.verb == "Go to the step that computes it"
    assert parts[WEIGHT.of(2)].action == EditParameter(WEIGHT.of(2))
    assert parts[WEIGHT.of(2)].verb == "Edit the initial value"
    assert parts[Name(Quantity.OUTPUT, 0)].action is None


@pytest.mark.parametrize("run", [RUN, BIASED], ids=["weights", "biases"])
def test_arrows_reach_every_part(run: object) -> None:
    parts = tuple(parts_at(3, run=run).values())
    reached, fringe = {parts[0]}, [parts[0]]
    while fringe:
        at = fringe.pop()
        for way in ((1, 0), (-1, 0), (0, 1), (0, -1)):
            there = beside(parts, at, *way)
            if there not in reached:
                reached.add(there)
                fringe.append(there)
    assert reached == set(parts)


def test_the_part_beside_is_the_next_one_there() -> None:
    by_name = parts_at(3)
    parts = tuple(by_name.values())
    y, w2 = by_name[Name(Quantity.OUTPUT, 1)], by_name[WEIGHT.of(2)]
    loss, x = by_name[Name(Quantity.LOSS, 3)], by_name[Name(Quantity.OUTPUT, 0)]
    assert beside(parts, y, 1, 0).name == Name(Quantity.OUTPUT, 2)
    assert beside(parts, w2, 0, 1).name == Name(Quantity.OUTPUT, 2)
    assert beside(parts, y, 0, 1).name == Name(Quantity.UPSTREAM, 1)
    assert beside(parts, by_name[WEIGHT.gradient_of(1)], 0, 1).name == WEIGHT.gradient_of(1)
    assert beside(parts, w2, 0, -1) is w2
    assert beside(parts, loss, 1, 0) is loss
    assert end_of_row(parts, y, last=True) is loss
    assert end_of_row(parts, y, last=False) is x
