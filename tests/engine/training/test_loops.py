"""engine.training.loops: a training is the same in every loop, bit for bit."""

import math
import os
import struct
import subprocess
import sys
from array import array
from collections.abc import Iterable, Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

import engine.training.compiled
import engine.training.loops
import engine.training.train
from engine import Experiment, Run, Sample, train
from tests.engine import chains

numba = pytest.mark.skipif(not engine.training.compiled.possible(), reason="Numba is not installed")

WILD = st.one_of(chains.numbers(1.5), chains.numbers(1e3), chains.finite_float)


def bits(numbers: Iterable[float]) -> bytes:
    """The numbers bit for bit, but for what a NaN carries."""
    plain = [math.nan if math.isnan(number) else number for number in numbers]
    return struct.pack(f"{len(plain)}d", *plain)


def everything(run: Run) -> tuple[object, ...]:
    """All that a run keeps."""
    kept = (run.checkpoints, run.lows, run.highs, run.answers, run.final_weights)
    return (*map(bits, kept), run.stride, run.converged_at, run.diverged_at)


def trained(experiment: Experiment, ready: int, kept: int) -> Run:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(engine.training.loops, "READY", ready)
        patch.setattr(engine.training.loops, "LARGE", ready)
        patch.setattr(engine.training.train, "KEPT_NUMBERS", kept)
        patch.setattr(engine.training.train, "_FIRST", 5)
        return train(experiment)


KEPT = st.sampled_from((1, 10, 40, 1 << 24))


def agree(experiment: Experiment, kept: int) -> None:
    """Hold the compiled training against the one of the definition."""
    plain, compiled = trained(experiment, sys.maxsize, kept), trained(experiment, 0, kept)
    assert everything(compiled) == everything(plain)
    assert all(type(w) is float for w in compiled.final_weights)


# Each number of layers is compiled for itself.
@numba
@pytest.mark.timeout(300)
@pytest.mark.parametrize(("activation", "algorithm"), chains.COMPILED)
@settings(max_examples=40, deadline=None)
@example(Experiment((3.0, 3.0, 3.0), learning_rate=0.5, epochs=12), 1 << 24)
@example(Experiment((1e200, -1e200, 1.0), (Sample(0.0, 1.0), Sample(1.0, 1.0)), epochs=3), 2)
@example(Experiment((1e308,) * 3, (Sample(1e308, 1.0), Sample(-1e308, -1e308)), 1e308, 5), 1)
@given(chains.experiments(WILD, most_epochs=40, layers=3), KEPT)
def test_written_out_and_compiled_it_is_the_same_training(
    activation: str, algorithm: str, experiment: Experiment, kept: int
) -> None:
    agree(replace(experiment, activation=activation, algorithm=algorithm), kept)


@numba
@pytest.mark.timeout(300)
@pytest.mark.parametrize("layers", [1, 2, 33, engine.training.loops.MOST_LAYERS])
@settings(max_examples=20, deadline=None)
@given(st.data(), KEPT)
def test_so_it_is_with_other_numbers_of_layers(layers: int, data: st.DataObject, kept: int) -> None:
    experiment = data.draw(chains.experiments(WILD, most_epochs=40, layers=layers))
    agree(replace(experiment, activation="tanh", algorithm="backprop"), kept)


@numba
@pytest.mark.timeout(300)
@pytest.mark.parametrize(
    ("activation", "algorithm"), [("sigmoid", "backprop"), ("relu", "in_place")]
)
@settings(max_examples=20, deadline=None)
@given(chains.experiments(WILD, most_epochs=40), KEPT)
def test_what_is_too_long_to_be_written_out_is_compiled_as_it_stands(
    activation: str, algorithm: str, experiment: Experiment, kept: int
) -> None:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(engine.training.loops, "MOST_LAYERS", 0)
        agree(replace(experiment, activation=activation, algorithm=algorithm), kept)


@numba
@settings(max_examples=30, deadline=None)
@given(chains.experiments(WILD, most_epochs=40, layers=2), st.data())
def test_updates_made_again_agree(experiment: Experiment, data: st.DataObject) -> None:
    experiment = replace(experiment, activation="tanh", algorithm="backprop")
    run, thin = trained(experiment, sys.maxsize, 1 << 24), trained(experiment, 0, 1)
    update = data.draw(st.integers(0, run.updates))
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(engine.training.loops, "READY", 0)
        assert bits(thin.weights_before(update)) == bits(run.weights_before(update))


@numba
def test_a_loop_is_compiled_for_a_large_job_alone() -> None:
    script = """
import sys
from engine import Experiment, train
train(Experiment(epochs=20_000))
assert not {"numba", "numpy"} & set(sys.modules)
one = train(Experiment(epochs=600_000))
assert "numba" in sys.modules
print(one.final_weights)
"""
    first = subprocess.run([sys.executable, "-c", script], capture_output=True, check=True)
    run = train(Experiment(epochs=600_000))
    assert first.stdout.decode().strip() == str(run.final_weights)


@pytest.fixture
def from_scratch(monkeypatch: pytest.MonkeyPatch) -> Iterator[pytest.MonkeyPatch]:
    monkeypatch.setattr(engine.training.loops, "_ready", {})
    monkeypatch.setattr(engine.training.loops, "LARGE", 0)
    monkeypatch.setattr(engine.training.loops, "READY", 0)
    return monkeypatch


def test_without_numba_everything_works(from_scratch: pytest.MonkeyPatch) -> None:
    from_scratch.setattr(engine.training.compiled, "find_spec", lambda _: None)
    assert train(Experiment()).converged_at == 191
    assert not engine.training.loops._ready


def test_a_numba_that_cannot_be_imported_counts_as_none(from_scratch: pytest.MonkeyPatch) -> None:
    from_scratch.setitem(sys.modules, "numba", None)
    assert train(Experiment()).converged_at == 191


@numba
def test_without_a_place_for_the_cache_it_is_compiled_all_the_same(
    from_scratch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    from numba.core.caching import CacheImpl  # noqa: PLC0415

    def nowhere(*_: object) -> None:
        raise RuntimeError("cannot cache function: no locator available")

    from_scratch.setattr(CacheImpl, "__init__", nowhere)
    assert train(Experiment()).converged_at == 191
    assert engine.training.loops._ready
    assert not list(tmp_path.iterdir())


CACHED = """
import sys
from pathlib import Path
from dataclasses import replace
from importlib.util import module_from_spec, spec_from_file_location
from engine import Experiment, steps, train
from engine.activations import activation
from engine.training import loops
if sys.argv[1:] == ["steps"]:
    by = dict(steps.ALGORITHMS)
    by["backprop"] = replace(by["backprop"], backward=by["sign_flipped"].backward)
    steps.ALGORITHMS = by
elif sys.argv[1:]:
    other = module_from_spec(spec_from_file_location("other", sys.argv[1]))
    activation.Activation.module = property(lambda _: other)
train(Experiment(epochs=600_000))
stats = loops._ready[loops._structure(Experiment())].advance.stats
print(sum(stats.cache_hits.values()), sum(stats.cache_misses.values()))
"""


@numba
@pytest.mark.timeout(300)
def test_what_is_compiled_is_found_again_unless_the_formulas_are_others(tmp_path: Path) -> None:
    def cached(*others: str) -> str:
        return subprocess.run(
            [sys.executable, "-c", CACHED, *others],
            capture_output=True,
            check=True,
            text=True,
            env={**os.environ, "NUMBA_CACHE_DIR": str(tmp_path)},
        ).stdout.strip()

    assert [cached(), cached(), cached(__file__)] == ["0 1", "1 0", "0 1"]
    assert [cached("steps"), cached("steps"), cached()] == ["0 1", "1 0", "1 0"]


@numba
def test_a_moment_of_a_long_run_is_near() -> None:
    run = train(Experiment(epochs=2_000_000))
    assert run.stride == 4
    assert array("d", run.weights_before(1_999_999)).tobytes() == bits(
        train(replace(run.experiment, epochs=1_000_000)).weights_before(1_999_999)
    )
