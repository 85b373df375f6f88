"""engine.training.loops: which loop a training gets, from which size on."""

from collections.abc import Iterator

import pytest

from engine import Experiment, Sample
from engine.steps import Structure
from engine.training import loops
from engine.training.loops import LARGE, LONG, MOST_LAYERS, READY, Loop, catch_up, loop_for


@pytest.fixture(autouse=True)
def asked(monkeypatch: pytest.MonkeyPatch) -> Iterator[list[Structure]]:
    """Compile nothing; tell for what it was asked."""
    structures: list[Structure] = []
    monkeypatch.setattr(loops, "_ready", {})
    monkeypatch.setattr(loops, "_make_ready", structures.append)
    return structures


def one(layers: int, updates: int) -> Experiment:
    return Experiment((0.5,) * layers, (Sample(1, 1),), epochs=updates)


def is_written_out(loop: Loop) -> bool:
    # Its state is θ alone.
    return loop.begin([0.5, 0.25]) == (0.5, 0.25)


@pytest.mark.parametrize(
    ("experiment", "stride", "expected"),
    [
        (one(3, LONG - 1), 1, False),
        (one(3, LONG), 1, True),
        (one(3, LONG), 2, True),
        (one(MOST_LAYERS, LONG), 1, True),
        (one(MOST_LAYERS + 1, LONG), 1, False),
    ],
)
def test_a_long_training_is_written_out(
    experiment: Experiment, stride: int, *, expected: bool
) -> None:
    assert is_written_out(loop_for(experiment, stride)) is expected


@pytest.mark.parametrize("layers", [2, 3, MOST_LAYERS])
def test_a_large_job_is_compiled(layers: int, asked: list[Structure]) -> None:
    enough = -(-LARGE // (layers + 2))
    loop_for(one(layers, enough - 1), 1)
    assert not asked
    loop_for(one(layers, enough), 1)
    assert asked == [one(layers, 1).structure]


def test_very_long_chains_share_a_loop(asked: list[Structure]) -> None:
    for layers in (MOST_LAYERS + 1, MOST_LAYERS + 2):
        loop_for(one(layers, LARGE), 1)
    assert asked == [one(1, 1).structure._replace(layers=0)] * 2


@pytest.mark.parametrize("layers", [1, 4, 8])
def test_what_is_compiled_is_used_where_that_is_faster(
    layers: int, monkeypatch: pytest.MonkeyPatch, asked: list[Structure]
) -> None:
    experiment = one(layers, 1)
    compiled = loops.plain(experiment.structure)
    monkeypatch.setattr(loops, "_ready", {experiment.structure: compiled})
    enough = -(-READY // (layers + 2))
    assert loop_for(one(layers, enough), 1) is compiled
    assert loop_for(one(layers, LARGE), 1) is compiled
    assert loop_for(one(layers, enough - 1), 1) is not compiled
    assert not asked


def test_no_update_again_is_where_one_was() -> None:
    experiment = Experiment()
    assert catch_up(experiment, [0.5, 0.25, 1.0], 7, 7) == (0.5, 0.25, 1.0)
    learner = experiment.learner([0.5, 0.25, 1.0])
    learner.learn(experiment.samples[1].x, experiment.samples[1].target)
    assert catch_up(experiment, [0.5, 0.25, 1.0], 7, 8) == tuple(learner.theta)
