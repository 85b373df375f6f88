"""gui.panels.gradient_check.view: what a user does to the panel, and what there is to see."""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING, cast

import pytest
from PySide6.QtCore import QPoint, QRect, Qt
from PySide6.QtGui import QColor
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel, QScrollArea, QSlider, QWidget

from engine import Experiment, Sample, check_gradients, random_weights
from engine.quantities import Name, Quantity
from gui import theme
from gui.language.numbers import POINT, exact
from gui.panels.gradient_check.curves import EpsilonMark, Stroke, marks, strokes
from gui.panels.gradient_check.picture.epsilons import tick_of
from gui.panels.gradient_check.rows import CheckRows
from gui.panels.gradient_check.view import GradientCheckView
from gui.state import Look
from gui.state.session import Session
from gui.theme import THEMES
from gui.widgets.button import Button
from gui.widgets.number_field import NumberField
from tests.gui.screen import (
    answer,
    click,
    hover,
    image,
    point_at,
    popups,
    press,
    settle,
    wait_for,
    write,
)

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pytestqt.qtbot import QtBot

    from gui.panels.gradient_check.curves import ErrorDiagram
    from gui.shell.app import Chainstep

LONG = tuple(1.0 + w / 5 for w in random_weights(64, 1))


class Shown:
    """The panel alone, with a session behind it."""

    def __init__(self, qtbot: QtBot, look: Look, width: int = 346) -> None:
        self.session = Session(look)
        self.panel = GradientCheckView()
        self.window = QWidget()  # without a layout, as an isolated widget is
        self.panel.setParent(self.window)
        qtbot.addWidget(self.window)
        answer(self.panel, self.session)
        self.panel.resize(width, 760)
        self.window.resize(width, 760)
        self.panel.present(self.session.state)
        self.window.show()
        settle()

    def part(self, kind: type[QWidget], name: str) -> QWidget:
        found = self.panel.findChild(kind, name)
        assert found is not None, name
        return cast("QWidget", found)

    def text(self, name: str) -> str:
        label = cast("QLabel", self.part(QLabel, name))
        return "" if label.isHidden() else label.text()

    @property
    def rows(self) -> CheckRows:
        return cast("CheckRows", self.part(CheckRows, "check rows"))

    @property
    def field(self) -> NumberField:
        return cast("NumberField", self.part(NumberField, "epsilon"))

    @property
    def slider(self) -> QSlider:
        return cast("QSlider", self.part(QSlider, "epsilon slider"))

    @property
    def epsilon(self) -> float:
        return self.session.state.look.epsilon

    def row_at(self, row: int) -> QPoint:
        return self.rows.visualRect(self.rows.model().index(row, 0)).center()

    def spoken(self) -> list[str]:
        model = self.rows.model()
        return [str(model.index(i, 0).data()) for i in range(model.rowCount())]

    def type_epsilon(self, text: str) -> None:
        self.field.setFocus()
        self.field.selectAll()
        for letter in text:
            QTest.keyClick(self.field, letter)
        settle()


@pytest.fixture
def shown(qtbot: QtBot, qapp: QApplication) -> Iterator[Shown]:
    theme.apply(qapp, THEMES["light"])
    shown = Shown(qtbot, Look(movement=False, panel="gradient_check"))
    yield shown
    shown.session.close()


# --- what there is to see --------------------------------------------------------------------


def test_the_rows_are_the_checks_of_the_present_update(shown: Shown) -> None:
    for index in (0, 8, 13, 14, 400):
        shown.session.seek(index)
        moment = shown.session.state.moment
        sample = shown.session.state.run.sample(moment.update)
        truth = check_gradients(Experiment(), moment.weights_before, sample)
        assert shown.spoken() == [text for text in shown.spoken() if text.endswith(", right")]
        for row, text in zip(reversed(truth), shown.spoken(), strict=True):
            assert f"∂L/∂w{'₀₁₂₃'[row.layer]} = {exact(row.gradient, POINT)}, " in text


@pytest.mark.parametrize("algorithm", ["in_place", "front_to_back", "no_local_derivative"])
def test_the_finding_follows_the_experiment(shown: Shown, algorithm: str) -> None:
    assert "Every gradient is right" in shown.text("check finding")
    shown.session.replace_experiment(Experiment(algorithm=algorithm))
    expected = "has no effect" if algorithm == "no_local_derivative" else "Caught"
    assert expected in shown.text("check finding")
    shown.session.replace_experiment(Experiment())
    assert "Every gradient is right" in shown.text("check finding")
    assert not shown.text("check remarks")


def test_the_same_state_twice_changes_nothing(shown: Shown) -> None:
    before = image(shown.panel)
    shown.panel.present(shown.session.state)
    assert image(shown.panel) == before


def test_what_came_before_leaves_no_trace(shown: Shown, qtbot: QtBot) -> None:
    shown.session.replace_experiment(Experiment(LONG, epochs=2))
    shown.session.set_look(language="zh_CN", after_update=True, epsilon=0.1)
    settle()
    shown.session.replace_experiment(Experiment())
    shown.session.set_look(language="en", after_update=False, epsilon=1e-4)
    fresh = Shown(qtbot, shown.session.state.look)
    fresh.slider.clearFocus()  # which a new window gives to its first control
    assert image(shown.panel) == image(fresh.panel)
    fresh.session.close()


@pytest.mark.parametrize("palette", ["light", "dark", "projector"])
@pytest.mark.parametrize("digits", [5, 15])
def test_nothing_is_wider_than_the_panel(
    qtbot: QtBot, qapp: QApplication, palette: str, digits: int
) -> None:
    dress = THEMES[palette]
    theme.apply(qapp, dress)
    for language in ("en", "zh_CN"):
        look = Look(theme=palette, language=language, movement=False, digits=digits)
        shown = Shown(qtbot, look, dress.size(336))
        experiment = Experiment(LONG, (Sample(1e-9, -1.0),), epochs=1, activation="tanh")
        shown.session.replace_experiment(experiment)
        settle()
        area = shown.panel.findChild(QScrollArea)
        assert area is not None
        inside = area.widget()
        assert inside is not None
        assert inside.width() <= area.viewport().width()
        for part in inside.findChildren(QWidget):
            if part.parentWidget() is inside and part.isVisible():
                assert inside.rect().contains(part.geometry()), part.objectName()
        shown.session.close()


def test_parts_stand_below_one_another(shown: Shown) -> None:
    shown.session.replace_experiment(Experiment(LONG, epochs=2, algorithm="in_place"))
    settle()
    area = shown.panel.findChild(QScrollArea)
    assert area is not None
    inside = area.widget()
    parts = [p for p in inside.findChildren(QWidget) if p.parentWidget() is inside]
    places: list[QRect] = sorted(
        (p.geometry() for p in parts if p.isVisible()), key=lambda place: place.top()
    )
    for upper, lower in pairwise(places):
        assert upper.bottom() < lower.top()


@pytest.mark.parametrize("layers", [1, 2, 64])
@pytest.mark.parametrize("activation", ["identity", "tanh", "sigmoid", "relu"])
def test_chains_of_any_length(shown: Shown, layers: int, activation: str) -> None:
    weights = LONG[:layers]
    shown.session.replace_experiment(Experiment(weights, epochs=2, activation=activation))
    assert len(shown.spoken()) == layers
    wait_for(lambda: "computed" not in shown.text("curve reasons"))


def test_a_run_that_ran_away(shown: Shown) -> None:
    shown.session.replace_experiment(Experiment((3.0, 3.0), learning_rate=1.0, epochs=9))
    for index in range(0, shown.session.state.last + 1, 5):
        shown.session.seek(index)
    assert "nothing to compare" in shown.text("check finding")
    image(shown.panel)


# --- ε ---------------------------------------------------------------------------------------


@pytest.mark.parametrize("text", ["0,001", "0.001", "1e-3"])
def test_typing_epsilon(shown: Shown, text: str) -> None:
    shown.type_epsilon(text)
    assert shown.epsilon == 1e-3
    assert shown.slider.value() == tick_of(1e-3)


@pytest.mark.parametrize("text", ["0", "-1", "x", ".0,5"])
def test_what_is_no_epsilon_gets_a_sentence_and_changes_nothing(shown: Shown, text: str) -> None:
    before = shown.spoken()
    shown.type_epsilon(text)
    assert shown.text("problem epsilon").endswith(".")
    assert shown.field.text() == text
    assert shown.field.property("faulty")
    assert shown.spoken() == before
    QTest.keyClick(shown.field, Qt.Key.Key_Escape)
    assert not shown.text("problem epsilon")
    assert shown.field.text() == "0.0001"


def test_the_slider_takes_a_fault_away(shown: Shown) -> None:
    shown.type_epsilon("x")
    QTest.mouseClick(shown.slider, Qt.MouseButton.LeftButton, pos=QPoint(4, 10))
    assert shown.epsilon == 1e-14
    assert not shown.text("problem epsilon")
    assert shown.field.text() == "1e−14"


def test_the_slider_by_keys_and_the_way_back(shown: Shown) -> None:
    back = cast("Button", shown.part(Button, "article epsilon"))
    assert not back.isVisible(), "it would do nothing"
    QTest.keyClick(shown.slider, Qt.Key.Key_PageUp)
    assert shown.epsilon == 1e-3
    QTest.keyClick(shown.slider, Qt.Key.Key_Down)
    assert shown.epsilon == 5.62e-4
    assert back.isVisible()
    back.setFocus()
    QTest.keyClick(back, Qt.Key.Key_Return)
    assert shown.epsilon == 1e-4
    assert not back.isVisible()


def test_the_way_back_takes_a_fault_away(shown: Shown) -> None:
    shown.type_epsilon("0")
    click(shown.part(Button, "article epsilon"))
    assert shown.epsilon == 1e-4
    assert not shown.text("problem epsilon")
    assert shown.field.text() == "0.0001"


def test_another_epsilon_is_another_check(shown: Shown) -> None:
    shown.session.replace_experiment(Experiment(activation="tanh"))
    shown.type_epsilon("1e-13")
    assert all("within rounding" in text for text in shown.spoken())
    assert "No verdict is possible" in shown.text("check finding")


def test_as_the_article_does_it(shown: Shown) -> None:
    shown.session.replace_experiment(Experiment(algorithm="in_place"))
    switch = cast("Button", shown.part(Button, "after update"))
    click(switch)
    assert shown.session.state.look.after_update
    assert switch.isChecked()
    assert "= −0.05291380" in shown.spoken()[0]
    assert "Relative error up to 0.05" in shown.text("check finding")
    switch.setFocus()
    QTest.keyClick(switch, Qt.Key.Key_Return)
    assert not shown.session.state.look.after_update
    assert "Caught" in shown.text("check finding")


# --- the rows --------------------------------------------------------------------------------


def test_pointing_at_a_row_lights_its_gradient(shown: Shown) -> None:
    viewport = shown.rows.viewport()
    point_at(viewport, shown.row_at(1))
    assert shown.session.state.pointed == (Quantity.GRADIENT, 2)
    point_at(viewport, shown.row_at(2))
    assert shown.session.state.pointed == (Quantity.GRADIENT, 1)
    lit = image(shown.panel)
    shown.session.point(None)
    assert image(shown.panel) != lit


def test_keys_go_through_the_rows(shown: Shown) -> None:
    shown.window.activateWindow()
    shown.rows.setFocus()
    wait_for(shown.rows.hasFocus)
    shown.rows.setCurrentIndex(shown.rows.model().index(0, 0))
    QTest.keyClick(shown.rows, Qt.Key.Key_Down)
    assert shown.session.state.highlight == (Quantity.GRADIENT, 2)
    assert shown.session.state.pointed is None
    shown.slider.setFocus()
    assert shown.session.state.highlight is None


@popups
def test_the_full_values_on_hover(shown: Shown) -> None:
    tip = hover(shown.rows.viewport(), shown.row_at(0))
    assert "∂L/∂w₃ = −0.0558993728085" in tip
    assert "central difference = " in tip


def test_copying_rows(shown: Shown) -> None:
    QTest.mouseClick(shown.rows.viewport(), Qt.MouseButton.LeftButton, pos=shown.row_at(0))
    shift = Qt.KeyboardModifier.ShiftModifier
    QTest.mouseClick(shown.rows.viewport(), Qt.MouseButton.LeftButton, shift, pos=shown.row_at(1))
    QTest.keyClick(shown.rows, Qt.Key.Key_C, Qt.KeyboardModifier.ControlModifier)
    lines = [line.split("\t") for line in QApplication.clipboard().text().splitlines()]
    truth = check_gradients(Experiment(), Experiment().weights, Experiment().samples[0])
    assert [line[0] for line in lines] == ["w3", "w2"]
    for line, row in zip(lines, (truth[2], truth[1]), strict=True):
        numbers = [row.gradient, row.numeric, row.absolute_error, row.relative_error]
        assert [float(text) for text in line[1:5]] == numbers


def test_a_selection_stays_while_stepping(shown: Shown) -> None:
    shown.session.replace_experiment(Experiment(LONG, epochs=2))
    settle()
    shown.rows.verticalScrollBar().setValue(400)
    QTest.mouseClick(shown.rows.viewport(), Qt.MouseButton.LeftButton, pos=QPoint(40, 60))
    chosen = [index.row() for index in shown.rows.selectedIndexes()]
    assert chosen
    assert chosen[0] > 5
    shown.session.next_sample()
    shown.session.step(1)
    assert [index.row() for index in shown.rows.selectedIndexes()] == chosen
    assert shown.rows.verticalScrollBar().value() == 400


# --- the curves ------------------------------------------------------------------------------


def lines(shown: Shown) -> list[Stroke]:
    """Return what the diagram draws, a stroke a curve, or one for many."""
    return list(strokes(*cast("ErrorDiagram", shown.panel._diagram)._shown.value))  # type: ignore[misc]


def drawn(shown: Shown) -> int:
    """Return how many curves there are."""
    return len(lines(shown))


def seen(shown: Shown, colour: str) -> bool:
    """Tell whether a colour can be seen in the diagram."""
    picture, wanted = image(shown.panel._diagram), QColor(colour).rgb()
    return any(
        picture.pixel(x, y) == wanted
        for x in range(picture.width())
        for y in range(picture.height())
    )


def test_short_chains_have_their_curves_at_once(shown: Shown) -> None:
    assert drawn(shown) == 3
    assert all(seen(shown, colour) for colour in THEMES["light"].curves[:3])
    shown.session.replace_experiment(Experiment((0.5,)))
    assert drawn(shown) == 1
    assert not any(seen(shown, colour) for colour in THEMES["light"].curves[1:3])


def test_each_layer_has_a_sign_on_its_curves_and_in_their_names(shown: Shown) -> None:
    """Colours come again from the eighth layer on, and not every eye tells all of them apart."""
    experiment = Experiment((1.1, 0.9, 0.8, 1.2, 1.3, 0.7, 0.6, 1.4), biases=(0.1,) * 8)
    shown.session.replace_experiment(experiment)
    wait_for(lambda: drawn(shown) == 16)
    curves = [stroke.lines[0] for stroke in lines(shown)]
    signs = {line.name.layer: line.sign for line in curves}
    assert len(set(signs.values())) == 8
    names = shown.panel._names.text()
    for line in curves:
        assert line.sign == signs[line.name.layer]
        assert f"{'╌' if line.dashed else '—'}{line.sign}\u00a0{line.symbol}" in names
        assert len(list(line.signed())) > 2
    begins = [min(line.signed(), key=lambda point: -point[0])[0] for line in curves[::2]]
    assert len(set(begins)) == 8  # where curves lie on one another, all signs are seen


def test_signs_are_painted(shown: Shown) -> None:
    diagram = cast("ErrorDiagram", shown.panel._diagram)
    line = lines(shown)[-1].lines[0]  # nothing is painted over it
    plane, picture = diagram.plane(THEMES["light"]), image(diagram)
    colour = QColor(THEMES["light"].curves[2]).rgb()
    for epsilon, error in list(line.signed())[1:4]:
        at = plane.at(epsilon, error).toPoint()
        around = [(at.x() + dx, at.y() + dy) for dx in range(-4, 5) for dy in range(-4, 5)]
        assert sum(picture.pixel(*pixel) == colour for pixel in around) > 15


def test_long_chains_have_no_stale_curves_meanwhile(shown: Shown) -> None:
    shown.session.replace_experiment(Experiment(LONG, epochs=2))
    assert drawn(shown) == 0
    assert shown.text("curve reasons") == "Computing…"
    wait_for(lambda: drawn(shown) == 1)  # all in one
    before = lines(shown)[0].lines
    assert len(before) == 64
    shown.session.next_sample()
    shown.session.step(1)
    assert drawn(shown) == 0
    wait_for(lambda: drawn(shown) == 1)
    assert lines(shown)[0].lines != before


def test_only_the_curves_asked_for_last_are_shown(shown: Shown) -> None:
    shown.session.replace_experiment(Experiment(LONG, epochs=2))
    QTest.qWait(10)
    shown.session.replace_experiment(Experiment())
    QTest.qWait(150)
    assert drawn(shown) == 3


def test_pointing_thickens_a_curve(shown: Shown) -> None:
    shown.session.point(Name(Quantity.GRADIENT, 2))
    assert drawn(shown) == 4
    assert lines(shown)[3].width > lines(shown)[1].width
    assert lines(shown)[3].lines == lines(shown)[1].lines
    shown.session.point(None)
    assert drawn(shown) == 3


def marked(shown: Shown) -> dict[str, EpsilonMark]:
    """Return the marks above the diagram by the first of their words."""
    diagram = cast("ErrorDiagram", shown.panel._diagram)
    assert diagram._shown.value is not None
    picture, dress = diagram._shown.value
    return {mark.words.split()[0]: mark for mark in marks(picture, diagram.plane(dress), dress)}


@pytest.mark.parametrize("activation", ["identity", "tanh", "sigmoid"])
def test_the_article_and_the_best_epsilon_are_marked_above_the_curves(
    shown: Shown, activation: str
) -> None:
    shown.session.replace_experiment(Experiment(activation=activation))
    diagram = cast("ErrorDiagram", shown.panel._diagram)
    article, best = marked(shown)["article"], marked(shown)["best"]
    assert article.epsilon == 1e-4
    assert "10⁻⁴" in article.words
    if activation == "tanh":
        assert 10**-6.5 < best.epsilon < 1e-4
    curves = diagram.plane(THEMES["light"]).area
    for mark in (article, best):
        assert mark.where.bottom() <= curves.top()
        assert diagram.rect().contains(mark.where.toAlignedRect())
    assert not article.where.intersects(best.where)


def test_where_no_epsilon_helps_none_is_best(shown: Shown) -> None:
    shown.session.replace_experiment(Experiment(algorithm="sign_flipped"))
    assert list(marked(shown)) == ["article"]


def test_a_click_into_the_diagram_takes_its_epsilon(shown: Shown) -> None:
    diagram = cast("ErrorDiagram", shown.panel._diagram)
    area = shown.panel.findChild(QScrollArea)
    assert area is not None
    area.ensureWidgetVisible(diagram)
    settle()
    plane = diagram.plane(THEMES["light"])
    click(diagram, QPoint(round(plane.x(1e-6)), round(plane.y(1e-8))))
    assert shown.epsilon == pytest.approx(1e-6, rel=0.8)
    click(diagram, marked(shown)["best"].where.center().toPoint())
    assert shown.epsilon == 1.0
    click(diagram, marked(shown)["article"].where.center().toPoint())
    assert shown.epsilon == 1e-4


# --- in the window ---------------------------------------------------------------------------


@pytest.fixture
def look() -> Look:
    return Look(language="en", theme="light", movement=False, panel="gradient_check")


def test_the_keys_of_the_window_work_from_the_panel(program: Chainstep) -> None:
    panel = program.window.findChild(GradientCheckView)
    assert panel is not None
    rows = panel.findChild(CheckRows)
    field = panel.findChild(NumberField, "epsilon")
    assert rows is not None
    assert field is not None
    click(rows.viewport(), QPoint(40, 20))
    press(program, "Right", "Right")
    assert program.session.state.index == 2
    press(program, "End")
    assert program.session.state.index == program.session.state.last
    press(program, "Home", "Right", "Ctrl+C")
    assert QApplication.clipboard().text().startswith("w3\t")
    click(field)
    press(program, "Ctrl+A")
    write(program, "0,01")
    press(program, "Return", "Right")
    assert program.session.state.look.epsilon == 0.01
    assert program.session.state.index == 2
