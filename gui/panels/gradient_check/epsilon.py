"""The control of ε: a slider, a field, and a button for the article's."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QLabel, QVBoxLayout, QWidget

from engine import UserError
from engine.checking import EPSILON
from engine.checking.gradient_check import checked_epsilon
from gui.language import speech
from gui.language.numbers import given
from gui.panels.gradient_check.picture.epsilons import LAST_TICK, complaint, epsilon_at, tick_of
from gui.state import Look, State
from gui.theme import dressed
from gui.widgets.accessible import Number
from gui.widgets.button import Button
from gui.widgets.labels import problem_label
from gui.widgets.memo import Memo
from gui.widgets.number_field import NumberField
from gui.widgets.slider import Slider


class Epsilon(QWidget):
    """Shows ε; `chosen` tells another one, from the slider, the field or the button.

    The button, `article`, stands where the panel puts it, and only while ε is another one.
    """

    chosen = Signal(float)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._state: State | None = None
        self._fault: UserError | None = None
        self._shown = Memo[tuple[Look, UserError | None]]()
        self._name = QLabel("ε")
        self._slider = Slider()
        self._slider.setObjectName("epsilon slider")
        self._slider.setRange(0, LAST_TICK)
        self._slider.setPageStep(4)
        self._slider.valueChanged.connect(lambda tick: self.chosen.emit(epsilon_at(tick)))
        self._field = NumberField()
        self._field.setObjectName("epsilon")
        self._field.typed.connect(self._take)
        self._field.refused.connect(self._refuse)
        self._name.setBuddy(self._field)
        self.article = Button(role="small")
        self.article.setObjectName("article epsilon")
        self.article.clicked.connect(lambda: self._take(EPSILON))
        self._problem = problem_label()
        self._problem.setObjectName("problem epsilon")
        row = QHBoxLayout()
        row.setSpacing(8)
        row.addWidget(self._name)
        row.addWidget(self._slider, 1)
        row.addWidget(self._field)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(2)
        column.addLayout(row)
        column.addWidget(self._problem)

    def present(self, state: State) -> None:
        """Show the state's ε; what is typed and can't be one stays until another is chosen."""
        look, theme = state.look, dressed(state.look)
        if self._state is not None and look.epsilon != self._state.look.epsilon:
            self._fault = None
        shown = (look, self._fault)
        self._state = state
        if not self._shown.renew(shown):
            return
        say = speech(look.locale)
        self._field.setFixedWidth(theme.size(86))
        self._field.present(look.epsilon, look.digits, say, faulty=self._fault is not None)
        self._field.setAccessibleName(say("ε, the step of the central difference"))
        blocked = self._slider.blockSignals(True)
        self._slider.setValue(tick_of(look.epsilon))
        self._slider.blockSignals(blocked)
        self._slider.setAccessibleName(say("ε, from 10⁻¹⁴ to 1"))
        self._slider.setAccessibleDescription(given(look.epsilon, look.digits, say))
        self._slider.stand_for(
            lambda: Number(
                look.epsilon, 1e-14, 1.0, lambda value: self._slider.setValue(tick_of(value))
            )
        )
        self._slider.setToolTip(say("ε, from 10⁻¹⁴ to 1"))
        self.article.present(theme, say("article's ε"), say("Back to the ε of the article, 10⁻⁴"))
        self.article.setVisible(look.epsilon != EPSILON or self._fault is not None)
        self._problem.setText(complaint(self._fault, look.locale) if self._fault else "")
        self._problem.setVisible(self._fault is not None)

    def _take(self, value: float) -> None:
        try:
            epsilon = checked_epsilon(value)
        except UserError as fault:
            self._refuse(fault)
            return
        self._fault = None
        self.chosen.emit(epsilon)
        self._again()

    def _refuse(self, fault: UserError) -> None:
        self._fault = fault
        self._again()

    def _again(self) -> None:
        if self._state is not None:
            self.present(self._state)
