"""A part of the window whose inner layout never disturbs the layout around it."""

from PySide6.QtCore import QEvent, QObject
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QWidget


class IsolatedWidget(QWidget):
    """Holds its content in `inside`, which always fills it.

    Texts that change at every step ask for a new layout. Without a layout of its own the widget
    does not pass that on, so the main window is not laid out anew sixty times a second.
    """

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.inside = QWidget(self)
        # With a ground of its own, what is behind it need not be painted at every step.
        self.inside.setAutoFillBackground(True)
        self._fits = False

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Let the content fill the widget."""
        super().resizeEvent(event)
        self.inside.setGeometry(self.rect())

    def fit_height(self) -> None:
        """Take the height that the content needs, now and whenever it needs another."""
        if not self._fits:
            self._fits = True
            self.inside.installEventFilter(self)
        self.setFixedHeight(max(self.inside.sizeHint().height(), self.inside.minimumHeight()))
        # Qt does not tell of another size while it tells of the first, before a window is shown.
        self.inside.setGeometry(self.rect())

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Fit again when the content asks for a layout."""
        if event.type() == QEvent.Type.LayoutRequest:
            self.fit_height()
        return super().eventFilter(watched, event)
