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

    Where they have no room the chain is drawn smaller, to a point; then they are scrolled. With
    `whole` they never are: who shows them chooses type that has room.
    """

    def __init__(
        self,
        chain: ChainView,
        formula: FormulaView,
        timeline: TimelineView,
        *,
        whole: bool = False,
    ) -> None:
        super().__init__()
        self._whole = whole
        self._chain, self._formula, self._timeline = chain, formula, timeline
        self._theme, self._asked = THEMES["light"], QSize()
        self.enlarged = 1.0
        self._strips: list[QWidget] = []
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        if whole:
            self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setWidgetResizable(True)
        inside = QWidget()
        self._column = column = QVBoxLayout(inside)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(chain, 1)
        column.addWidget(formula)
        column.addWidget(timeline)
        self.setWidget(inside)

    def add_strip(self, strip: QWidget) -> None:
        """Put a strip under the formula: of a practice, of a presentation."""
        self._strips.append(strip)
        self._column.insertWidget(2, strip)

    def remove_strip(self, strip: QWidget) -> None:
        """Take a strip away."""
        self._strips.remove(strip)
        self._column.removeWidget(strip)
        strip.deleteLater()

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
        self.enlarged = enlarged
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
        more = sum(strip.minimumHeight() for strip in self._strips if not strip.isHidden())
        return self._formula.minimumHeight() + self._timeline.minimumHeight() + more

    @property
    def spare(self) -> int:
        """How much height is left for a strip while the chain can be read, in pixels."""
        taken = self._formula.maximumHeight() + self._timeline.minimumHeight()
        return self.height() - taken - round(_SMALL * self.height())

    @property
    def need(self) -> float:
        """The height that all needs beside a chain that can be read, as a share of what it has."""
        for _ in range(2):  # what is shown for the first time hears of its width, then asks
            self._column.activate()
            self._share_height()
        self._column.activate()
        return self._others() / max(1.0, (1 - _SMALL) * self.height())

    def _share_height(self) -> None:
        """Let the chain give way first, as long as it can be read."""
        if self._chain.window() is not self.window():
            return  # it is pictured alone
        wanted = self._chain.minimumSizeHint().height()
        others = self._others()
        enlarged = self._theme.zoom > 1.0 and not self._whole
        share, lowest = (_LARGE, _LEAST_LARGE) if enlarged else (_SMALL, 0)
        least = round(max(self.height() - others, share * self.height(), lowest))
        # 0 leaves it to the chain.
        height = least if least < wanted else 0
        if self._chain.minimumHeight() != height:
            self._chain.setMinimumHeight(height)
