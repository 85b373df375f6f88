"""The editor of the experiment: what to look for, weights, training, data, and the answers."""

from collections.abc import Iterable
from itertools import pairwise
from typing import TYPE_CHECKING

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QApplication, QGridLayout, QLabel, QSizePolicy, QVBoxLayout, QWidget

from engine.presets import preset_of
from engine.quantities import Name
from gui.experiment.answers import AnswersSection
from gui.experiment.data import DataSection
from gui.experiment.training import TrainingSection
from gui.experiment.weights import WeightsSection
from gui.language import Say, speech
from gui.state import State
from gui.theme import Theme, dressed
from gui.widgets.giving_way import ask_at_once
from gui.widgets.labels import heading
from gui.widgets.memo import Memo
from gui.widgets.rows import Form
from gui.widgets.spaces import keep_own

if TYPE_CHECKING:
    from gui.experiment.section import Section


class PresetSection(QWidget):
    """Shows the preset's sentence; after an edit it says from what it was changed.

    The sentence may be false of the edited experiment. Only its room stays, so that no field moves
    while the user types.
    """

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._heading = heading()
        self._sentence, self._origin = _paragraph("what to look for"), _paragraph("begun from")
        self._grid = QGridLayout(self)
        keep_own(self._grid)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.addWidget(self._heading, 0, 0)
        for paragraph in (self._sentence, self._origin):
            self._grid.addWidget(paragraph, 1, 0)

    def present(self, state: State, say: Say, theme: Theme) -> None:
        """Show what belongs to the state's experiment, or nothing."""
        shown = preset_of(state.experiment)
        known = shown or (state.saved and preset_of(state.saved))
        self._grid.setSpacing(theme.size(5))
        self.setVisible(known is not None)
        self._sentence.setVisible(shown is not None)
        self._origin.setVisible(shown is None)
        self._heading.setText(say("What to look for") if shown else say("Your own experiment"))
        self._sentence.setText(say(known.sentence) if known else "")
        origin = say("Started from “{title}”.").format(title=say(known.title)) if known else ""
        self._origin.setText(origin)


def _paragraph(name: str) -> QLabel:
    """Return a label that wraps, as high as it needs to be in any width, also while hidden."""
    label = heading("muted")
    label.setObjectName(name)
    label.setWordWrap(True)
    label.setAlignment(Qt.AlignmentFlag.AlignTop)
    policy = QSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Minimum)
    policy.setHeightForWidth(True)
    policy.setRetainSizeWhenHidden(True)
    label.setSizePolicy(policy)
    return label


class Messages(QWidget):
    """Holds the labels of all faults; as high as those that are to be seen."""

    def __init__(self, labels: Iterable[QLabel], parent: QWidget) -> None:
        super().__init__(parent)
        self.setObjectName("messages")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self._labels = tuple(labels)
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(14, 6, 8, 8)
        self._column.setSpacing(4)
        for label in self._labels:
            policy = QSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Minimum)
            policy.setHeightForWidth(True)
            label.setSizePolicy(policy)
            self._column.addWidget(label)

    def height_for(self, width: int) -> int:
        """Return the height that the messages need in this width: 0 without any."""
        if all(label.isHidden() for label in self._labels):
            return 0
        self._column.invalidate()
        return self._column.totalHeightForWidth(width)


_BELOW, _RIGHT = 10, 8
"""In pixels: the room below the last row, and beside the fields."""


class ExperimentView(Form):
    """Shows the experiment and sends what the user types, a location and a value at a time.

    `wished` carries an `Intent`, whatever the user wants. What is wrong stands below the fields,
    which stay where they are.
    """

    wished = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        column = QVBoxLayout()
        super().__init__(column, parent)
        self.setObjectName("experiment")
        self._column, self._held, self._zoom = column, 0, 1.0
        keep_own(column)
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

    def focus_parameter(self, name: Name) -> None:
        """Put the cursor into the field of a parameter's initial value."""
        field = self._weights.parameter_field(name)
        self.ensureWidgetVisible(field)
        field.setFocus(Qt.FocusReason.MouseFocusReason)

    def present(self, state: State) -> None:
        """Show the state's experiment, what is wrong with the fields, and the answers."""
        say, theme = speech(state.look.locale), dressed(state.look)
        closed = (state.editable, state.secret)
        shown = (state.experiment, state.saved, state.look, state.faults, closed)
        if self._shown.renew(shown):
            if theme.zoom != self._zoom:
                self._zoom = theme.zoom
                self._set_margins()
            self._preset.present(state, say, theme)
            for section in self._sections:
                section.present(state, say, theme)
            self._order_tabs()
            self._open_fields(state)
            self._place_messages()
        self._data.mark(state.moment.sample)
        self._answers.present(state, say, theme)

    def _open_fields(self, state: State) -> None:
        """Close what a lesson leaves as it is."""
        for section in self._sections:
            for control in section.tab_order():
                field = control.objectName().partition("[")[0]
                control.setEnabled(state.editable is None or field in state.editable)

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
        ask_at_once(self)
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
        left, above = round(14 * self._zoom), round(4 * self._zoom)
        self._column.setContentsMargins(left, above, right, _BELOW + self._held)

    def _let_go(self) -> None:
        """Give that room back as soon as somebody scrolls."""
        if self._held:
            self._hold(self.viewport().height())

    def _order_tabs(self) -> None:
        """Let Tab go down the panel as it is seen, rows added later included."""
        order = [control for section in self._sections for control in section.tab_order()]
        for first, second in pairwise(order):
            QWidget.setTabOrder(first, second)
