"""The initial parameters: a row each, layers more and fewer, and a random start."""

import random
from functools import partial

from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QLabel, QWidget

from engine.parameters import PARAMETERS, WEIGHT, Parameter, parameter_of
from engine.quantities import Name
from engine.user_error import Location
from gui.experiment.section import FIELD, Section, discard
from gui.language import Say
from gui.state import State
from gui.state.limits import MOST_ROWS
from gui.theme import Theme
from gui.widgets.button import Button
from gui.widgets.check_box import CheckBox
from gui.widgets.number_field import NumberField
from gui.widgets.rows import Rows
from gui.words import symbols
from gui.words.glossary import learned, meaning
from gui.words.meanings import Meaning

_SEEDS = 10_000
_SEED, _LAYERS = Location("seed"), Location("layers")
_GAP = 6
"""In pixels: between controls of a row."""

_LEAST = 70
"""In pixels: no narrower are the fields of the layers and of the seed."""


class WeightsSection(Section):
    """Edits the initial weights, and below each weight the other parameters of its layer."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._layers = 1
        self._parameters: tuple[Parameter, ...] = (WEIGHT,)
        self._labels: dict[Location, QLabel] = {}
        self._layers_label, self._seed_label = QLabel(), QLabel()
        self._fewer, self._more, self._random = Button("minus"), Button("plus"), Button("dices")
        for name, button, act in (
            ("fewer layers", self._fewer, self._remove_layer),
            ("more layers", self._more, self._add_layer),
            ("random", self._random, self._draw),
        ):
            button.setObjectName(name)
            button.clicked.connect(act)
        self._switches = {one: CheckBox() for one in PARAMETERS[1:]}
        self._add_controls()
        for name in ("layers", "seed", *(one.field for one in PARAMETERS)):
            self.add_problems(name)
        self._grid = QGridLayout()
        self._grid.setSpacing(5)
        self._grid.setColumnStretch(0, 1)
        self._rows = Rows(self._grid)
        self.column.addWidget(self._rows)
        self.fields[_SEED].present(0, 5, Say())

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
        for one, switch in self._switches.items():
            switch.setObjectName(f"with {one.field}")
            switch.clicked.connect(partial(self._switch, one))
            self.column.addWidget(switch)

    def title(self, say: Say) -> str:
        """Return the heading."""
        return say("Initial weights") if len(self._parameters) == 1 else say("Initial parameters")

    def parameter_field(self, name: Name) -> NumberField:
        """Return the field of a parameter, scrolled into view."""
        field = self.fields[_location(parameter_of(name.quantity), name.layer)]
        self._rows.ensureWidgetVisible(field)
        return field

    def tab_order(self) -> list[QWidget]:
        """Return what stands above the parameters, then these."""
        layers, seed = self.fields[_LAYERS], self.fields[_SEED]
        rows = (self.fields[location] for location in self._labels)
        above = (self._fewer, layers, self._more, self._random, seed, *self._switches.values())
        return [*above, *rows]

    def _remove_layer(self) -> None:
        self.change_at_once("layers", self._layers - 1)

    def _add_layer(self) -> None:
        self.change_at_once("layers", self._layers + 1)
        self._rows.show_last()

    def _switch(self, one: Parameter) -> None:
        """Give every layer a parameter, with which it begins as it was; or take it away."""
        wanted = self._switches[one].isChecked()
        self.change_at_once(one.field, (one.neutral,) * self._layers if wanted else ())

    def _draw(self) -> None:
        seed = random.randrange(_SEEDS)  # noqa: S311 - a start for a lesson, no secret
        self.fields[_SEED].present(seed, 5, Say())
        self.change_at_once("seed", seed)

    def present(self, state: State, say: Say, theme: Theme) -> None:
        """Show the parameters, and which layers can come and go."""
        experiment = state.experiment
        self._layers = experiment.layers
        self._match_rows(experiment.parameters)
        super().present(state, say, theme)
        self._present_buttons(say, theme)
        self._present_controls(say, theme)
        self.fields[_SEED].present_fault(faulty=_SEED in state.faults)
        self.fields[_SEED].setAccessibleName(say("Seed of the random start"))
        numbers: dict[Location, float] = {_LAYERS: self._layers}
        for one in experiment.parameters:
            row: tuple[float, ...] = getattr(experiment, one.field)
            numbers |= {_location(one, i): number for i, number in enumerate(row, start=1)}
            self._name_fields(one, say, theme)
        self.present_numbers(state, numbers)
        for one, switch in self._switches.items():
            switch.setText(say(learned(one).plural))
            switch.setAccessibleName(switch.text())
            switch.setToolTip(meaning(learned(one).value, say))
            switch.setChecked(one in experiment.parameters)

    def _name_fields(self, one: Parameter, say: Say, theme: Theme) -> None:
        words = learned(one)
        for i in range(1, self._layers + 1):
            location = _location(one, i)
            name = say(words.field).format(symbol=symbols.learned(one, i))
            self._labels[location].setToolTip(meaning(words.initial, say))
            self.fields[location].setAccessibleName(name)
            self.fields[location].setFixedWidth(theme.size(FIELD))

    def _present_controls(self, say: Say, theme: Theme) -> None:
        self._layers_label.setText(say("Layers"))
        self._seed_label.setText(say("Seed"))
        self._seed_label.setToolTip(meaning(Meaning.SEED, say))
        self._layers_label.setToolTip(meaning(Meaning.LAYER, say))
        self.fields[_LAYERS].setAccessibleName(say("Number of layers"))
        side = self._fewer.sizeHint().width() + round(_GAP * theme.zoom)
        # Between two changes of size in one turn, a button still has the width of the former.
        wide = max(theme.size(_LEAST), theme.size(FIELD) - 2 * side)
        self.fields[_LAYERS].setFixedWidth(wide)
        self.fields[_SEED].setFixedWidth(wide)

    def _match_rows(self, parameters: tuple[Parameter, ...]) -> None:
        """Have a row for each parameter of each layer, layer by layer."""
        wanted = [(one, i) for i in range(1, self._layers + 1) for one in parameters]
        kept = wanted if parameters == self._parameters else []
        for location in self._labels.keys() - {_location(*row) for row in kept}:
            discard(self._labels.pop(location))
            discard(self.fields.pop(location))
        self._parameters = parameters
        for one, i in wanted[len(self._labels) :]:
            self._add_row(one, i)
        self._rows.hold(len(self._labels))

    def _add_row(self, one: Parameter, layer: int) -> None:
        location, row = _location(one, layer), len(self._labels)
        label, field = QLabel(symbols.learned(one, layer)), self.field(location)
        label.setBuddy(field)
        self._labels[location] = label
        self.let_drag(label, location)
        self._grid.addWidget(label, row, 0)
        self._grid.addWidget(field, row, 1)

    def _present_buttons(self, say: Say, theme: Theme) -> None:
        layers = self._layers
        fewer = say("Remove the last layer")
        if layers == 1:
            fewer = say("A chain has at least one layer")
        more = say("Add a layer at the end, with the weight 1")
        if layers == MOST_ROWS:
            more = say("The window shows at most {most}").format(most=MOST_ROWS)
        self._fewer.present(theme, "", fewer, icon_only=True)
        self._more.present(theme, "", more, icon_only=True)
        self._fewer.allow(layers > 1)
        self._more.allow(layers < MOST_ROWS)
        self._fewer.setAccessibleName(say("One layer less"))
        self._more.setAccessibleName(say("One layer more"))
        hint = say("Draw all initial weights at random from −0.5 to 0.5")
        self._random.present(theme, say("Random"), hint)


def _location(one: Parameter, layer: int) -> Location:
    """Return the place of a parameter of a layer (from 1) in an experiment."""
    return Location(one.field, layer - 1)
