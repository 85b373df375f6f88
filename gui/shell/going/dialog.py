"""The dialog that goes to an epoch, sample and step, or to where something happens."""

from collections.abc import Callable

from PySide6.QtCore import Qt, SignalInstance
from PySide6.QtWidgets import (
    QDialog,
    QDialogButtonBox,
    QGridLayout,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from engine import UserError
from engine.words import mark
from gui.language import sentence, speech
from gui.shell.going import picture
from gui.shell.going.picture import FIELDS, Landmark
from gui.shell.screen import room_for
from gui.state import State
from gui.state.intents import Intent, Seek
from gui.theme import dressed
from gui.widgets.choice import Choice
from gui.widgets.labels import heading, problem_label
from gui.widgets.memo import Memo

_FIELD, _WIDTH = 86, 540
"""In pixels, at the ordinary size of type."""

_NAMES = {"epoch": mark("Epoch"), "sample": mark("Sample"), "step": mark("Step")}
_PLACES = {
    "converged": mark("Converged"),
    "diverged": mark("Diverged"),
    "changes sign": mark("Sign changes"),
}


class GoTo(QDialog):
    """Three fields and three places; it closes where it went somewhere, and follows the run."""

    def __init__(
        self,
        state: State,
        act: Callable[[Intent], None],
        changed: SignalInstance,
        parent: QWidget,
    ) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setObjectName("go to dialog")
        self._state, self._act = state, act
        self._shown = Memo[tuple[object, ...]]()
        self._landmarks: dict[str, Landmark] = {}
        self._fields = {name: QLineEdit() for name in FIELDS}
        self._ends = {name: heading("muted") for name in FIELDS}
        self._step, self._problem = heading("muted"), problem_label()
        self._problem.setObjectName("problem go to")
        self._parameter = Choice(())
        self._buttons = {name: QPushButton() for name in _PLACES}
        self._words = {name: QLabel() for name in _PLACES}
        self._arrange(dressed(state.look).size)
        numbers = picture.present(state)
        for name, field in self._fields.items():
            field.setText(str(numbers[name]))
            field.textEdited.connect(self._typed)
        self._parameter.chosen.connect(lambda _name: self._present_places())
        self.present(state)
        changed.connect(self.present)
        self._fields["epoch"].selectAll()
        self._fields["epoch"].setFocus()

    def _arrange(self, size: Callable[[int], int]) -> None:
        say = speech(self._state.look.locale)
        self.setWindowTitle(say("Go to"))
        room = room_for(self)
        self.setMinimumWidth(min(size(_WIDTH), room.width()) if room else size(_WIDTH))
        column = QVBoxLayout(self)
        column.setContentsMargins(24, 20, 24, 16)
        column.setSpacing(12)
        column.addLayout(self._numbers(size))
        column.addWidget(self._problem)
        column.addSpacing(size(8))
        title = heading()
        title.setText(say("Where something happens"))
        column.addWidget(title)
        column.addLayout(self._places(size))
        column.addSpacing(size(8))
        buttons = QDialogButtonBox()
        go, close = QPushButton(say("Go")), QPushButton(say("Close"))
        buttons.addButton(go, QDialogButtonBox.ButtonRole.AcceptRole)
        buttons.addButton(close, QDialogButtonBox.ButtonRole.RejectRole)
        buttons.accepted.connect(self._go)
        buttons.rejected.connect(self.reject)
        column.addWidget(buttons)
        go.setDefault(True)  # in the dialog: else it would be the first button of all

    def _numbers(self, size: Callable[[int], int]) -> QGridLayout:
        say, grid = speech(self._state.look.locale), QGridLayout()
        grid.setHorizontalSpacing(10)
        grid.setVerticalSpacing(8)
        grid.setColumnStretch(3, 1)
        for row, (name, field) in enumerate(self._fields.items()):
            label = QLabel(say(_NAMES[name]))
            label.setBuddy(field)
            field.setObjectName(f"go to {name}")
            field.setAccessibleName(label.text())
            field.setAlignment(Qt.AlignmentFlag.AlignRight)
            field.setFixedWidth(size(_FIELD))
            for place, part in enumerate((label, field, self._ends[name])):
                grid.addWidget(part, row, place)
        grid.addWidget(self._step, len(FIELDS) - 1, 3)
        return grid

    def _places(self, size: Callable[[int], int]) -> QGridLayout:
        say, grid = speech(self._state.look.locale), QGridLayout()
        grid.setHorizontalSpacing(12)
        grid.setVerticalSpacing(8)
        grid.setColumnStretch(1, 1)
        self._parameter.setObjectName("go to parameter")
        self._parameter.setAccessibleName(say("Parameter"))
        self._parameter.setFixedWidth(size(_FIELD))
        for row, (name, button) in enumerate(self._buttons.items()):
            button.setText(say(_PLACES[name]))
            button.setObjectName(f"go to {name}")
            button.clicked.connect(lambda _on=False, name=name: self._go_there(name))
            words = self._words[name]
            words.setObjectName(f"about {name}")
            words.setWordWrap(True)
            grid.addWidget(button, row, 0, Qt.AlignmentFlag.AlignTop)
            about = QHBoxLayout()
            about.setSpacing(10)
            if name == "changes sign":
                about.addWidget(self._parameter, 0, Qt.AlignmentFlag.AlignTop)
            about.addWidget(words, 1)
            grid.addLayout(about, row, 1)
        return grid

    def present(self, state: State) -> None:
        """Follow the run: it may still grow, or be another."""
        self._state = state
        shown = (state.run, state.progress is None, state.curtained, state.look)
        if not self._shown.renew(shown):
            return
        say = speech(state.look.locale)
        for name, number in picture.most(state).items():
            self._ends[name].setText(say("of {most}").format(most=number))
        symbols = picture.parameters(state)
        chosen = self._parameter.currentData()
        self._parameter.offer(symbols)
        theme = dressed(state.look)
        first = next(iter(symbols))
        self._parameter.present(theme, chosen if chosen in symbols else first, symbols.values())
        self._present_step()
        self._present_places()

    def _present_places(self) -> None:
        state = self._state
        self._landmarks = {
            "converged": picture.converged(state),
            "diverged": picture.diverged(state),
            "changes sign": picture.changes_sign(state, self._parameter.currentData()),
        }
        for name, landmark in self._landmarks.items():
            self._words[name].setText(landmark.words)
            self._buttons[name].setAccessibleDescription(landmark.words)

    def _present_step(self) -> None:
        self._step.setText(picture.step_words(self._state, self._fields["step"].text()))

    def _typed(self) -> None:
        self._complain("")
        self._present_step()

    def _complain(self, words: str) -> None:
        self._problem.setText(words)
        self._problem.setVisible(bool(words))

    def _go(self) -> None:
        texts = {name: field.text() for name, field in self._fields.items()}
        try:
            index = picture.index_of(self._state, texts)
        except UserError as fault:
            self._complain(sentence(fault, self._state.look.locale))
            self._focus_fault(texts)
            return
        self._seek(index)

    def _focus_fault(self, texts: dict[str, str]) -> None:
        """Let the first field that is wrong be typed anew."""
        for name, field in self._fields.items():
            if not picture.holds(self._state, name, texts[name]):
                field.setFocus()
                field.selectAll()
                return

    def _go_there(self, name: str) -> None:
        landmark = self._landmarks[name]
        if landmark.index is None:
            self._complain(landmark.words)
        else:
            self._seek(landmark.index)

    def _seek(self, index: int) -> None:
        self.accept()
        self._act(Seek(index))
