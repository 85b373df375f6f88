"""Text that scrolls: as wide as its panel, as high as its lines need."""

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtGui import QAccessible, QColor, QFocusEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QScrollArea, QWidget

from gui.drawing.ink import Ink
from gui.theme import Theme
from gui.widgets.accessible import Accessible


class Reading(QScrollArea):
    """Scrolls up and down, by the keyboard too; a frame tells that it has the focus.

    With `whole` it is never narrower than its contents can be.
    """

    def __init__(
        self, inside: QWidget, parent: QWidget | None = None, *, whole: bool = False
    ) -> None:
        super().__init__(parent)
        self._whole = whole
        self._mark = _FocusMark(self)
        self.setWidgetResizable(True)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setWidget(inside)

    def present(self, theme: Theme, name: str) -> None:
        """Take the theme's colour for the mark, and the panel's name."""
        self.setAccessibleName(name)
        self._mark.present(theme)

    def accessible(self) -> Accessible:
        """Return that it holds what belongs together."""
        return Accessible(QAccessible.Role.Grouping)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Give the contents the height that they need for their width.

        Qt does so too, but not where a change comes out of several layouts one in another.
        """
        inside = self.widget()
        if event.type() == QEvent.Type.LayoutRequest and inside is not None and watched is inside:
            height = max(inside.heightForWidth(inside.width()), self.viewport().height())
            if inside.height() != height:
                inside.resize(inside.width(), height)
            if self._whole:
                bar = self.verticalScrollBar().sizeHint().width()
                self.setMinimumWidth(inside.minimumSizeHint().width() + bar)
        return super().eventFilter(watched, event)

    def focusInEvent(self, event: QFocusEvent) -> None:
        """Show the mark."""
        super().focusInEvent(event)
        self._mark.setGeometry(self.rect())
        self._mark.raise_()
        self._mark.show()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """Hide the mark."""
        super().focusOutEvent(event)
        self._mark.hide()


class _FocusMark(QWidget):
    """A frame over a scroll area, which its contents would cover."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self._colour = QColor()
        self.hide()

    def present(self, theme: Theme) -> None:
        """Take the theme's colour."""
        self._colour = QColor(theme.inks[Ink.FORWARD].line)
        self.update()

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Paint the frame."""
        painter = QPainter(self)
        painter.setPen(self._colour)
        for inset in (0, 1):
            painter.drawRect(self.rect().adjusted(inset, inset, -inset - 1, -inset - 1))
        painter.end()
