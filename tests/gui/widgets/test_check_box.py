"""The check box: its frame, tick and focus are seen in every theme."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from gui import theme
from gui.theme import THEMES
from gui.widgets.check_box import CheckBox
from tests.gui.screen import image, popups, settle
from tests.gui.theme.test_theme import contrast


@popups
@pytest.mark.parametrize("palette", THEMES)
def test_frame_tick_and_focus_can_be_seen(qapp: QApplication, qtbot: QtBot, palette: str) -> None:
    theme.apply(qapp, THEMES[palette])
    box = CheckBox()
    qtbot.addWidget(box)
    with qtbot.waitExposed(box):
        box.show()
    box.resize(60, 30)
    box.clearFocus()
    ground = THEMES[palette].panel

    def strong() -> int:
        """Return how many points stand out from the panel as WCAG wants it for controls."""
        settle()
        shown = image(box)
        points = ((x, y) for x in range(shown.width()) for y in range(shown.height()))
        return sum(contrast(shown.pixelColor(*at).name(), ground) >= 3 for at in points)

    empty = strong()
    side = THEMES[palette].size(15)
    assert 2.5 * side <= empty <= 5 * side
    box.click()
    ticked = strong()
    assert ticked > empty + side
    box.click()
    box.setFocus(Qt.FocusReason.TabFocusReason)
    assert strong() > empty + 2 * side
