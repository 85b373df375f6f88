"""The panels on the right, one at a time: what the article explains, beside the chain.

A panel is imported and made when it is first looked at, and is told of a new state only while
it is seen.
"""

from collections.abc import Callable
from functools import lru_cache
from importlib import import_module
from typing import cast

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QLabel, QStackedWidget, QVBoxLayout, QWidget

from engine.words import mark
from gui.errors.faults import faults
from gui.errors.sorry import Sorry, sorry
from gui.language import Say, speech
from gui.language.joining import aside
from gui.panels import NAMES, PANELS
from gui.state import State
from gui.state.intents import Intent, Show
from gui.theme import dress_late, dressed
from gui.widgets.isolated import IsolatedWidget
from gui.widgets.panel import Panel
from gui.widgets.tabs import Tabs
from gui.words.key_names import key_text

_PER_ROW = 4
"""The first row has the panels about this step, the second those about the whole run."""

_NARROWEST = 344
"""In pixels, at the ordinary size of type."""


_TELL = frozenset({"chain_rule", "code", "numbers", "diagnosis"})
"""The panels that tell how an algorithm computes."""

_SECRET = mark("This panel tells how the algorithm computes: first answer the question.")


class Panels(IsolatedWidget):
    """The tabs, and below them the panel that was chosen."""

    def __init__(self, state: State, act: Callable[[Intent], None]) -> None:
        super().__init__()
        self.setObjectName("panels")
        self._state, self._act = state, act
        self._made: dict[str, Panel] = {}
        self._least = QSize()
        self._tabs = Tabs(NAMES, per_row=_PER_ROW)
        self._tabs.chosen.connect(lambda name: act(Show({"panel": name})))
        self._stack, self._sorry = QStackedWidget(), Sorry()
        self._hidden = QLabel()
        self._hidden.setWordWrap(True)
        self._hidden.setMargin(14)
        self._hidden.setAlignment(Qt.AlignmentFlag.AlignTop)
        self._stack.addWidget(self._sorry)
        self._stack.addWidget(self._hidden)
        column = QVBoxLayout(self.inside)
        column.setContentsMargins(0, 2, 0, 0)
        column.setSpacing(0)
        column.addWidget(self._tabs)
        column.addWidget(self._stack, 1)
        column.setAlignment(self._tabs, Qt.AlignmentFlag.AlignTop)
        self._tabs.setContentsMargins(5, 0, 0, 0)

    def sizeHint(self) -> QSize:
        """Return the size of the drawings."""
        return QSize(dressed(self._state.look).size(352), 700)

    def minimumSizeHint(self) -> QSize:
        """Return the least size at which a panel can be read."""
        theme = dressed(self._state.look)
        least = QSize(theme.size(_NARROWEST), round(200 * max(1.0, theme.zoom)))
        # Enlarged, a panel is rather scrolled than squeezed.
        if theme.zoom <= 1.0:
            return least
        inside = self.inside.minimumSizeHint()
        # Its texts and rows of choices go on below: how high they are depends on the width.
        shown = self.front
        width = max(self._stack.width(), inside.width())
        grown = shown.minimumSizeHint().height()
        if shown.hasHeightForWidth():
            grown = max(grown, shown.heightForWidth(width))
        more = QSize(0, max(0, grown - self._stack.minimumSizeHint().height()))
        return least.expandedTo(inside + more)

    def present(self, state: State) -> None:
        """Show the chosen panel, if it is seen."""
        former, self._state = self._state, state
        if dressed(former.look) is not dressed(state.look):
            self.updateGeometry()
        say, theme = speech(state.look.locale), dressed(state.look)
        self._tabs.present(theme, state.look.panel, *_named(say))
        if self.isVisible():
            self._present_panel()

    def showEvent(self, event: QShowEvent) -> None:
        """Show what was missed meanwhile."""
        super().showEvent(event)
        self._present_panel()

    @property
    def front(self) -> QWidget:
        """What is seen of the panel in front: the panel, or the sentence that it failed."""
        return self._stack.currentWidget() or self._stack

    @property
    def done(self) -> bool:
        """Whether all that is to be seen is there: a panel may count and draw in the background."""
        shown = self._stack.currentWidget()
        return not self.isVisible() or not isinstance(shown, Panel) or shown.done

    def enter(self) -> None:
        """Give the focus to the panel in front."""
        shown = self._stack.currentWidget()
        if isinstance(shown, Panel):
            shown.enter()

    def _present_panel(self) -> None:
        """Show the chosen panel; where it fails, a sentence stands in its place until it does."""
        name = self._state.look.panel
        if self._state.secret and name in _TELL:
            self._hidden.setText(speech(self._state.look.locale)(_SECRET))
            self._stack.setCurrentWidget(self._hidden)
            return
        shown: QWidget = self._sorry
        with faults.kept_in(name):
            panel = self._panel(name)
            dress_late(panel)
            panel.present(self._state)
            shown = panel
        if shown is self._sorry:
            self._sorry.setText(sorry())
        self._stack.setCurrentWidget(shown)
        least = self.minimumSizeHint()
        if least != self._least:
            self._least = least
            self.updateGeometry()

    def _panel(self, name: str) -> Panel:
        if name not in self._made:
            panel = _view(name)()
            panel.wished.connect(self._act)
            self._made[name] = panel
            self._stack.addWidget(panel)
        return self._made[name]


def _view(name: str) -> type[Panel]:
    view = next(tab.view for tab in PANELS if tab.name == name)
    return cast("type[Panel]", getattr(import_module(f"..panels.{name}.view", __package__), view))


@lru_cache(maxsize=8)
def _named(say: Say) -> tuple[dict[str, str], dict[str, str]]:
    """Return the words on the tabs, and their tool tips."""
    hints = {tab.name: aside(say(tab.full_title), key_text(tab.key, say), say) for tab in PANELS}
    return {tab.name: say(tab.title) for tab in PANELS}, hints
