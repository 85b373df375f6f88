"""The status line."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QProgressBar, QWidget

from gui.language import speech
from gui.state import State
from gui.state.intents import CancelTraining
from gui.status.picture import status_picture, training
from gui.theme import dressed
from gui.widgets.button import Button
from gui.widgets.isolated import IsolatedWidget
from gui.widgets.labels import Elided, Items, heading, tell
from gui.widgets.memo import Memo

_ABOVE = 3
"""In pixels: the room above and below the words."""


class StatusView(IsolatedWidget):
    """Shows the keys that matter, the truth about the run, and a training under way.

    `wished` carries an `Intent`: to cancel that training.
    """

    wished = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("status")
        self._named = Memo[tuple[object, ...]]()
        self._left = Items("muted")
        self._left.setObjectName("keys")
        self._notice = Elided("problem")
        self._notice.setObjectName("notice")
        self._truth = Elided("muted")
        self._truth.setObjectName("truth")
        self._training = heading("muted")
        self._bar = QProgressBar()
        self._bar.setTextVisible(False)
        self._bar.setRange(0, 1000)
        self._bar.setFixedWidth(140)
        self._cancel = Button("x", "plain")
        self._cancel.setObjectName("cancel")
        self._cancel.clicked.connect(lambda: self.wished.emit(CancelTraining()))
        row = QHBoxLayout(self.inside)
        row.setContentsMargins(14, _ABOVE, 14, _ABOVE)
        row.setSpacing(10)
        row.addWidget(self._left, 1)
        row.addWidget(self._notice, 1)
        for widget in (self._training, self._bar, self._cancel, self._truth):
            row.addWidget(widget)

    def present(self, state: State) -> None:
        """Show the status of the state."""
        say = speech(state.look.locale)
        theme = dressed(state.look)
        if self._named.renew((theme, say)):
            hint = say("Cancel the training and keep the present run (Esc)")
            self._cancel.present(theme, say("Cancel"), hint)
            # The window must not jump where a training begins.
            self.inside.setMinimumHeight(self._cancel.sizeHint().height() + 2 * _ABOVE)
            self.fit_height()
        picture = status_picture(state)
        self._left.setText(picture.keys)
        self._left.setVisible(not picture.notice)
        self._notice.setText(picture.notice)
        self._notice.setVisible(bool(picture.notice))
        trains = state.progress is not None
        for widget in (self._training, self._bar, self._cancel):
            widget.setVisible(trains)
        self._truth.setVisible(not trains)
        self._truth.setText(picture.truth)
        self._truth.hint = picture.hint
        tell(self._truth, picture.hint)
        if state.progress is not None:
            self._training.setText(training(state))
            self._bar.setValue(round(1000 * state.progress))
