"""The dialog that asks which steps an animation or a hand-out is to have."""

from dataclasses import dataclass

from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QDialog,
    QDialogButtonBox,
    QGridLayout,
    QLabel,
    QLineEdit,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from engine import UserError
from engine.words import mark
from gui.animation.steps import FRAMES_A_SECOND, delay_of, steps_between
from gui.language import sentence, speech
from gui.language.numbers import exact, parsed
from gui.state import State
from gui.theme import dressed
from gui.widgets.choice import Choice
from gui.widgets.labels import problem_label

_FIELD, _WIDTH = 110, 380
"""In pixels, at the ordinary size of type."""

_NAMES = {
    "from": mark("From step"),
    "to": mark("To step"),
    "fps": mark("Steps a second"),
}
_PARTS = {"chain": mark("Chain"), "window": mark("Window")}


@dataclass(frozen=True, slots=True)
class Wanted:
    """The steps, for how many hundredths of a second each is seen, and of which part."""

    steps: range
    delay: int
    part: str


class StepsDialog(QDialog):
    """Asks for the first step and the last, the speed of an animation, and the part.

    It begins with the steps of the sample that is shown; `wanted` is set when it is accepted.
    """

    def __init__(self, state: State, title: str, parent: QWidget, *, moves: bool) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setObjectName("steps dialog")
        self.wanted: Wanted | None = None
        self._state, self._say = state, speech(state.look.locale)
        self.setWindowTitle(title)
        names = ("from", "to", "fps") if moves else ("from", "to")
        self._fields = {name: QLineEdit() for name in names}
        self._part, self._problem = Choice(tuple(_PARTS)), problem_label()
        begins = max(state.index - 1, 0) // state.per_sample * state.per_sample
        numbers = {"from": begins, "to": min(begins + state.per_sample, state.last)}
        for name, number in numbers.items():
            self._fields[name].setText(str(number))
        if moves:
            self._fields["fps"].setText(exact(FRAMES_A_SECOND, self._say))
        self._arrange()

    def _arrange(self) -> None:
        say, theme = self._say, dressed(self._state.look)
        self.setMinimumWidth(theme.size(_WIDTH))
        grid = QGridLayout()
        grid.setColumnStretch(0, 1)
        for row, (name, field) in enumerate(self._fields.items()):
            label = QLabel(say(_NAMES[name]))
            label.setBuddy(field)
            field.setObjectName(f"steps {name}")
            field.setAccessibleName(label.text())
            field.setAlignment(Qt.AlignmentFlag.AlignRight)
            field.setFixedWidth(theme.size(_FIELD))
            grid.addWidget(label, row, 0)
            grid.addWidget(field, row, 1)
        label = QLabel(say("Part"))
        label.setBuddy(self._part)
        self._part.setObjectName("steps part")
        self._part.setAccessibleName(label.text())
        self._part.setFixedWidth(theme.size(_FIELD))
        self._chosen = "chain"
        self._part.chosen.connect(self._choose)
        self._choose("chain")
        grid.addWidget(label, len(self._fields), 0)
        grid.addWidget(self._part, len(self._fields), 1)
        column = QVBoxLayout(self)
        column.setContentsMargins(24, 20, 24, 16)
        column.setSpacing(12)
        column.addLayout(grid)
        self._problem.hide()
        column.addWidget(self._problem)
        buttons = QDialogButtonBox()
        go, cancel = QPushButton(say("Export…")), QPushButton(say("Cancel"))
        buttons.addButton(go, QDialogButtonBox.ButtonRole.AcceptRole)
        buttons.addButton(cancel, QDialogButtonBox.ButtonRole.RejectRole)
        buttons.accepted.connect(self._take)
        buttons.rejected.connect(self.reject)
        column.addWidget(buttons)
        go.setDefault(True)
        self._fields["from"].selectAll()
        self._fields["from"].setFocus()

    def _choose(self, part: str) -> None:
        self._chosen = part
        theme = dressed(self._state.look)
        self._part.present(theme, part, [self._say(name) for name in _PARTS.values()])

    def _take(self) -> None:
        """Close where all is understood, else say what is not."""
        try:
            first, last = (self._number(name) for name in ("from", "to"))
            steps = steps_between(first, last, self._state.last)
            delay = delay_of(self._number("fps")) if "fps" in self._fields else 0
        except UserError as fault:
            self._problem.setText(sentence(fault, self._state.look.locale))
            self._problem.show()
            return
        self.wanted = Wanted(steps, delay, self._chosen)
        self.accept()

    def _number(self, name: str) -> float:
        whole = name != "fps"
        return parsed(self._fields[name].text(), whole=whole, sign=self._say.decimal_sign)
