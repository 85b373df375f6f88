"""The heads of a table: those of its columns, and those of its rows, which never scroll away."""

from PySide6.QtCore import QRect, QSize, Qt
from PySide6.QtGui import QColor, QFont, QPainter, QPaintEvent
from PySide6.QtWidgets import QHeaderView, QTableView, QWidget

from gui.theme import THEMES, Theme, math_font, text_font
from gui.widgets.table.cells import PAD, CellPainter
from gui.widgets.table.model import GridModel

_WORDS, _SYMBOLS = 12, 14
"""In pixels, at the ordinary size of type."""

_RIGHT = int(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)


class Heads(QHeaderView):
    """The heads of the columns: symbols are set as in formulas, and none is cut at the right."""

    def __init__(self, model: GridModel, table: QTableView) -> None:
        super().__init__(Qt.Orientation.Horizontal, table)
        self._model, self._theme = model, THEMES["light"]

    def present(self, theme: Theme) -> None:
        """Paint in the colours of another theme."""
        self._theme = theme
        self.viewport().update()

    def paintSection(self, painter: QPainter, rect: QRect, section: int) -> None:
        """Paint a head into what is seen of its column."""
        where = rect.intersected(self.viewport().rect())
        grid = self._model.grid
        if grid is None or not grid.is_symbol(section):
            super().paintSection(painter, where, section)
            return
        font = math_font(self._theme.size(_SYMBOLS), italic=True)
        _paint(painter, self._theme, where, grid.heading(section), font)


class RowHeads(QHeaderView):
    """The heads of the rows, painted like cells."""

    def __init__(self, model: GridModel, painter: CellPainter, table: QTableView) -> None:
        super().__init__(Qt.Orientation.Vertical, table)
        self._model, self._painter, self._wide = model, painter, 0

    def take(self, width: int) -> bool:
        """Be as wide as that; tell whether that is something new."""
        if width == self._wide:
            return False
        self._wide = width
        return True

    def sizeHint(self) -> QSize:
        """Return the width that was given: Qt's own looks at many rows."""
        return QSize(self._wide, 0)

    def paintSection(self, painter: QPainter, rect: QRect, section: int) -> None:
        """Paint the head of a row."""
        grid = self._model.grid
        if grid is not None and section < grid.rows:
            self._painter.paint_head(painter, rect, grid.row_head(section))


class Corner(QWidget):
    """The head of the heads of the rows."""

    def __init__(self, table: QTableView) -> None:
        super().__init__(table)
        self._theme, self._text = THEMES["light"], ""
        self.hide()

    def present(self, theme: Theme, text: str) -> None:
        """Show a text."""
        if (self._theme, self._text) != (theme, text):
            self._theme, self._text = theme, text
            self.update()

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Paint it like the heads of the columns."""
        painter = QPainter(self)
        font = text_font(self._theme.size(_WORDS))
        _paint(painter, self._theme, self.rect(), self._text, font)
        painter.end()


def _paint(painter: QPainter, theme: Theme, where: QRect, text: str, font: QFont) -> None:
    painter.fillRect(where, QColor(theme.panel))
    line = QRect(where.left(), where.bottom(), where.width(), 1)
    painter.fillRect(line, QColor(theme.faint))
    pad = theme.size(PAD)
    painter.setFont(font)
    painter.setPen(QColor(theme.muted))
    painter.drawText(where.adjusted(pad, 0, -pad, 0), _RIGHT, text)
