"""What the sections of the editor share: a heading, fields, and a place for what is wrong."""

from types import MappingProxyType

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QLabel, QSizePolicy, QVBoxLayout, QWidget

from engine.user_error import Location, UserError
from gui.language import Say, location_name, sentence, speech
from gui.language.joining import labelled
from gui.state import State
from gui.state.intents import Drag, Drop, Edit, HoldKeys, Refuse, Settle
from gui.state.limits import MOST_ROWS
from gui.theme import Theme
from gui.widgets.button import Button
from gui.widgets.labels import heading, problem_label
from gui.widgets.number_field import NumberField
from gui.widgets.scrub import Scrubbed
from gui.widgets.spaces import keep_own

FIELD = 162
"""The width of the column of fields and choices, in pixels at the ordinary size of type."""


_BOUNDS = MappingProxyType({"layers": (1, MOST_ROWS), "epochs": (0, 10**15), "seed": (0, 10**15)})
"""The least and the largest of the whole numbers, for the keys that count up and down."""


class Section(QWidget):
    """A part of the editor; it sends what the user types, a location and a value at a time.

    `wished` carries an `Intent`, whatever the user wants. `problems` are the labels that say what
    is wrong with its fields: they stand in a place of their own.
    """

    wished = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Maximum)
        self.fields: dict[Location, NumberField] = {}
        self.problems: dict[str, QLabel] = {}
        self._scrubbed: dict[Location, Scrubbed] = {}
        self._heading = heading()
        self.column = QVBoxLayout(self)
        keep_own(self.column)
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

    def field(self, location: Location) -> NumberField:
        """Return a new field for the number at `location`."""
        bounds = _BOUNDS.get(location.field)
        made = NumberField(whole=bounds is not None, bounds=bounds)
        made.setObjectName(str(location))
        made.typed.connect(lambda value: self.wished.emit(Edit(location, value)))
        made.refused.connect(lambda fault: self.wished.emit(Refuse(location, fault)))
        made.settled.connect(lambda: self.wished.emit(Settle()))
        made.holding.connect(lambda holds: self.wished.emit(HoldKeys(holds)))
        self.fields[location] = made
        return made

    def let_drag(self, label: QLabel, location: Location) -> None:
        """Let the number at `location` be dragged by its label, and by keys in its field."""
        positive = location.field == "learning_rate"
        scrubbed = Scrubbed(label, positive=positive)
        scrubbed.moved.connect(lambda value: self.wished.emit(Drag(location, value)))
        scrubbed.ended.connect(lambda kept: self.wished.emit(Drop(kept)))
        self._scrubbed[location] = scrubbed
        self.fields[location].nudges = "positive" if positive else "any"

    def change_at_once(self, field: str, value: object) -> None:
        """Tell of an edit by a button: an edit of its own."""
        for intent in (Settle(), Edit(Location(field), value), Settle()):
            self.wished.emit(intent)

    def add_problems(self, name: str) -> None:
        """Have a label for the faults of a field."""
        self.problems[name] = problem_label()
        self.problems[name].setObjectName(f"problem {name}")

    def add_buttons(self, *buttons: Button) -> None:
        """Add a row of buttons that share its width."""
        row = QHBoxLayout()
        row.setSpacing(6)
        for button in buttons:
            button.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
            row.addWidget(button)
        self.column.addLayout(row)

    def add_labelled(self, label: QLabel, control: QWidget) -> QHBoxLayout:
        """Add a row with a label and its control, and return it."""
        row = QHBoxLayout()
        row.addWidget(label, 1)
        row.addWidget(control)
        label.setBuddy(control)
        self.column.addLayout(row)
        return row

    def present_numbers(self, state: State, values: dict[Location, float]) -> None:
        """Show numbers in their fields, those at fault marked."""
        say = speech(state.look.locale)
        for location, value in values.items():
            if location in self._scrubbed:
                self._scrubbed[location].value = value
            fault = state.faults.get(location)
            self.fields[location].present(value, state.look.digits, say, faulty=fault is not None)
            told = _told(location, fault, state.look.locale) if fault else ""
            self.fields[location].setAccessibleDescription(told)

    def _present_faults(self, state: State) -> None:
        language = state.look.locale
        for name, label in self.problems.items():
            faults = [
                (location, f) for location, f in state.faults.items() if location.field == name
            ]
            label.setText("\n".join(_told(location, fault, language) for location, fault in faults))
            label.setVisible(bool(faults))


def _told(location: Location, fault: UserError, language: str) -> str:
    """Return what is wrong, and with which number."""
    said = sentence(fault, language)
    return (
        said
        if fault.location
        else labelled(location_name(location, language), said, speech(language))
    )


def discard(widget: QWidget) -> None:
    """Take a row's widget away."""
    widget.hide()
    widget.deleteLater()
