"""How the chain is trained: learning rate, epochs, activation, algorithm."""

from types import MappingProxyType

from PySide6.QtWidgets import QHBoxLayout, QLabel, QWidget

from engine.activations import ACTIVATIONS
from engine.algorithms import ALGORITHMS
from engine.user_error import Location
from engine.words import mark
from gui.experiment.section import FIELD, Section
from gui.language import Say
from gui.state import State
from gui.theme import Theme
from gui.widgets.choice import Choice
from gui.words.glossary import meaning
from gui.words.meanings import Meaning
from gui.words.names import ACTIVATION_NAMES, ALGORITHM_NAMES

_LABELS = MappingProxyType(
    {
        "learning_rate": mark("Learning rate α"),
        "epochs": mark("Epochs"),
        "activation": mark("Activation"),
        "algorithm": mark("Algorithm"),
    }
)
_TERMS = MappingProxyType(
    {
        "learning_rate": Meaning.LEARNING_RATE,
        "epochs": Meaning.EPOCH,
        "activation": Meaning.ACTIVATION,
        "algorithm": Meaning.ALGORITHM,
    }
)
_WORDS = {**ACTIVATION_NAMES, **ALGORITHM_NAMES}

_BESIDE_WORDS = 30
"""In pixels, at the ordinary size of type: the margins and the arrow of a choice."""

_ANY_WIDTH = 16_777_215
"""In pixels: the largest width of a widget."""


class TrainingSection(Section):
    """Edits how the chain is trained."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._labels = {name: QLabel() for name in _LABELS}
        self._choices = {"activation": Choice(ACTIVATIONS), "algorithm": Choice(ALGORITHMS)}
        for name in ("learning_rate", "epochs"):
            self.add_labelled(self._labels[name], self.field(Location(name)))
            self.add_problems(name)
        self.let_drag(self._labels["learning_rate"], Location("learning_rate"))
        self._rows: dict[str, QHBoxLayout] = {}
        for name, choice in self._choices.items():
            choice.setObjectName(name)
            choice.chosen.connect(lambda value, name=name: self.change_at_once(name, value))
            self._rows[name] = self.add_labelled(self._labels[name], choice)

    def title(self, say: Say) -> str:
        """Return the heading."""
        return say("Training")

    def _fit(self, name: str, words: int, theme: Theme) -> None:
        """Let a choice be as wide as the fields, or stand below its label in all the width."""
        field = theme.size(FIELD)
        below = words + theme.size(_BESIDE_WORDS) > field
        choice, row = self._choices[name], self._rows[name]
        row.setDirection(row.Direction.TopToBottom if below else row.Direction.LeftToRight)
        choice.setMinimumWidth(field)
        choice.setMaximumWidth(_ANY_WIDTH if below else field)

    def tab_order(self) -> list[QWidget]:
        """Return the fields, then the choices."""
        return [*self.fields.values(), *self._choices.values()]

    def present(self, state: State, say: Say, theme: Theme) -> None:
        """Show how the chain is trained."""
        super().present(state, say, theme)
        for name, label in self._labels.items():
            label.setText(say(_LABELS[name]))
            label.setToolTip(meaning(_TERMS[name], say))
        experiment = state.experiment
        rate, epochs = Location("learning_rate"), Location("epochs")
        for location in (rate, epochs):
            self.fields[location].setFixedWidth(theme.size(FIELD))
            self.fields[location].setAccessibleName(say(_LABELS[location.field]))
        self.present_numbers(state, {rate: experiment.learning_rate, epochs: experiment.epochs})
        for name, choice in self._choices.items():
            choice.setAccessibleName(say(_LABELS[name]))
            words = [say(_WORDS[value]) for value in choice.names]
            self._fit(name, max(map(choice.fontMetrics().horizontalAdvance, words)), theme)
            choice.present(theme, getattr(experiment, name), words)
        for part in (self._labels["algorithm"], self._choices["algorithm"]):
            part.setVisible(not state.secret)
