"""What the timeline, the status line and the answers say."""

import re

import pytest

from engine import Experiment, Sample
from engine.moment import length
from gui.drawing.ink import Ink
from gui.experiment.picture import prediction_pictures
from gui.state import State
from gui.status.picture import status_picture
from gui.timeline.picture import timeline_picture
from tests.gui import examples

every_kind = pytest.mark.parametrize("experiment", examples.KINDS, ids=examples.name)
ALL_EQUAL = Experiment(weights=(0.2333,) * 3, epochs=1000)


# --- timeline ------------------------------------------------------------------------------


@every_kind
def test_the_timeline_has_a_cell_a_step(experiment: Experiment) -> None:
    steps = examples.steps(experiment)
    for index in range(length(examples.run(experiment)) + 1):
        picture = timeline_picture(examples.state(experiment, index))
        assert len(picture.cells) == steps
        done = [cell.done for cell in picture.cells]
        taken = index - picture.first
        assert done == [True] * taken + [False] * (steps - taken)
        assert picture.present == (taken - 1 if index else None)
        assert (picture.index, picture.last) == (index, 4 * steps)
        assert picture.first % steps == 0
        assert len({cell.hint for cell in picture.cells}) == steps
        assert {cell.ink for cell in picture.cells} == {ink for _, ink in picture.legend}


@pytest.mark.parametrize(
    ("index", "title"),
    [
        (0, "Epoch 1 of 240 · sample 1 of 2 · step 0 of 13"),
        (8, "Epoch 1 of 240 · sample 1 of 2 · step 8 of 13"),
        (13, "Epoch 1 of 240 · sample 1 of 2 · step 13 of 13"),
        (14, "Epoch 1 of 240 · sample 2 of 2 · step 1 of 13"),
        (27, "Epoch 2 of 240 · sample 1 of 2 · step 1 of 13"),
        (6240, "Epoch 240 of 240 · sample 2 of 2 · step 13 of 13"),
    ],
)
def test_the_title_says_where_one_stands(index: int, title: str) -> None:
    assert timeline_picture(examples.state(Experiment(), index)).title == title
    numbers = re.findall(r"\d+", title)
    chinese = timeline_picture(examples.state(Experiment(), index, language="zh_CN")).title
    assert sorted(re.findall(r"\d+", chinese)) == sorted(numbers)


def test_colours_of_the_first_sample() -> None:
    cells = timeline_picture(examples.state(Experiment())).cells
    inks = [Ink.FORWARD] * 3 + [Ink.LOSS, Ink.BACKWARD]
    inks += [Ink.GRADIENT, Ink.BACKWARD] * 2 + [Ink.GRADIENT] + [Ink.UPDATE] * 3
    assert [cell.ink for cell in cells] == inks


def test_the_title_has_a_short_form_and_is_never_longer_than_at_the_end() -> None:
    last = length(examples.run(Experiment()))
    for language in ("en", "zh_CN"):
        longest = timeline_picture(examples.state(Experiment(), last, language=language)).title
        for index in (0, 8, 27, 777, last):
            picture = timeline_picture(examples.state(Experiment(), index, language=language))
            assert picture.longest == longest
            assert len(picture.short) < len(picture.title) <= len(longest)
            whole = re.findall(r"\d+", picture.title)
            assert set(re.findall(r"\d+", picture.short)) <= set(whole)


def test_without_epochs_there_is_no_strip() -> None:
    picture = timeline_picture(examples.state(Experiment(epochs=0)))
    assert (picture.cells, picture.present, picture.last) == ((), None, 0)


# --- status --------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("experiment", "says"),
    [
        (Experiment(), "converged at epoch 191 · gradients match, relative error up to "),
        (Experiment(algorithm="in_place"), "converged at epoch 138 · gradients do not match, rel"),
        (Experiment(epochs=0), "not trained: 0 epochs"),
        (ALL_EQUAL, "sign cannot change: w₁, w₂, w₃ are equally small (0.2333) · "),
        (Experiment(epochs=50), "plateau: the loss stays close to 0.5"),
        (Experiment(epochs=185), "converging: loss 0.0"),
        (Experiment(epochs=3), "not converged: loss 0.5"),
        (examples.DIVERGING, "diverged at epoch "),
    ],
)
def test_the_truth_about_a_run(experiment: Experiment, says: str) -> None:
    truth = status_picture(examples.state(experiment)).truth
    assert truth.startswith(says)
    chinese = status_picture(examples.state(experiment, language="zh_CN")).truth
    assert sorted(re.findall(r"\d+", chinese)) == sorted(re.findall(r"\d+", truth))


def test_the_place_of_divergence_is_the_runs() -> None:
    place = examples.run(examples.DIVERGING).diverged_at
    assert place is not None
    said = f"diverged at epoch {place.epoch}, sample {place.sample} · "
    assert status_picture(examples.state(examples.DIVERGING)).truth.startswith(said)


def test_the_truth_about_the_gradients_is_of_the_present_place() -> None:
    last = length(examples.run(examples.DIVERGING))
    assert "not finite" in status_picture(examples.state(examples.DIVERGING, last)).truth
    zeros = Experiment(weights=(0.0, 0.0, 0.0), epochs=1)
    assert "gradients" in status_picture(examples.state(zeros)).truth


def test_the_error_of_the_gradients_is_small_where_they_match() -> None:
    truth = status_picture(examples.state(Experiment())).truth
    found = re.search(r"to (\d)×10⁻([⁰¹²³⁴⁵⁶⁷⁸⁹]+)$", truth)
    assert found, truth
    assert int(found[2].translate(str.maketrans("⁰¹²³⁴⁵⁶⁷⁸⁹", "0123456789"))) >= 7


def test_keys_and_notice() -> None:
    state = examples.state(Experiment())
    playing = State(state.run, 0, state.experiment, state.look, playing=True)
    assert "Space play" in status_picture(state).keys
    assert "Space pause" in status_picture(playing).keys
    assert status_picture(state).notice == ""


# --- prediction ----------------------------------------------------------------------------


def test_what_the_chain_answers_before_and_after() -> None:
    before = prediction_pictures(examples.state(Experiment()))
    assert [(p.question, p.answer, p.right) for p in before] == [
        ("x = 1", "output 0.028339, sign +, target −", False),
        ("x = −1", "output −0.028339, sign −, target +", False),
    ]
    after = prediction_pictures(examples.state(Experiment(), 6240))
    assert all(p.right for p in after)
    assert [p.answer.split(", ", 1)[1] for p in after] == ["sign −, target −", "sign +, target +"]


def test_numbers_that_ran_away_are_no_answer() -> None:
    last = length(examples.run(examples.DIVERGING))
    for picture in prediction_pictures(examples.state(examples.DIVERGING, last)):
        assert picture.answer.startswith("output NaN, sign ?, target ")
        assert picture.right is False


def test_one_answer_a_sample() -> None:
    samples = tuple(Sample(i, -i) for i in range(64))
    assert len(prediction_pictures(examples.state(Experiment(samples=samples, epochs=0)))) == 64


def test_only_labels_are_called_right_or_wrong() -> None:
    """A target of 1 among numbers is a number: its sign is not the question."""
    samples = (Sample(1, 2), Sample(2, 4), Sample(0.5, 1))
    for picture in prediction_pictures(examples.state(Experiment(samples=samples))):
        assert (picture.right, picture.why) == (None, "")
        assert "target" not in picture.answer


def test_an_answer_of_0_is_never_right() -> None:
    dead = Experiment(epochs=20, activation="relu")
    targets = {sample.target for sample in dead.samples}
    assert targets == {1, -1}
    for picture, sign in zip(prediction_pictures(examples.state(dead)), "−+", strict=True):
        assert (picture.answer, picture.right) == (f"output 0, sign 0, target {sign}", False)
        assert "no sign" in picture.why
