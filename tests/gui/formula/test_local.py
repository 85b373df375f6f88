"""The local derivative under the formula: true, unfolded by mouse and key, kept, and covered."""

from dataclasses import replace

import pytest
from PySide6.QtWidgets import QLabel
from pytestqt.qtbot import QtBot

from engine import Experiment, Phase
from engine.quantities import Name, Quantity
from gui.formula.picture import FormulaPicture, formula_picture
from gui.formula.shown import LocalFold
from gui.shell.app import Chainstep
from gui.shell.keeping.views import views_content, views_from
from gui.state import State
from tests.gui import examples
from tests.gui.reading import evaluated
from tests.gui.screen import button, click, press

every_kind = pytest.mark.parametrize("experiment", examples.KINDS, ids=examples.name)


def unfolded(state: State) -> FormulaPicture:
    return formula_picture(replace(state, views=(LocalFold(unfolded=True),)))


def texts(picture: FormulaPicture) -> list[str]:
    return ["".join(piece.text for piece in row) for row in picture.local]


def test_the_article_reads_as_on_the_blackboard() -> None:
    rows = [texts(unfolded(examples.state(Experiment(), index))) for index in range(1, 9)]
    assert rows[0] == ["From y = w₁ · x follows ∂y/∂w₁ = x"]
    assert rows[2] == ["From e = w₃ · z follow ∂e/∂w₃ = z and ∂e/∂z = w₃"]
    assert rows[3] == rows[4] == ["∂L/∂e = e − ê, because L = ½(e − ê)²"]
    assert rows[5] == ["∂L/∂w₃ = ∂L/∂e · ∂e/∂w₃", "∂e/∂w₃ = z = −0.054359, because e = w₃ · z"]
    assert rows[6] == ["∂L/∂z = ∂L/∂e · ∂e/∂z", "∂e/∂z = w₃ = −0.52133, because e = w₃ · z"]


def test_with_an_activation_it_has_the_slope() -> None:
    experiment = Experiment(activation="tanh", biases=(0.1, 0.2, 0.3))
    _, because = texts(unfolded(examples.state(experiment, 6)))
    assert because.startswith("∂e/∂w₃ = tanh′(w₃·z + b₃) · z = ")
    assert because.endswith(", because e = tanh(w₃ · z + b₃)")
    bias = texts(unfolded(examples.state(experiment, 7)))
    assert bias[0] == "∂L/∂b₃ = ∂L/∂e · ∂e/∂b₃"
    linear = replace(experiment, activation="identity")
    assert "∂e/∂b₃ = 1, because" in texts(unfolded(examples.state(linear, 7)))[1]


@every_kind
def test_every_step_has_one_and_its_numbers_are_true(experiment: Experiment) -> None:
    for index in range(1, examples.steps(experiment) + 1):
        rows = texts(unfolded(examples.state(experiment, index)))
        assert rows
        if examples.state(experiment, index).moment.phase not in (Phase.GRADIENT, Phase.PASS_ON):
            continue
        sides = rows[-1].split(", because")[0].split(" = ")[2:]
        for side in sides:
            assert evaluated(side, 5).meets(evaluated(sides[-1], 5)), rows


def test_a_mistake_is_called_one() -> None:
    experiment = Experiment(activation="tanh", algorithm="no_local_derivative")
    says = "this algorithm computes something else"
    assert says in texts(unfolded(examples.state(experiment, 6)))[0]
    right = replace(experiment, algorithm="backprop")
    assert says not in "".join(texts(unfolded(examples.state(right, 6))))


def test_covered_numbers_stay_covered() -> None:
    state = examples.state(Experiment(), 6)
    covered = replace(state, covered=frozenset({Name(Quantity.OUTPUT, 2)}))
    assert "∂e/∂w₃ = z = ?, because e = w₃ · z" in texts(unfolded(covered))
    assert texts(unfolded(replace(state, secret=True))) == []


def test_it_is_unfolded_by_key_and_by_mouse_and_kept(program: Chainstep, qtbot: QtBot) -> None:
    local = program.window.findChild(QLabel, "local derivative")
    assert local is not None
    program.session.seek(6)
    low = program.window.formula.height()
    assert not local.isVisible()
    press(program, "Ctrl+D")
    qtbot.waitUntil(local.isVisible)
    assert "because" in local.text()
    assert "∂e/∂w₃ = z" in program.window.formula.sentence
    assert program.window.formula.minimumHeight() > 76 or program.window.formula.height() > low
    views = program.session.state.views
    assert views_from(views_content(views)) == views
    click(button(program, "fold local derivative"))
    assert not local.isVisible()
    assert "because" not in program.window.formula.sentence
    click(button(program, "fold local derivative"))
    assert local.isVisible()
