"""The chain on screen: what is known stands there, what is clicked happens, long chains follow."""

import re
from pathlib import Path
from time import thread_time

import pytest
from PySide6.QtCore import QEvent, QPoint, QRect
from PySide6.QtSvg import QSvgGenerator
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget

from engine import Experiment, train
from engine.moment import moment_at
from gui.language.numbers import POINT, exact, rounded
from gui.shell.app import Chainstep
from gui.state import Look
from tests.gui.screen import (
    box_at,
    click,
    drag,
    entry,
    field,
    hover,
    image,
    numbers_in_place,
    picture,
    point_at,
    popups,
    press,
    show_experiment,
    shown_numbers,
    slider,
    turn_wheel,
    wait_for,
)

LONG = Experiment(weights=[0.9] * 64, learning_rate=0.01, epochs=2)


def test_a_click_on_a_weight_goes_into_its_field(program: Chainstep) -> None:
    for layer in (3, 1, 2):
        click(program.window.chain, box_at(program, f"w{'₀₁₂₃'[layer]}"))
        focus = QApplication.focusWidget()
        assert focus is field(program, f"weights[{layer - 1}]")
    assert field(program, "weights[1]").selectedText() == "−0.233"


def test_a_click_on_a_weight_brings_the_closed_panel_back(program: Chainstep) -> None:
    program.window.experiment_dock.close()
    click(program.window.chain, box_at(program, "w₂"))
    assert program.parts.experiment.isVisible()
    assert QApplication.focusWidget() is field(program, "weights[1]")


def test_a_click_on_a_number_goes_to_the_step_that_computes_it(program: Chainstep) -> None:
    press(program, "Shift+Right", "Right")
    for symbol, step in (
        ("∂L/∂y", 9),
        ("e", 3),
        ("∂L/∂w₁", 10),
        ("L = ½(e − ê)²", 4),
        ("∂L/∂e", 5),
        ("∂L/∂w₃", 6),
        ("y", 1),
    ):
        click(program.window.chain, box_at(program, symbol))
        assert numbers_in_place(program) == (1, 2, step), symbol


def test_what_is_not_computed_yet_is_empty_and_the_rest_is_the_engines(program: Chainstep) -> None:
    run = train(Experiment())
    symbols = "xyze"
    press(program, "Ctrl+Right")
    for index in range(26, 40):
        moment, shown = moment_at(run, index), shown_numbers(program)
        expected = {f"w{'₁₂₃'[i]}": w for i, w in enumerate(moment.weights)}
        expected |= {symbols[i]: a for i, a in enumerate(moment.outputs) if i}
        expected |= {f"∂L/∂{symbols[i + 1]}": d for i, d in enumerate(moment.upstreams)}
        expected |= {f"∂L/∂w{'₁₂₃'[i]}": g for i, g in enumerate(moment.gradients)}
        expected["L = ½(e − ê)²"] = moment.loss
        for symbol, value in expected.items():
            text = "" if value is None else rounded(value, 5, POINT)
            assert shown[symbol] == text, f"{symbol} at step {index}"
        press(program, "Right")


def test_an_empty_outline_has_no_ink_of_a_number(program: Chainstep) -> None:
    chain = program.window.chain
    where = box_at(program, "∂L/∂e")
    inside = QRect(where - QPoint(35, 2), where + QPoint(35, 14))

    def ink() -> set[int]:
        shown = image(chain).copy(inside)
        return {shown.pixel(x, y) for x in range(shown.width()) for y in range(shown.height())}

    assert len(ink()) == 1
    press(program, *["Right"] * 5)
    assert len(ink()) > 10
    press(program, "Left")
    assert len(ink()) == 1


@popups
def test_the_tool_tip_has_the_full_value(program: Chainstep) -> None:
    press(program, *["Right"] * 8)
    moment = moment_at(train(Experiment()), 8)
    chain = program.window.chain
    assert hover(chain, box_at(program, "z")).startswith(
        f"z = {exact(moment.outputs[2] or 0, POINT)}\n"
    )
    full = exact(moment.gradients[1] or 0, POINT)
    assert hover(chain, box_at(program, "∂L/∂w₂")).startswith(f"∂L/∂w₂ = {full}\n")
    assert hover(chain, box_at(program, "w₁")).startswith("w₁ = 0.2333\n")
    assert hover(chain, box_at(program, "∂L/∂y")).startswith("∂L/∂y: ")


def test_the_pointer_tells_what_can_be_clicked(program: Chainstep) -> None:
    chain = program.window.chain
    point_at(chain, box_at(program, "w₂"))
    assert chain.cursor().shape().name == "PointingHandCursor"
    point_at(chain, QPoint(4, 200))
    assert chain.cursor().shape().name == "ArrowCursor"


class TestMovement:
    @pytest.fixture
    def look(self) -> Look:
        return Look(language="en", theme="light", movement=True)

    def test_none_where_the_system_asks_for_none(self, program: Chainstep) -> None:
        program.session.set_look(reduced_motion=True)  # as the system's answer arrives
        press(program, "Right")
        assert program.window.chain._share == 1.0

    def test_none_when_switched_off_in_the_menu(self, program: Chainstep) -> None:
        entry(program, "Animate steps").trigger()
        press(program, "Right")
        assert program.window.chain._share == 1.0

    def test_a_step_forward_moves_and_ends_in_the_picture_without_movement(
        self, program: Chainstep
    ) -> None:
        chain = program.window.chain
        press(program, "Right", "Right")
        wait_for(lambda: chain._share == 1.0, 2000)
        still = image(chain)
        press(program, "Left")
        assert chain._share == 1.0
        before = image(chain)
        press(program, "Right")
        moving = image(chain)
        assert moving != still
        assert moving != before
        QTest.qWait(60)
        assert image(chain) != moving
        wait_for(lambda: chain._share == 1.0, 2000)
        assert image(chain) == still

    def test_at_the_default_speed_every_step_is_seen_moving(self, program: Chainstep) -> None:
        chain = program.window.chain
        shares: dict[int, set[float]] = {}
        chain._movement.valueChanged.connect(
            lambda: shares.setdefault(program.session.state.index, set()).add(chain._share)
        )
        press(program, "Space")
        wait_for(lambda: program.session.state.index >= 4, 10_000)
        press(program, "Space")
        for index in (1, 2, 3):
            between = [share for share in shares[index] if 0 < share < 1]
            assert len(between) > 3, index

    def test_a_second_key_is_not_delayed(self, program: Chainstep) -> None:
        for step in range(1, 6):
            press(program, "Right")
            assert numbers_in_place(program)[2] == step
            assert shown_numbers(program)["y"] == "0.23330"
        press(program, "Left")
        assert numbers_in_place(program)[2] == 4
        assert shown_numbers(program)["∂L/∂e"] == ""
        assert program.window.chain._share == 1.0

    def test_a_long_chain_glides_to_the_step(self, program: Chainstep, tmp_path: Path) -> None:
        show_experiment(program, tmp_path, LONG)
        chain = program.window.chain
        for _ in range(9):
            press(program, "Right")
        wait_for(lambda: chain._share == 1.0, 2000)
        assert_in_sight(program)
        press(program, "End")
        assert chain._share == 1.0
        assert_in_sight(program)


def assert_in_sight(program: Chainstep) -> None:
    chain = program.window.chain
    x = picture(chain).focus * chain._scale - chain._offset
    assert 0 < x < chain.width()


def test_64_layers_follow_the_step(program: Chainstep, tmp_path: Path) -> None:
    show_experiment(program, tmp_path, LONG)
    chain = program.window.chain
    assert chain._overflows
    press(program, "Right")
    assert_in_sight(program)
    start = chain._offset
    for part in range(1, 11):
        # Across the strip of 257 cells, hence through forward, backward and update.
        strip = program.window.timeline._cells
        click(strip, QPoint(part * strip.width() // 11, 10))
        assert_in_sight(program)
    press(program, "End")
    assert_in_sight(program)
    click(slider(program), QPoint(2, 12))
    assert_in_sight(program)
    assert abs(chain._offset - start) < chain.width()


def test_dragging_the_wheel_and_the_overview_move_a_long_chain(
    program: Chainstep, tmp_path: Path
) -> None:
    show_experiment(program, tmp_path, LONG)
    chain = program.window.chain
    middle = QPoint(chain.width() // 2, chain.height() // 2)
    before = image(chain)
    left = chain._offset
    drag(chain, middle, middle - QPoint(100, 0), middle - QPoint(300, 0))
    assert chain._offset == pytest.approx(left + 300, abs=1)
    assert image(chain) != before
    assert numbers_in_place(program) == (1, 1, 0)
    turn_wheel(chain, middle, -240)
    assert chain._offset == pytest.approx(left + 420, abs=1)
    turn_wheel(chain, middle, 10_000)
    assert chain._offset == pytest.approx(0, abs=1e-9)
    turn_wheel(chain, middle, -1_000_000)
    end = chain._offset
    assert picture(chain).width * chain._scale - end == pytest.approx(chain.width(), abs=1)
    strip = QPoint(chain.width() // 4, chain.height() - 10)
    click(chain, strip)
    assert chain._offset + chain.width() / 2 == pytest.approx(
        picture(chain).width * chain._scale / 4, rel=0.01
    )
    drag(chain, strip, strip + QPoint(100, 0), QPoint(chain.width() - 1, chain.height() - 10))
    assert chain._offset == pytest.approx(end, abs=1)
    assert numbers_in_place(program) == (1, 1, 0)
    press(program, "Right")
    assert_in_sight(program)


def test_a_drag_over_a_box_is_no_click(program: Chainstep, tmp_path: Path) -> None:
    show_experiment(program, tmp_path, LONG)
    chain = program.window.chain
    where = box_at(program, "a₂")
    drag(chain, where, where + QPoint(-30, 0), where + QPoint(-30, 0))
    assert numbers_in_place(program) == (1, 1, 0)
    click(chain, box_at(program, "a₃"))
    assert numbers_in_place(program) == (1, 1, 3)


@pytest.mark.parametrize("theme", ["light", "projector"])
@pytest.mark.parametrize("activation", ["identity", "sigmoid"])
def test_five_layers_are_seen_whole_in_letters_that_can_be_read(
    program: Chainstep, tmp_path: Path, theme: str, activation: str
) -> None:
    program.session.set_look(theme=theme)
    weights = [0.9, -1.1, 0.7, -0.6, 1.2]
    show_experiment(program, tmp_path, Experiment(weights=weights, activation=activation))
    chain = program.window.chain
    chain.setFixedSize(547 if theme == "light" else 843, 275)
    press(program, *["Right"] * 8)
    assert not chain._overflows
    sizes = letters(chain, tmp_path / "chain.svg")
    assert len(sizes) > 30
    assert min(sizes) >= (11 if theme == "light" else 14) * 0.9


def letters(chain: QWidget, path: Path) -> list[float]:
    """Return how many pixels high the type of every text is, as a drawing program reads it."""
    paper = QSvgGenerator()
    paper.setFileName(str(path))
    paper.setSize(chain.size())
    chain.render(paper)
    found = []
    for group in path.read_text().split("<g ")[1:]:
        scale = re.search(r"matrix\(([\d.]+)", group)
        size = re.search(r'font-size="([\d.]+)"', group)
        if "<text" in group and scale and size:
            found += [float(scale[1]) * float(size[1])] * group.count("<text")
    return found


def test_a_short_chain_stays_where_it_is(program: Chainstep) -> None:
    chain = program.window.chain
    before = image(chain)
    middle = QPoint(20, chain.height() // 2)
    drag(chain, middle, middle + QPoint(200, 0))
    turn_wheel(chain, middle, -240)
    assert image(chain) == before


def test_64_layers_are_painted_quickly(program: Chainstep, tmp_path: Path) -> None:
    show_experiment(program, tmp_path, LONG)
    samples = []
    for _ in range(10):
        started = thread_time()
        press(program, "Right")
        samples.append(thread_time() - started)
    assert sorted(samples)[5] < 0.1, "a step takes too long to be seen"


def test_a_pointer_that_leaves_the_formula_fast_points_at_nothing(program: Chainstep) -> None:
    press(program, *["Right"] * 8)
    line = program.window.formula._line
    places = [QPoint(x, y) for y in range(4, line.height(), 8) for x in range(4, line.width(), 8)]
    for place in places:
        point_at(line, place)
        if program.session.state.pointed is not None:
            break
    assert program.session.state.pointed is not None
    QApplication.sendEvent(line, QEvent(QEvent.Type.Leave))
    assert program.session.state.pointed is None
