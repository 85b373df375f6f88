"""What Tab comes to next."""

import pytest
from PySide6.QtCore import QCoreApplication, QEvent
from PySide6.QtWidgets import QMainWindow, QPushButton, QWidget
from pytestqt.qtbot import QtBot
from shiboken6 import isValid

from gui.widgets.focus import after


@pytest.mark.qt_log_ignore("This plugin does not support")
def test_a_window_keeps_its_menus_when_a_part_of_it_goes(qtbot: QtBot) -> None:
    window, inside = QMainWindow(), QWidget()
    qtbot.addWidget(window)
    menu = window.menuBar().addMenu("File")
    window.setCentralWidget(inside)
    first, second = QPushButton("first", inside), QPushButton("second", inside)
    window.show()
    assert list(after(second)) == [first]
    for gone in (first, second, inside):
        gone.deleteLater()
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete.value)
    assert isValid(menu)
    menu.setTitle("Fichier")
