"""A chain with biases: the panels, plots and the editor show them beside the weights."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from engine import Experiment, Sample
from engine.algorithms import ALGORITHMS
from engine.maps.axes import axes_of
from engine.quantities import Name, Quantity
from gui.drawing.ink import Stress
from gui.language import speech
from gui.panels.chain_rule.picture import ChainRulePicture, RowPicture
from gui.panels.diagnosis.picture.comparison import comparison_picture
from gui.panels.gradient_check.maker import CurveMaker
from gui.panels.gradient_check.picture import check_picture, subject
from gui.panels.gradient_check.picture.curves import curves_picture
from gui.panels.map.picture import axis_name
from gui.panels.numbers.picture.history import Pages, history_table
from gui.panels.numbers.picture.sample import SampleTable
from gui.panels.surface.picture import minima_words, surface_picture
from gui.panels.surface.picture.relief import relief_of
from gui.plots.picture import run_plots
from gui.plots.picture.ends import present_curve
from gui.plots.picture.words import plot_hints, plot_words
from gui.state import State
from tests.engine import oracle
from tests.gui import examples

BIASED = Experiment(biases=(0.1, -0.2, 0.05), epochs=12)
LINE = Experiment((0.5,), (Sample(-1, -1), Sample(0, 1), Sample(1, 3)), 0.1, 60, biases=(0.0,))


def rows(state: State) -> list[RowPicture]:
    picture = ChainRulePicture(state)
    return [picture.row(written) for written in picture.derived.rows]


def texts(state: State) -> dict[str, list[str]]:
    return {row.title: [chip.text for chip in row.chips] for row in rows(state)}


def output(experiment: Experiment, theta: list[float], x: float) -> float:
    """Return the output by arithmetic that is not the engine's."""
    n = len(theta) // 2
    for w, b in zip(theta[:n], theta[n:], strict=True):
        x = oracle.BENT[experiment.activation](w * x + b)[0]
    return x


def slopes(experiment: Experiment, theta: tuple[float, ...], sample: Sample) -> list[float]:
    """Return ∂L/∂θ by differences."""
    found = []
    for k in range(len(theta)):
        up, down = list(theta), list(theta)
        up[k] += 1e-5
        down[k] -= 1e-5
        losses = [(output(experiment, t, sample.x) - sample.target) ** 2 / 2 for t in (up, down)]
        found.append((losses[0] - losses[1]) / 2e-5)
    return found


# --- the chain rule --------------------------------------------------------------------------


def test_each_bias_has_a_row_of_its_own() -> None:
    assert texts(examples.state(BIASED, 19)) == {
        "∂L/∂w₃": ["e − ê", "z"],
        "∂L/∂b₃": ["e − ê"],
        "∂L/∂w₂": ["e − ê", "w₃", "y"],
        "∂L/∂b₂": ["e − ê", "w₃"],
        "∂L/∂w₁": ["e − ê", "w₃", "w₂", "x"],
        "∂L/∂b₁": ["e − ê", "w₃", "w₂"],
    }


def test_an_expansion_brackets_what_a_bias_was_added_to() -> None:
    found = texts(examples.state(BIASED, level="expanded"))
    assert found["∂L/∂w₂"] == ["w₃·(w₂·(w₁·x + b₁) + b₂) + b₃ − ê", "w₃", "w₁·x + b₁"]
    row = next(r for r in rows(examples.state(BIASED, level="expanded")) if r.title == "∂L/∂w₂")
    assert row.sentence == "∂L/∂w₂ = (w₃·(w₂·(w₁·x + b₁) + b₂) + b₃ − ê) · w₃ · (w₁·x + b₁)"
    bent = replace(BIASED, activation="tanh")
    found = texts(examples.state(bent, level="expanded"))
    assert found["∂L/∂b₁"][-1] == "tanh′(w₁·x + b₁)"
    long = replace(BIASED, weights=(0.5,) * 9, biases=(0.5,) * 9)
    found = texts(examples.state(long, level="expanded"))
    assert found["∂L/∂b₉"] == ["w₉·(w₈·( ⋯ w₂·(w₁·a₀ + b₁) + b₂ ⋯ ) + b₈) + b₉ − ê"]


@pytest.mark.parametrize("activation", ["identity", "tanh", "sigmoid"])
def test_every_row_gives_the_slope_of_the_loss(activation: str) -> None:
    experiment = replace(BIASED, activation=activation)
    state = examples.state(experiment, 2 * 19)
    moment = state.moment
    expected = slopes(experiment, moment.theta_before, Sample(moment.x, moment.target))
    by_title = {row.title: row.value for row in rows(state)}
    names = [f"∂L/∂{letter}{i}" for letter in "wb" for i in "₁₂₃"]
    for name, slope in zip(names, expected, strict=True):
        assert float(by_title[name].replace("−", "-")) == pytest.approx(slope, rel=2e-4)


def test_the_row_of_the_step_and_what_it_takes_in() -> None:
    experiment = replace(BIASED, activation="tanh")
    present = []
    for index in range(20, 39):
        found = [row for row in rows(examples.state(experiment, index)) if row.present]
        present += [row.title for row in found]
        for row in found:
            if examples.state(experiment, index).moment.phase == "gradient":
                assert row.chips[-1].stress is Stress.RESULT
    by = [f"∂L/∂{letter}{i}" for i in "₃₂₁" for letter in "wb"]
    # The seed, the gradients of each layer and what is passed to the next, the updates.
    backward = [by[0], *by[0:2], by[2], *by[2:4], by[4], *by[4:6]]
    assert present == [*backward, *by]


# --- the numbers -----------------------------------------------------------------------------


@pytest.mark.parametrize("algorithm", ALGORITHMS)
@pytest.mark.parametrize("activation", ["identity", "tanh"])
def test_the_numbers_of_a_sample(algorithm: str, activation: str) -> None:
    experiment = replace(BIASED, algorithm=algorithm, activation=activation)
    for index in range(20, 39):
        state = examples.state(experiment, index)
        table, moment = SampleTable(state), state.moment
        assert table.present is not None
        assert moment.computation is not None
        assert table.numbers[table.present].value == moment.computation.result.value
        found = {(row.entry.name, row.value) for row in table.numbers}
        for *name, value in moment.computation.operands:
            assert (tuple(name), value) in found


def test_what_the_numbers_are_called() -> None:
    table = SampleTable(examples.state(BIASED, 38))
    by = {table.cell(row, 0).text: table.cell(row, 1).text for row in range(table.rows)}
    assert by["b₂"] == "bias"
    assert by["∂L/∂b₂"] == "gradient of the bias"
    assert by["new b₂"] == "new bias"
    words = [line.split(",")[0] for line in table._csv_lines()]
    assert {"bias", "bias_gradient", "new_bias"} <= set(words)


def test_the_history_has_the_columns_of_the_exported_table() -> None:
    state = examples.state(BIASED, 38)
    table = history_table(state, Pages(state.run))
    heads = [table.heading(column) for column in range(table.columns)]
    assert heads[3:] == [
        *("x", "ê", "e", "L", "w₁", "w₂", "w₃", "∂L/∂w₁", "∂L/∂w₂", "∂L/∂w₃"),
        *("b₁", "b₂", "b₃", "∂L/∂b₁", "∂L/∂b₂", "∂L/∂b₃"),
    ]
    lines = [line.strip().split(",") for line in table.export().lines]
    assert lines[0][-6:] == ["b1", "b2", "b3", "h1", "h2", "h3"]
    for row in (0, 5, 23):
        for column in range(3, table.columns):
            shown = table.cell(row, column)
            assert shown.number == float(lines[row + 1][column]), (row, column)
    assert table.heading_hint(heads.index("b₁")) == "the bias before this update"


# --- the gradient check ----------------------------------------------------------------------


def test_each_bias_is_checked(qtbot: object) -> None:
    del qtbot  # a timer needs the application
    state = examples.state(replace(BIASED, activation="tanh"), 19)
    picture = check_picture(state)
    assert [row.symbol for row in picture.rows] == ["w₃", "b₃", "w₂", "b₂", "w₁", "b₁"]
    assert {row.sign for row in picture.rows} == {"✓"}
    assert picture.rows[1].copied.startswith("b3\t")
    assert picture.subject.endswith("the parameters before its update")
    lit = replace(state, pointed=Name(Quantity.BIAS_GRADIENT, 2))
    assert check_picture(lit).lit == (Quantity.BIAS, 2)
    lines = curves_picture(state, CurveMaker().curves(subject(state))).lines
    assert [(line.symbol, line.dashed) for line in lines] == [
        *(("w₁", False), ("w₂", False), ("w₃", False)),
        *(("b₁", True), ("b₂", True), ("b₃", True)),
    ]


def test_a_mistake_in_the_weights_alone_is_told_by_their_names() -> None:
    state = examples.state(replace(BIASED, algorithm="own_output"), 19)
    signs = {row.symbol: row.sign for row in check_picture(state).rows}
    assert {symbol for symbol, sign in signs.items() if sign == "✗"} == {"w₁", "w₂", "w₃"}
    assert "wrong at w₁–w₃;" in check_picture(state).findings[0]


# --- surface, map, plots, comparison ---------------------------------------------------------


def test_a_surface_over_weight_and_bias() -> None:
    state = examples.state(LINE, 7 * 180)
    picture = surface_picture(state)
    assert picture.axes == ("w₁", "b₁")
    assert picture.choices == ("w₁", "b₁")
    for update, point in zip(picture.path.updates.tolist(), picture.path.points, strict=True):
        assert tuple(point) == state.run.theta_before(update)
    relief = relief_of(picture.surface, picture.frame, picture.scale, (0.2, 0.05), picture.path)
    assert minima_words(state, picture, relief).startswith("Minima: inside the thick line")
    assert relief.minima.mean(axis=(0, 1)) == pytest.approx((2.0, 1.0), abs=0.05)
    chosen = surface_picture(examples.state(BIASED, surface=("b2", "w3")))
    assert chosen.axes == ("b₂", "w₃")
    assert chosen.now == (-0.2, -0.52133)
    assert "the other parameters" in chosen.intro


@given(st.permutations(["w1", "w2", "w3", "b1", "b2", "b3"]), st.sampled_from(["tanh", "relu"]))
def test_any_two_parameters_have_a_surface(names: list[str], activation: str) -> None:
    experiment = replace(BIASED, activation=activation, epochs=2)
    picture = surface_picture(examples.state(experiment, 19, surface=tuple(names[:2])))
    assert picture.axes == tuple(n[0] + "₀₁₂₃"[int(n[1])] for n in names[:2])
    left, right, low, high = picture.frame
    assert left < picture.now[0] < right
    assert low < picture.now[1] < high


def test_a_map_can_go_over_a_bias() -> None:
    said = [axis_name(name, speech("en")) for name in axes_of(BIASED)]
    assert said[:6] == ["w₁", "w₂", "w₃", "b₁", "b₂", "b₃"]


def test_the_plot_has_a_curve_for_each_bias_of_its_layers_colour() -> None:
    state = examples.state(BIASED, 38)
    curves = run_plots(state.run).weights.curves
    assert [curve.name for curve in curves] == ["w₁", "w₂", "w₃", "b₁", "b₂", "b₃"]
    assert [curve.colour % 7 for curve in curves] == [0, 1, 2] * 2
    assert len({curve.colour for curve in curves}) == 6
    assert [float(curve.y[-1]) for curve in curves] == list(state.run.final_theta)
    assert plot_words(state).weights == "Weights · Biases"
    assert "b₁ … b₃: the bias of each layer after every update" in plot_hints(state)["weights"]
    pointed = replace(state, pointed=Name(Quantity.BIAS_GRADIENT, 2))
    assert present_curve(pointed, "weights") == curves[4].colour


def test_a_bias_that_only_one_run_has_is_compared_with_nothing() -> None:
    plain = replace(BIASED, biases=())
    state = replace(examples.state(BIASED), reference=examples.run(plain))
    differences = comparison_picture(state).differences
    assert [(pair.name, pair.kept, pair.now) for pair in differences] == [
        *(("b₁", "–", "0.1"), ("b₂", "–", "−0.2"), ("b₃", "–", "0.05"))
    ]
