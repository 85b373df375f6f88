"""A check box whose frame is seen in every theme."""

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QPainter, QPaintEvent, QPalette, QPen
from PySide6.QtWidgets import QCheckBox, QStyle, QStyleOptionButton

_TICK = ((0.24, 0.52), (0.43, 0.71), (0.77, 0.31))
"""The corners of the tick, as shares of the frame's sides."""

_ROUND = 3.0


class CheckBox(QCheckBox):
    """A check box in the colours of the palette: the frame of the style is as pale as a border."""

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Paint frame, tick and text; the frame is thick where it has the focus."""
        option = QStyleOptionButton()
        self.initStyleOption(option)
        frame = QStyle.SubElement.SE_CheckBoxIndicator
        side = QRectF(self.style().subElementRect(frame, option, self))
        role, colours = QPalette.ColorRole, self.palette()
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        focus = self.hasFocus()
        line = colours.color(role.Accent if focus else role.PlaceholderText)
        width = 2.0 if focus else 1.0
        painter.setPen(QPen(line, width))
        painter.setBrush(colours.color(role.Base))
        inset = width / 2
        painter.drawRoundedRect(side.adjusted(inset, inset, -inset, -inset), _ROUND, _ROUND)
        if self.isChecked():
            pen = QPen(colours.color(role.Text), max(1.6, side.width() / 8))
            pen.setCapStyle(Qt.PenCapStyle.RoundCap)
            pen.setJoinStyle(Qt.PenJoinStyle.RoundJoin)
            painter.setPen(pen)
            places = ((side.x() + x * side.width(), side.y() + y * side.height()) for x, y in _TICK)
            painter.drawPolyline([QPointF(*place) for place in places])
        option.state &= ~QStyle.StateFlag.State_HasFocus
        option.rect = self.style().subElementRect(
            QStyle.SubElement.SE_CheckBoxContents, option, self
        )
        self.style().drawControl(QStyle.ControlElement.CE_CheckBoxLabel, option, painter, self)
        painter.end()
