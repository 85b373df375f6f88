"""The line at the epoch where a run diverged."""

import pyqtgraph as pg
from PySide6.QtCore import QSizeF, Qt
from PySide6.QtGui import QColor

from gui.theme import Theme, text_font


class DivergenceLine(pg.InfiniteLine):  # type: ignore[misc] # pyqtgraph ships no types
    """An upright dashed line at the epoch of divergence, its words on a plate beside it."""

    def __init__(self) -> None:
        super().__init__(angle=90, label=" ", labelOpts={"position": 1.0})
        self.setVisible(False)

    def present(self, theme: Theme, words: str, epoch: float | None) -> None:
        """Stand at an epoch with these words, or nowhere."""
        self.setVisible(epoch is not None)
        if epoch is None:
            return
        self.setPos(epoch)
        self.setPen(pg.mkPen(theme.problem, width=1.5, style=Qt.PenStyle.DashLine))
        ground = QColor(theme.panel)
        ground.setAlpha(235)
        self.label.fill = pg.mkBrush(ground)
        self.label.setColor(theme.problem)
        self.label.setFont(text_font(theme.size(11)))
        self.label.setFormat(words)

    def size(self) -> QSizeF:
        """Return the size of the words in pixels."""
        return QSizeF(self.label.boundingRect().size())

    def put_words(self, height: float, *, leftwards: bool) -> None:
        """Put the words' middle at `height`, from 0 (foot) to 1, left or right of the line."""
        end = 1.0 if leftwards else 0.0
        self.label.anchors = [(end, 0.5), (end, 0.5)]
        self.label.setPosition(height)
