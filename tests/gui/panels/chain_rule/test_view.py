"""The chain-rule panel: pointing, keys, scrolling, levels, and the counted costs."""

from collections.abc import Iterator
from dataclasses import replace
from itertools import pairwise

import pytest
from PySide6.QtCore import QEvent, QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel, QSlider, QToolButton, QWidget
from pytestqt.qtbot import QtBot

from engine import Experiment
from engine.chain_rule.multiplications import count
from engine.quantities import Name, Quantity
from gui.panels.chain_rule.chips import origin
from gui.panels.chain_rule.cost import Cost
from gui.panels.chain_rule.curve import CostDiagram
from gui.panels.chain_rule.picture import ChainRulePicture
from gui.panels.chain_rule.rows import Rows
from gui.panels.chain_rule.view import ChainRuleView
from gui.shell.app import Chainstep
from gui.state import LEVELS, Pointed, State
from gui.state.intents import Highlight, Intent, Point, Show
from gui.theme import THEMES
from gui.widgets.button import Button
from gui.widgets.rows import Form
from tests.gui import examples
from tests.gui.listening import told
from tests.gui.screen import (
    click,
    give_views,
    hover,
    image,
    point_at,
    popups,
    press,
    settle,
    turn_wheel,
    wait_for,
)

LONG = examples.experiment(64, "tanh", "backprop")


@pytest.fixture
def view(qtbot: QtBot) -> Iterator[ChainRuleView]:
    """The panel alone, as narrow as it may be, at the gradient of layer 2."""
    holder = QWidget()
    qtbot.addWidget(holder)
    holder.resize(440, 800)
    view = ChainRuleView(holder)
    give_views(view)
    view.resize(336, 800)
    view.present(examples.state(Experiment(), 8))
    holder.show()
    settle()
    yield view
    holder.close()


def rows(view: ChainRuleView) -> Rows:
    found = view.findChild(Rows, "derivatives")
    assert isinstance(found, Rows)
    return found


def chip_at(view: ChainRuleView, text: str, layer: int) -> QPoint:
    """Return where a factor of a row stands in the rows' viewport."""
    area = rows(view)
    assert area._layout is not None and area._picture is not None  # noqa: PT018
    for place in area._layout.rows:
        row = area._picture.row(place.written)
        for chip, at in zip(row.chips, place.chips, strict=True):
            if (row.name.layer, chip.text) == (layer, text):
                down = place.top - area.offset
                middle = at.where.center() + origin(area._theme)
                return QPoint(round(middle.x()), round(middle.y() + down))
    raise AssertionError(text)


def heard(view: ChainRuleView) -> list[Pointed | None]:
    """Let the panel be told what it points at, as the session does; return all of it."""
    found: list[Pointed | None] = []

    def listen(intent: Intent) -> None:
        state = rows(view)._state
        assert state is not None
        assert isinstance(intent, (Point, Highlight))
        found.append(intent.at)
        if isinstance(intent, Point):
            view.present(replace(state, pointed=intent.at))
        else:
            view.present(replace(state, highlight=intent.at))

    view.wished.connect(listen)
    return found


def keys(view: ChainRuleView, *names: Qt.Key) -> None:
    for name in names:
        QTest.keyClick(rows(view), name)
        settle()


# --- pointing -------------------------------------------------------------------------------


def test_the_mouse_points_at_a_factor_and_lets_go(view: ChainRuleView) -> None:
    found = heard(view)
    point_at(rows(view).viewport(), chip_at(view, "w₃", 1))
    point_at(rows(view).viewport(), chip_at(view, "w₃", 2))
    point_at(rows(view).viewport(), chip_at(view, "y", 2))
    settle()
    assert found == [(Quantity.WEIGHT, 3), (Quantity.OUTPUT, 1)]
    leave = QEvent(QEvent.Type.Leave)
    QApplication.sendEvent(rows(view).viewport(), leave)
    assert found[-1] is None


def test_what_is_pointed_at_is_lit_in_every_row(view: ChainRuleView) -> None:
    before = image(rows(view).viewport())
    view.present(replace(examples.state(Experiment(), 8), pointed=Name(Quantity.WEIGHT, 3)))
    settle()
    after = image(rows(view).viewport())

    def changed(text: str, layer: int) -> bool:
        at = chip_at(view, text, layer)
        left = range(at.x() - 45, at.x() + 45)
        return any(before.pixel(x, at.y()) != after.pixel(x, at.y()) for x in left if x >= 0)

    assert changed("w₃", 2)
    assert changed("w₃", 1)
    assert not changed("z", 3)


@popups
def test_the_tool_tip_has_all_names_and_the_full_value(view: ChainRuleView) -> None:
    tip = hover(rows(view).viewport(), chip_at(view, "e − ê", 1))
    assert tip.split("\n")[0] == "∂L/∂e = e − ê = w₃·w₂·w₁·x − ê = 1.028338925337"


def test_keys_go_from_factor_to_factor_and_from_row_to_row(view: ChainRuleView) -> None:
    found = heard(view)
    keys(view, Qt.Key.Key_Down)
    assert found[-1] == (Quantity.UPSTREAM, 3)
    keys(view, Qt.Key.Key_Down, Qt.Key.Key_Down)
    assert found[-1] == (Quantity.OUTPUT, 1)
    assert "∂L/∂w₂" in told(rows(view))[1]
    assert "= y = " in told(rows(view))[1]
    keys(view, Qt.Key.Key_Down, Qt.Key.Key_Down)
    assert found[-1] == (Quantity.WEIGHT, 3)
    keys(view, Qt.Key.Key_PageUp, Qt.Key.Key_PageUp, Qt.Key.Key_PageUp, Qt.Key.Key_Down)
    assert found[-1] == (Quantity.OUTPUT, 2)
    keys(view, *[Qt.Key.Key_Up] * 4)
    assert found[-1] == (Quantity.UPSTREAM, 3)
    keys(view, *[Qt.Key.Key_Down] * 20)
    assert found[-1] == (Quantity.OUTPUT, 0)
    keys(view, Qt.Key.Key_Escape)
    assert found[-1] is None


def test_the_row_of_the_step_is_said(view: ChainRuleView) -> None:
    said = "∂L/∂w₂ = (e − ê) · w₃ · y = 1.0283 × (−0.52133) × 0.23330 = −0.12507"
    assert told(rows(view))[1] == said
    assert told(rows(view))[0]


# --- any size, any chain --------------------------------------------------------------------


FITTED = [
    examples.experiment(layers, activation, "in_place")
    for layers in (1, 3, 8, 64)
    for activation in ("identity", "sigmoid")
]


@pytest.mark.parametrize("palette", ["light", "projector"])
@pytest.mark.parametrize("experiment", FITTED, ids=examples.name)
def test_every_chip_is_inside_and_none_covers_another(
    view: ChainRuleView, experiment: Experiment, palette: str
) -> None:
    view.resize(THEMES[palette].size(336), 700)
    (form,) = view.findChildren(Form)
    for level in LEVELS:
        index = 4 * experiment.layers + 1
        view.present(examples.state(experiment, index, level=level, theme=palette))
        settle()
        assert_tidy(rows(view))
        assert form.horizontalScrollBar().maximum() == 0
        assert form.width() >= form.minimumWidth()


def assert_tidy(area: Rows) -> None:
    assert area._layout is not None
    room = area.viewport().width() - origin(area._theme).x()
    below = 0.0
    for place in area._layout.rows:
        assert place.top >= below - 1e-6
        below = place.top + place.height
        for i, chip in enumerate(place.chips):
            assert chip.where.left() >= 0
            assert chip.where.right() <= room
            assert chip.where.bottom() <= place.height
            assert not any(chip.where.intersects(other.where) for other in place.chips[:i])


def test_rows_stay_in_place_while_numbers_appear(view: ChainRuleView) -> None:
    experiment = Experiment(activation="tanh")
    places = set()
    for index in range(1, 14):
        view.present(examples.state(experiment, index))
        area = rows(view)
        assert area._layout is not None
        places.add(tuple(chip.where.getRect() for r in area._layout.rows for chip in r.chips))
    assert len(places) == 1


def test_the_row_of_the_step_comes_into_sight(view: ChainRuleView) -> None:
    for index in range(130, 200):
        state = examples.state(LONG, index)
        view.present(state)
        name = ChainRulePicture(state).follows
        area = rows(view)
        assert name is not None
        assert area._layout is not None
        place = area._layout.rows[64 - name.layer]
        top = place.top - area.offset
        assert top >= 0
        assert top + min(place.height, area.viewport().height()) <= area.viewport().height() + 5


@pytest.mark.parametrize("level", LEVELS)
@pytest.mark.parametrize("height", [500, 700])
def test_rows_are_seen_whole_wherever_one_scrolls(
    view: ChainRuleView, level: str, height: int
) -> None:
    view.resize(336, height)
    view.present(examples.state(LONG, 130, level=level))
    settle()
    area = rows(view)
    assert area._layout is not None
    places, bar = area._layout.rows, area.verticalScrollBar()
    room = area.viewport().height() - origin(area._theme).y()
    met: set[int] = set()
    for stop in range(bar.maximum() + 1):
        bar.setValue(stop)
        met |= set(area._seen)
        for number in area._seen:
            top = places[number].top - area.offset
            whole = top >= 0 and top + places[number].inside <= room
            assert whole or places[number].inside > room
    assert met == set(range(64))
    assert places[-1].top + places[-1].inside - area.offset <= room


def test_a_notch_of_the_wheel_is_a_row(view: ChainRuleView) -> None:
    view.resize(336, 600)
    view.present(examples.state(examples.experiment(64, "identity", "backprop"), 0))
    settle()
    area = rows(view)
    middle = area.viewport().rect().center()
    for by, row in ((-120, 1), (-60, 1), (-60, 2), (120, 1)):
        turn_wheel(area.viewport(), middle, by)
        assert area._seen[0] == row


def test_a_line_that_goes_on_begins_with_the_point_of_the_product(view: ChainRuleView) -> None:
    view.present(examples.state(LONG, 180))
    layout = rows(view)._layout
    assert layout is not None
    for place in layout.rows:
        for before, chip in pairwise(place.chips):
            goes_on = chip.where.top() > before.where.top()
            assert chip.where.left() - (0 if goes_on else before.where.right()) >= layout.GAP


def test_only_what_is_seen_is_described(
    view: ChainRuleView, monkeypatch: pytest.MonkeyPatch
) -> None:
    described = []
    row = ChainRulePicture.row
    monkeypatch.setattr(
        ChainRulePicture, "row", lambda self, w: described.append(w.name) or row(self, w)
    )
    view.present(examples.state(LONG, 180))
    settle()
    assert 0 < len(set(described)) < 12


def test_the_same_state_looks_the_same_whatever_came_before(view: ChainRuleView) -> None:
    wanted = examples.state(Experiment(), 9)
    view.present(wanted)
    wait_for(lambda: view.findChild(Cost).done)  # type: ignore[union-attr]
    first = image(view)
    for state in (examples.state(LONG, 180, level="expanded", theme="dark"), wanted):
        view.present(state)
        settle()
    assert image(view) == first


@pytest.mark.parametrize("index", [0, 1, 20, 40])
def test_runs_that_diverge_and_runs_of_nothing(view: ChainRuleView, index: int) -> None:
    view.present(examples.state(examples.DIVERGING, index))
    settle()
    view.present(examples.state(Experiment(epochs=0), 0))
    settle()
    assert told(rows(view))[1] == "∂L/∂w₃ = (e − ê) · z"


# --- levels and costs -----------------------------------------------------------------------


def test_the_tabs_ask_for_a_level(view: ChainRuleView) -> None:
    asked: list[Intent] = []
    view.wished.connect(asked.append)
    for level in LEVELS:
        tab = view.findChild(QToolButton, f"tab {level}")
        assert isinstance(tab, QToolButton)
        click(tab)
    assert asked == [Show({"level": level}) for level in LEVELS]


def cell(view: ChainRuleView, row: int, column: int) -> str:
    found = view.findChild(QLabel, f"cost {row} {column}")
    assert isinstance(found, QLabel)
    return found.text()


def table(view: ChainRuleView, row: int) -> list[str]:
    return [cell(view, row, column).replace("\u202f", "") for column in range(5)]


@pytest.mark.parametrize(("activation", "layers"), [("identity", 120), ("sigmoid", 90)])
def test_costs_are_counted_while_the_window_goes_on(
    view: ChainRuleView, activation: str, layers: int
) -> None:
    view.present(examples.state(Experiment(activation=activation), count_layers=layers))
    wait_for(lambda: all(table(view, 2)))
    for row, n in ((1, 3), (2, layers)):
        made = count(n, activation)
        numbers = [str(made.expanded), str(made.written_out), str(made.backprop)]
        assert table(view, row)[1:4] == numbers


def test_one_row_where_the_chain_is_as_long_as_asked(view: ChainRuleView) -> None:
    view.present(examples.state(Experiment(), count_layers=3))
    wait_for(lambda: all(table(view, 1)))
    assert cell(view, 1, 0) == "3 (now)"
    found = view.findChild(QLabel, "cost 2 0")
    assert isinstance(found, QLabel)
    assert not found.isVisible()


def test_the_cost_makes_room_for_the_rows_and_can_be_unfolded(view: ChainRuleView) -> None:
    button, diagram = view.findChild(Button, "fold cost"), view.findChild(CostDiagram)
    assert isinstance(button, Button)
    assert isinstance(diagram, CostDiagram)
    view.present(examples.state(Experiment()))
    settle()
    assert diagram.isVisible()
    view.present(examples.state(LONG))
    wait_for(lambda: view.done)
    settle()
    assert not diagram.isVisible()
    seen = [label.text() for label in view.findChildren(QLabel) if label.isVisible()]
    made = count(64, "tanh")
    assert any(f"backprop: {made.backprop}" in text for text in seen)
    QTest.keyClick(button, Qt.Key.Key_Return)
    settle()
    assert diagram.isVisible()
    view.present(examples.state(LONG, 3))
    assert diagram.isVisible()
    QTest.keyClick(button, Qt.Key.Key_Return)
    settle()
    assert not diagram.isVisible()


def test_the_slider_asks_for_a_number_of_layers(view: ChainRuleView) -> None:
    asked: list[Intent] = []
    view.wished.connect(asked.append)
    slider = view.findChild(QSlider, "count slider")
    assert isinstance(slider, QSlider)
    assert (slider.minimum(), slider.maximum(), slider.value()) == (1, 200, 10)
    QTest.keyClick(slider, Qt.Key.Key_Up)
    assert asked == [Show({"count_layers": 11})]


# --- in the window --------------------------------------------------------------------------


def test_in_the_window(program: Chainstep) -> None:
    view = program.window.findChild(ChainRuleView)
    assert isinstance(view, ChainRuleView)
    press(program, *["Right"] * 8)

    def state() -> State:
        return program.session.state

    point_at(rows(view).viewport(), chip_at(view, "w₃", 1))
    assert state().pointed == (Quantity.WEIGHT, 3)
    tab = view.findChild(QToolButton, "tab expanded")
    assert isinstance(tab, QToolButton)
    click(tab)
    assert state().look.level == "expanded"
    rows(view).setFocus(Qt.FocusReason.TabFocusReason)
    index = state().index
    press(program, "Down")
    assert state().highlight == (Quantity.UPSTREAM, 3)
    assert state().pointed == (Quantity.WEIGHT, 3), "the mouse has not moved"
    # The keys of the window go on working.
    press(program, "Left")
    assert state().index == index - 1
    slider = view.findChild(QSlider, "count slider")
    assert isinstance(slider, QSlider)
    slider.setFocus()
    press(program, "Up")
    assert state().look.count_layers == 11


def test_the_frame_of_a_gradient_goes_round_its_whole_number(view: ChainRuleView) -> None:
    area = rows(view)
    assert area._layout is not None

    def right_end(pointed: Pointed | None) -> int:
        """Return where the first line of the first row ends, in pixels."""
        view.present(replace(examples.state(Experiment(), 8), pointed=pointed))
        seen = image(area.viewport())
        inked = (
            x
            for y in range(6, area._layout.header - 8)
            for x in range(seen.width())
            if seen.pixelColor(x, y).lightnessF() < 0.8
        )
        return max(inked)

    number = right_end(None)
    assert number > 100
    assert number + 3 < right_end(Name(Quantity.GRADIENT, 3))
