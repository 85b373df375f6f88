"""gui.panels.code.picture: the program of the run, and which of its lines do the present step."""

from __future__ import annotations

import ast
import itertools
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from engine import Experiment, Phase, UserError, random_weights
from engine.activations import ACTIVATIONS
from engine.algorithms import ALGORITHMS
from engine.moment import length
from engine.programs import FORMS, MOST_LAYERS, program
from gui.drawing.ink import Ink
from gui.panels.code.picture import code_picture
from tests.gui import examples

if TYPE_CHECKING:
    from gui.panels.code.picture import Listing

EVERY = [
    examples.experiment(layers, activation, algorithm, biased=biased)
    for layers in (1, 3, 12)
    for activation in ("identity", "tanh")
    for algorithm in ALGORITHMS
    for biased in (False, True)
]

INKS = {
    Phase.FORWARD: Ink.FORWARD,
    Phase.LOSS: Ink.LOSS,
    Phase.SEED: Ink.BACKWARD,
    Phase.GRADIENT: Ink.GRADIENT,
    Phase.PASS_ON: Ink.BACKWARD,
    Phase.UPDATE: Ink.UPDATE,
}


def possible(experiment: Experiment) -> tuple[str, ...]:
    return FORMS if experiment.layers <= MOST_LAYERS else FORMS[1:]


@given(st.sampled_from(EVERY), st.sampled_from(FORMS), st.data())
def test_marked_is_what_the_step_does(
    experiment: Experiment, form: str, data: st.DataObject
) -> None:
    run = examples.run(experiment)
    state = examples.state(experiment, data.draw(st.integers(0, length(run))), form=form)
    picture = code_picture(state)
    written = program(experiment, picture.form)
    assert picture.listing.text == written.text
    step = state.moment.step
    if step is None:
        assert picture.marked == ()
        return
    assert picture.marked == written.lines_of(step)
    assert picture.ink is INKS[step.phase]
    for number in picture.marked:
        assert written.lines[number - 1].strip() in picture.sentence
        assert str(number) in picture.sentence
        assert number in picture.listing.core


@pytest.mark.parametrize("form", FORMS)
def test_lines_have_the_ink_of_what_they_do(form: str) -> None:
    for experiment in EVERY:
        if form not in possible(experiment):
            continue
        for index in range(examples.steps(experiment) + 1):
            picture = code_picture(examples.state(experiment, index, form=form))
            for number in picture.marked:
                alone = form != "pytorch" or "backward()" not in picture.sentence
                assert not alone or picture.listing.inks[number] is picture.ink


def without_remarks(listing: Listing) -> str:
    lines = list(listing.lines)
    for line, start, end in listing.remarks:
        kept = lines[line - 1]
        lines[line - 1] = kept[:start] + " " * (end - start) + kept[end:]
    return "\n".join(lines)


@pytest.mark.parametrize("form", FORMS)
def test_remarks_are_all_comments_and_docstrings_and_nothing_else(form: str) -> None:
    for algorithm, activation in itertools.product(ALGORITHMS, ACTIVATIONS):
        experiment = Experiment(activation=activation, algorithm=algorithm)
        listing = code_picture(examples.state(experiment, form=form)).listing
        bare = without_remarks(listing)
        assert "#" not in bare
        assert '"""' not in bare
        tree = ast.parse(listing.text)
        for node in ast.walk(tree):
            if isinstance(node, ast.Module | ast.FunctionDef | ast.ClassDef) and isinstance(
                node.body[0], ast.Expr
            ):
                del node.body[0]
        assert ast.dump(ast.parse(bare)) == ast.dump(tree)


def test_a_chain_too_long_to_unroll_is_a_loop_and_says_so() -> None:
    experiment = Experiment(random_weights(MOST_LAYERS + 1, 1))
    picture = code_picture(examples.state(experiment, 3, form="unrolled"))
    assert picture.form == "loop"
    assert picture.listing.text == program(experiment, "loop").text
    assert "5 layers" in picture.intro
    unrolled = picture.forms[0]
    assert (unrolled.name, unrolled.blocked) == ("unrolled", True)
    with pytest.raises(UserError) as refused:
        program(experiment, "unrolled")
    assert unrolled.hint == str(refused.value)
    assert not any(form.blocked for form in picture.forms[1:])


@pytest.mark.parametrize("layers", range(1, MOST_LAYERS + 1))
def test_up_to_four_layers_can_be_unrolled(layers: int) -> None:
    experiment = Experiment(random_weights(layers, 1))
    picture = code_picture(examples.state(experiment, 3, form="unrolled"))
    assert picture.form == "unrolled"
    assert not any(form.blocked for form in picture.forms)


@pytest.mark.parametrize("form", FORMS)
@pytest.mark.parametrize(
    "experiment", [examples.DIVERGING, Experiment(epochs=0), Experiment(random_weights(64, 2))]
)
def test_runs_that_go_every_way(experiment: Experiment, form: str) -> None:
    run = examples.run(experiment)
    for index in {0, min(9, length(run)), length(run)}:
        picture = code_picture(examples.state(experiment, index, form=form))
        assert picture.sentence
        assert bool(picture.marked) == (index > 0)


def test_pytorch_tells_that_it_makes_no_slip() -> None:
    for algorithm in ALGORITHMS:
        experiment = Experiment(algorithm=algorithm)
        intro = code_picture(examples.state(experiment, 1, form="pytorch")).intro
        assert ("no mistake" in intro) == (algorithm != "backprop")


def test_the_loop_tells_where_it_counts() -> None:
    experiment = Experiment()
    for step in range(1, 14):
        state = examples.state(experiment, step)
        picture, layer = code_picture(state), state.moment.layer
        line = picture.listing.lines[picture.marked[-1] - 1]
        counts = "[i]" in line
        assert (f"i = {(layer or 0) - 1}" in picture.caption) == counts
        assert ("i = " in picture.caption) == counts
    assert "i = " not in code_picture(examples.state(experiment, 8, form="unrolled")).caption
    assert code_picture(examples.state(experiment)).caption == ""


def test_an_unknown_form_of_older_settings_is_the_loop() -> None:
    picture = code_picture(examples.state(Experiment(), 3, form="haiku"))
    assert picture.form == "loop"
    assert "too long" not in picture.intro


def test_the_same_program_is_the_same_listing_at_every_step() -> None:
    first, second = (code_picture(examples.state(Experiment(), index)) for index in (5, 6))
    assert first.listing is second.listing
    assert first.marked != second.marked


def test_names_to_save_under() -> None:
    names = [code_picture(examples.state(Experiment(), form=form)).file_name for form in FORMS]
    assert names == [f"chainstep_{form}.py" for form in FORMS]
