"""The bar on top: name, transport, language and theme."""

from collections.abc import Mapping

from PySide6.QtCore import Signal
from PySide6.QtGui import QAction, QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QWidget

from gui.language import speech
from gui.state import State
from gui.theme import THEMES
from gui.views.transport_view import TransportView
from gui.widgets.button import Button
from gui.widgets.labels import Elided, heading

_LEAST_NAME = 90
"""In pixels: the room that the bar leaves for the experiment's name, and its margins."""


class Bar(QWidget):
    """Holds the transport in its middle.

    `language_asked` and `theme_asked` tell that the buttons at its right end were pressed.
    """

    language_asked = Signal()
    theme_asked = Signal()

    def __init__(self, actions: Mapping[str, QAction]) -> None:
        super().__init__()
        self.transport = TransportView(actions)
        self._name, self._document = heading("name"), Elided("muted")
        self._name.setText("Chainstep")
        self._document.setObjectName("document")
        self._language, self._theme = Button(), Button("sun-moon")
        self._language.setObjectName("language")
        self._theme.setObjectName("theme")
        self._language.clicked.connect(self.language_asked)
        self._theme.clicked.connect(self.theme_asked)
        row = QHBoxLayout(self)
        row.setContentsMargins(14, 6, 14, 6)
        row.setSpacing(10)
        row.addWidget(self._name)
        row.addWidget(self._document)
        row.addStretch(1)
        row.addWidget(self.transport)
        row.addStretch(1)
        row.addWidget(self._language)
        row.addWidget(self._theme)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)

    def present(self, state: State, name: str) -> None:
        """Show the experiment's name, and what can be done."""
        say, theme = speech(state.look.language), THEMES[state.look.palette]
        self._document.setText(name)
        other = {"en": "中文", "zh_CN": "English"}[state.look.language]
        self._language.present(theme, other, say("Switch to Chinese"))
        self._theme.present(theme, "", say("Next theme"), icon_only=True)
        self.transport.present(state)
        self._fit()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Give the transport the room that there is."""
        super().resizeEvent(event)
        self._fit()

    def _fit(self) -> None:
        others = (self._name, self._language, self._theme)
        taken = sum(widget.sizeHint().width() + 10 for widget in others) + _LEAST_NAME
        self.transport.fit(self.width() - taken)
