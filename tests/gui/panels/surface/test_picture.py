"""The loss surface as a picture: contours at their height, the path of the run, words."""

import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from engine import Experiment, train
from engine.maps.loss_surface import Pair
from engine.parameters import WEIGHT
from engine.presets import PRESETS, Preset, preset_named
from gui.panels.surface.picture import exchanged, surface_picture
from gui.panels.surface.picture.contours import contour, nice_levels
from gui.panels.surface.picture.frame import loss_at
from gui.panels.surface.picture.path import weight_path
from gui.panels.surface.picture.relief import relief_of
from tests.gui import examples

FLAT = ("vanishing", "exploding", "sigmoid", "dead_relu")
"""Presets in which two weights alone hardly matter anywhere near the path."""


@given(st.floats(-0.9, 0.9), st.floats(-3, 3), st.floats(-3, 3))
def test_a_contour_lies_at_its_height(level: float, a: float, b: float) -> None:
    xs, ys = np.linspace(-1, 1, 21), np.linspace(-2, 2, 17)
    heights = a * xs + b * ys[:, np.newaxis]
    pieces = contour(heights, xs, ys, level)
    assert pieces.shape[1:] == (2, 2)
    # On a plane, interpolation is exact.
    assert a * pieces[..., 0] + b * pieces[..., 1] == pytest.approx(level, abs=1e-9)
    above = heights > level
    assert (len(pieces) > 0) == (above.any() and not above.all())


def test_a_round_contour_is_closed_and_round() -> None:
    xs = np.linspace(-1, 1, 201)
    pieces = contour(np.hypot(xs, xs[:, np.newaxis]), xs, xs, 0.5)
    assert np.hypot(pieces[..., 0], pieces[..., 1]) == pytest.approx(0.5, abs=1e-3)
    lengths = np.hypot(*(pieces[:, 1] - pieces[:, 0]).T)
    assert lengths.sum() == pytest.approx(np.pi, rel=1e-3)


@given(st.floats(1e-6, 1e3), st.floats(1.5, 1e9))
def test_levels_are_a_few_round_numbers(low: float, times: float) -> None:
    levels = nice_levels(low, low * times)
    assert len(levels) <= 7
    assert list(levels) == sorted(set(levels))
    assert all(low < level < low * times for level in levels)
    assert all(f"{level:.0e}"[0] in "1235" for level in levels)


@pytest.mark.parametrize("epochs", [3, 240, 5000])
def test_the_path_goes_through_the_weights_of_the_run(epochs: int) -> None:
    run = train(Experiment(epochs=epochs))
    path = weight_path(run, Pair(WEIGHT.of(1), WEIGHT.of(3)))
    for update, point in zip(path.updates.tolist(), path.points, strict=True):
        weights = run.weights_before(update) if update < run.updates else run.final_weights
        assert tuple(point) == (weights[0], weights[2])
    assert path.updates[0] == 0
    assert path.updates[-1] == run.updates
    assert len(path.points) <= 2200


@pytest.mark.parametrize(
    "experiment",
    [
        Experiment(),
        Experiment(epochs=0),
        Experiment(weights=(0.4,)),
        Experiment(weights=(0.1,) * 64, epochs=3),
        Experiment(learning_rate=5.0),
        Experiment(activation="tanh"),
        Experiment(activation="sigmoid"),
        Experiment(activation="relu", weights=(-1.0, 1.0, 1.0)),
        Experiment(weights=(0.0, 0.0, 0.0)),
    ],
)
@pytest.mark.parametrize("language", ["en", "zh_CN"])
def test_every_experiment_has_a_surface(experiment: Experiment, language: str) -> None:
    last = train(experiment).updates * (4 * experiment.layers + 1)
    for index in {0, last // 2, last}:
        picture = surface_picture(examples.state(experiment, index, language=language))
        left, right, low, high = picture.frame
        assert left < right
        assert low < high
        assert picture.intro
        assert all(entry.words for entry in picture.legend)


@pytest.mark.parametrize("layers", [1, 2, 3, 4, 12])
@pytest.mark.parametrize(("language", "words"), [("en", "saddle point"), ("zh_CN", "鞍点")])
def test_the_saddle_is_named_from_two_layers_on(layers: int, language: str, words: str) -> None:
    experiment = Experiment(weights=(0.5,) * layers, epochs=5)
    picture = surface_picture(examples.state(experiment, language=language))
    assert picture.saddle == (layers > 1)
    assert [e.words for e in picture.legend if e.kind == "saddle"] == [words] * (layers > 1)


@pytest.mark.parametrize("preset", [p for p in PRESETS if p.name not in FLAT], ids=lambda p: p.name)
def test_the_frame_shows_slopes_and_the_run_and_the_colours_fit(preset: Preset) -> None:
    experiment = preset.experiment
    if experiment.layers == 1:
        return
    for index in (0, train(experiment).updates * (4 * experiment.layers + 1)):
        picture = surface_picture(examples.state(experiment, index))
        frame = picture.frame
        assert frame.right - frame.left == pytest.approx(frame.high - frame.low)
        x, y = picture.start
        assert frame.left < x < frame.right
        assert frame.low < y < frame.high
        if picture.surface.lost:
            continue
        relief = relief_of(picture.surface, frame, picture.scale, (0.2, 0.05), picture.path)
        # Biases lower the whole surface during a run, and the scale has to hold it all.
        assert np.ptp(relief.shades) > (1 / 5 if experiment.biases else 1 / 3)
        assert len(relief.contours) >= 2
        assert picture.bar is not None
        assert picture.bar.ticks


def test_the_valley_of_ten_layers_is_in_the_frame_from_the_start() -> None:
    experiment = preset_named("ten_layers").experiment
    picture = surface_picture(examples.state(experiment))
    relief = relief_of(picture.surface, picture.frame, picture.scale, (0.2, 0.05), picture.path)
    assert len(relief.minima) > 10
    assert relief.minima.max() < 1.01 * picture.frame.right


def test_labels_stand_on_their_contours_apart_and_clear_of_the_path() -> None:
    picture = surface_picture(examples.state(Experiment(), 1560))
    frame, apart = picture.frame, (0.2, 0.06)
    relief = relief_of(picture.surface, frame, picture.scale, apart, picture.path)
    assert len(relief.labels) >= len(relief.contours) - 1
    lines = dict(relief.contours)
    places = np.array([(label.x, label.y) for label in relief.labels])
    size = np.array([frame.right - frame.left, frame.high - frame.low]) * apart
    for number, label in enumerate(relief.labels):
        middles = lines[label.level].mean(axis=1)
        assert np.hypot(*(middles - places[number]).T).min() < 1e-9
        others = np.vstack([np.delete(places, number, axis=0), picture.path.thinned(100)])
        assert np.any(np.abs(others - places[number]) >= size, axis=1).all()


def test_the_bar_reads_what_the_colours_mean() -> None:
    picture = surface_picture(examples.state(Experiment(), 100))
    bar, scale = picture.bar, picture.scale
    assert bar is not None
    for place, words in bar.ticks:
        expected = math.log(float(words) / scale.low) / math.log(scale.high / scale.low)
        assert place == pytest.approx(expected, abs=1e-9)
    assert bar.now is not None
    now = scale.low * (scale.high / scale.low) ** bar.now
    assert now == pytest.approx(loss_at(picture.surface, *picture.now))


def test_the_axes_change_places_where_one_is_chosen_for_both() -> None:
    pair = Pair(WEIGHT.of(1), WEIGHT.of(2))
    assert exchanged(pair, "x", "w3") == ("w3", "w2")
    assert exchanged(pair, "x", "w2") == ("w2", "w1")
    assert exchanged(pair, "y", "w1") == ("w2", "w1")
    assert exchanged(pair, "y", "w3") == ("w1", "w3")


@pytest.mark.parametrize(
    ("wanted", "axes"),
    [
        (("w3", "w1"), ("w₃", "w₁")),
        (("w1", "w4"), ("w₁", "w₂")),
        (("w2", "w2"), ("w₁", "w₂")),
        (("w0", "target"), ("w₁", "w₂")),
    ],
)
def test_the_axes_are_those_chosen_where_the_chain_has_them(
    wanted: tuple[str, str], axes: tuple[str, str]
) -> None:
    assert surface_picture(examples.state(Experiment(), surface=wanted)).axes == axes


def test_over_a_single_weight_the_height_is_the_loss() -> None:
    assert surface_picture(examples.state(Experiment(weights=(0.4,)))).axes == ("w₁", "L")
