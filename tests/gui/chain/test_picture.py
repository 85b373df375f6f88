"""gui.chain.picture: nothing overlaps, nothing is stale, and clicks lead where they promise."""

import re
from dataclasses import replace
from functools import lru_cache
from itertools import combinations, product

import pytest

from engine import Experiment, Phase
from engine.moment import length
from engine.parameters import BIAS, WEIGHT
from engine.quantities import Name, Quantity
from engine.steps import position_of
from gui.chain.picture import ChainPicture, chain_picture
from gui.chain.picture.layout import lowest_height
from gui.chain.picture.paths import thickness
from gui.drawing.ink import Arrow, Box, Ink, Stress
from gui.language.numbers import POINT, rounded
from gui.state import State
from gui.state.intents import EditParameter, Seek
from gui.words import symbols
from tests.gui import examples, reading

every_kind = pytest.mark.parametrize("experiment", examples.KINDS, ids=examples.name)
SIZES = [(300, 200), (700, 336), (1100, 420), (2600, 900)]


def picture_of(state: State) -> ChainPicture:
    return chain_picture(state, 900, 400)


def every_state(experiment: Experiment) -> list[State]:
    last = length(examples.run(experiment))
    return [examples.state(experiment, index) for index in range(last + 1)]


def sides(box: Box) -> tuple[float, float, float, float]:
    return (
        box.x - box.width / 2,
        box.y - box.height / 2,
        box.x + box.width / 2,
        box.y + box.height / 2,
    )


def overlap(one: Box, other: Box) -> bool:
    left, top, right, bottom = sides(one)
    left2, top2, right2, bottom2 = sides(other)
    return left < right2 and left2 < right and top < bottom2 and top2 < bottom


def named(picture: ChainPicture) -> dict[str, Box]:
    return {box.symbol: box for box in picture.boxes}


@lru_cache(maxsize=1000)
def boxes_at(experiment: Experiment, index: int) -> dict[str, Box]:
    return named(picture_of(examples.state(experiment, index)))


# --- where things stand --------------------------------------------------------------------


@pytest.mark.parametrize("size", SIZES)
@pytest.mark.parametrize("activation", ["identity", "tanh"])
@pytest.mark.parametrize("biased", [False, True])
def test_nothing_overlaps(size: tuple[int, int], activation: str, biased: bool) -> None:  # noqa: FBT001
    parameters = 2 if biased else 1
    for n in (*range(1, 13), 20, 33, 48, 64):
        experiment = examples.experiment(n, activation, "backprop", biased=biased)
        last = examples.steps(experiment)
        # The updates have a former number, and an arrow more.
        for index in (0, n + 1, 2 * n + 3, last - 1, last):
            picture = chain_picture(examples.state(experiment, index), *size)
            assert picture.width >= size[0] - 1e-6
            assert picture.height == max(size[1], lowest_height(parameters))
            assert len(picture.boxes) == 2 * n + 2 + 2 * n * parameters
            boxes = sorted(picture.boxes, key=lambda box: box.x)
            for i, one in enumerate(boxes):
                near = (o for o in boxes[i + 1 :] if o.x - one.x < 260)
                assert not [o.symbol for o in near if overlap(one, o)], one.symbol
                left, top, right, bottom = sides(one)
                assert 0 <= left < right <= picture.width
                assert 0 <= top < bottom <= picture.height


@pytest.mark.parametrize("size", SIZES)
@every_kind
def test_labels_stand_clear_of_the_boxes(experiment: Experiment, size: tuple[int, int]) -> None:
    for index in range(examples.steps(experiment) + 1):
        picture = chain_picture(examples.state(experiment, index), *size)
        labels = [arrow.label_at for arrow in picture.arrows if arrow.label]
        labels += [(caption.x, caption.y) for caption in picture.captions]
        for x, y in labels:
            assert 0 <= x <= picture.width
            assert 0 <= y <= picture.height
            for box in picture.boxes:
                left, top, right, bottom = sides(box)
                assert not (left < x < right and top < y < bottom), (box.symbol, index)
        assert len({*labels}) == len(labels)
        for one, other in combinations(labels, 2):
            assert abs(one[0] - other[0]) > 20 or abs(one[1] - other[1]) >= 12


@every_kind
def test_what_moves_crosses_the_rail_clear_of_its_head_and_its_label(
    experiment: Experiment,
) -> None:
    for state in every_state(experiment):
        picture = picture_of(state)
        moving = [arrow for arrow in picture.arrows if arrow.dotted and arrow.curved]
        rails = [a for a in picture.arrows if a.ink is Ink.BACKWARD and is_level(a)]
        for rail, path in product(rails, moving):
            (start, _), (tip, y) = rail.points
            assert path.points[-2][1] < y, "on the level of the rail it falls straight"
            x = path.points[-1][0]
            if min(start, tip) < x < max(start, tip):
                assert abs(x - tip) > 16
                assert abs(x - rail.label_at[0]) > 12


def is_level(arrow: Arrow) -> bool:
    return len(arrow.points) == 2 and arrow.points[0][1] == arrow.points[1][1]


@every_kind
def test_arrows_stay_in_the_scene_and_the_columns_rise(experiment: Experiment) -> None:
    for state in every_state(experiment):
        picture = picture_of(state)
        points = [point for arrow in picture.arrows for point in arrow.points]
        points += [point for token in picture.tokens for point in token.path]
        assert all(0 <= x <= picture.width and 0 <= y <= picture.height for x, y in points)
        neurons = [box.x for box in picture.boxes if box.kind == "circle"]
        assert neurons == sorted(neurons)
        assert 0 <= picture.focus <= picture.width


def test_the_layout_is_that_of_the_run_not_of_the_step() -> None:
    places = {
        tuple((box.x, box.y, box.width, box.height) for box in picture_of(state).boxes)
        for state in every_state(examples.KINDS[0])
    }
    assert len(places) == 1


# --- colours -------------------------------------------------------------------------------

MOVING = {
    None: [],
    Phase.FORWARD: [Ink.FORWARD],
    Phase.LOSS: [Ink.FORWARD],
    Phase.SEED: [Ink.BACKWARD],
    Phase.GRADIENT: [Ink.FORWARD, Ink.BACKWARD],
    Phase.PASS_ON: [Ink.BACKWARD],
    Phase.UPDATE: [Ink.GRADIENT],
}
"""What moves in each step has the colour of what it is: an output, a derivative, a gradient."""


@every_kind
def test_what_moves_has_the_colour_of_the_number_it_is(experiment: Experiment) -> None:
    for state in every_state(experiment):
        picture = picture_of(state)
        expected = MOVING[state.moment.phase]
        if state.moment.step and state.moment.step.result.quantity is Quantity.BIAS_GRADIENT:
            expected = [Ink.BACKWARD]  # no output enters it
        assert [token.ink for token in picture.tokens] == expected
        if state.moment.phase is Phase.UPDATE:
            (token,) = picture.tokens
            gradients = {*state.moment.gradients, *state.moment.bias_gradients}
            assert token.number in {rounded(g, 5, POINT) for g in gradients if g is not None}


# --- what is known -------------------------------------------------------------------------


@every_kind
def test_what_is_not_known_is_an_empty_outline(experiment: Experiment) -> None:
    n = experiment.layers
    for state in every_state(experiment):
        moment, boxes = state.moment, named(picture_of(state))
        values: dict[str, float | None] = {f"L = ½({symbols.output(n, n)} − ê)²": moment.loss}
        values |= {symbols.output(i, n): v for i, v in enumerate(moment.outputs)}
        values |= {symbols.weight(i): v for i, v in enumerate(moment.weights, start=1)}
        values |= {
            symbols.gradient(i, experiment): v for i, v in enumerate(moment.gradients, start=1)
        }
        values |= {
            symbols.upstream(i, experiment): v for i, v in enumerate(moment.upstreams, start=1)
        }
        if experiment.biases:
            letter = "∂L/∂b" if experiment.algorithm == "backprop" else "h"
            values |= {f"b{symbols.subscript(i)}": v for i, v in enumerate(moment.biases, 1)}
            values |= {
                f"{letter}{symbols.subscript(i)}": v for i, v in enumerate(moment.bias_gradients, 1)
            }
        assert set(values) == set(boxes)
        for symbol, value in values.items():
            box = boxes[symbol]
            assert (box.stress is Stress.EMPTY) == (value is None) == (box.number == "")
            if value is not None:
                fewer = "×" in box.number or box.number.startswith("≈")
                stands_for = reading.shown(box.number.removeprefix("≈"), 3 if fewer else 5)
                assert stands_for.meets(reading.Interval(*[reading.Fraction(value)] * 2))
                assert float(box.hint.split("\n")[0].split(" = ")[1].replace("−", "-")) == value


@every_kind
def test_every_step_has_one_result(experiment: Experiment) -> None:
    for state in every_state(experiment):
        picture = picture_of(state)
        results = [box for box in picture.boxes if box.stress is Stress.RESULT]
        computation = state.moment.computation
        if computation is None:
            assert (state.index, results, picture.tokens) == (0, [], ())
            continue
        (box,) = results
        symbol = symbols.of(computation.result, experiment)
        assert box.symbol.split(" = ")[0] == symbol
        assert picture.tokens
        terms = [t.value for t in (computation.result, *computation.operands)]
        for token in picture.tokens:
            moving = reading.shown(token.number, 5)
            assert any(moving.meets(reading.Interval(*[reading.Fraction(v)] * 2)) for v in terms)


@every_kind
def test_what_the_step_used_is_highlighted(experiment: Experiment) -> None:
    n = experiment.layers
    loss = f"L = ½({symbols.output(n, n)} − ê)²"
    for state in every_state(experiment)[1:]:
        computation = state.moment.computation
        assert computation is not None
        used = {
            loss if term.quantity is Quantity.TARGET else symbols.of(term, experiment)
            for term in computation.operands
            if term.quantity
            not in (Quantity.WEIGHTED_INPUT, Quantity.DERIVATIVE, Quantity.LEARNING_RATE)
        }
        boxes = picture_of(state).boxes
        result = {box.symbol for box in boxes if box.stress is Stress.RESULT}
        assert {box.symbol for box in boxes if box.stress is Stress.USED} == used - result


def test_the_weight_that_was_replaced_is_struck_out() -> None:
    state = examples.state(Experiment(), 11)
    box = named(picture_of(state))["w₃"]
    assert (box.former, box.number) == ("−0.52133", "−0.51854")
    after = named(picture_of(replace(state, index=12)))
    assert after["w₃"].former == ""
    assert [s for s, b in after.items() if b.former] == ["w₂"]


def test_a_weight_that_stays_what_it_was_is_not_struck_out() -> None:
    last = length(examples.run(examples.DIVERGING))
    box = named(picture_of(examples.state(examples.DIVERGING, last)))["w₁"]
    assert (box.stress, box.number, box.former) == (Stress.RESULT, "NaN", "")


@pytest.mark.parametrize("digits", [2, 5, 8, 15])
def test_a_number_has_room_in_its_box_and_gives_digits_up_not_size(digits: int) -> None:
    for experiment in (
        examples.KINDS[0],
        examples.DIVERGING,
        examples.experiment(12, "tanh", "backprop"),
    ):
        for index in range(0, length(examples.run(experiment)), 7):
            for box in picture_of(examples.state(experiment, index, digits=digits)).boxes:
                texts = (box.number, *box.shorter)
                widths = [len(re.sub("[⁻⁰¹²³⁴⁵⁶⁷⁸⁹]", "", text)) for text in texts]
                assert max(widths) <= 10
                assert len(set(texts)) == len(texts)
                if "×" in box.number and len(texts) > 1:
                    assert widths == sorted(widths, reverse=True)


# --- clicks --------------------------------------------------------------------------------


@every_kind
def test_a_click_leads_to_the_step_that_computes_the_thing(experiment: Experiment) -> None:
    for state in every_state(experiment)[:: 1 + experiment.layers // 4]:
        wished = 0
        for box in picture_of(state).boxes:
            if not isinstance(box.wish, Seek):
                continue
            wished += 1
            start = state.moment.update * state.per_sample
            assert start < box.wish.index <= start + state.per_sample
            found = boxes_at(experiment, box.wish.index)[box.symbol]
            assert found.stress is Stress.RESULT
            assert found.wish == box.wish
        assert wished == (4 if experiment.biases else 3) * experiment.layers + 1


@every_kind
def test_a_click_on_a_weight_or_a_bias_edits_it(experiment: Experiment) -> None:
    boxes = named(picture_of(examples.state(experiment)))
    for i in range(1, experiment.layers + 1):
        assert boxes[symbols.weight(i)].wish == EditParameter(WEIGHT.of(i))
        if experiment.biases:
            assert boxes[f"b{symbols.subscript(i)}"].wish == EditParameter(BIAS.of(i))
    assert boxes[symbols.output(0, experiment.layers)].wish is None


def test_without_epochs_there_is_nowhere_to_go() -> None:
    picture = picture_of(examples.state(Experiment(epochs=0)))
    assert not [box for box in picture.boxes if isinstance(box.wish, Seek)]
    assert all(box.stress <= Stress.KNOWN for box in picture.boxes)


# --- runs that diverge ---------------------------------------------------------------------


def test_a_diverged_run_shows_that_it_is() -> None:
    states = every_state(examples.DIVERGING)
    numbers = [box.number for state in states for box in picture_of(state).boxes]
    assert "NaN" in numbers
    assert "∞" in numbers
    assert not any("inf" in number or "nan" in number for number in numbers)
    last = picture_of(states[-1])
    assert all(box.number == "NaN" for box in last.boxes if box.symbol in "w₁w₂w₃")
    for arrow in last.arrows:
        assert 0 < arrow.thickness <= 5


@pytest.mark.parametrize("value", [0.0, -0.5, 3.0, 1e5, 1e300, float("inf"), float("nan")])
def test_an_edge_has_a_thickness_within_bounds(value: float) -> None:
    assert 1.5 <= thickness(value) <= 5


@pytest.mark.parametrize(("size", "share"), [(0.0, 0.0), (1 / 3, 0.25), (1.0, 0.5), (3.0, 0.75)])
def test_the_thickness_of_an_edge_grows_with_the_size_of_its_weight(
    size: float, share: float
) -> None:
    thinnest, thickest = 1.5, 5.0
    for weight in (size, -size):
        assert thickness(weight) == pytest.approx(thinnest + share * (thickest - thinnest))
    assert thickness(999_999.0) == pytest.approx(thickness(1e6), abs=1e-5)


def test_a_larger_weight_is_thicker_and_a_negative_one_dashed() -> None:
    assert thickness(0.1) < thickness(-0.5) < thickness(2) < thickness(100)
    picture = picture_of(examples.state(Experiment()))
    y = named(picture)["x"].y
    edges = sorted(
        (arrow.points[0][0], arrow.dashed)
        for arrow in picture.arrows
        if arrow.points[0][1] == arrow.points[-1][1] == y
    )
    # w₁ is positive, w₂ and w₃ are negative; the last arrow leads into the loss.
    assert [dashed for _, dashed in edges] == [False, True, True, False]


# --- biases --------------------------------------------------------------------------------


def label_of(experiment: Experiment, result: Name) -> str:
    """Return the label of the way that stands out in the step to a gradient, or to an update."""
    structure = experiment.structure
    picture = picture_of(examples.state(experiment, position_of(structure, result)))
    ways = [a for a in picture.arrows if a.stress >= Stress.USED and a.label and not is_level(a)]
    wanted = Ink.UPDATE if result.quantity is Quantity.BIAS else Ink.GRADIENT
    (label,) = [way.label for way in ways if way.ink is wanted]
    return label


@pytest.mark.parametrize(
    ("activation", "algorithm", "label"),
    [
        ("identity", "backprop", "× 1"),
        ("identity", "in_place", "× 1"),
        ("identity", "sign_flipped", "× (−1)"),
        ("identity", "front_to_back", "× w₂"),
        ("identity", "own_output", "× 1"),
        ("tanh", "backprop", "× f′"),
        ("tanh", "sign_flipped", "× (−f′)"),
        ("tanh", "front_to_back", "× w₂ · f′"),
        ("tanh", "no_local_derivative", "× 1"),
    ],
)
def test_what_comes_down_to_a_bias_is_multiplied_by_f_prime_alone(
    activation: str, algorithm: str, label: str
) -> None:
    experiment = examples.experiment(3, activation, algorithm, biased=True)
    assert label_of(experiment, BIAS.gradient_of(2)) == label
    assert label_of(experiment, BIAS.of(2)) == "× (−α)"


def test_the_gradient_of_a_bias_is_what_the_pill_above_it_has_in_a_linear_chain() -> None:
    experiment = examples.experiment(3, "identity", "backprop", biased=True)
    for i in (1, 2, 3):
        index = position_of(experiment.structure, BIAS.gradient_of(i))
        picture = picture_of(examples.state(experiment, index))
        boxes = named(picture)
        pill, card = boxes["∂L/∂" + " yze"[i]], boxes[f"∂L/∂b{symbols.subscript(i)}"]
        assert (pill.stress, card.stress) == (Stress.USED, Stress.RESULT)
        assert pill.number == card.number
        assert pill.x == card.x
        (token,) = picture.tokens
        assert (token.number, token.path[0][0], token.path[-1][0]) == (card.number, card.x, card.x)


def test_a_bias_goes_into_its_neuron() -> None:
    experiment = examples.experiment(3, "tanh", "backprop", biased=True)
    picture = picture_of(examples.state(experiment, 2))
    boxes = named(picture)
    (way,) = [a for a in picture.arrows if a.stress is Stress.RESULT and not is_level(a)]
    (x, top), (_, bottom) = way.points
    bias, neuron = boxes["b₂"], boxes["z"]
    assert (bias.stress, neuron.stress) == (Stress.USED, Stress.RESULT)
    assert x == bias.x == neuron.x
    assert top == bias.y + bias.height / 2
    assert bottom == pytest.approx(neuron.y - neuron.height / 2, abs=2)


def test_an_update_of_a_bias_rises_from_its_gradient_and_strikes_the_old_value_out() -> None:
    experiment = examples.experiment(3, "tanh", "backprop", biased=True)
    picture = picture_of(examples.state(experiment, position_of(experiment.structure, BIAS.of(2))))
    boxes = named(picture)
    (way,) = [a for a in picture.arrows if a.ink is Ink.UPDATE]
    (x, low), (_, high) = way.points
    gradient, bias = boxes["∂L/∂b₂"], boxes["b₂"]
    assert abs(x - bias.x) < bias.width / 2
    assert low == gradient.y - gradient.height / 2
    assert high == pytest.approx(bias.y + bias.height / 2, abs=2)
    assert (bias.former, bias.ink, bias.stress) == ("−0.45000", Ink.UPDATE, Stress.RESULT)
    assert [symbol for symbol, box in boxes.items() if box.former] == ["b₂"]


def test_dashes_are_explained_where_there_are_some() -> None:
    for index in range(4):
        picture = picture_of(examples.state(Experiment(), index))
        dashed = [a for a in picture.arrows if a.dashed and a.stress is not Stress.EMPTY]
        assert ("dashed" in picture.captions[0].text) == bool(dashed) == (index > 1)
