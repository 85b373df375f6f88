"""What the marks on the surface mean, each beside a sample of it."""

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from gui.language.joining import Say, groups
from gui.panels.surface.marks import draw_sample
from gui.panels.surface.picture import Entry
from gui.theme import Theme, text_font
from gui.widgets.memo import Memo

_LINE, _SAMPLE, _GAP = 20, 26, 8
"""In pixels, at the ordinary size of type: a line, a sample's width, a gap."""

_COLUMNS = 2


class Legend(QWidget):
    """The entries in two columns."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self._shown = Memo[tuple[tuple[Entry, ...], Theme]]()

    def present(self, entries: tuple[Entry, ...], theme: Theme, say: Say) -> None:
        """Show these entries."""
        if not self._shown.renew((entries, theme)):
            return
        self.setFixedHeight(-(-len(entries) // _COLUMNS) * theme.size(_LINE))
        self.setAccessibleName(groups((entry.words for entry in entries), say))
        self.update()

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Paint the entries, line by line."""
        if self._shown.value is None:
            return
        entries, theme = self._shown.value
        size, column = theme.size, self.width() / _COLUMNS
        painter = QPainter(self)
        painter.setFont(text_font(size(12)))
        for number, entry in enumerate(entries):
            row, place = divmod(number, _COLUMNS)
            line = QRectF(place * column, row * size(_LINE), column, size(_LINE))
            sample = QRectF(line.left() + 1, line.top(), size(_SAMPLE), line.height())
            draw_sample(painter, entry.kind, sample, theme)
            painter.setPen(QColor(theme.text))
            line.setLeft(sample.right() + size(_GAP))
            painter.drawText(line, int(Qt.AlignmentFlag.AlignVCenter), entry.words)
        painter.end()
