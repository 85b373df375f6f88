"""The background of the window: all that is seen before anything is in it."""

from PySide6.QtGui import QColor, QPalette
from PySide6.QtWidgets import QApplication

from gui.drawing.backgrounds import BACKGROUNDS
from gui.errors import guard

DESKTOP_FILE = "io.github.chainstep.Chainstep"
"""The name of the program's menu entry, by which Wayland knows its windows and their icon."""


def bare_application() -> QApplication:
    """Return the one QApplication, guarded, in Chainstep's name and style."""
    guard.watch()
    app = QApplication.instance() or QApplication(["chainstep"])
    assert isinstance(app, QApplication)  # noqa: S101 - PySide6 declares the base class
    app.setApplicationName("Chainstep")
    app.setDesktopFileName(DESKTOP_FILE)
    app.setStyle("Fusion")
    return app


def set_background(app: QApplication, choice: str) -> None:
    """Give every window the background of a theme, or the one that the system suggests."""
    # A style's own palette follows the system. To ask Qt for its colour scheme takes longer.
    suggested = app.style().standardPalette().window().color()
    dark = suggested.lightness() < QColor(BACKGROUNDS["light"]).lightness() / 2
    palette = app.palette()
    background = BACKGROUNDS.get(choice, BACKGROUNDS["dark" if dark else "light"])
    palette.setColor(QPalette.ColorRole.Window, QColor(background))
    app.setPalette(palette)
