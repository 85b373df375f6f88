"""How much of the screen a window may take, its frame included."""

from PySide6.QtCore import QMargins, QRect, QSize
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QWidget

_FRAME = QMargins(4, 36, 4, 4)
"""About what a desktop draws round a window, in pixels: it tells so only when the window stands."""

_MADE_UP = QSize(800, 800)
"""The screen of Qt's platform without a display: nobody sees it, so nothing has to fit."""


def room_for(window: QWidget) -> QRect | None:
    """Return the room for a window's inside on its screen; None without a screen."""
    screen = window.screen()
    if QGuiApplication.platformName() == "offscreen" and screen.size() == _MADE_UP:
        return None
    return screen.availableGeometry().marginsRemoved(_FRAME)


def fit_to_screen(window: QWidget, smallest: QSize | None = None) -> None:
    """Make a window no larger than its screen, and move it there where a part stands outside.

    It can't be made smaller than `smallest`, as far as the screen has room for that.
    """
    room = room_for(window)
    if smallest is not None:
        window.setMinimumSize(smallest.boundedTo(room.size()) if room else smallest)
    if room is None or window.isMaximized() or window.isFullScreen():
        return
    stood = window.geometry()
    fitting = QRect(stood.topLeft(), stood.size().boundedTo(room.size()))
    fitting.moveRight(min(fitting.right(), room.right()))
    fitting.moveBottom(min(fitting.bottom(), room.bottom()))
    fitting.moveLeft(max(fitting.left(), room.left()))
    fitting.moveTop(max(fitting.top(), room.top()))
    if fitting != stood:
        window.setGeometry(fitting)
