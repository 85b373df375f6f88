"""The bar on top: the experiment's name and its menu, transport, language, theme, explanation."""

from collections.abc import Mapping

from PySide6.QtCore import QPoint, QRect, QSize, Qt, Signal
from PySide6.QtGui import QAction, QIcon, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import (
    QHBoxLayout,
    QSizePolicy,
    QStyle,
    QStyleOptionToolButton,
    QStylePainter,
    QWidget,
)

from gui.language import speech
from gui.language.joining import aside, labelled
from gui.panels import PANELS
from gui.state import Look, State
from gui.state.intents import Show
from gui.theme import THEMES, Theme, dressed
from gui.theme.icons import icon
from gui.transport.view import TransportView
from gui.widgets.button import Button
from gui.widgets.labels import heading
from gui.widgets.memo import Memo
from gui.words.key_names import key_text

_LETTERS = 5
"""The number of letters left of the name where there is hardly any room."""


class NameButton(Button):
    """A button whose text gives way: what does not fit ends in an ellipsis, before the arrow."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(role="document", parent=parent)
        self.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Fixed)
        self._name, self._arrow = "", QIcon()
        self._margin = self._side = 0

    def present_name(self, theme: Theme, name: str, hint: str) -> None:
        """Show the name; `hint` says what pressing does."""
        self._name, self._arrow = name, icon("chevron-down", theme)
        self._margin, self._side = theme.size(10), theme.size(16)
        self.present(theme, name, f"{name}\n{hint}")
        self.setAccessibleDescription(hint)

    def sizeHint(self) -> QSize:
        """Ask for the room of the whole name."""
        return self._size(self.fontMetrics().horizontalAdvance(self._name))

    def minimumSizeHint(self) -> QSize:
        """Be content with a few letters of the name."""
        few = self.fontMetrics().averageCharWidth() * _LETTERS
        return self._size(min(few, self.fontMetrics().horizontalAdvance(self._name)))

    def _size(self, text: int) -> QSize:
        return QSize(text + self._side + 3 * self._margin, super().sizeHint().height())

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Paint as much of the name as fits, and the arrow."""
        option = QStyleOptionToolButton()
        self.initStyleOption(option)
        option.text = ""
        painter = QStylePainter(self)
        painter.drawComplexControl(QStyle.ComplexControl.CC_ToolButton, option)
        inside = self.rect().adjusted(self._margin, 0, -self._margin, 0)
        arrow = QRect(0, 0, self._side, self._side)
        arrow.moveCenter(inside.center())
        arrow.moveRight(inside.right())
        self._arrow.paint(painter, arrow)
        inside.setRight(arrow.left() - self._margin)
        elided = self.fontMetrics().elidedText(
            self._name, Qt.TextElideMode.ElideRight, inside.width() + 1
        )
        painter.setPen(self.palette().color(self.foregroundRole()))
        painter.drawText(inside, int(Qt.AlignmentFlag.AlignVCenter), elided)
        painter.end()


_MARGIN, _SPACING = 14, 10

_AMPLE = 260
"""In pixels, at the ordinary size of type: enough for the name of any preset."""


class Bar(QWidget):
    """Holds the transport in its middle.

    `wished` carries an `Intent`, whatever the user wants; `presets_asked` tells that the
    experiment's name was pressed, `languages_asked` that the button of the languages was: both
    carry the place on the screen where the menu opens.
    """

    presets_asked = Signal(QPoint)
    languages_asked = Signal(QPoint)
    wished = Signal(object)

    def __init__(self, actions: Mapping[str, QAction]) -> None:
        super().__init__()
        self._ample, self._look = _AMPLE, Look()
        self._shown = Memo[tuple[object, ...]]()
        self.transport = TransportView(actions)
        self._name, self._document = heading("name"), NameButton()
        self._name.setText("Chainstep")
        self._document.setObjectName("document")
        self._document.clicked.connect(self._ask_for_presets)
        self._language, self._theme = Button("languages"), Button("sun-moon")
        self._explanation = Button("panel-right")
        self._explanation.setObjectName("explanation")
        self._explanation.setCheckable(True)
        self._language.setObjectName("language")
        self._theme.setObjectName("theme")
        self._language.clicked.connect(self._ask_for_languages)
        self._theme.clicked.connect(self._next_theme)
        self.transport.wished.connect(self.wished)
        self._row = row = QHBoxLayout(self)
        row.setContentsMargins(_MARGIN, 6, _MARGIN, 6)
        row.setSpacing(_SPACING)
        row.addWidget(self._name)
        row.addWidget(self._document)
        row.addStretch(1)
        row.addWidget(self.transport)
        row.addStretch(1)
        row.addWidget(self._language)
        row.addWidget(self._theme)
        row.addWidget(self._explanation)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)

    def follow(self, shown: QAction) -> None:
        """Let the last button do what `shown` does: open and close the explanation."""
        self._explanation.clicked.connect(shown.trigger)
        shown.toggled.connect(self._explanation.setChecked)
        self._explanation.setChecked(shown.isChecked())

    def present(self, state: State, name: str) -> None:
        """Show the experiment's name, and what can be done."""
        self.transport.present(state)
        if not self._shown.renew((state.look, name, state.playing, state.per_epoch)):
            return
        say, theme = speech(state.look.locale), dressed(state.look)
        self._document.present_name(theme, name, say("Choose another experiment"))
        self._look = state.look
        hint = labelled(say("Language"), say.own_name, say)
        self._language.present(theme, "", hint, icon_only=True)
        self._theme.present(theme, "", say("Next theme"), icon_only=True)
        hint = aside(
            say("Explanation"), " … ".join(key_text(PANELS[end].key, say) for end in (0, -1)), say
        )
        self._explanation.present(theme, "", hint, icon_only=True)
        self._explanation.setAccessibleName(say("Explanation"))
        self._ample = theme.size(_AMPLE)
        self._fit()

    def _next_theme(self) -> None:
        names = list(THEMES)
        place = names.index(self._look.palette)
        self.wished.emit(Show({"theme": names[(place + 1) % len(names)]}))

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Give the transport the room that there is."""
        super().resizeEvent(event)
        self._fit()

    def _ask_for_presets(self) -> None:
        self.presets_asked.emit(self.below_name())

    def below_name(self) -> QPoint:
        """Return where on the screen a menu below the experiment's name begins."""
        return _under(self._document)

    def _ask_for_languages(self) -> None:
        self.languages_asked.emit(_under(self._language))

    def _fit(self) -> None:
        """Give room: the program's name gives way, then names of buttons, then the experiment's."""
        others = (self._language, self._theme, self._explanation)
        margins, gap = self._row.contentsMargins(), self._row.spacing()
        taken = margins.left() + margins.right()
        taken += sum(other.sizeHint().width() + gap for other in others)
        room = self.width() - taken - 3 * gap
        document = self._document.minimumSizeHint().width()
        # Icons say what the buttons do; half a name says little.
        named = min(self._document.sizeHint().width(), self._ample)
        self.transport.fit(room - document, room - named)
        # The View menu has all that these three do.
        cramped = self.transport.sizeHint().width() > room - document
        for other in (self._language, self._theme):
            other.setVisible(not cramped)
        ample = room - self._ample - self._name.sizeHint().width() - gap
        self._name.setVisible(self.transport.sizeHint().width() <= ample)


def _under(button: Button) -> QPoint:
    """Return where on the screen a menu below a button begins."""
    return button.mapToGlobal(button.rect().bottomLeft() + QPoint(0, 2))
