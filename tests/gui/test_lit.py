"""What the keys stand on is lit up like what is under the mouse: in every part, both at once."""

from collections.abc import Callable
from dataclasses import replace

import pytest

from engine import Experiment
from engine.quantities import Name, Quantity
from gui.chain.picture import chain_picture
from gui.formula.picture import formula_picture
from gui.panels.chain_rule.picture import ChainRulePicture
from gui.panels.gradient_check.picture import check_picture
from gui.panels.numbers.picture.sample import SampleTable
from gui.plots.picture.ends import present_curve
from gui.state import State
from tests.gui import examples

SECOND, FIRST = Name(Quantity.WEIGHT, 2), Name(Quantity.OUTPUT, 1)


def _chain(state: State) -> set[object]:
    return {box.name for box in chain_picture(state, 900, 400, None).boxes if box.lit}


def _formula(state: State) -> set[object]:
    picture = formula_picture(state)
    pieces = (*picture.symbols, *picture.numbers)
    return {piece.name for piece in pieces if piece.lit}


def _chain_rule(state: State) -> set[object]:
    picture = ChainRulePicture(state)
    chips = (chip for written in picture.derived.rows for chip in picture.row(written).chips)
    return {chip.name for chip in chips if chip.lit}


def _numbers(state: State) -> set[object]:
    table = SampleTable(state)
    return {table.name(row) for row in range(table.rows) if table.cell(row, 0).dress.lit}


@pytest.mark.parametrize("lit", [_chain, _chain_rule, _numbers, _formula])
def test_both_are_lit(lit: Callable[[State], set[object]]) -> None:
    # At this step w₂ is multiplied with the first output.
    state = examples.state(Experiment(), 2)
    assert lit(state) == set()
    pointed = replace(state, pointed=SECOND)
    assert lit(pointed) == {SECOND} == lit(replace(state, highlight=SECOND))
    assert lit(replace(pointed, highlight=FIRST)) == {SECOND, FIRST}


def test_where_one_can_stand_out_the_keys_come_first() -> None:
    state = replace(examples.state(Experiment(), 2), pointed=SECOND)
    assert check_picture(state).lit == Name(Quantity.WEIGHT, 2)
    assert present_curve(state, "weights") == 1
    both = replace(state, highlight=Name(Quantity.GRADIENT, 3))
    assert check_picture(both).lit == Name(Quantity.WEIGHT, 3)
    assert present_curve(both, "weights") == 2


def test_what_the_chain_no_longer_has_is_not_lit() -> None:
    state = examples.state(Experiment((0.5, -0.4)), 2)
    for name in (Name(Quantity.UPSTREAM, 3), Name(Quantity.WEIGHT, 3), Name(Quantity.BIAS, 1)):
        gone = replace(state, pointed=name, highlight=name)
        for lit in (_chain, _chain_rule, _numbers, _formula):
            assert lit(gone) == set()
        assert check_picture(gone).lit is None
        assert present_curve(gone, "weights") is None
