"""What the sections of the editor share: a heading, fields, and a place for what is wrong."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QLabel, QSizePolicy, QVBoxLayout, QWidget

from engine.problem import Problem, Spot
from gui.joining import labelled
from gui.language import Say, sentence, speech, spot_name
from gui.state import State
from gui.theme import Theme
from gui.widgets.button import Button
from gui.widgets.labels import heading, problem_label
from gui.widgets.number_field import NumberField

FIELD = 162
"""The width of the column of fields and choices, in pixels at the ordinary size of type."""


class Section(QWidget):
    """A part of the editor; it sends what the user types, a spot and a value at a time."""

    changed = Signal(object, object)
    refused = Signal(object, object)
    settled = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Maximum)
        self.fields: dict[Spot, NumberField] = {}
        self._problems: dict[str, QLabel] = {}
        self._heading = heading()
        self.column = QVBoxLayout(self)
        self.column.setContentsMargins(0, 0, 0, 0)
        self.column.addWidget(self._heading)

    def present(self, state: State, say: Say, theme: Theme) -> None:
        """Show the section's part of the state."""
        self._heading.setText(self.title(say))
        self.column.setSpacing(theme.size(5))
        self._present_faults(state)

    def title(self, say: Say) -> str:
        """Return the heading."""
        raise NotImplementedError

    def tab_order(self) -> list[QWidget]:
        """Return the section's controls as Tab goes through them."""
        return list(self.fields.values())

    def field(self, spot: Spot) -> NumberField:
        """Return a new field for the number at `spot`."""
        made = NumberField(whole=spot.field in ("epochs", "seed"))
        made.setObjectName(str(spot))
        made.typed.connect(lambda value: self.changed.emit(spot, value))
        made.refused.connect(lambda fault: self.refused.emit(spot, fault))
        made.settled.connect(self.settled)
        self.fields[spot] = made
        return made

    def change_at_once(self, field: str, value: object) -> None:
        """Tell of an edit by a button: an edit of its own."""
        self.settled.emit()
        self.changed.emit(Spot(field), value)
        self.settled.emit()

    def add_problems(self, name: str) -> None:
        """Add the place where the faults of a field are told."""
        self._problems[name] = problem_label()
        self._problems[name].setObjectName(f"problem {name}")
        self.column.addWidget(self._problems[name])

    def add_buttons(self, *buttons: Button) -> None:
        """Add a row of buttons that share its width."""
        row = QHBoxLayout()
        row.setSpacing(6)
        for button in buttons:
            button.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
            row.addWidget(button)
        self.column.addLayout(row)

    def add_labelled(self, label: QLabel, control: QWidget) -> None:
        """Add a row with a label and its control."""
        row = QHBoxLayout()
        row.addWidget(label, 1)
        row.addWidget(control)
        label.setBuddy(control)
        self.column.addLayout(row)

    def present_numbers(self, state: State, values: dict[Spot, float]) -> None:
        """Show numbers in their fields, those at fault marked."""
        for spot, value in values.items():
            faulty = spot in state.faults
            self.fields[spot].present(value, state.look.digits, faulty=faulty)

    def _present_faults(self, state: State) -> None:
        language = state.look.language
        for name, label in self._problems.items():
            faults = [(spot, f) for spot, f in state.faults.items() if spot.field == name]
            label.setText("\n".join(_told(spot, fault, language) for spot, fault in faults))
            label.setVisible(bool(faults))


def _told(spot: Spot, fault: Problem, language: str) -> str:
    """Return what is wrong, and with which number."""
    said = sentence(fault, language)
    return said if fault.spot else labelled(spot_name(spot, language), said, speech(language))


def discard(widget: QWidget) -> None:
    """Take a row's widget away."""
    widget.hide()
    widget.deleteLater()
