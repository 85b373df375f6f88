"""What stands beside the formula: which step it is, and what is done in it."""

from PySide6.QtCore import Qt
from PySide6.QtGui import QFont, QResizeEvent
from PySide6.QtWidgets import QWidget

from gui.widgets.labels import Elided, heading

_BETWEEN = 2
"""In pixels: between the heading and the words."""


class Beside(QWidget):
    """Holds `heading` and `words`, one below the other in the middle of the height.

    They are placed by hand: both are other texts at each step, and a layout would be laid out anew
    with all that is around it. `margin`, in pixels, stays free at the right. Where the heading is
    hidden, the words have all the room.
    """

    def __init__(self, margin: int) -> None:
        super().__init__()
        self._margin = margin
        self.heading, self.words = Elided(""), heading("muted")
        self.words.setWordWrap(True)
        self.words.setAlignment(Qt.AlignmentFlag.AlignTop)
        for label in (self.heading, self.words):
            label.setTextFormat(Qt.TextFormat.PlainText)
            label.setParent(self)

    def set_fonts(self, of_heading: QFont, of_words: QFont) -> None:
        """Write in these fonts."""
        for label, font in ((self.heading, of_heading), (self.words, of_words)):
            if label.font() != font:
                label.setFont(font)
        self.place()

    def place(self) -> None:
        """Put both where they belong, for what they say now."""
        wide = max(0, self.width() - self._margin)
        if self.heading.isHidden():
            self.words.setGeometry(0, 0, wide, self.height())
            return
        first = self.heading.fontMetrics().height()
        left = self.height() - first - _BETWEEN
        then = min(self.words.heightForWidth(wide), max(0, left))
        top = max(0, (left - then) // 2)
        self.heading.setGeometry(0, top, wide, first)
        self.words.setGeometry(0, top + first + _BETWEEN, wide, then)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Stay in the middle."""
        super().resizeEvent(event)
        self.place()
