"""What is too large for its room is scrolled."""

from PySide6.QtCore import QEvent, QSize, Qt
from PySide6.QtWidgets import QFrame, QScrollArea, QWidget

_LEAST = QSize(160, 80)
"""In pixels: however large the type is, a part can be made as small as this."""

_SHARE = 0.45
"""How much of the window's width a part at a side may ask for."""


class GivesWay(QScrollArea):
    """Shows `content` as it is where there is room for it, else a part of it, to be scrolled.

    So no part asks for a window larger than the screen, whatever the size of its type.
    """

    def __init__(self, content: QWidget, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setWidgetResizable(True)
        self.setWidget(content)
        self.content, self._told = content, QSize()

    def sizeHint(self) -> QSize:
        """Return the size that the content asks for."""
        return self.content.sizeHint().expandedTo(self.content.minimumSize())

    def minimumSizeHint(self) -> QSize:
        """Return the least size of the content, as far as the window has room for that."""
        asked = self.content.minimumSizeHint().expandedTo(self.content.minimumSize())
        width = max(_LEAST.width(), round(_SHARE * self.window().width()))
        return asked.boundedTo(QSize(width, max(_LEAST.height(), asked.height() // 2)))

    def event(self, event: QEvent) -> bool:
        """Pass on that the content asks for another size."""
        if event.type() == QEvent.Type.LayoutRequest:
            self.ask()
        return super().event(event)

    def ask(self) -> None:
        """Ask for the size that the content needs now in a window as large as it is now."""
        asked = self.minimumSizeHint()
        if asked != self._told:
            self._told = asked
            self.updateGeometry()


def ask_at_once(content: QWidget) -> None:
    """Let the holder of a content ask for its new size before anything is painted."""
    viewport = content.parentWidget()
    holder = viewport.parentWidget() if viewport is not None else None
    if isinstance(holder, GivesWay):
        holder.ask()
