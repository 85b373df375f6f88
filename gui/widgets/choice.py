"""A choice among a few names."""

from collections.abc import Iterable

from PySide6.QtCore import QRect, Qt, Signal
from PySide6.QtGui import QIcon, QKeyEvent, QPaintEvent, QWheelEvent
from PySide6.QtWidgets import (
    QComboBox,
    QStyle,
    QStyleOptionComboBox,
    QStylePainter,
    QWidget,
)

from gui.theme import Theme
from gui.theme.icons import icon
from gui.widgets.button import PRESSING

_BESIDE = 4
"""In pixels: what Qt leaves free beside the text."""


class Choice(QComboBox):
    """A choice among `names`, shown in the user's words; `chosen` tells the name."""

    chosen = Signal(str)

    def __init__(self, names: Iterable[str], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self._arrow = QIcon()
        self.names: tuple[str, ...] = ()
        self.offer(names)
        self.activated.connect(lambda row: self.chosen.emit(self.itemData(row)))

    def offer(self, names: Iterable[str]) -> None:
        """Offer other names."""
        self.names = tuple(names)
        self.clear()
        for name in self.names:
            self.addItem(name, name)

    def give_way(self) -> None:
        """Ask for the room of a few letters, however long the names are."""
        self.setSizeAdjustPolicy(self.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        self.setMinimumContentsLength(3)

    def present(self, theme: Theme, name: str, words: Iterable[str]) -> None:
        """Show the choice `name`, all names in `words`."""
        self._arrow = icon("chevron-down", theme)
        for row, word in enumerate(words):
            if self.itemText(row) != word:
                self.setItemText(row, word)
        self.setCurrentIndex(self.findData(name))
        if self.view().accessibleName() != self.accessibleName():
            self.view().setAccessibleName(self.accessibleName())

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Shorten what is too long; add the arrow, which a style sheet would want as a file."""
        painter, option = QStylePainter(self), QStyleOptionComboBox()
        self.initStyleOption(option)
        box, field = QStyle.ComplexControl.CC_ComboBox, QStyle.SubControl.SC_ComboBoxEditField
        room = self.style().subControlRect(box, option, field, self).width() - _BESIDE
        text = self.fontMetrics().elidedText(option.currentText, Qt.TextElideMode.ElideRight, room)
        option.currentText = text
        painter.drawComplexControl(box, option)
        painter.drawControl(QStyle.ControlElement.CE_ComboBoxLabel, option)
        side = self.height() // 2
        where = QRect(self.width() - side - 7, (self.height() - side) // 2, side, side)
        self._arrow.paint(painter, where)
        painter.end()

    def wheelEvent(self, event: QWheelEvent) -> None:
        """Leave the wheel to the panel: scrolling must not change an experiment."""
        event.ignore()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Open with Space and Enter."""
        if PRESSING.use(event) == "press":
            self.showPopup()
        else:
            super().keyPressEvent(event)
