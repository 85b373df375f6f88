"""A chain with biases in the window: clicked, typed, saved and opened."""

from pathlib import Path

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QCheckBox, QFileDialog

from engine import random_weights
from engine.files.experiment_file import load
from gui.drawing.ink import Stress
from gui.shell.app import Chainstep
from tests.gui.screen import (
    box_at,
    button,
    click,
    complaint,
    drop,
    enter,
    field,
    fields,
    formula,
    hover,
    picture,
    place,
    popups,
    press,
    settle,
    shown_numbers,
    write,
)

pytestmark = popups

# --- the editor ------------------------------------------------------------------------------


def switch(program: Chainstep) -> QCheckBox:
    found = program.window.findChild(QCheckBox, "with biases")
    assert isinstance(found, QCheckBox)
    return found


def flip(program: Chainstep) -> None:
    QTest.mouseClick(
        switch(program), Qt.MouseButton.LeftButton, pos=QPoint(8, switch(program).height() // 2)
    )
    settle()


def test_biases_come_and_go_with_their_switch(program: Chainstep) -> None:
    weights = fields(program, "weights")
    assert not switch(program).isChecked()
    assert fields(program, "biases") == []
    flip(program)
    assert fields(program, "biases") == ["0", "0", "0"]
    assert fields(program, "weights") == weights
    enter(program, "biases[1]", "0.25")
    assert program.session.state.run.experiment.biases == (0.0, 0.25, 0.0)
    click(button(program, "more layers"))
    assert fields(program, "biases") == ["0", "0.25", "0", "0"]
    assert fields(program, "weights") == [*weights, "1"]
    press(program, "Ctrl+Z", "Ctrl+Z")
    assert fields(program, "biases") == ["0", "0", "0"]
    flip(program)
    assert fields(program, "biases") == []
    assert fields(program, "weights") == weights
    press(program, "Ctrl+Z")
    assert switch(program).isChecked()


def test_what_can_not_be_a_bias_is_said_and_goes_with_its_layer(program: Chainstep) -> None:
    flip(program)
    enter(program, "biases[2]", "much")
    assert complaint(program, "biases").startswith("The bias b₃")
    click(button(program, "fewer layers"))
    assert complaint(program, "biases") == ""
    assert program.session.state.run.experiment.biases == (0.0, 0.0)


# --- the window ------------------------------------------------------------------------------


def test_the_chain_gets_the_height_that_biases_need_and_the_plots_get_it_back(
    program: Chainstep,
) -> None:
    window = program.window
    window.resize(1024, 768)
    settle()
    plots, chain = window.plots_dock.height(), window.chain.height()
    flip(program)
    assert window.chain.height() >= chain + 40
    assert window.size().toTuple() == (1024, 768)
    flip(program)
    assert (window.plots_dock.height(), window.chain.height()) == (plots, chain)


def test_a_click_on_the_card_of_a_bias_leads_into_its_field(program: Chainstep) -> None:
    flip(program)
    click(program.window.chain, box_at(program, "b₂"))
    write(program, "0.5")
    press(program, "Return")
    assert fields(program, "biases") == ["0", "0.5", "0"]
    assert shown_numbers(program)["b₂"] == "0.50000"


def test_its_step_lights_the_pill_and_the_card_and_is_said(program: Chainstep) -> None:
    flip(program)
    press(program, *["Right"] * 7)
    assert place(program) == "Epoch 1 of 240 · sample 1 of 2 · step 7 of 19"
    numbers = shown_numbers(program)
    assert numbers["∂L/∂b₃"] == numbers["∂L/∂e"] == "1.0283"
    assert numbers["∂L/∂b₂"] == ""
    assert "Gradient of the bias · layer 3" in formula(program)
    assert "∂L/∂b₃ = ∂L/∂e = 1.0283 = 1.0283" in formula(program)
    stress = {box.symbol: box.stress for box in picture(program.window.chain).boxes}
    assert stress["∂L/∂b₃"] is Stress.RESULT
    assert stress["∂L/∂e"] is Stress.USED
    click(program.window.chain, box_at(program, "∂L/∂b₂"))
    assert place(program).endswith("step 10 of 19")


def test_what_a_bias_is_stands_in_the_tool_tip_of_its_card(program: Chainstep) -> None:
    flip(program)
    chain = program.window.chain
    tip = hover(chain, box_at(program, "b₁"))
    assert tip.startswith("b₁ = 0")
    assert "Click to edit the initial bias." in tip
    press(program, *["Right"] * 13)
    assert "derivative" in hover(chain, box_at(program, "∂L/∂b₁"))


def test_a_random_start_draws_weights_alone(program: Chainstep) -> None:
    flip(program)
    enter(program, "biases[0]", "0.25")
    click(button(program, "random"))
    seed = int(fields(program, "seed")[0])
    assert program.session.state.run.experiment.weights == random_weights(3, seed)
    assert fields(program, "biases") == ["0.25", "0", "0"]


def test_tab_goes_through_weight_and_bias_of_each_layer_in_turn(program: Chainstep) -> None:
    flip(program)
    click(field(program, "weights[0]"))
    met = []
    for _ in range(6):
        focus = QApplication.focusWidget()
        assert focus is not None
        met.append(focus.objectName())
        press(program, "Tab")
    assert met == [f"{row}[{i}]" for i in range(3) for row in ("weights", "biases")]
    places = [field(program, name).mapTo(program.window, QPoint(0, 0)) for name in met]
    assert len({place.x() for place in places}) == 1
    assert [place.y() for place in places] == sorted(place.y() for place in places)
    assert len({field(program, name).width() for name in met}) == 1


def test_a_fault_in_a_bias_keeps_the_text_and_is_told_in_chinese_too(program: Chainstep) -> None:
    flip(program)
    enter(program, "biases[1]", "abc")
    english = complaint(program, "biases")
    program.session.set_look(language="zh_CN")
    settle()
    chinese = complaint(program, "biases")
    assert english.startswith("The bias b₂")
    assert chinese.startswith("偏置 b₂")
    assert fields(program, "biases") == ["0", "abc", "0"]
    assert program.session.state.run.experiment.biases == (0.0,) * 3


def test_biases_are_saved_and_opened_and_kept_by_new_samples(
    program: Chainstep, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    path = tmp_path / "mine.json"
    for name in ("getSaveFileName", "getOpenFileName"):
        monkeypatch.setattr(QFileDialog, name, lambda *_: (str(path), ""))
    flip(program)
    enter(program, "biases[2]", "0.5")
    (tmp_path / "data.csv").write_text("2,3\n4,0.5\n", "utf-8")
    assert drop(program, tmp_path / "data.csv")
    assert fields(program, "samples") == ["2", "3", "4", "0.5"]
    assert fields(program, "biases") == ["0", "0", "0.5"]
    press(program, "Ctrl+S")
    assert load(path).biases == (0.0, 0.0, 0.5)
    press(program, "Ctrl+N")
    assert fields(program, "biases") == []
    assert not switch(program).isChecked()
    press(program, "Ctrl+O")
    assert fields(program, "biases") == ["0", "0", "0.5"]
    assert switch(program).isChecked()
