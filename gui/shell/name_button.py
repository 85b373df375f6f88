"""The button with the name of what is shown, which opens a menu."""

from PySide6.QtCore import QRect, QSize, Qt
from PySide6.QtGui import QIcon, QPaintEvent
from PySide6.QtWidgets import (
    QSizePolicy,
    QStyle,
    QStyleOptionToolButton,
    QStylePainter,
    QWidget,
)

from gui.theme import Theme
from gui.theme.icons import icon
from gui.widgets.button import Button

_LETTERS = 5
"""The number of letters left of the name where there is hardly any room."""


class NameButton(Button):
    """A button whose text gives way: what does not fit ends in an ellipsis, before the arrow."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(role="document", parent=parent)
        self.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Fixed)
        self._name, self._arrow = "", QIcon()
        self._margin = self._side = 0

    def present_name(self, theme: Theme, name: str, hint: str) -> None:
        """Show the name; `hint` says what pressing does."""
        self._name, self._arrow = name, icon("chevron-down", theme)
        self._margin, self._side = theme.size(10), theme.size(16)
        self.present(theme, name, f"{name}\n{hint}")
        self.setAccessibleDescription(hint)

    def sizeHint(self) -> QSize:
        """Ask for the room of the whole name."""
        return self._size(self.fontMetrics().horizontalAdvance(self._name))

    def minimumSizeHint(self) -> QSize:
        """Be content with a few letters of the name."""
        few = self.fontMetrics().averageCharWidth() * _LETTERS
        return self._size(min(few, self.fontMetrics().horizontalAdvance(self._name)))

    def _size(self, text: int) -> QSize:
        return QSize(text + self._side + 3 * self._margin, super().sizeHint().height())

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Paint as much of the name as fits, and the arrow."""
        option = QStyleOptionToolButton()
        self.initStyleOption(option)
        option.text = ""
        painter = QStylePainter(self)
        painter.drawComplexControl(QStyle.ComplexControl.CC_ToolButton, option)
        inside = self.rect().adjusted(self._margin, 0, -self._margin, 0)
        arrow = QRect(0, 0, self._side, self._side)
        arrow.moveCenter(inside.center())
        arrow.moveRight(inside.right())
        self._arrow.paint(painter, arrow)
        inside.setRight(arrow.left() - self._margin)
        elided = self.fontMetrics().elidedText(
            self._name, Qt.TextElideMode.ElideRight, inside.width() + 1
        )
        painter.setPen(self.palette().color(self.foregroundRole()))
        painter.drawText(inside, int(Qt.AlignmentFlag.AlignVCenter), elided)
        painter.end()
