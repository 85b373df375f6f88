"""A covered number is nowhere: not in a picture, a tool tip, a table, a file, or what is said.

Its digits are looked for in every text. The experiments are such that each number has digits of
its own.
"""

import re
from collections.abc import Iterator
from dataclasses import replace

import pytest
from PySide6.QtGui import QGuiApplication, QPainter
from PySide6.QtWidgets import QWidget

from engine import Experiment, Sample
from engine.parameters import values_by_name
from engine.quantities import Name, Quantity
from gui.chain.picture import chain_picture
from gui.chain.picture.parts import parts_of
from gui.chain.picture.summary import summary
from gui.experiment.picture import prediction_pictures
from gui.formula.picture import formula_picture
from gui.panels import NAMES
from gui.panels.chain_rule.picture import ChainRulePicture
from gui.panels.code.picture import code_picture
from gui.panels.diagnosis.picture import diagnosis_picture
from gui.panels.diagnosis.picture.comparison import comparison_picture
from gui.panels.gradient_check.picture import check_picture
from gui.panels.numbers.picture.history import Pages, history_table
from gui.panels.numbers.picture.sample import SampleTable
from gui.panels.surface.picture import minima_words, surface_picture
from gui.panels.surface.picture.relief import relief_of
from gui.plots.picture.reading import plot_reading
from gui.plots.picture.so_far import plots_of
from gui.plots.picture.spoken import curves_in_words
from gui.shell.announcing.picture import announcement
from gui.shell.app import Chainstep
from gui.state import LEVELS, State
from gui.status.picture import status_picture
from gui.timeline.picture import timeline_picture
from gui.widgets.accessible import Tells
from tests.gui import examples
from tests.gui.language.walk import seen, texts
from tests.gui.screen import press, settle

ONE = Experiment(
    weights=(1.3719, -0.8653, 0.7481),
    samples=(Sample(1.7367, -0.5923),),
    learning_rate=0.1137,
    epochs=4,
)
EXPERIMENTS = [
    ONE,
    replace(ONE, samples=(*ONE.samples, Sample(-0.6371, 0.9419)), activation="tanh"),
    replace(ONE, biases=(0.2719, -0.4177, 0.1633), activation="sigmoid", learning_rate=4.127),
    replace(ONE, algorithm="in_place"),
    replace(ONE, algorithm="own_output", activation="softplus"),
    replace(ONE, weights=(1.3719, 0.8653), activation="relu"),
    replace(ONE, weights=(1.3719,)),
]
DIGITS = 4
"""The first so many tell every number of these experiments from all others."""


def shape(number: float) -> str:
    """Return the digits by which a number is known, wherever its point is: "0.12507" is 1250."""
    return f"{abs(number):.{DIGITS + 3}e}".split("e")[0].replace(".", "")[:DIGITS]


def shapes(found: Iterator[str]) -> set[str]:
    """Return the digits of all numbers in some texts that show so many."""
    shown: set[str] = set()
    for text in found:
        for number in re.findall(r"\d+(?:[.,]\d+)?", text):
            digits = re.sub(r"[.,]", "", number).lstrip("0")
            if len(digits) >= DIGITS:
                shown.add(digits[:DIGITS])
    return shown


def tables(state: State) -> Iterator[str]:
    """Yield all that stands in the tables of numbers, and in the files made of them."""
    for table in (SampleTable(state), history_table(state, Pages(state.run))):
        for row in range(table.rows):
            for column in range(table.columns):
                cell = table.cell(row, column)
                yield from (cell.text, cell.copied, cell.hint)
        yield from table.export().lines


def chain_rule(state: State) -> Iterator[str]:
    """Yield all rows of the chain rule at every level."""
    for level in LEVELS:
        picture = ChainRulePicture(replace(state, look=replace(state.look, level=level)))
        yield from texts(picture.words())
        for row in picture.derived.rows:
            described = picture.row(row)
            yield from (described.title, described.value, described.other, described.tip)
            yield described.sentence
            for chip in described.chips:
                yield from (chip.text, chip.number, chip.tip)


def plots(state: State) -> Iterator[str]:
    """Yield what the plots say in words, and what their cross-hair reads anywhere."""
    drawn = plots_of(state)
    for plot in (drawn.loss, drawn.weights, drawn.outputs):
        yield from curves_in_words(state, plot)
        for epoch in (0.0, state.index / state.per_epoch, drawn.epochs):
            for curve in plot.curves:
                if len(curve.y):
                    yield from plot_reading(state, plot, epoch, float(curve.y[-1]))


def surface(state: State) -> Iterator[str]:
    """Yield what is said of the loss surface."""
    picture = surface_picture(state)
    yield from (picture.intro, picture.reading, picture.description)
    room = 0.1, 0.05
    relief = relief_of(picture.surface, picture.frame, picture.scale, room, picture.path)
    yield minima_words(state, picture, relief)
    yield from (entry.words for entry in picture.legend)


def everything(state: State) -> Iterator[str]:
    """Yield every text of every picture of a state."""
    chain = chain_picture(state, 900, 340)
    yield from texts([chain, *parts_of(state, chain)])
    former = replace(state, index=max(state.index - 1, 0))
    yield from texts(
        [
            summary(state),
            formula_picture(state),
            formula_picture(state).tip,
            announcement(former, state, state.run),
            timeline_picture(state),
            status_picture(state),
            check_picture(state),
            check_picture(replace(state, look=replace(state.look, after_update=True))),
            diagnosis_picture(state),
            comparison_picture(state),
            code_picture(state),
            prediction_pictures(state),
        ]
    )
    for part in (tables, chain_rule, plots):
        yield from part(state)


def value_of(state: State, name: Name) -> float:
    """Return a number of the state's sample, found from the end of the sample."""
    end = (state.moment.update + 1) * state.per_sample
    return replace(state, index=end, covered=frozenset()).moment.numbers[name]


def asked(state: State, name: Name) -> State:
    """Return the state with a number of its sample covered."""
    return replace(state, covered=frozenset({name}), covered_at=state.moment.update)


def told(state: State) -> set[str]:
    """Return the digits that are known without the covered number: what was given."""
    experiment = state.run.experiment
    numbers = [experiment.learning_rate, *experiment.theta]
    numbers += [n for sample in experiment.samples for n in (sample.x, sample.target)]
    before = state.run.theta_before(state.moment.update)
    return set(map(shape, [*numbers, *before]))


@pytest.mark.parametrize("language", ["en", "zh_CN"])
@pytest.mark.parametrize("experiment", EXPERIMENTS)
def test_what_is_asked_stands_nowhere(experiment: Experiment, language: str) -> None:
    """Before its step, after it, and at the end of the sample; in the second sample too."""
    per_sample = examples.steps(experiment)
    first = per_sample if language == "en" else 0
    for place in range(first, first + per_sample):
        step = examples.state(experiment, place + 1).moment.step
        assert step is not None
        for index in {place or 1, place + 1, first + per_sample}:
            state = examples.state(experiment, index, language=language)
            if place == first and index == place:
                continue  # the sample before, which does not know of this one
            state = replace(state, reference=state.run)
            answer = shape(value_of(state, step.result))
            assert answer not in told(state), (step, answer)
            found = [
                t for t in everything(asked(state, step.result)) if answer in shapes(iter([t]))
            ]
            assert not found, (step.result, index)


def test_without_the_cover_it_would_be_seen() -> None:
    for place in range(examples.steps(ONE)):
        state = examples.state(ONE, place + 1)
        step = state.moment.step
        assert step is not None
        assert shape(value_of(state, step.result)) in shapes(everything(state))


@pytest.mark.parametrize("experiment", EXPERIMENTS[:3])
def test_all_that_a_sample_computes_can_be_covered_at_once(experiment: Experiment) -> None:
    end = examples.steps(experiment)
    state = examples.state(experiment, end)
    names = frozenset(step.result for step in state.steps)
    answers = {shape(value_of(state, name)) for name in names}
    covered = replace(state, covered=names)
    assert answers.isdisjoint(shapes(everything(covered)))
    assert all(
        box.number == "?" for box in chain_picture(covered, 900, 340).boxes if box.name in names
    )


def test_surface_and_its_marks_say_nothing() -> None:
    for place in range(examples.steps(ONE)):
        state = examples.state(ONE, place + 1)
        step = state.moment.step
        assert step is not None
        answer = shape(value_of(state, step.result))
        assert answer not in shapes(surface(asked(state, step.result))), step


def test_a_new_weight_stays_covered_in_the_next_sample_until_it_is_new_again() -> None:
    state = examples.state(ONE, examples.steps(ONE))
    name = Name(Quantity.WEIGHT, 2)
    answer = shape(state.moment.numbers[name])
    covered = asked(state, name)
    ahead = [replace(covered, index=state.index + more) for more in range(1, 14)]
    for later in ahead:
        assert answer not in shapes(everything(later)), later.index
        assert answer not in shapes(surface(later)), later.index
    # In the sample after that it is another number.
    then = replace(covered, index=3 * examples.steps(ONE))
    weights = values_by_name(ONE.parameters, then.moment.theta)
    assert shape(weights[name]) in shapes(everything(then))


def test_what_is_given_stays_to_be_seen() -> None:
    """Covering the new weight does not take away the old one, with which it is computed."""
    state = examples.state(ONE, examples.steps(ONE) - 2)
    step = state.moment.step
    assert step is not None
    old = state.moment.before[step.result]
    line = formula_picture(asked(state, step.result)).sentence
    assert shape(old) in shapes(iter([line]))
    assert line.endswith(" = ?")


def test_the_next_formula_has_a_question_mark_for_the_operand() -> None:
    state = examples.state(ONE, 8)
    line = formula_picture(asked(state, Name(Quantity.UPSTREAM, 2))).sentence
    assert "? × " in line or "× ?" in line


def painted(program: Chainstep) -> list[str]:
    """Return every text that Python paints by hand."""
    found: list[str] = []
    paint = QPainter.drawText

    def drawn(painter: QPainter, *parts: object) -> object:
        found.extend(part for part in parts if isinstance(part, str))
        return paint(painter, *parts)  # type: ignore[call-overload]

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(QPainter, "drawText", drawn)
        program.window.grab()
    return found


def heard(program: Chainstep) -> Iterator[str]:
    """Yield what a screen reader is told of all parts of all widgets."""
    for widget in program.window.findChildren(QWidget):
        if isinstance(widget, Tells):
            for item in widget.accessible().items:
                yield from (item.name, item.description, item.value)


def in_window(program: Chainstep) -> set[str]:
    """Return the digits of all that the window shows, says and copies."""
    settle()
    press(program, "Ctrl+C")
    copied = QGuiApplication.clipboard().text()
    return shapes(iter([*seen(program), *painted(program), *heard(program), copied]))


@pytest.mark.parametrize(
    ("name", "step"),
    [
        (Name(Quantity.OUTPUT, 3), 3),
        (Name(Quantity.LOSS, 3), 4),
        (Name(Quantity.UPSTREAM, 2), 7),
        (Name(Quantity.GRADIENT, 2), 8),
        (Name(Quantity.WEIGHT, 3), 11),
    ],
)
def test_the_window_shows_it_nowhere(program: Chainstep, name: Name, step: int) -> None:
    """Before its step and after it, in every panel."""
    session = program.session
    session.replace_experiment(ONE)
    session.seek(step)
    settle()
    answer = shape(session.state.moment.numbers[name])
    assert answer in in_window(program)
    session.cover({name}, 0)
    for panel in NAMES:
        session.set_look(panel=panel)
        for index in (step - 1, step, 13):
            session.seek(index)
            assert answer not in in_window(program), (panel, index)
    session.cover(set())
    session.seek(step)
    assert answer in in_window(program)
