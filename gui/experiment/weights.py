"""The initial weights: a row each, layers more and fewer, and a random start."""

import random

from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QLabel, QWidget

from engine.problem import Spot
from gui.experiment.section import FIELD, Section, discard
from gui.language import Say
from gui.state import MOST_ROWS, State
from gui.theme import Theme
from gui.widgets.button import Button
from gui.widgets.number_field import NumberField
from gui.widgets.rows import Rows
from gui.words import symbols
from gui.words.glossary import Meaning, meaning

_SEEDS = 10_000
_SEED, _LAYERS = Spot("seed"), Spot("layers")
_GAP = 6
"""In pixels: between controls of a row."""


class WeightsSection(Section):
    """Edits the initial weights."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._weights: tuple[float, ...] = ()
        self._labels: list[QLabel] = []
        self._layers_label, self._seed_label = QLabel(), QLabel()
        self._fewer, self._more, self._random = Button("minus"), Button("plus"), Button("dices")
        for name, button, act in (
            ("fewer layers", self._fewer, self._remove_layer),
            ("more layers", self._more, self._add_layer),
            ("random", self._random, self._draw),
        ):
            button.setObjectName(name)
            button.clicked.connect(act)
        self._add_controls()
        for name in ("layers", "seed", "weights"):
            self.add_problems(name)
        self._grid = QGridLayout()
        self._grid.setSpacing(5)
        self._grid.setColumnStretch(0, 1)
        self._rows = Rows(self._grid)
        self.column.addWidget(self._rows)
        self.fields[_SEED].present(0, 5)

    def _add_controls(self) -> None:
        """Put what adds rows above them: there it stays under the pointer."""
        layers, seed = self.field(_LAYERS), self.field(_SEED)
        for label, field in ((self._layers_label, layers), (self._seed_label, seed)):
            label.setBuddy(field)
        row = QHBoxLayout()
        row.setSpacing(_GAP)
        row.addWidget(self._layers_label, 1)
        for widget in (self._fewer, layers, self._more):
            row.addWidget(widget)
        self.column.addLayout(row)
        row = QHBoxLayout()
        row.setSpacing(_GAP)
        row.addWidget(self._random)
        row.addStretch(1)
        row.addWidget(self._seed_label)
        row.addWidget(seed)
        self.column.addLayout(row)

    def title(self, say: Say) -> str:
        """Return the heading."""
        return say("Initial weights")

    def weight_field(self, layer: int) -> NumberField:
        """Return the field of a layer's weight (from 1), scrolled into view."""
        field = self.fields[Spot("weights", layer - 1)]
        self._rows.ensureWidgetVisible(field)
        return field

    def tab_order(self) -> list[QWidget]:
        """Return what stands above the weights, then these."""
        layers, seed = self.fields[_LAYERS], self.fields[_SEED]
        weights = [self.fields[Spot("weights", row)] for row in range(len(self._labels))]
        return [self._fewer, layers, self._more, self._random, seed, *weights]

    def _remove_layer(self) -> None:
        self.change_at_once("weights", self._weights[:-1])

    def _add_layer(self) -> None:
        # A weight of 1 leaves what a linear chain computes as it was.
        self.change_at_once("weights", (*self._weights, 1.0))
        self._rows.show_last()

    def _draw(self) -> None:
        seed = random.randrange(_SEEDS)  # noqa: S311 - a start for a lesson, no secret
        self.fields[_SEED].present(seed, 5)
        self.change_at_once("seed", seed)

    def present(self, state: State, say: Say, theme: Theme) -> None:
        """Show the weights, and which layers can come and go."""
        super().present(state, say, theme)
        self._weights = state.experiment.weights
        self._match_rows()
        self._present_buttons(say, theme)
        self._present_controls(say, theme)
        self.fields[_SEED].present_fault(faulty=_SEED in state.faults)
        self.fields[_SEED].setAccessibleName(say("Seed of the random start"))
        for row, label in enumerate(self._labels):
            label.setToolTip(meaning(Meaning.INITIAL_WEIGHT, say))
            name = say("Initial weight {symbol}").format(symbol=symbols.weight(row + 1))
            self.fields[Spot("weights", row)].setAccessibleName(name)
            self.fields[Spot("weights", row)].setFixedWidth(theme.size(FIELD))
        numbers = {Spot("weights", row): weight for row, weight in enumerate(self._weights)}
        self.present_numbers(state, {_LAYERS: len(self._weights), **numbers})

    def _present_controls(self, say: Say, theme: Theme) -> None:
        self._layers_label.setText(say("Layers"))
        self._seed_label.setText(say("Seed"))
        self._seed_label.setToolTip(meaning(Meaning.SEED, say))
        self._layers_label.setToolTip(meaning(Meaning.LAYER, say))
        self.fields[_LAYERS].setAccessibleName(say("Number of layers"))
        side = self._fewer.sizeHint().width() + _GAP
        self.fields[_LAYERS].setFixedWidth(theme.size(FIELD) - 2 * side)
        self.fields[_SEED].setFixedWidth(theme.size(FIELD) - 2 * side)

    def _match_rows(self) -> None:
        while len(self._labels) < len(self._weights):
            row = len(self._labels)
            label, field = QLabel(symbols.weight(row + 1)), self.field(Spot("weights", row))
            label.setBuddy(field)
            self._labels.append(label)
            self._grid.addWidget(label, row, 0)
            self._grid.addWidget(field, row, 1)
        while len(self._labels) > len(self._weights):
            discard(self._labels.pop())
            discard(self.fields.pop(Spot("weights", len(self._labels))))
        self._rows.hold(len(self._labels))

    def _present_buttons(self, say: Say, theme: Theme) -> None:
        layers = len(self._weights)
        fewer = say("Remove the last layer")
        if layers == 1:
            fewer = say("A chain has at least one layer")
        more = say("Add a layer at the end, with the weight 1")
        if layers == MOST_ROWS:
            more = say("The window shows at most {most}").format(most=MOST_ROWS)
        self._fewer.present(theme, "", fewer, icon_only=True)
        self._more.present(theme, "", more, icon_only=True)
        self._fewer.setEnabled(layers > 1)
        self._more.setEnabled(layers < MOST_ROWS)
        self._fewer.setAccessibleName(say("One layer less"))
        self._more.setAccessibleName(say("One layer more"))
        hint = say("Draw all initial weights at random from −0.5 to 0.5")
        self._random.present(theme, say("Random"), hint)
