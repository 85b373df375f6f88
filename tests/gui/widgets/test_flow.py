"""gui.widgets.flow: a row that goes on below where there is no more room."""

from collections.abc import Iterator

import pytest
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from gui.widgets.flow import Flow


class Block(QWidget):
    def __init__(self, width: int) -> None:
        super().__init__()
        self.setFixedSize(width, 20)


@pytest.fixture
def holder(qtbot: QtBot) -> Iterator[QWidget]:
    window = QWidget()
    qtbot.addWidget(window)
    window.resize(300, 200)
    yield QWidget(window)
    window.close()


def placed(holder: QWidget, width: int) -> list[tuple[int, int, int]]:
    """Return left, top and width of each block in a room."""
    holder.resize(width, 200)
    holder.window().show()
    layout = holder.layout()
    assert layout is not None
    layout.activate()
    found = (layout.itemAt(i).geometry() for i in range(layout.count()))  # type: ignore[union-attr]
    return [(each.left(), each.top(), each.width()) for each in found]


def test_what_does_not_fit_goes_below(holder: QWidget) -> None:
    flow = Flow(holder, spacing=10)
    for width in (60, 50, 40):
        flow.addWidget(Block(width))
    assert placed(holder, 170) == [(0, 0, 60), (70, 0, 50), (130, 0, 40)]
    assert placed(holder, 169) == [(0, 0, 60), (70, 0, 50), (0, 30, 40)]
    assert placed(holder, 60) == [(0, 0, 60), (0, 30, 50), (0, 60, 40)]
    assert [flow.heightForWidth(width) for width in (170, 169, 60)] == [20, 50, 80]
    assert (flow.sizeHint().width(), flow.minimumSize().width()) == (170, 60)


def test_a_hidden_widget_takes_no_room(holder: QWidget) -> None:
    flow = Flow(holder, spacing=10)
    blocks = [Block(60), Block(50)]
    for block in blocks:
        flow.addWidget(block)
    blocks[0].hide()
    assert placed(holder, 60)[1] == (0, 0, 50)
    assert flow.heightForWidth(60) == 20


def test_the_last_may_stand_at_the_right(holder: QWidget) -> None:
    flow = Flow(holder, spacing=10, ends_right=True)
    for width in (60, 50):
        flow.addWidget(Block(width))
    assert placed(holder, 200) == [(0, 0, 60), (150, 0, 50)]
    assert placed(holder, 100) == [(0, 0, 60), (50, 30, 50)]


def test_a_row_may_be_filled(holder: QWidget) -> None:
    flow = Flow(holder, spacing=10, fills=True)
    for width in (60, 50):
        block = QWidget()
        block.setMinimumSize(width, 20)
        flow.addWidget(block)
    assert placed(holder, 200) == [(0, 0, 100), (110, 0, 90)]
    assert placed(holder, 100) == [(0, 0, 100), (0, 30, 100)]
