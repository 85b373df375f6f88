"""The fields of the experiment that a step of a lesson leaves open, in the lesson itself."""

from functools import partial

from PySide6.QtWidgets import QGridLayout, QLabel, QVBoxLayout, QWidget

from engine.activations import ACTIVATIONS
from engine.algorithms import ALGORITHMS
from engine.experiment import Experiment
from engine.parameters import PARAMETERS
from engine.teaching.lesson import Do
from engine.user_error import Location
from gui.experiment.section import FIELD, Section
from gui.language import Say, location_name
from gui.lesson.picture import LessonPicture
from gui.state import State
from gui.theme import Theme
from gui.widgets.choice import Choice
from gui.words import symbols
from gui.words.names import ACTIVATION_NAMES, ALGORITHM_NAMES

_CHOICES = {"activation": ACTIVATIONS, "algorithm": ALGORITHMS}
_WORDS = {**ACTIVATION_NAMES, **ALGORITHM_NAMES}
_ROWS = {one.field: one for one in PARAMETERS}


class OpenFields(Section):
    """Edits what a step leaves open, and shows how far its goal is reached."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._made: tuple[Location, ...] = ()
        self._labels: dict[Location, QLabel] = {}
        self._choices: dict[Location, Choice] = {}
        self._grid = QGridLayout()
        self._grid.setColumnStretch(0, 1)
        self._goal = QVBoxLayout()
        self._goals: list[QLabel] = []
        self.column.addLayout(self._grid)
        self.column.addLayout(self._goal)
        for name in (*_ROWS, "learning_rate", "epochs", "samples"):
            self.add_problems(name)
            self.column.addWidget(self.problems[name])

    @property
    def first(self) -> QWidget | None:
        """The first field."""
        return next(iter(self.tab_order()), None)

    def title(self, say: Say) -> str:
        """Return the heading."""
        return say("Open to change")

    def tab_order(self) -> list[QWidget]:
        """Return the fields, then the choices."""
        return [*self.fields.values(), *self._choices.values()]

    def show_step(self, picture: LessonPicture, state: State, say: Say, theme: Theme) -> None:
        """Show what is open, or nothing."""
        step = picture.step
        self.setVisible(isinstance(step, Do))
        if not isinstance(step, Do):
            return
        experiment = state.experiment
        wanted = tuple(_locations(step, experiment))
        if wanted != self._made:
            self._make(wanted)
        super().present(state, say, theme)
        values = {}
        for location in wanted:
            name = _name(location, state.look.locale)
            self._labels[location].setText(name)
            if location in self._choices:
                self._present_choice(location, name, experiment, say, theme)
            else:
                values[location] = _value(experiment, location)
                self.fields[location].setFixedWidth(theme.size(FIELD * 0.8))
                self.fields[location].setAccessibleName(name)
        self.present_numbers(state, values)
        self._present_goal(picture, say)

    def _present_choice(
        self, location: Location, name: str, experiment: Experiment, say: Say, theme: Theme
    ) -> None:
        choice = self._choices[location]
        choice.setAccessibleName(name)
        words = [say(_WORDS[value]) for value in choice.names]
        choice.give_way()
        choice.present(theme, getattr(experiment, location.field), words)

    def _make(self, wanted: tuple[Location, ...]) -> None:
        """Make the fields of another step."""
        for widget in (*self._labels.values(), *self.fields.values(), *self._choices.values()):
            widget.hide()
            widget.deleteLater()
        self._labels.clear()
        self.fields.clear()
        self._choices.clear()
        self._made = wanted
        self._grid.setColumnStretch(1, 2 if any(at.field in _CHOICES for at in wanted) else 0)
        for row, location in enumerate(wanted):
            label = self._labels[location] = QLabel()
            self._grid.addWidget(label, row, 0)
            if location.field in _CHOICES:
                choice = self._choices[location] = Choice(_CHOICES[location.field])
                choice.setObjectName(f"lesson {location}")
                choice.chosen.connect(partial(self.change_at_once, location.field))
                self._grid.addWidget(choice, row, 1)
            else:
                made = self.field(location)
                made.setObjectName(f"lesson {location}")
                self._grid.addWidget(made, row, 1)

    def _present_goal(self, picture: LessonPicture, say: Say) -> None:
        while len(self._goals) < len(picture.goal):
            label = QLabel()
            label.setWordWrap(True)
            self._goals.append(label)
            self._goal.addWidget(label)
        for k, label in enumerate(self._goals):
            label.setVisible(k < len(picture.goal))
            if k < len(picture.goal):
                part = picture.goal[k]
                told = say("{wanted}: now {found}") if part.found else "{wanted}"
                words = told.format(wanted=part.wanted, found=part.found)
                label.setText(f"{'✓' if part.holds else '○'} {words}")


def _locations(step: Do, experiment: Experiment) -> list[Location]:
    """Return the places of what is open, a row each for what every layer has."""
    found = []
    for field in step.edit:
        if field in _ROWS:
            rows = range(len(getattr(experiment, field)))
            found += [Location(field, row) for row in rows]
        elif field == "samples":
            for row in range(len(experiment.samples)):
                found += [Location(field, row, "x"), Location(field, row, "target")]
        else:
            found.append(Location(field))
    return found


def _value(experiment: Experiment, location: Location) -> float:
    value = getattr(experiment, location.field)
    if location.row is None:
        return float(value)
    if location.column is not None:
        return float(getattr(value[location.row], location.column))
    return float(value[location.row])


def _name(location: Location, language: str) -> str:
    if location.field in _ROWS and location.row is not None:
        return symbols.learned(_ROWS[location.field], location.row + 1)
    return location_name(location, language)
