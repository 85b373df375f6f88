"""Which screen the class has."""

from PySide6.QtGui import QGuiApplication, QScreen
from PySide6.QtWidgets import QWidget


def other_screen(window: QWidget) -> QScreen | None:
    """Return a screen beside that of the teacher's window; None where there is one picture only.

    Screens that show the same place of the desktop show the same picture.
    """
    own = window.screen()
    others = (one for one in QGuiApplication.screens() if one is not own)
    return next((one for one in others if one.geometry() != own.geometry()), None)
