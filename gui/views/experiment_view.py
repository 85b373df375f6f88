"""The editor of the experiment: initial weights, training, data, and what the chain answers."""

import random
from collections.abc import Mapping
from itertools import pairwise
from types import MappingProxyType

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QLabel, QVBoxLayout, QWidget

from engine import Experiment, Problem, random_weights
from engine.chain import ACTIVATIONS, ALGORITHMS
from engine.problem import Spot, mark
from gui.language import Say, sentence, speech
from gui.numbers import subscript
from gui.pictures import symbols
from gui.pictures.ink import Ink
from gui.pictures.prediction import prediction_pictures
from gui.state import MOST_ROWS, State
from gui.theme import THEMES, Theme
from gui.widgets.controls import Button, Choice, heading, problem_label
from gui.widgets.number_field import NumberField
from gui.widgets.rows import Form, Rows

_ACTIVATIONS = MappingProxyType(
    {
        "identity": mark("none (linear)"),
        "tanh": mark("tanh"),
        "sigmoid": mark("sigmoid"),
        "relu": mark("ReLU"),
    }
)
_ALGORITHMS = MappingProxyType(
    {
        "backprop": mark("backpropagation"),
        "in_place": mark("in place (article)"),
    }
)
_SEEDS = 10_000

_FIELD, _CHOICE = 108, 150
"""The widths of a field and of a choice."""


class ExperimentView(Form):
    """Shows the experiment and sends what the user types, a spot and a value at a time."""

    changed = Signal(object, object)
    refused = Signal(object, object)
    settled = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        self._column = QVBoxLayout()
        super().__init__(self._column, parent)
        self.setObjectName("experiment")
        self._fields: dict[Spot, NumberField] = {}
        self._experiment = Experiment()
        self._theme: Theme | None = None
        self._shown: tuple[object, ...] | None = None
        self._headings: dict[str, QLabel] = {}
        self._problems: dict[str, QLabel] = {}
        self._column.setContentsMargins(14, 4, 8, 14)
        self._column.setSpacing(5)
        self._build_weights()
        self._build_training()
        self._build_data()
        self._build_predictions()
        self._column.addStretch()

    def focus_weight(self, layer: int) -> None:
        """Put the cursor into the field of a layer's initial weight (from 1)."""
        field = self._fields[Spot("weights", layer - 1)]
        self._weight_rows.ensureWidgetVisible(field)
        self.ensureWidgetVisible(field)
        field.setFocus(Qt.FocusReason.MouseFocusReason)

    # The parts

    def _section(self, name: str) -> None:
        if self._headings:
            self._column.addSpacing(6)
        self._headings[name] = heading()
        self._column.addWidget(self._headings[name])

    def _problem_row(self, name: str) -> None:
        self._problems[name] = problem_label()
        self._problems[name].setObjectName(f"problem {name}")
        self._column.addWidget(self._problems[name])

    def _field(self, spot: Spot) -> NumberField:
        field = NumberField()
        field.setObjectName(str(spot))
        field.typed.connect(lambda value: self.changed.emit(spot, value))
        field.refused.connect(lambda fault: self.refused.emit(spot, fault))
        field.settled.connect(self.settled)
        self._fields[spot] = field
        return field

    def _build_weights(self) -> None:
        self._section("weights")
        self._weights = QGridLayout()
        self._weights.setSpacing(5)
        self._weights.setColumnStretch(0, 1)
        self._weight_labels: list[QLabel] = []
        self._weight_rows = Rows(self._weights)
        self._column.addWidget(self._weight_rows)
        self._problem_row("weights")
        self._fewer, self._more = Button("minus"), Button("plus")
        self._random = Button("dices")
        self._fewer.setObjectName("fewer layers")
        self._more.setObjectName("more layers")
        self._random.setObjectName("random")
        self._fewer.clicked.connect(self._remove_layer)
        self._more.clicked.connect(self._add_layer)
        self._random.clicked.connect(self._draw)
        row = QHBoxLayout()
        row.setSpacing(6)
        for button in (self._fewer, self._more, self._random):
            row.addWidget(button, 1)
        self._column.addLayout(row)
        self._seed_row()

    def _seed_row(self) -> None:
        self._seed_label = QLabel()
        self._seed = NumberField()
        self._seed.setObjectName("seed")
        self._seed.present(0, 5)
        self._seed.typed.connect(self._seeded)
        self._seed.refused.connect(lambda fault: self.refused.emit(Spot("seed"), fault))
        self._seed.settled.connect(self.settled)
        self._fields[Spot("seed")] = self._seed
        self._column.addLayout(_labelled(self._seed_label, self._seed))
        self._problem_row("seed")

    def _build_training(self) -> None:
        self._section("training")
        self._training_labels: dict[str, QLabel] = {}
        for name in ("learning_rate", "epochs"):
            self._training_labels[name] = QLabel()
            field = self._field(Spot(name))
            self._column.addLayout(_labelled(self._training_labels[name], field))
            self._problem_row(name)
        self._choices = {"activation": Choice(ACTIVATIONS), "algorithm": Choice(ALGORITHMS)}
        for name, choice in self._choices.items():
            choice.setObjectName(name)
            choice.chosen.connect(lambda value, name=name: self.changed.emit(Spot(name), value))
            self._training_labels[name] = QLabel()
            self._column.addLayout(_labelled(self._training_labels[name], choice))
            self._problem_row(name)

    def _build_data(self) -> None:
        self._section("samples")
        self._data = QGridLayout()
        self._data.setSpacing(5)
        self._data.setColumnStretch(1, 1)
        self._data.setColumnStretch(2, 1)
        self._data_heads = [heading("muted"), heading("muted")]
        for column, label in enumerate(self._data_heads, start=1):
            label.setAlignment(Qt.AlignmentFlag.AlignRight)
            self._data.addWidget(label, 0, column)
        self._numbers: list[QLabel] = []
        self._removers: list[Button] = []
        self._data_rows = Rows(self._data)
        self._column.addWidget(self._data_rows)
        self._problem_row("samples")
        self._add_sample = Button("plus")
        self._add_sample.setObjectName("add sample")
        self._add_sample.clicked.connect(self._append_sample)
        row = QHBoxLayout()
        row.addWidget(self._add_sample)
        row.addStretch()
        self._column.addLayout(row)

    def _build_predictions(self) -> None:
        self._section("prediction")
        self._predictions = QGridLayout()
        self._predictions.setSpacing(5)
        self._predictions.setColumnStretch(1, 1)
        self._answers: list[tuple[QLabel, QLabel, QLabel]] = []
        self._answer_rows = Rows(self._predictions)
        self._column.addWidget(self._answer_rows)

    # What the buttons do

    def _remove_layer(self) -> None:
        self.changed.emit(Spot("weights"), self._experiment.weights[:-1])
        self.settled.emit()

    def _add_layer(self) -> None:
        # A weight of 1 leaves what the chain computes as it was.
        self.changed.emit(Spot("weights"), (*self._experiment.weights, 1.0))
        self.settled.emit()

    def _draw(self) -> None:
        seed = random.randrange(_SEEDS)  # noqa: S311 - a start for a lesson, no secret
        self._seed.present(seed, 5)
        self._seeded(seed)
        self.settled.emit()

    def _seeded(self, seed: float) -> None:
        if not float(seed).is_integer():
            fault = Problem(mark("{spot} must be a whole number."), Spot("seed"))
            self.refused.emit(Spot("seed"), fault)
            return
        weights = random_weights(self._experiment.layers, int(seed))
        self.changed.emit(Spot("weights"), weights)

    def _append_sample(self) -> None:
        latest = self._experiment.samples[-1]
        self.changed.emit(Spot("samples"), (*self._experiment.samples, latest))
        self.settled.emit()

    def _remove_sample(self, row: int) -> None:
        samples = self._experiment.samples
        self.changed.emit(Spot("samples"), (*samples[:row], *samples[row + 1 :]))
        self.settled.emit()

    # Showing a state

    def present(self, state: State) -> None:
        """Show the state's experiment, what is wrong with the fields, and the answers."""
        say, theme = speech(state.look.language), THEMES[state.look.palette]
        shown = (state.experiment, state.look, state.faults, state.moment.sample)
        if self._shown != shown:
            self._shown = shown
            self._present_form(state, say, theme)
        self._present_answers(state, say, theme)

    def _present_form(self, state: State, say: Say, theme: Theme) -> None:
        self._experiment = state.experiment
        self._match_rows(state.experiment)
        self._present_sizes(theme)
        self._present_words(say, theme)
        self._present_rows(state, say, theme)
        self._present_values(state, say, theme)
        self._present_faults(state.faults, state.look.language)

    def _match_rows(self, experiment: Experiment) -> None:
        while len(self._weight_labels) < experiment.layers:
            row = len(self._weight_labels)
            label, field = QLabel(f"w{subscript(row + 1)}"), self._field(Spot("weights", row))
            self._weight_labels.append(label)
            self._weights.addWidget(label, row, 0)
            self._weights.addWidget(field, row, 1)
        while len(self._weight_labels) > experiment.layers:
            _discard(self._weight_labels.pop())
            _discard(self._fields.pop(Spot("weights", len(self._weight_labels))))
        while len(self._numbers) < len(experiment.samples):
            self._add_data_row(len(self._numbers))
        while len(self._numbers) > len(experiment.samples):
            _discard(self._numbers.pop())
            _discard(self._removers.pop())
            for column in ("x", "target"):
                _discard(self._fields.pop(Spot("samples", len(self._numbers), column)))
        self._order_tabs()

    def _add_data_row(self, row: int) -> None:
        number = heading("muted")
        remover = Button("x", "plain")
        remover.setObjectName(f"remove sample {row + 1}")
        remover.clicked.connect(lambda: self._remove_sample(row))
        self._numbers.append(number)
        self._removers.append(remover)
        self._data.addWidget(number, row + 1, 0)
        for column, name in enumerate(("x", "target"), start=1):
            self._data.addWidget(self._field(Spot("samples", row, name)), row + 1, column)
        self._data.addWidget(remover, row + 1, 3)

    def _order_tabs(self) -> None:
        """Let Tab go down the panel as it is seen, rows added later included."""
        weights = [self._fields[Spot("weights", i)] for i in range(len(self._weight_labels))]
        data: list[QWidget] = []
        for row, remover in enumerate(self._removers):
            data += [self._fields[Spot("samples", row, name)] for name in ("x", "target")]
            data.append(remover)
        order: list[QWidget] = [
            *weights,
            self._fewer,
            self._more,
            self._random,
            self._seed,
            self._fields[Spot("learning_rate")],
            self._fields[Spot("epochs")],
            *self._choices.values(),
            *data,
            self._add_sample,
        ]
        for first, second in pairwise(order):
            QWidget.setTabOrder(first, second)

    def _present_sizes(self, theme: Theme) -> None:
        if self._theme is theme:
            return
        self._theme = theme
        self._weights.setColumnMinimumWidth(1, theme.size(_FIELD))
        for name in ("seed", "learning_rate", "epochs"):
            self._fields[Spot(name)].setFixedWidth(theme.size(_FIELD))
        for choice in self._choices.values():
            choice.setFixedWidth(theme.size(_CHOICE))

    def _present_words(self, say: Say, theme: Theme) -> None:
        words = {
            "weights": say("Initial weights"),
            "training": say("Training"),
            "samples": say("Training data"),
            "prediction": say("Prediction now"),
        }
        for name, text in words.items():
            self._headings[name].setText(text)
        labels = {
            "learning_rate": say("Learning rate α"),
            "epochs": say("Epochs"),
            "activation": say("Activation"),
            "algorithm": say("Algorithm"),
        }
        for name, text in labels.items():
            self._training_labels[name].setText(text)
        self._choices["activation"].setAccessibleName(labels["activation"])
        self._choices["algorithm"].setAccessibleName(labels["algorithm"])
        self._seed_label.setText(say("Seed"))
        self._seed.setAccessibleName(say("Seed of the random start"))
        self._data_heads[0].setText(say("input x"))
        self._data_heads[1].setText(say("target ê"))
        self._fewer.present(theme, say("layer"), say("Take the last layer away"))
        self._more.present(theme, say("layer"), say("Add a layer at the end, with the weight 1"))
        self._fewer.setAccessibleName(say("One layer less"))
        self._more.setAccessibleName(say("One layer more"))
        hint = say("Draw all initial weights at random from −0.5 to 0.5")
        self._random.present(theme, say("Random"), hint)
        hint = say("Add a sample; it starts as a copy of the last one")
        self._add_sample.present(theme, say("sample"), hint)
        self._add_sample.setAccessibleName(say("Add a sample"))

    def _present_rows(self, state: State, say: Say, theme: Theme) -> None:
        layers, samples = state.experiment.layers, len(state.experiment.samples)
        self._fewer.setEnabled(layers > 1)
        self._more.setEnabled(layers < MOST_ROWS)
        self._add_sample.setEnabled(samples < MOST_ROWS)
        if layers == 1:
            self._fewer.setToolTip(say("A chain has at least one layer"))
        for button, count in ((self._more, layers), (self._add_sample, samples)):
            if count == MOST_ROWS:
                button.setToolTip(say("The window shows at most {most}").format(most=MOST_ROWS))
        for i, label in enumerate(self._weight_labels):
            name = say("Initial weight {symbol}").format(symbol=symbols.weight(i + 1))
            self._fields[Spot("weights", i)].setAccessibleName(name)
            label.setBuddy(self._fields[Spot("weights", i)])
        for row, (number, remover) in enumerate(zip(self._numbers, self._removers, strict=True)):
            now = row + 1 == state.moment.sample
            number.setText(f"{'▸' if now else ' '} {row + 1}")
            name = say("Remove sample {number}").format(number=row + 1)
            remover.present(theme, "", name, icon_only=True)
            remover.setEnabled(samples > 1)
            if samples == 1:
                remover.setToolTip(say("Training needs at least one sample"))
            for column, what in (("x", say("input x")), ("target", say("target ê"))):
                name = say("{column} of sample {number}").format(column=what, number=row + 1)
                self._fields[Spot("samples", row, column)].setAccessibleName(name)

    def _present_values(self, state: State, say: Say, theme: Theme) -> None:
        experiment = state.experiment
        values: dict[Spot, float] = {
            Spot("learning_rate"): experiment.learning_rate,
            Spot("epochs"): experiment.epochs,
        }
        values |= {Spot("weights", i): w for i, w in enumerate(experiment.weights)}
        for row, sample in enumerate(experiment.samples):
            values[Spot("samples", row, "x")] = sample.x
            values[Spot("samples", row, "target")] = sample.target
        for spot, value in values.items():
            faulty = spot in state.faults
            self._fields[spot].present(value, state.look.digits, faulty=faulty)
        for name, choice in self._choices.items():
            words = _ACTIVATIONS if name == "activation" else _ALGORITHMS
            choice.present(theme, getattr(experiment, name), map(say, words.values()))

    def _present_faults(self, faults: Mapping[Spot, Problem], language: str) -> None:
        for name, label in self._problems.items():
            sentences = [sentence(f, language) for spot, f in faults.items() if spot.field == name]
            label.setText("\n".join(sentences))
            label.setVisible(bool(sentences))

    def _present_answers(self, state: State, say: Say, theme: Theme) -> None:
        pictures = prediction_pictures(state)
        while len(self._answers) < len(pictures):
            row = len(self._answers)
            labels = (QLabel(), heading("muted"), QLabel())
            labels[1].setAlignment(Qt.AlignmentFlag.AlignRight)
            self._answers.append(labels)
            for column, label in enumerate(labels):
                self._predictions.addWidget(label, row, column)
        while len(self._answers) > len(pictures):
            for label in self._answers.pop():
                _discard(label)
        for (question, answer, verdict), picture in zip(self._answers, pictures, strict=True):
            question.setText(picture.question)
            answer.setText(picture.answer)
            answer.setToolTip(picture.hint)
            ink = theme.inks[Ink.UPDATE if picture.right else Ink.BACKWARD].text
            verdict.setText(f'<b style="color:{ink}">{"✓" if picture.right else "✗"}</b>')
            right, wrong = say("The sign is the target’s"), say("The sign is not the target’s")
            verdict.setToolTip(right if picture.right else wrong)


def _labelled(label: QLabel, field: QWidget) -> QHBoxLayout:
    row = QHBoxLayout()
    row.addWidget(label, 1)
    label.setBuddy(field)
    row.addWidget(field)
    return row


def _discard(widget: QWidget) -> None:
    widget.hide()
    widget.deleteLater()
