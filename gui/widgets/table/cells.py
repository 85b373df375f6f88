"""How the cells of a table are painted."""

from collections.abc import Callable

from PySide6.QtCore import QRect, Qt
from PySide6.QtGui import QColor, QFont, QFontMetrics, QPainter
from PySide6.QtWidgets import QStyle, QStyledItemDelegate, QStyleOptionViewItem, QTableView

from gui.drawing.grid import Cell
from gui.drawing.ink import Ink, Stress
from gui.theme import THEMES, Theme, blend, math_font, text_font
from gui.widgets.table.model import Index

_LEFT = int(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
_RIGHT = int(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)

_HAIRLINE = 0.7
"""How much of the border's colour a line between rows has."""

PAD = 4
"""In pixels, at the ordinary size of type: the room at either side of a text."""


def cell_font(
    theme: Theme, *, symbol: bool = False, note: bool = False, bold: bool = False
) -> QFont:
    """Return the font of a cell: symbols are set as in formulas, notes smaller."""
    if symbol:
        return math_font(theme.size(15), italic=True, bold=bold)
    return text_font(theme.size(12 if note else 13), bold=bold and not note)


class CellPainter(QStyledItemDelegate):
    """Paints the cells of `table`, without the style: there are many of them at every step."""

    def __init__(self, cell: Callable[[Index], Cell | None], table: QTableView) -> None:
        super().__init__(table)
        self._cell, self._table = cell, table
        self._theme = THEMES["light"]
        self._fonts: dict[tuple[bool, bool, bool], tuple[QFont, QFontMetrics]] = {}

    def present(self, theme: Theme) -> None:
        """Paint in the colours of another theme."""
        self._theme = theme
        self._fonts.clear()

    def _font(self, cell: Cell) -> tuple[QFont, QFontMetrics]:
        which = (cell.symbol, cell.note, cell.dress.stress is Stress.RESULT and not cell.symbol)
        if which not in self._fonts:
            symbol, note, bold = which
            font = cell_font(self._theme, symbol=symbol, note=note, bold=bold)
            self._fonts[which] = (font, QFontMetrics(font))
        return self._fonts[which]

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """Paint a cell: its ground, its line, its text."""
        cell = self._cell(index)
        if cell is None:
            return
        where = QRect(option.rect)
        # A number is never cut: in a column that is only half in sight it has fewer digits.
        where.setLeft(max(where.left(), 0))
        where.setRight(min(where.right(), self._table.viewport().width() - 1))
        selected = bool(option.state & QStyle.StateFlag.State_Selected)
        focused = self._table.hasFocus()
        painter.save()
        self._paint_ground(painter, where, cell, index.column(), selected=selected, focused=focused)
        self._paint_text(painter, where, cell, chosen=selected and focused)
        if focused and index == self._table.currentIndex():
            ink = self._theme.inks[Ink.FORWARD]
            painter.setPen(QColor(ink.on_fill if selected else ink.line))
            painter.drawRect(where.adjusted(1, 1, -2, -3))
        painter.restore()

    def paint_head(self, painter: QPainter, where: QRect, cell: Cell) -> None:
        """Paint the head of a row like the cells beside it."""
        painter.save()
        painter.fillRect(where, QColor(self._theme.panel))
        self._paint_ground(painter, where, cell, 0, selected=False, focused=False)
        self._paint_text(painter, where, cell, chosen=False)
        painter.restore()

    def _paint_ground(
        self,
        painter: QPainter,
        where: QRect,
        cell: Cell,
        column: int,
        *,
        selected: bool,
        focused: bool,
    ) -> None:
        theme, dress = self._theme, cell.dress
        result = dress.stress is Stress.RESULT
        if selected and focused:
            painter.fillRect(where, QColor(theme.inks[Ink.FORWARD].fill))
        elif selected:
            painter.fillRect(where, blend(theme.inks[Ink.FORWARD].line, theme.panel, 0.25))
        elif result:
            painter.fillRect(where, theme.soft(dress.shade))
        line = QRect(where.left(), where.bottom(), where.width(), 1)
        painter.fillRect(line, blend(theme.border, theme.panel, _HAIRLINE))
        if dress.lit:
            colour = QColor(theme.inks[dress.shade if result else Ink.TEXT].line)
            painter.fillRect(QRect(where.left(), where.top(), where.width(), 1), colour)
            painter.fillRect(line, colour)
        if result and column == 0:
            bar = QRect(where.left(), where.top(), theme.size(3), where.height())
            painter.fillRect(bar, QColor(theme.inks[dress.shade].line))

    def _paint_text(self, painter: QPainter, where: QRect, cell: Cell, *, chosen: bool) -> None:
        theme, (font, metrics) = self._theme, self._font(cell)
        ink = theme.inks[cell.dress.ink].text
        painter.setFont(font)
        painter.setPen(QColor(theme.inks[Ink.FORWARD].on_fill if chosen else ink))
        room = where.adjusted(theme.size(PAD), 0, -theme.size(PAD), 0)
        text = fitted(cell, metrics, room.width())
        painter.drawText(room, _RIGHT if cell.right else _LEFT, text)


def fitted(cell: Cell, metrics: QFontMetrics, room: int) -> str:
    """Return the cell's text: a number that is too long with fewer digits, words cut short.

    A number that needs all its digits is cut in its middle. Where there is hardly any room it is
    empty.
    """
    if metrics.horizontalAdvance(cell.text) <= room:
        return cell.text
    for text in cell.narrower():
        if metrics.horizontalAdvance(text) <= room:
            return text
    mode = Qt.TextElideMode
    cut = mode.ElideRight if cell.number is None or cell.least == 1 else mode.ElideMiddle
    elided = metrics.elidedText(cell.text, cut, room)
    return elided if metrics.horizontalAdvance(elided) <= room else ""
