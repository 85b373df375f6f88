"""The middle of the window: the chain, the formula under it, the timeline."""

from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QVBoxLayout, QWidget

from gui.chain.view import ChainView
from gui.formula.view import FormulaView
from gui.state import State
from gui.theme import THEMES
from gui.timeline.view import TimelineView

_ORDINARY = (860.0, 540.0)
"""In pixels, at the ordinary size of type: in more room than this, all type grows."""

_LARGEST = 1.6
"""So many times as large as ordinary it grows, as the chain does."""


class Middle(QWidget):
    """Holds the three parts, whose type grows together with their room."""

    def __init__(self, chain: ChainView, formula: FormulaView, timeline: TimelineView) -> None:
        super().__init__()
        self._formula, self._timeline = formula, timeline
        self._type = 1.0
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(chain, 1)
        column.addWidget(formula)
        column.addWidget(timeline)

    def present(self, state: State) -> None:
        """Take notice of the theme's size of type."""
        size = THEMES[state.look.palette].scale
        if size != self._type:
            self._type = size
            self._fit()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Let the type grow with the room."""
        super().resizeEvent(event)
        self._fit()

    def _fit(self) -> None:
        across, down = (side * self._type for side in _ORDINARY)
        room = min(self.width() / across, self.height() / down)
        # In steps: type has whole pixels, and nothing else should change with every pixel.
        enlarged = min(max(round(20 * room) / 20, 1.0), _LARGEST)
        self._formula.enlarge(enlarged)
        self._timeline.enlarge(enlarged)
