"""The editor of the experiment: what to look for, weights, training, data, and the answers."""

from itertools import pairwise
from typing import TYPE_CHECKING

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QApplication, QVBoxLayout, QWidget

from gui.experiment.answers import AnswersSection
from gui.experiment.data import DataSection
from gui.experiment.messages import Messages
from gui.experiment.preset import PresetSection
from gui.experiment.training import TrainingSection
from gui.experiment.weights import WeightsSection
from gui.language import speech
from gui.state import State
from gui.theme import THEMES
from gui.widgets.memo import Memo
from gui.widgets.rows import Form

if TYPE_CHECKING:
    from gui.experiment.section import Section

_BELOW, _RIGHT = 10, 8
"""In pixels: the room below the last row, and beside the fields."""


class ExperimentView(Form):
    """Shows the experiment and sends what the user types, a spot and a value at a time.

    `wished` carries an `Intent`, whatever the user wants. What is wrong stands below the fields,
    which stay where they are.
    """

    wished = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        column = QVBoxLayout()
        super().__init__(column, parent)
        self.setObjectName("experiment")
        self._column, self._held = column, 0
        column.setSpacing(10)
        self._preset = PresetSection()
        column.addWidget(self._preset)
        self._weights = WeightsSection()
        self._data = DataSection()
        self._sections: tuple[Section, ...] = (self._weights, TrainingSection(), self._data)
        self._answers = AnswersSection()
        self._shown = Memo[tuple[object, ...]]()
        for section in self._sections:
            section.wished.connect(self.wished)
            column.addWidget(section)
        column.addWidget(self._answers)
        column.addStretch()
        labels = (label for section in self._sections for label in section.problems.values())
        self._messages = Messages(labels, self)
        self.verticalScrollBar().valueChanged.connect(self._let_go)
        self.verticalScrollBar().rangeChanged.connect(self._set_margins)
        self._set_margins()

    def focus_weight(self, layer: int) -> None:
        """Put the cursor into the field of a layer's initial weight (from 1)."""
        field = self._weights.weight_field(layer)
        self.ensureWidgetVisible(field)
        field.setFocus(Qt.FocusReason.MouseFocusReason)

    def present(self, state: State) -> None:
        """Show the state's experiment, what is wrong with the fields, and the answers."""
        say, theme = speech(state.look.language), THEMES[state.look.palette]
        shown = (state.experiment, state.saved, state.look, state.faults)
        if self._shown.renew(shown):
            self._preset.present(state, say, theme)
            for section in self._sections:
                section.present(state, say, theme)
            self._order_tabs()
            self._place_messages()
        self._data.mark(state.moment.sample)
        self._answers.present(state, say, theme)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Keep the messages at the foot of the panel."""
        super().resizeEvent(event)
        self._place_messages()

    def _place_messages(self) -> None:
        """Take room from what is seen of the fields, not from the fields: they do not move."""
        width = self.width() - self._bar()
        height = min(self._messages.height_for(width), self.height() // 2)
        self._messages.setGeometry(0, self.height() - height, width, height)
        self._messages.setVisible(height > 0)
        if height == self.viewportMargins().bottom():
            return
        self._hold(self.viewport().height() + self.viewportMargins().bottom() - height)
        self.setViewportMargins(0, 0, 0, height)
        focus = QApplication.focusWidget()
        if height and focus is not None and self._inside.isAncestorOf(focus):
            self.ensureWidgetVisible(focus, 0, 2)

    def sizeHint(self) -> QSize:
        """Return the width of the fields: no more is of use."""
        return QSize(self.minimumWidth(), super().sizeHint().height())

    def fit(self) -> None:
        """Take the width that the fields need; those above stay when a row below them goes."""
        right = self._column.contentsMargins().right()
        fields = self._inside.minimumSizeHint().width() - right
        self.setMinimumWidth(fields + _RIGHT + self._bar())
        self._hold(self.viewport().height())

    def _hold(self, seen: int) -> None:
        """Have room below the fields, so that none moves where more of them can be seen."""
        scrolled = self.verticalScrollBar().value()
        natural = self._column.totalMinimumHeightForWidth(self._inside.width()) - self._held
        held = max(0, scrolled + seen - natural) if scrolled else 0
        if held != self._held:
            self._held = held
            self._set_margins()

    def _set_margins(self) -> None:
        """Keep the fields as wide as they are, with and without a scroll bar."""
        right = _RIGHT + (0 if self.verticalScrollBar().maximum() > 0 else self._bar())
        self._column.setContentsMargins(14, 4, right, _BELOW + self._held)

    def _let_go(self) -> None:
        """Give that room back as soon as somebody scrolls."""
        if self._held:
            self._hold(self.viewport().height())

    def _order_tabs(self) -> None:
        """Let Tab go down the panel as it is seen, rows added later included."""
        order = [control for section in self._sections for control in section.tab_order()]
        for first, second in pairwise(order):
            QWidget.setTabOrder(first, second)
