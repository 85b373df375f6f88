"""Labels in the roles that the theme knows."""

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QColor, QPainter, QPaintEvent
from PySide6.QtWidgets import QLabel, QWidget

_DOT = " · "


class Elided(QLabel):
    """A line of text that gives way: what does not fit ends in an ellipsis, whole on hover.

    `hint` is the tool tip of a text that fits; `colour` is that of the text, if not the theme's.
    """

    colour: QColor | None = None

    def __init__(self, role: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("role", role)
        self.hint = ""

    def minimumSizeHint(self) -> QSize:
        """Be content with a few letters."""
        return QSize(self.fontMetrics().averageCharWidth() * 4, super().minimumSizeHint().height())

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Paint as much of the text as fits."""
        painter = QPainter(self)
        whole, width = self.text(), self.width()
        text = self.fitting(width)
        tell(self, self.hint if text == whole else whole)
        painter.setPen(self.colour or self.palette().color(self.foregroundRole()))
        painter.drawText(self.rect(), self.alignment(), text)
        painter.end()

    def fitting(self, width: int) -> str:
        """Return as much of the text as fits into a width in pixels."""
        return self.fontMetrics().elidedText(self.text(), Qt.TextElideMode.ElideRight, width)


class Items(Elided):
    """A line of items between dots: what does not fit goes as a whole, the last item last."""

    def fitting(self, width: int) -> str:
        """Return as many of the items as fit into a width in pixels."""
        *items, last = self.text().split(_DOT)
        while items:
            text = _DOT.join([*items, last])
            if self.fontMetrics().horizontalAdvance(text) <= width:
                return text
            items.pop()
        return self.fontMetrics().elidedText(last, Qt.TextElideMode.ElideRight, width)


class FixedLine(QLabel):
    """A line of text that is given a fixed size: another text then asks for no new layout."""

    def __init__(self, role: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("role", role)

    def sizeHint(self) -> QSize:
        """Return the size of the text; a QLabel's own is never below the size it was given."""
        metrics = self.fontMetrics()
        return QSize(metrics.horizontalAdvance(self.text()), metrics.height())


def tell(widget: QWidget, tip: str) -> None:
    """Give a widget a tool tip; Qt tells the whole program of each, even of the same again."""
    if widget.toolTip() != tip:
        widget.setToolTip(tip)


def heading(role: str = "heading") -> QLabel:
    """Return a label for a heading, or of another `role` that the theme knows."""
    label = QLabel()
    label.setProperty("role", role)
    return label


def problem_label() -> QLabel:
    """Return a label for the sentence that says what is wrong, hidden while nothing is."""
    label = heading("problem")
    label.setWordWrap(True)
    label.hide()
    return label
