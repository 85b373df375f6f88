"""The middle of the window: the chain, the formula under it, the timeline."""

from PySide6.QtCore import QEvent, QSize, Qt
from PySide6.QtGui import QResizeEvent, QShowEvent
from PySide6.QtWidgets import QFrame, QScrollArea, QVBoxLayout, QWidget

from gui.chain.view import ChainView
from gui.formula.view import FormulaView
from gui.state import State
from gui.theme import THEMES, dressed
from gui.timeline.view import TimelineView

_ORDINARY = (860.0, 540.0)
"""In pixels, at the ordinary size of type: in more room than this, all type grows."""

_LARGEST = 1.6
"""So many times as large as ordinary it grows, as the chain does."""

_LEAST = QSize(200, 100)
"""In pixels: less is not of use, however large the type is."""

_ABOVE = 0.62
"""How much of the window's height is the middle's, where there are plots below."""

_SMALL, _LARGE = 0.36, 0.85
"""How much of a low room the chain may ask for, in ordinary type and where somebody enlarged it."""

_LEAST_LARGE = 300
"""In pixels: the least height of an enlarged chain."""


class Middle(QScrollArea):
    """Holds the three parts, whose type grows together with their room.

    Where they have no room the chain is drawn smaller, to a point; then they are scrolled.
    """

    def __init__(self, chain: ChainView, formula: FormulaView, timeline: TimelineView) -> None:
        super().__init__()
        self._chain, self._formula, self._timeline = chain, formula, timeline
        self._theme, self._asked = THEMES["light"], QSize()
        self._practice: QWidget | None = None
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setWidgetResizable(True)
        inside = QWidget()
        self._column = column = QVBoxLayout(inside)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(chain, 1)
        column.addWidget(formula)
        column.addWidget(timeline)
        self.setWidget(inside)

    def add_practice(self, practice: QWidget) -> None:
        """Put the strip of a practice under the formula."""
        self._practice = practice
        self._column.insertWidget(2, practice)

    def minimumSizeHint(self) -> QSize:
        """Return what the parts need, as far as plots below leave it; what is enlarged scrolls."""
        if self._theme.zoom > 1.0:
            return _LEAST
        chain = self._chain.minimumSizeHint()
        needed = chain.height() + self._others()
        return QSize(chain.width(), min(needed, round(_ABOVE * self.window().height())))

    def present(self, state: State) -> None:
        """Take notice of the theme's size of type."""
        theme = dressed(state.look)
        if theme is not self._theme:
            self._theme = theme
            self._fit()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Let the type grow with the room."""
        super().resizeEvent(event)
        self._fit()

    def showEvent(self, event: QShowEvent) -> None:
        """Have the heights ready for the first paint; hidden parts do not hear of their size."""
        super().showEvent(event)
        self._column.activate()

    def event(self, event: QEvent) -> bool:
        """Share the height anew when a part needs another."""
        if event.type() == QEvent.Type.LayoutRequest:
            self.ask()
        return super().event(event)

    def _fit(self) -> None:
        across, down = (side * self._theme.scale for side in _ORDINARY)
        room = min(self.width() / across, self.height() / down)
        # In steps: type has whole pixels, and nothing else should change with every pixel.
        enlarged = min(max(round(20 * room) / 20, 1.0), _LARGEST)
        self._formula.enlarge(enlarged)
        self._timeline.enlarge(enlarged)
        self.ask()

    def ask(self) -> None:
        """Share the height, and ask for what is needed in a window as large as it is now."""
        self._share_height()
        asked = self.minimumSizeHint()
        if asked != self._asked:
            self._asked = asked
            self.updateGeometry()

    def _others(self) -> int:
        practice = self._practice
        more = practice.minimumHeight() if practice and not practice.isHidden() else 0
        return self._formula.minimumHeight() + self._timeline.minimumHeight() + more

    def _share_height(self) -> None:
        """Let the chain give way first, as long as it can be read."""
        if self._chain.window() is not self.window():
            return  # it is pictured alone
        wanted = self._chain.minimumSizeHint().height()
        others = self._others()
        enlarged = self._theme.zoom > 1.0
        share, lowest = (_LARGE, _LEAST_LARGE) if enlarged else (_SMALL, 0)
        least = round(max(self.height() - others, share * self.height(), lowest))
        # 0 leaves it to the chain.
        height = least if least < wanted else 0
        if self._chain.minimumHeight() != height:
            self._chain.setMinimumHeight(height)
