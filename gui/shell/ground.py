"""The background of the window: all that is seen before anything is in it."""

from PySide6.QtGui import QColor, QPalette
from PySide6.QtWidgets import QApplication

from gui.drawing.grounds import GROUNDS
from gui.errors import guard


def bare_application() -> QApplication:
    """Return the one QApplication, guarded, in Chainstep's name and style."""
    guard.watch()
    app = QApplication.instance() or QApplication(["chainstep"])
    assert isinstance(app, QApplication)  # noqa: S101 - PySide6 declares the base class
    app.setApplicationName("Chainstep")
    app.setStyle("Fusion")
    return app


def lay_ground(app: QApplication, choice: str) -> None:
    """Give every window the ground of a theme, or the one that the system suggests."""
    # A style's own palette follows the system. To ask Qt for its colour scheme takes longer.
    suggested = app.style().standardPalette().window().color()
    dark = suggested.lightness() < QColor(GROUNDS["light"]).lightness() / 2
    palette = app.palette()
    ground = GROUNDS.get(choice, GROUNDS["dark" if dark else "light"])
    palette.setColor(QPalette.ColorRole.Window, QColor(ground))
    app.setPalette(palette)
