"""engine.presets: every preset does what its sentence says, by independent arithmetic."""

from __future__ import annotations

import json
import math
import os
from itertools import combinations, pairwise
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from engine import Experiment, Place, Run, Verdict, check_gradients, random_weights, train
from engine.files.experiment_file import to_json
from engine.presets import (
    FIRST_LISTING,
    OPENING,
    PRESETS,
    Preset,
    beside_of,
    preset_named,
    preset_of,
    title_of,
)
from tests.engine import oracle

if TYPE_CHECKING:
    from collections.abc import Callable

    from tests.engine.conftest import Outcome

AT_ONCE = 20_000
"""What the window trains without a progress bar: updates × layers."""

every_preset = pytest.mark.parametrize("preset", PRESETS, ids=lambda preset: preset.name)


def experiment(name: str) -> Experiment:
    return preset_named(name).experiment


def run_of(name: str) -> Run:
    return train(experiment(name))


def weights_of(run: Run) -> list[tuple[float, ...]]:
    """Return the weights before every update, and the final ones."""
    return [run.weights_before(update) for update in range(run.updates + 1)]


def mean_losses(run: Run) -> list[float]:
    """Return the mean loss of each epoch."""
    samples = len(run.experiment.samples)
    return [sum(run.losses[i : i + samples]) / samples for i in range(0, run.updates, samples)]


def upstreams(weights: tuple[float, ...], x: float, target: float, activation: str) -> list[float]:
    """Return ∂L/∂aᵢ for i = 1 … n by the tape: the slope along each neuron's output."""
    tape = oracle.Tape()
    signal = tape.note(x)
    neurons = []
    for w in weights:
        signal = tape.bend(tape.times(tape.note(w), signal), activation)
        neurons.append(signal)
    miss = tape.minus(signal, tape.note(target))
    slopes = tape.slopes(tape.times(tape.note(0.5), tape.times(miss, miss)))
    return [slopes[neuron] for neuron in neurons]


def right_signs(run: Run, weights: tuple[float, ...]) -> list[bool]:
    """Return for each sample whether a linear chain's answer has the target's sign."""
    return [math.prod(weights) * s.x * s.target > 0 for s in run.experiment.samples]


# --- the list ------------------------------------------------------------------------------


def test_names_titles_and_experiments_are_each_their_own() -> None:
    for what in ("name", "title", "sentence", "experiment"):
        assert len({getattr(preset, what) for preset in PRESETS}) == len(PRESETS), what
    assert PRESETS[0].experiment == OPENING == Experiment()
    assert FIRST_LISTING in {preset.experiment for preset in PRESETS}


@every_preset
def test_a_preset_is_short_and_trains_at_once(preset: Preset) -> None:
    assert preset.name.isidentifier()
    assert len(preset.title) <= 33
    assert len(preset.sentence) <= 140
    assert preset.sentence.endswith(".")
    assert ". " not in preset.sentence, "one sentence"
    for shown in filter(None, (preset.experiment, preset.beside)):
        assert shown.updates * shown.layers <= AT_ONCE
        assert max(shown.layers, len(shown.samples)) <= 64


@every_preset
def test_a_preset_is_found_by_name_and_by_experiment(preset: Preset) -> None:
    assert preset_named(preset.name) is preset
    assert preset_of(preset.experiment) is preset
    assert title_of(preset.experiment) == preset.title
    assert beside_of(preset.experiment) == preset.beside


def test_an_experiment_of_ones_own_is_no_preset() -> None:
    own = Experiment(epochs=7)
    assert preset_of(own) is None
    assert beside_of(own) is None
    assert title_of(own) == "An experiment of your own"
    with pytest.raises(KeyError):
        preset_named("own")


@every_preset
def test_the_command_line_starts_from_a_preset(
    preset: Preset, chainstep: Callable[..., Outcome]
) -> None:
    done = chainstep("train", "--preset", preset.name, "--json")
    assert (done.status, done.err) == (0, "")
    told, run = done.json(), train(preset.experiment)
    assert (told["updates"], told["converged_at"]) == (run.updates, run.converged_at)
    start = chainstep("train", "--preset", preset.name, "--epochs", 0, "--json").json()
    assert tuple(start["final_weights"]) == preset.experiment.weights


@pytest.mark.parametrize(
    "arguments", [["--preset", "nothing"], ["--preset", "tanh", "--file", "a.json"]]
)
def test_a_wrong_start_is_one_line(arguments: list[str], chainstep: Callable[..., Outcome]) -> None:
    done = chainstep("train", *arguments)
    assert (done.status, done.out) == (2, "")
    assert done.err.count("\n") == 1


# --- what the sentences say ----------------------------------------------------------------


def test_article() -> None:
    run = run_of("article")
    start = run.experiment.weights
    assert min(range(3), key=lambda i: abs(start[i])) == 1
    for update, weights in enumerate(weights_of(run)[:-1]):
        assert (run.losses[update] > 0.5) == (weights[1] < 0), update
    losses = mean_losses(run)
    assert losses[150] > 0.9 * losses[0]
    assert all(a[1] > 0 for a in weights_of(run)[300:])
    assert losses[200] < 1e-4
    crossings = [a[1] < 0 < b[1] for a, b in pairwise(weights_of(run))]
    assert sum(crossings) == 1
    assert all(a[0] > 0 > a[2] for a in weights_of(run)), "no other weight changes its sign"
    assert run.losses[-1] < 1e-3
    assert not any(right_signs(run, start))
    assert all(right_signs(run, run.final_weights))


def test_listing() -> None:
    run = run_of("listing")
    article = [(s.x, s.target) for s in run.experiment.samples]
    w1, w2, w3 = run.experiment.weights
    printed = oracle.article_listing(w1, w2, w3, article, 0.05, 160)
    assert run.final_weights == printed
    sooner, later = run.converged_at, train(OPENING).converged_at
    assert sooner is not None
    assert later is not None
    assert sooner < later
    first = run.experiment.samples[0]
    rows = check_gradients(run.experiment, run.experiment.weights, first)
    assert [row.verdict is Verdict.RIGHT for row in rows] == [False, False, True]


def test_framework() -> None:
    run = run_of("framework")
    assert run.experiment.weights == random_weights(3, 3)
    assert all(b > a for a, b in pairwise(mean_losses(run))), "the loss climbs"
    assert not any(any(right_signs(run, weights)) for weights in weights_of(run))
    beside = preset_named("framework").beside
    assert beside is not None
    assert beside.weights == run.experiment.weights
    data = [(s.x, s.target) for s in beside.samples]
    w1, w2, w3 = beside.weights
    learned = oracle.proper_listing(w1, w2, w3, data, beside.learning_rate, beside.epochs)
    assert math.prod(learned) == pytest.approx(-1, abs=1e-6)


def test_framework_put_right() -> None:
    run = run_of("framework_right")
    assert run.experiment.weights == experiment("framework").weights
    losses = mean_losses(run)
    assert losses[0] > 0.5
    assert losses[-1] < 1e-3
    for epoch in (0, 40, 80):
        for sample in run.experiment.samples:
            for row in check_gradients(run.experiment, run.weights_before(2 * epoch), sample):
                assert row.verdict in {Verdict.RIGHT, Verdict.UNRESOLVED}


def test_equal_weights() -> None:
    run = run_of("equal_weights")
    assert set(run.experiment.weights) == {0.2333}
    for weights in weights_of(run):
        assert weights == pytest.approx([weights[0]] * 3, rel=1e-12)
        assert min(weights) > 0
    assert all(b[0] < a[0] for a, b in pairwise(weights_of(run)))
    assert run.final_weights[0] < 0.1 * 0.2333
    assert min(run.losses) > 0.5


def test_conserved() -> None:
    run = run_of("conserved")
    states = weights_of(run)
    for i, j in combinations(range(3), 2):
        differences = [w[i] * w[i] - w[j] * w[j] for w in states]
        assert max(differences) - min(differences) < 0.003
        assert abs(differences[0]) > 0.2
    for i in range(3):
        moved = [w[i] * w[i] for w in states]
        assert max(moved) - min(moved) > 0.5, "each square alone moves two hundred times as far"
    assert run.converged_at is not None


def test_rates() -> None:
    preset = preset_named("rates")
    assert preset.beside is not None
    assert (preset.experiment.learning_rate, preset.beside.learning_rate) == (0.67, 0.66)
    settled, swinging = train(preset.beside), train(preset.experiment)
    assert all(b < a for a, b in pairwise(mean_losses(settled)[20:]))
    assert settled.losses[-1] < 1e-5
    outputs = [math.prod(weights) for weights in weights_of(swinging)[40:]]
    sides = [output < -1 for output in outputs]
    assert all(a != b for a, b in pairwise(sides)), "each update jumps over −1"
    assert min(abs(b - a) for a, b in pairwise(outputs)) > 0.1
    long = train(Experiment(learning_rate=0.67, epochs=2000))
    assert long.converged_at is None
    assert abs(math.prod(long.final_weights) - math.prod(long.weights_before(3999))) > 0.1
    # The curvature Σ(P/wᵢ)² where P = −1 is least where all |wᵢ| are 1: it is 3 there, so that
    # descent is stable only below 2/3.
    for w1, w2 in [(1.0, 1.0), (0.9, 1.0), (1.1, 1.2), (2.0, 0.3)]:
        weights = (w1, w2, -1 / (w1 * w2))
        assert sum(1 / (w * w) for w in weights) >= 3 > 2 / 0.67
    assert 2 / 0.66 > 3


def test_diverging() -> None:
    run = run_of("diverging")
    assert run.diverged_at is not None
    assert run.diverged_at.epoch == 13
    finite = [loss for loss in run.losses if math.isfinite(loss)]
    lowest = finite.index(min(finite))
    assert finite[lowest] < 1e-3
    assert all(b <= a for a, b in pairwise(finite[: lowest + 1]))
    assert all(b > a for a, b in pairwise(finite[lowest:]))
    assert len(finite) - lowest > 4


def test_ten_layers() -> None:
    run = run_of("ten_layers")
    assert run.experiment.layers == 10
    losses = mean_losses(run)
    assert losses[60] > 0.9 * losses[0]
    assert losses[80] < 1e-3
    for was, now in pairwise(weights_of(run)[: 2 * 80]):
        assert all(abs(b) > abs(a) for a, b in zip(was, now, strict=True))


@pytest.mark.parametrize(("name", "factor"), [("vanishing", 0.5), ("exploding", 2.0)])
def test_thirty_layers(name: str, factor: float) -> None:
    start = experiment(name)
    assert start.weights == (factor,) * 30
    for sample in start.samples:
        arriving = upstreams(start.weights, sample.x, sample.target, "identity")
        assert len(arriving) == 30
        assert all(a == factor * b for a, b in pairwise(arriving))


def test_vanishing() -> None:
    run = run_of("vanishing")
    assert all(w == pytest.approx(0.5, abs=1e-7) for w in run.final_weights)
    assert mean_losses(run)[-1] == pytest.approx(mean_losses(run)[0], rel=1e-6)


def test_exploding() -> None:
    run = run_of("exploding")
    assert run.diverged_at == Place(1, 2)
    first = run.experiment.samples[0]
    _, slopes = oracle.tape_gradients(run.experiment.weights, first.x, first.target, "identity")
    rate = run.experiment.learning_rate
    after = [w - rate * g for w, g in zip(run.experiment.weights, slopes, strict=True)]
    assert run.weights_before(1) == pytest.approx(after)
    assert math.isinf(math.prod(after))


def test_tanh() -> None:
    run = run_of("tanh")
    assert run.experiment.activation == "tanh"
    assert {s.target for s in run.experiment.samples} == {0.8, -0.8}
    weights, first = run.experiment.weights, run.experiment.samples[0]
    # One factor more: without the slope the same product is another number, at every layer.
    arriving = upstreams(weights, first.x, first.target, "tanh")
    _, slopes = oracle.tape_gradients(weights, first.x, first.target, "tanh")
    value = first.x
    for weight, public, gradient in zip(weights, arriving, slopes, strict=True):
        slope = 1 / math.cosh(weight * value) ** 2
        assert gradient == pytest.approx(public * slope * value)
        assert abs(public * value) > abs(gradient)
        value = math.tanh(weight * value)
    assert max(abs(e) for e in run.outputs) < 1
    assert run.converged_at is not None
    assert run.losses[-1] < 1e-3


def test_sigmoid() -> None:
    run = run_of("sigmoid")
    states = weights_of(run)
    for weights in states[::37]:
        for sample in run.experiment.samples:
            arriving = upstreams(weights, sample.x, sample.target, "sigmoid")
            assert all(0 < abs(a) < abs(b) / 4 for a, b in pairwise(arriving))
    moved = [abs(b - a) for a, b in zip(states[0], states[-1], strict=True)]
    assert max(moved[:2]) < 0.01
    assert moved[-1] > 0.9
    first, second = (run.predict(s.x).output for s in run.experiment.samples)
    assert abs(first - second) < 1e-4
    assert abs(run.experiment.samples[0].target - run.experiment.samples[1].target) > 0.5


def test_dead_relu() -> None:
    run = run_of("dead_relu")
    for sample in run.experiment.samples:
        loss, slopes = oracle.tape_gradients(
            run.experiment.weights, sample.x, sample.target, "relu"
        )
        assert loss == 0.5
        assert not any(slopes)
        assert run.predict(sample.x).output == 0
    assert set(weights_of(run)) == {run.experiment.weights}


PINNED = Path(__file__).with_name("presets.json")


def test_a_preset_is_the_same_experiment_in_every_version() -> None:
    """Files, links and lessons name presets: CHAINSTEP_UPDATE_SNAPSHOTS=1 adds new ones."""
    found = {
        preset.name: [
            json.loads(to_json(one))["experiment"]
            for one in (preset.experiment, preset.beside)
            if one is not None
        ]
        for preset in PRESETS
    }
    if os.environ.get("CHAINSTEP_UPDATE_SNAPSHOTS"):
        PINNED.write_text(json.dumps(found, indent=1) + "\n", "utf-8")
    assert found == json.loads(PINNED.read_text("utf-8"))
