"""The line of the formula, as it is painted and as the mouse finds it."""

from dataclasses import replace

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest

from engine import Experiment
from engine.quantities import Name, Quantity
from gui.formula.label import FormulaLabel
from gui.formula.picture import formula_picture
from gui.state import State
from gui.theme import THEMES, math_font
from tests.gui import examples


def _shown(state: State, high: int) -> FormulaLabel:
    label, picture = FormulaLabel(), formula_picture(state)
    label.setWordWrap(False)
    label.resize(700, high)
    label.show_rows(picture.rows, THEMES["light"], math_font(17.5))
    return label


@pytest.mark.parametrize("high", [120, 121])
@pytest.mark.usefixtures("qapp")
def test_it_looks_the_same_with_the_mouse_over_it(high: int) -> None:
    """Qt's own rich text, which is made for the mouse, moves no pixel."""
    lit = Name(Quantity.WEIGHT, 2)
    for index in range(1, examples.steps(Experiment()) + 1):
        label = _shown(replace(examples.state(Experiment(), index), pointed=lit), high)
        before, size = label.grab().toImage(), label.sizeHint()
        QTest.mouseClick(label, Qt.MouseButton.RightButton, pos=QPoint(1, 1))
        assert label.grab().toImage() == before
        assert label.sizeHint() == size
