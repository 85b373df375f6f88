"""The editor of the experiment: what to look for, weights, training, data, and the answers."""

from itertools import pairwise
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from gui.language import speech
from gui.state import State
from gui.theme import THEMES
from gui.views.experiment.answers import AnswersSection
from gui.views.experiment.data import DataSection
from gui.views.experiment.preset import PresetSection
from gui.views.experiment.training import TrainingSection
from gui.views.experiment.weights import WeightsSection
from gui.widgets.rows import Form

if TYPE_CHECKING:
    from gui.views.experiment.section import Section


class ExperimentView(Form):
    """Shows the experiment and sends what the user types, a spot and a value at a time.

    `refused` tells the spot of a text that is no number, and the `Problem`; `settled` that the
    typing in a field is over; `import_asked` that the samples should come from a table.
    """

    changed = Signal(object, object)
    refused = Signal(object, object)
    settled = Signal()
    import_asked = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        column = QVBoxLayout()
        super().__init__(column, parent)
        self.setObjectName("experiment")
        column.setContentsMargins(14, 4, 8, 10)
        column.setSpacing(10)
        self._preset = PresetSection()
        column.addWidget(self._preset)
        self._weights = WeightsSection()
        self._data = DataSection()
        self._data.import_asked.connect(self.import_asked)
        self._sections: tuple[Section, ...] = (self._weights, TrainingSection(), self._data)
        self._answers = AnswersSection()
        self._shown: tuple[object, ...] | None = None
        for section in self._sections:
            section.changed.connect(self.changed)
            section.refused.connect(self.refused)
            section.settled.connect(self.settled)
            column.addWidget(section)
        column.addWidget(self._answers)
        column.addStretch()

    def focus_weight(self, layer: int) -> None:
        """Put the cursor into the field of a layer's initial weight (from 1)."""
        field = self._weights.weight_field(layer)
        self.ensureWidgetVisible(field)
        field.setFocus(Qt.FocusReason.MouseFocusReason)

    def present(self, state: State) -> None:
        """Show the state's experiment, what is wrong with the fields, and the answers."""
        say, theme = speech(state.look.language), THEMES[state.look.palette]
        shown = (state.experiment, state.saved, state.look, state.faults)
        if self._shown != shown:
            self._shown = shown
            self._preset.present(state, say, theme)
            for section in self._sections:
                section.present(state, say, theme)
            self._order_tabs()
        self._data.mark(state.moment.sample)
        self._answers.present(state, say, theme)

    def _order_tabs(self) -> None:
        """Let Tab go down the panel as it is seen, rows added later included."""
        order = [control for section in self._sections for control in section.tab_order()]
        for first, second in pairwise(order):
            QWidget.setTabOrder(first, second)
