"""Ordinary controls with the manners that the whole window shares."""

from collections.abc import Iterable

from PySide6.QtCore import QRect, QSize, Qt, Signal
from PySide6.QtGui import QIcon, QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QWheelEvent
from PySide6.QtWidgets import (
    QComboBox,
    QLabel,
    QSlider,
    QStyle,
    QStyleOptionSlider,
    QToolButton,
    QWidget,
)

from gui.theme import Theme, icon


class Button(QToolButton):
    """A button that Enter presses: Space plays, whatever has the focus."""

    def __init__(self, icon_name: str = "", role: str = "", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setProperty("role", role)
        self._icon_name = icon_name
        self._shown: tuple[object, ...] | None = None

    def present(
        self, theme: Theme, text: str, hint: str, icon_name: str = "", *, icon_only: bool = False
    ) -> None:
        """Show text and icon; `hint` is the tool tip."""
        shown = (theme, text, hint, icon_name, icon_only)
        if self._shown == shown:
            # Setting an icon asks for a new layout of all around, even if it is the same.
            return
        self._shown = shown
        self._icon_name = icon_name or self._icon_name
        if self._icon_name:
            filled = self.property("role") == "play"
            self.setIcon(icon(self._icon_name, theme, filled=filled))
            self.setIconSize(QSize(theme.size(16), theme.size(16)))
        self.setText(text)
        self.setToolTip(hint)
        self.setAccessibleName(text or hint)
        style = Qt.ToolButtonStyle
        self.setToolButtonStyle(
            style.ToolButtonIconOnly
            if icon_only
            else style.ToolButtonTextBesideIcon
            if self._icon_name
            else style.ToolButtonTextOnly
        )

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Press with Enter as well."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.click()
        else:
            super().keyPressEvent(event)


class Choice(QComboBox):
    """A choice among `names`, shown in the user's words; `chosen` tells the name."""

    chosen = Signal(str)

    def __init__(self, names: Iterable[str], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self._arrow = QIcon()
        self.names = tuple(names)
        for name in self.names:
            self.addItem(name, name)
        self.activated.connect(lambda row: self.chosen.emit(self.itemData(row)))

    def present(self, theme: Theme, name: str, words: Iterable[str]) -> None:
        """Show the choice `name`, all names in `words`."""
        self._arrow = icon("chevron-down", theme)
        for row, word in enumerate(words):
            if self.itemText(row) != word:
                self.setItemText(row, word)
        self.setCurrentIndex(self.findData(name))

    def paintEvent(self, event: QPaintEvent) -> None:
        """Add the arrow, which a style sheet could only take from a file."""
        super().paintEvent(event)
        painter = QPainter(self)
        side = self.height() // 2
        where = QRect(self.width() - side - 7, (self.height() - side) // 2, side, side)
        self._arrow.paint(painter, where)
        painter.end()

    def wheelEvent(self, event: QWheelEvent) -> None:
        """Leave the wheel to the panel: scrolling must not change an experiment."""
        event.ignore()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Open with Enter as well."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.showPopup()
        else:
            super().keyPressEvent(event)


class Slider(QSlider):
    """A horizontal slider that jumps to where it is pressed, instead of paging there."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(Qt.Orientation.Horizontal, parent)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Jump, then let the handle be dragged on."""
        if event.button() is Qt.MouseButton.LeftButton:
            option = QStyleOptionSlider()
            self.initStyleOption(option)
            handle = self.style().subControlRect(
                QStyle.ComplexControl.CC_Slider, option, QStyle.SubControl.SC_SliderHandle, self
            )
            half = handle.width() / 2
            span = max(1, round(self.width() - handle.width()))
            self.setSliderDown(True)
            self.setValue(
                QStyle.sliderValueFromPosition(
                    self.minimum(), self.maximum(), round(event.position().x() - half), span
                )
            )
        super().mousePressEvent(event)


class Elided(QLabel):
    """A line of text that gives way: what does not fit ends in an ellipsis, whole on hover."""

    def __init__(self, role: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("role", role)

    def minimumSizeHint(self) -> QSize:
        """Be content with a few letters."""
        return QSize(self.fontMetrics().averageCharWidth() * 4, super().minimumSizeHint().height())

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Paint as much of the text as fits."""
        painter = QPainter(self)
        text = self.fontMetrics().elidedText(self.text(), Qt.TextElideMode.ElideRight, self.width())
        self.setToolTip("" if text == self.text() else self.text())
        painter.setPen(self.palette().color(self.foregroundRole()))
        painter.drawText(self.rect(), int(Qt.AlignmentFlag.AlignVCenter), text)
        painter.end()


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
