"""gui.formula.picture: what stands under the chain is true, in symbols and in numbers."""

import math
import re
from dataclasses import replace

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from engine import Experiment, Phase, Sample
from engine.moment import length
from engine.quantities import Quantity, Term
from gui.chain.picture import chain_picture
from gui.drawing.ink import Ink
from gui.formula.picture import FormulaPicture, formula_picture
from gui.state import State
from gui.words import symbols
from tests.engine import oracle
from tests.gui import examples, reading
from tests.gui.reading import Interval, evaluated

every_kind = pytest.mark.parametrize("experiment", examples.KINDS, ids=examples.name)
WITH_TARGET_IN_IT = re.compile("[êα½]")


def text(pieces: tuple[object, ...]) -> str:
    return "".join(getattr(piece, "text") for piece in pieces)  # noqa: B009 - any kind of piece


def assert_true(state: State) -> FormulaPicture:
    """Check the line of a step as a reader with a pocket calculator would."""
    picture = formula_picture(state)
    digits = state.look.digits
    line = text(picture.numbers)
    nothing, *sides = line.split(" = ")
    assert nothing == ""
    assert len(sides) >= 2
    for side in sides[:-1]:
        assert evaluated(side, digits).meets(evaluated(sides[-1], digits)), line
    assert "-" not in line
    result = picture.numbers[-1]
    assert result.bold
    if state.moment.phase is Phase.UPDATE and not state.moment.unchanged:
        former = next(piece for piece in picture.numbers if piece.name == result.name)
        assert former.text.strip("()") != result.text, "an update can be seen"
        assert reading.significant(result.text) >= digits
    else:
        assert reading.significant(result.text) == digits or result.text == "0"
    return picture


def known(state: State) -> dict[str, Interval]:
    """Return what each symbol of the present step stands for, as it was before the step."""
    moment, n = state.moment, state.run.experiment.layers
    before = replace(state, index=state.index - 1).moment if moment.position > 1 else moment
    article = ("x", "y", "z", "e")
    values: dict[str, float | None] = {"ê": moment.target, "α": state.run.experiment.learning_rate}
    for i, value in enumerate(before.outputs if moment.position > 1 else (moment.x,)):
        values[article[i] if n == 3 else f"a{symbols.subscript(i)}"] = value
    for i in range(1, n + 1):
        values[f"w{symbols.subscript(i)}"] = before.weights[i - 1]
        if moment.position == 1:
            values[f"w{symbols.subscript(i)}"] = moment.weights[i - 1]
        name = article[i] if n == 3 else f"a{symbols.subscript(i)}"
        values[f"∂L/∂{name}"] = before.upstreams[i - 1]
        values[f"p{symbols.subscript(i)}"] = before.upstreams[i - 1]
        values[f"∂L/∂w{symbols.subscript(i)}"] = before.gradients[i - 1]
        values[f"g{symbols.subscript(i)}"] = before.gradients[i - 1]
        bias = ""
        if moment.biases:
            bias = f" + b{symbols.subscript(i)}"
            biases = moment.biases if moment.position == 1 else before.biases
            values[f"b{symbols.subscript(i)}"] = biases[i - 1]
            values[f"∂L/∂b{symbols.subscript(i)}"] = before.bias_gradients[i - 1]
            values[f"h{symbols.subscript(i)}"] = before.bias_gradients[i - 1]
        output = before.outputs[i]
        if output is not None:
            of = article[i - 1] if n == 3 else f"a{symbols.subscript(i - 1)}"
            values[f"tanh′(w{symbols.subscript(i)}·{of}{bias})"] = 1 - output**2
    exact = {s: reading.Fraction(v) for s, v in values.items() if v is not None}
    return {symbol: Interval(value, value) for symbol, value in exact.items()}


@every_kind
def test_every_line_is_true_in_numbers(experiment: Experiment) -> None:
    last = length(examples.run(experiment))
    seen = set()
    for index in range(1, last + 1):
        state = examples.state(experiment, index)
        assert_true(state)
        seen.add(state.moment.phase)
    assert seen == set(Phase) - ({Phase.PASS_ON} if experiment.layers == 1 else set())


@every_kind
@pytest.mark.parametrize("digits", [2, 9, 15])
def test_every_line_is_true_with_any_number_of_digits(experiment: Experiment, digits: int) -> None:
    for index in range(1, examples.steps(experiment) + 1):
        assert_true(examples.state(experiment, index, digits=digits))


@every_kind
def test_every_line_is_true_in_symbols(experiment: Experiment) -> None:
    for index in range(1, length(examples.run(experiment)) + 1):
        state = examples.state(experiment, index)
        picture = formula_picture(state)
        sign = " ← " if state.moment.phase is Phase.UPDATE else " = "
        left, right = text(picture.symbols).split(sign)
        assert state.moment.computation is not None
        result = state.moment.computation.result.value
        found = evaluated(right, 5, known(state))
        assert float(found.low) == pytest.approx(result, rel=1e-12, abs=1e-300), (left, right)
        after = known(replace(state, index=state.index + 1)) if index % state.per_sample else {}
        if left in after:
            assert float(after[left].low) == result


@every_kind
def test_what_is_written_as_a_derivative_is_one(experiment: Experiment) -> None:
    """A wrong algorithm computes other numbers, so it must not call them ∂L/∂w₃."""
    heads = set()
    for index in range(1, length(examples.run(experiment)) + 1):
        state = examples.state(experiment, index)
        moment = state.moment
        head = text(formula_picture(state).symbols).split(" = ")[0]
        heads.add(head[0])
        if not head.startswith("∂L/∂"):
            continue
        assert moment.computation is not None
        result = moment.computation.result
        slope = slope_by(experiment, state, result)
        assert result.value == pytest.approx(slope, rel=1e-6, abs=1e-9), head
    assert ("g" in heads) == (experiment.algorithm != "backprop")
    assert ("h" in heads) == (experiment.algorithm != "backprop" and bool(experiment.biases))


def slope_by(experiment: Experiment, state: State, result: Term) -> float:
    """Return ∂L/∂a, ∂L/∂w or ∂L/∂b by a central difference."""
    moment, layer = state.moment, result.layer
    f = oracle.BENT[experiment.activation]

    def loss(moved: float) -> float:
        a = moment.x
        biases = moment.biases_before or (0.0,) * experiment.layers
        for i, (w, b) in enumerate(zip(moment.weights_before, biases, strict=True), start=1):
            here = moved if i == layer else 0.0
            of_weight = here if result.quantity is Quantity.GRADIENT else 0.0
            of_bias = here if result.quantity is Quantity.BIAS_GRADIENT else 0.0
            a = f((w + of_weight) * a + b + of_bias)[0]
            a += here if result.quantity is Quantity.UPSTREAM else 0.0
        return (a - moment.target) ** 2 / 2

    return (loss(1e-5) - loss(-1e-5)) / 2e-5


numbers = st.floats(-2, 2).map(lambda v: round(v, 3)).filter(lambda v: abs(v) > 0.01)


@given(
    st.builds(
        Experiment,
        weights=st.lists(numbers, min_size=1, max_size=5),
        samples=st.lists(st.builds(Sample, numbers, numbers), min_size=1, max_size=2),
        learning_rate=st.floats(0.001, 0.2),
        epochs=st.just(1),
        activation=st.sampled_from(["identity", "tanh", "sigmoid", "relu"]),
        algorithm=st.sampled_from(["backprop", "in_place"]),
    ),
    st.integers(2, 12),
)
def test_any_line_is_true(experiment: Experiment, digits: int) -> None:
    assume(examples.run(experiment).diverged_at is None)  # an infinity stands for no interval
    for index in range(1, length(examples.run(experiment)) + 1):
        assert_true(examples.state(experiment, index, digits=digits))


def test_the_first_sample_of_the_article() -> None:
    lines = []
    for index in range(1, 14):
        picture = formula_picture(examples.state(Experiment(), index))
        lines.append((picture.heading, text((*picture.symbols, *picture.numbers))))
    assert lines == [
        ("Forward · layer 1", "y = w₁ · x = 0.23330 × 1 = 0.23330"),
        ("Forward · layer 2", "z = w₂ · y = −0.23300 × 0.23330 = −0.054359"),
        ("Forward · layer 3", "e = w₃ · z = −0.52133 × (−0.054359) = 0.028339"),
        ("Loss", "L = ½(e − ê)² = ½(0.028339 − (−1))² = 0.52874"),
        ("Backward · the loss", "∂L/∂e = e − ê = 0.028339 − (−1) = 1.0283"),
        ("Gradient · layer 3", "∂L/∂w₃ = ∂L/∂e · z = 1.0283 × (−0.054359) = −0.055899"),
        ("Pass back · layer 3 → 2", "∂L/∂z = ∂L/∂e · w₃ = 1.0283 × (−0.52133) = −0.53610"),
        ("Gradient · layer 2", "∂L/∂w₂ = ∂L/∂z · y = −0.53610 × 0.23330 = −0.12507"),
        ("Pass back · layer 2 → 1", "∂L/∂y = ∂L/∂z · w₂ = −0.53610 × (−0.23300) = 0.12491"),
        ("Gradient · layer 1", "∂L/∂w₁ = ∂L/∂y · x = 0.12491 × 1 = 0.12491"),
        (
            "Update · layer 3",
            "w₃ ← w₃ − α · ∂L/∂w₃ = −0.52133 − 0.05 × (−0.055899) = −0.51854",
        ),
        (
            "Update · layer 2",
            "w₂ ← w₂ − α · ∂L/∂w₂ = −0.23300 − 0.05 × (−0.12507) = −0.22675",
        ),
        ("Update · layer 1", "w₁ ← w₁ − α · ∂L/∂w₁ = 0.23330 − 0.05 × 0.12491 = 0.22705"),
    ]


@every_kind
def test_the_letters_of_the_article_are_for_three_layers(experiment: Experiment) -> None:
    for index in range(1, examples.steps(experiment) + 1):
        picture = formula_picture(examples.state(experiment, index))
        line = re.sub("tanh|sigmoid", "", text(picture.symbols))
        assert not (experiment.layers != 3 and re.search("[xyze]", line))
        assert not (experiment.layers == 3 and re.search("a[₀-₉]", line))


@every_kind
@pytest.mark.parametrize("language", ["en", "zh_CN"])
def test_every_step_is_said_in_words(experiment: Experiment, language: str) -> None:
    said = set()
    for index in range(examples.steps(experiment) + 1):
        picture = formula_picture(examples.state(experiment, index, language=language))
        assert picture.heading
        assert picture.words
        assert picture.heading in picture.sentence
        assert picture.words in picture.sentence
        assert text(picture.numbers) in picture.sentence
        assert "{" not in picture.sentence
        for part in (picture.heading, picture.words):
            assert bool(re.search("[一-鿿]", part)) == (language == "zh_CN"), part
        said.add(picture.heading)
    assert len(said) == examples.steps(experiment) + 1


@pytest.mark.parametrize("language", ["en", "zh_CN"])
def test_nothing_to_train_is_said(language: str) -> None:
    nothing = formula_picture(examples.state(Experiment(epochs=0), language=language))
    ready = formula_picture(examples.state(Experiment(), language=language))
    assert nothing.heading
    assert nothing.words != ready.words
    assert nothing.numbers == ready.numbers == ()


@pytest.mark.parametrize(
    ("experiment", "words"),
    [
        (Experiment(), "A chain of 3 neurons is to learn e = −x."),
        (examples.KINDS[0], "One neuron with one weight."),
        (Experiment((0.5, 0.5), (Sample(2, 3),)), "A chain of 2 neurons, each with one weight."),
        (Experiment((0.5, 0.5), (Sample(2, -2),)), "A chain of 2 neurons is to learn a₂ = −a₀."),
        (Experiment((0.5,), (Sample(2, -2),)), "One neuron is to learn a₁ = −a₀."),
    ],
)
def test_before_the_first_step_it_is_said_what_is_seen(experiment: Experiment, words: str) -> None:
    picture = formula_picture(examples.state(experiment))
    assert picture.is_prose
    assert picture.symbols[0].text == words
    assert picture.sentence.endswith(f"{words} Press → for the first step, or Space to play.")


@every_kind
def test_a_line_is_broken_before_an_equals_sign_alone(experiment: Experiment) -> None:
    for index in range(1, examples.steps(experiment) + 1):
        picture = formula_picture(examples.state(experiment, index))
        first, *others = map(text, picture.rows)
        assert first == text(picture.symbols)
        assert "".join(others) == text(picture.numbers)
        assert all(row.startswith(" = ") for row in others)


COLOURS = {
    Quantity.OUTPUT: Ink.FORWARD,
    Quantity.WEIGHTED_INPUT: Ink.FORWARD,
    Quantity.LOSS: Ink.LOSS,
    Quantity.UPSTREAM: Ink.BACKWARD,
    Quantity.GRADIENT: Ink.GRADIENT,
    Quantity.BIAS_GRADIENT: Ink.GRADIENT,
    Quantity.DERIVATIVE: Ink.TEXT,
    Quantity.TARGET: Ink.TEXT,
    Quantity.LEARNING_RATE: Ink.TEXT,
}
"""One colour for each direction, wherever a quantity stands; see the next test for weights."""


@every_kind
def test_a_quantity_has_its_colour_in_symbols_and_in_numbers(experiment: Experiment) -> None:
    seen = set()
    for index in range(1, length(examples.run(experiment)) + 1):
        picture = formula_picture(examples.state(experiment, index))
        for piece in (*picture.symbols, *picture.numbers):
            if piece.name is not None and piece.name[0] in COLOURS:
                assert piece.ink is COLOURS[piece.name[0]], piece
                seen.add(piece.name[0])
    assert {Quantity.LOSS, Quantity.OUTPUT, Quantity.UPSTREAM, Quantity.GRADIENT} <= seen


def test_a_weight_has_the_colour_of_its_card() -> None:
    for index, ink in ((2, Ink.FORWARD), (7, Ink.BACKWARD)):
        state = examples.state(Experiment(), index)
        (name,) = (p for p in formula_picture(state).symbols if p.text.startswith("w"))
        (card,) = (b for b in chain_picture(state, 900, 400).boxes if b.symbol == name.text)
        assert name.ink == card.ink == ink


@every_kind
def test_the_hint_has_the_full_values(experiment: Experiment) -> None:
    for index in range(1, examples.steps(experiment) + 1):
        state = examples.state(experiment, index)
        computation = state.moment.computation
        assert computation is not None
        hint = formula_picture(state).hint
        values = [float(line.split(" = ")[1].replace("−", "-")) for line in hint.splitlines()]
        for term in (computation.result, *computation.operands):
            assert term.value in values


def test_the_formula_of_numbers_that_ran_away() -> None:
    last = length(examples.run(examples.DIVERGING))
    lines = [
        text(formula_picture(examples.state(examples.DIVERGING, i)).numbers) for i in range(1, last)
    ]
    assert any("∞" in line for line in lines)
    assert lines[-1].endswith(" = NaN")
    assert not any(re.search(r"\b(inf|nan)\b|-", line) for line in lines)
    assert math.isnan(examples.run(examples.DIVERGING).final_weights[0])


def test_the_reader_notices_what_is_not_true() -> None:
    good = evaluated("−0.53610 × (−0.23300)", 5)
    assert good.meets(evaluated("0.12491", 5))
    assert not good.meets(evaluated("0.12495", 5))
    assert not good.meets(evaluated("−0.12491", 5))
    assert not evaluated("½(0.028339 − (−1))²", 5).meets(evaluated("0.52877", 5))
    assert evaluated("3.0000×10⁻⁷ × 2.0000", 5).meets(evaluated("6.0000×10⁻⁷", 5))
    assert not evaluated("tanh(−0.50000)", 5).meets(evaluated("−0.46215", 5))
