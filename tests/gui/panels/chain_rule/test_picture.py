"""gui.panels.chain_rule.picture: what the chain-rule panel says is true at every step."""

import math
import re
from dataclasses import replace

import pytest

from engine import Experiment, Phase, Sample, random_weights
from engine.chain_rule.multiplications import count
from engine.quantities import Name, Quantity
from gui.drawing.ink import Ink, Stress
from gui.language.numbers import POINT, given, rounded
from gui.panels.chain_rule.picture import ChainRulePicture, Chip, RowPicture
from gui.panels.chain_rule.picture.cost import LONGEST, SAMPLED, cost_picture, wanted
from gui.panels.chain_rule.picture.factors import LEVELS
from gui.state import State
from tests.engine import oracle
from tests.engine.chains import ACTIVATIONS, ALGORITHMS
from tests.gui import examples
from tests.gui.reading import evaluated

every_kind = pytest.mark.parametrize("experiment", examples.KINDS, ids=examples.name)
every_level = pytest.mark.parametrize("level", LEVELS)


def rows(state: State) -> list[RowPicture]:
    picture = ChainRulePicture(state)
    return [picture.row(written) for written in picture.derived.rows]


def chips(state: State) -> list[Chip]:
    return [chip for row in rows(state) for chip in row.chips]


def steps(experiment: Experiment) -> range:
    """Return the moments of the second sample: its weights are not the initial ones any more."""
    n = examples.steps(experiment)
    return range(n, 2 * n + 1)


def texts(experiment: Experiment, level: str) -> list[list[str]]:
    return [
        [chip.text for chip in row.chips] for row in rows(examples.state(experiment, level=level))
    ]


# --- what is written ------------------------------------------------------------------------


def test_the_three_levels_of_the_article() -> None:
    experiment = Experiment()
    assert texts(experiment, "derivatives") == [
        ["∂L/∂e", "∂e/∂w₃"],
        ["∂L/∂e", "∂e/∂z", "∂z/∂w₂"],
        ["∂L/∂e", "∂e/∂z", "∂z/∂y", "∂y/∂w₁"],
    ]
    assert texts(experiment, "symbols") == [
        ["e − ê", "z"],
        ["e − ê", "w₃", "y"],
        ["e − ê", "w₃", "w₂", "x"],
    ]
    assert texts(experiment, "expanded") == [
        ["w₃·w₂·w₁·x − ê", "w₂·w₁·x"],
        ["w₃·w₂·w₁·x − ê", "w₃", "w₁·x"],
        ["w₃·w₂·w₁·x − ê", "w₃", "w₂", "x"],
    ]


def test_a_slope_is_a_factor_of_its_own() -> None:
    experiment = Experiment((0.5, 0.25), activation="tanh")
    assert texts(experiment, "derivatives")[1] == [
        "∂L/∂a₂",
        "∂a₂/∂(w₂·a₁)",
        "∂(w₂·a₁)/∂a₁",
        "∂a₁/∂(w₁·a₀)",
        "∂(w₁·a₀)/∂w₁",
    ]
    assert texts(experiment, "symbols")[1] == [
        "a₂ − ê",
        "tanh′(w₂·a₁)",
        "w₂",
        "tanh′(w₁·a₀)",
        "a₀",
    ]
    assert texts(experiment, "expanded")[1] == [
        "tanh(w₂·tanh(w₁·a₀)) − ê",
        "tanh′(w₂·tanh(w₁·a₀))",
        "w₂",
        "tanh′(w₁·a₀)",
        "a₀",
    ]


@pytest.mark.parametrize("activation", ACTIVATIONS)
@pytest.mark.parametrize("layers", [1, 5, 12, 64])
def test_an_expansion_has_only_weights_the_input_and_the_target(
    layers: int, activation: str
) -> None:
    name = {"relu": "ReLU", "leaky_relu": "LReLU"}.get(activation, activation)
    for row in texts(examples.experiment(layers, activation, "backprop"), "expanded"):
        for text in row:
            if "factors" in text:
                continue
            rest = re.sub(rf"{name}′?(?=\()|w[₀-₉]+|a₀|ê|[·−⋯() ]", "", text)
            assert rest == ""
            assert text.count("(") == text.count(")")


@every_kind
@every_level
def test_the_numbers_of_a_row_give_its_value(experiment: Experiment, level: str) -> None:
    for row in rows(examples.state(experiment, steps(experiment)[-1], level=level)):
        *_, numbers, value = row.sentence.split(" = ")
        assert evaluated(numbers, 5).meets(evaluated(value, 5)), row.sentence


def test_a_long_row_leaves_its_middle_out_but_not_its_number() -> None:
    experiment = replace(examples.experiment(64, "tanh", "backprop"), epochs=1)
    last = steps(experiment)[-1]
    for row in rows(examples.state(experiment, last)):
        assert len(row.chips) <= 12
        *_, numbers, value = row.sentence.split(" = ")
        assert evaluated(numbers, 5).meets(evaluated(value, 5)), row.sentence
    hidden = row.chips[3]
    assert hidden.text == f"⋯ {1 + 2 * 63 + 2 - 7} factors ⋯"
    assert hidden.stress is Stress.USED
    # Nothing is lost: the tool tip has them all.
    product, value = hidden.hint.split(" = ")
    factors = re.split(r" · ?\n?", product)
    assert factors[:2] == ["tanh′(w₆₃·a₆₂)", "w₆₃"]
    assert len(factors) == hidden.factor.left_out
    assert rounded(float(value.replace("−", "-")), 5, POINT) == hidden.number


@every_kind
def test_the_same_mark_is_the_same_number_and_the_other_way_round(experiment: Experiment) -> None:
    by_mark: dict[str, set[tuple[object, ...]]] = {}
    seen: dict[tuple[object, ...], list[str]] = {}
    for row in rows(examples.state(experiment, steps(experiment)[-1])):
        for chip in row.chips:
            if not chip.factor.left_out:
                seen.setdefault(chip.factor.names, []).append(chip.factor.mark)
            if chip.factor.mark:
                by_mark.setdefault(chip.factor.mark, set()).add(chip.factor.names)
    assert all(len(names) == 1 for names in by_mark.values())
    assert all(len(set(marks)) == 1 for marks in seen.values())
    if experiment.layers == 3:
        # In a chain that is shown whole, exactly those that stand in several rows have one.
        assert all(bool(marks[0]) == (len(marks) > 1) for marks in seen.values())


# --- what is known, and how far the backward pass is ----------------------------------------


def true_number(state: State, chip: Chip) -> tuple[bool, str]:
    """Return whether a factor is known at a moment, and what it shows then."""
    experiment, moment, digits = state.run.experiment, state.moment, state.look.digits
    (name,) = chip.factor.names
    i, n = name.layer, experiment.layers
    forward = min(moment.position, n)
    a, z = [moment.x], [math.nan]
    for w in moment.weights_before:
        z.append(w * a[-1])
        a.append(oracle.BENT[experiment.activation](z[-1])[0])
    match name.quantity:
        case Quantity.UPSTREAM:
            return moment.position >= n + 2, rounded(a[n] - moment.target, digits, POINT)
        case Quantity.WEIGHT:
            return True, rounded(moment.weights_before[i - 1], digits, POINT)
        case Quantity.DERIVATIVE:
            slope = oracle.BENT[experiment.activation](z[i])[1]
            return forward >= i, rounded(slope, digits, POINT)
        case _:
            text = given(a[0], digits, POINT) if i == 0 else rounded(a[i], digits, POINT)
            return forward >= i, text


@every_level
@pytest.mark.parametrize("activation", ["identity", "tanh"])
def test_no_number_is_shown_before_it_is_known(activation: str, level: str) -> None:
    experiment = Experiment(activation=activation)
    for index in steps(experiment):
        state = examples.state(experiment, index, level=level)
        for chip in chips(state):
            known, number = true_number(state, chip)
            assert chip.number == (number if known else "")
            assert (chip.stress is Stress.EMPTY) == (not known)
            assert known or not re.search(r"\d\.\d", chip.hint)


def test_the_backward_pass_lights_the_factors_up_one_by_one() -> None:
    experiment = Experiment(activation="tanh")
    lit: set[object] = set()
    for index in range(14):
        state = examples.state(experiment, index)
        found = chips(state)
        now = {c.factor.names for c in found if c.stress >= Stress.USED}
        fresh = {c.factor.names[0] for c in found if c.stress is Stress.RESULT}
        assert lit <= now
        operands = state.moment.computation.operands if state.moment.computation else ()
        match state.moment.phase:
            case Phase.SEED:
                assert fresh == {(Quantity.UPSTREAM, 3)}
            case Phase.GRADIENT | Phase.PASS_ON:
                # All that the step multiplies the public derivative by.
                assert fresh == {(term.quantity, term.layer) for term in operands[1:]}
            case _:
                assert not fresh
        lit = now
    assert lit == {c.factor.names for c in found}


def test_the_row_of_the_step() -> None:
    experiment = Experiment()
    present = [
        [row.name.layer for row in rows(examples.state(experiment, index)) if row.present]
        for index in range(14)
    ]
    assert present == [*[[]] * 5, [3], [3], [2], [2], [1], [1], [3], [2], [1]]


# --- algorithms that go wrong ---------------------------------------------------------------


@pytest.mark.parametrize("activation", ["identity", "sigmoid"])
@pytest.mark.parametrize("algorithm", ALGORITHMS)
def test_another_algorithm_gets_something_else_and_the_panel_says_so(
    algorithm: str, activation: str
) -> None:
    experiment = Experiment(algorithm=algorithm, activation=activation)
    for index in steps(experiment):
        state = examples.state(experiment, index)
        moment = state.moment
        _, slopes = oracle.tape_gradients(
            moment.weights_before, moment.x, moment.target, activation
        )
        assert (ChainRulePicture(state).words().slip == "") == (algorithm == "backprop")
        for row in rows(state):
            gradient = moment.gradients[row.name.layer - 1]
            if gradient is None:
                assert (row.value, row.other) == ("", "")
                continue
            slope = slopes[row.name.layer - 1]
            assert float(row.value.replace("−", "-")) == pytest.approx(slope, rel=1e-4)
            differs = gradient != pytest.approx(slope, rel=1e-9)
            own = f"g{'₀₁₂₃'[row.name.layer]} = {rounded(gradient, 5, POINT)}"
            assert row.other == (own if differs else "")


@pytest.mark.parametrize(
    ("algorithm", "left_out"),
    [
        ("backprop", []),
        ("sign_flipped", []),
        ("no_local_derivative", [Quantity.DERIVATIVE]),
        ("own_output", [Quantity.OUTPUT]),
        ("in_place", [Quantity.WEIGHT]),
        ("front_to_back", [Quantity.DERIVATIVE, Quantity.WEIGHT, Quantity.OUTPUT]),
    ],
)
def test_what_an_algorithm_does_not_multiply_by_stays_dark(
    algorithm: str, left_out: list[Quantity]
) -> None:
    experiment = Experiment(activation="tanh", algorithm=algorithm)
    for index in range(10, 14):
        for chip in chips(examples.state(experiment, index)):
            dark = chip.factor.names[0].quantity in left_out
            assert not dark or chip.stress is Stress.KNOWN
            assert dark or index < 13 or chip.stress is not Stress.KNOWN


# --- pointing -------------------------------------------------------------------------------


def test_pointing_at_a_factor_lights_it_up_in_every_row() -> None:
    state = examples.state(Experiment(), 8)
    for chip in chips(state):
        pointed = replace(state, pointed=chip.name)
        for other in chips(pointed):
            assert other.lit == (other.name == chip.name)
    assert not any(chip.lit for chip in chips(state))


def test_pointing_at_a_public_derivative_lights_up_what_it_is_made_of() -> None:
    state = replace(examples.state(Experiment(), 8), pointed=Name(Quantity.UPSTREAM, 2))
    lit = [[chip.text for chip in row.chips if chip.lit] for row in rows(state)]
    assert lit == [[], ["e − ê", "w₃"], ["e − ê", "w₃"]]


def test_pointing_at_a_gradient_lights_up_its_row() -> None:
    state = replace(examples.state(Experiment(), 8), pointed=Name(Quantity.GRADIENT, 2))
    assert [row.name for row in rows(state) if row.lit] == [(Quantity.WEIGHT, 2)]


def test_pointing_reaches_into_the_middle_of_a_long_row() -> None:
    experiment = examples.experiment(64, "identity", "backprop")
    state = replace(examples.state(experiment, 200), pointed=Name(Quantity.WEIGHT, 40))
    lit = [[chip.text for chip in row.chips if chip.lit] for row in rows(state)]
    assert lit[0] == []
    assert lit[-1] == ["⋯ 58 factors ⋯"]


def test_what_is_passed_from_front_to_back_is_no_public_derivative() -> None:
    state = examples.state(Experiment(algorithm="front_to_back"), 8)
    assert rows(state)[0].chips[0].name is None
    assert not any(c.lit for c in chips(replace(state, pointed=Name(Quantity.UPSTREAM, 3))))


# --- everything else ------------------------------------------------------------------------


@pytest.mark.parametrize("algorithm", ALGORITHMS)
@pytest.mark.parametrize("activation", ACTIVATIONS)
def test_any_run_can_be_shown(activation: str, algorithm: str) -> None:
    for experiment in (
        Experiment((3.0, 3.0), learning_rate=1.0, activation=activation, algorithm=algorithm),
        Experiment((0.5,), epochs=0, activation=activation, algorithm=algorithm),
        Experiment((1e200, 1e200), (Sample(1e200, 0.0),), epochs=2, activation=activation),
    ):
        last = examples.state(experiment).last
        for index in {0, last // 3, last // 2, last}:
            for level in LEVELS:
                state = examples.state(experiment, index, level=level)
                assert len(rows(state)) == experiment.layers
                assert ChainRulePicture(state).words().agreement


def test_the_agreement_is_said_once_it_is_seen() -> None:
    said = [ChainRulePicture(examples.state(Experiment(), i)).words().agreement for i in range(14)]
    assert len(set(said[:6])) == 1
    assert set(said[6:]) == {"All three forms give exactly the same gradients."}


def test_colours_say_what_is_passed_on() -> None:
    for row in rows(examples.state(Experiment(activation="tanh"), 8)):
        inks = [chip.factor.ink for chip in row.chips]
        assert inks == [*[Ink.BACKWARD] * (len(inks) - 2), Ink.TEXT, Ink.FORWARD]


def test_until_there_is_a_loss_what_is_given_looks_as_if_nothing_were_computed() -> None:
    experiment = Experiment(activation="tanh")
    for index in range(14):
        state = examples.state(experiment, index)
        for chip in chips(state):
            forward = chip.factor.names[0].quantity is Quantity.OUTPUT
            since = 1 if forward else 4
            assert (chip.ink is Ink.MUTED) == (index < since)
            assert index < since or chip.ink is chip.factor.ink


def test_nobody_says_that_numbers_that_ran_away_are_the_same() -> None:
    state = examples.state(examples.DIVERGING, examples.state(examples.DIVERGING).last)
    assert any(row.value == "NaN" for row in rows(state))
    assert "same gradients" not in ChainRulePicture(state).words().agreement


# --- cost -----------------------------------------------------------------------------------


def test_the_table_of_costs() -> None:
    state = examples.state(Experiment(), count_layers=100)
    picture = cost_picture(state, {n: count(n) for n in (3, 100, LONGEST)})
    assert [row.layers for row in picture.rows] == ["3 (now)", "100"]
    assert [row.numbers for row in picture.rows] == [
        ("9", "6", "5"),
        ("10\u202f000", "5\u202f050", "199"),
    ]
    assert [row.saved for row in picture.rows] == ["17\u202f%", "96\u202f%"]
    assert [curve.here for curve in picture.curves] == [10_000, 5050, 199]
    assert picture.most == LONGEST**2


@pytest.mark.parametrize("layers", [1, 3, 5])
@pytest.mark.parametrize("activation", ["identity", "tanh"])
def test_what_is_known_before_has_the_name_it_has_in_the_rows(layers: int, activation: str) -> None:
    state = examples.state(examples.experiment(layers, activation, "backprop"))
    seed = rows(state)[0].chips[0].text
    assert seed in cost_picture(state, {layers: count(layers)}).note


def test_the_cost_of_the_chain_in_a_line() -> None:
    picture = cost_picture(examples.state(Experiment()), {3: count(3)})
    assert picture.summary == "expanded: 9 · written out: 6 · backprop: 5"


def test_nothing_is_shown_before_it_is_counted() -> None:
    state = examples.state(Experiment(activation="relu"), count_layers=40)
    picture = cost_picture(state, {3: count(3, "relu")})
    assert [row.numbers for row in picture.rows] == [("15", "12", "8"), ("", "", "")]
    assert picture.most == 0
    assert [curve.here for curve in picture.curves] == [None] * 3


def test_the_chain_itself_is_counted_first() -> None:
    experiment = replace(Experiment(), weights=random_weights(5, 0))
    state = examples.state(experiment, count_layers=77)
    assert wanted(state)[:2] == (5, 77)
    assert set(SAMPLED) < {*wanted(state)}
    assert cost_picture(examples.state(Experiment(), count_layers=999), {}).layers == LONGEST


def test_a_row_is_never_that_of_the_other_zero() -> None:
    hints = []
    for zero in (0.0, -0.0, 0.0):
        experiment = Experiment((0.5,), (Sample(zero, 1.0),), epochs=1)
        state = examples.state(experiment, experiment.layers * 4 + 1, level="symbols")
        hints.append([chip.hint for chip in chips(state)])
    assert hints[0] == hints[2] != hints[1]
