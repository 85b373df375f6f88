"""engine.compiled: the compiled loop does what the plain one does, bit for bit."""

import math
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

import engine.compiled
import engine.training
from engine import Experiment, Run, Sample, train
from tests.engine import chains

numba = pytest.mark.skipif(not engine.compiled.possible(), reason="Numba is not installed")

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
        patch.setattr(engine.compiled, "READY", ready)
        patch.setattr(engine.compiled, "LARGE", ready)
        patch.setattr(engine.training, "KEPT_NUMBERS", kept)
        patch.setattr(engine.training, "_FIRST", 5)
        return train(experiment)


@numba
@pytest.mark.timeout(300)
@pytest.mark.parametrize("algorithm", chains.ALGORITHMS)
@pytest.mark.parametrize("activation", chains.ACTIVATIONS)
@settings(max_examples=40, deadline=None)
@example(Experiment((3.0, 3.0, 3.0), learning_rate=0.5, epochs=12), 1 << 24)
@example(Experiment((1e200, -1e200), (Sample(0.0, 1.0), Sample(1.0, 1.0)), epochs=3), 2)
@example(Experiment((1e308, -1e308), (Sample(1e308, 1.0), Sample(-1e308, -1e308)), 1e308, 5), 1)
@example(Experiment((0.3,) * 33, (Sample(1.0, 0.2),) * 3, 0.1, 40), 200)
@given(chains.experiments(WILD, most_epochs=40), st.sampled_from((1, 10, 40, 1 << 24)))
def test_compiled_and_plain_agree(
    activation: str, algorithm: str, experiment: Experiment, kept: int
) -> None:
    experiment = replace(experiment, activation=activation, algorithm=algorithm)
    plain, compiled = trained(experiment, sys.maxsize, kept), trained(experiment, 0, kept)
    assert everything(compiled) == everything(plain)
    assert all(type(w) is float for w in compiled.final_weights)


@numba
@settings(max_examples=30, deadline=None)
@given(chains.experiments(WILD, most_epochs=40), st.data())
def test_updates_made_again_agree(experiment: Experiment, data: st.DataObject) -> None:
    experiment = replace(experiment, activation="tanh", algorithm="backprop")
    run, thin = trained(experiment, sys.maxsize, 1 << 24), trained(experiment, 0, 1)
    update = data.draw(st.integers(0, run.updates))
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(engine.compiled, "READY", 0)
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
    monkeypatch.setattr(engine.compiled, "_ready", {})
    monkeypatch.setattr(engine.compiled, "LARGE", 0)
    monkeypatch.setattr(engine.compiled, "READY", 0)
    return monkeypatch


def test_without_numba_everything_works(from_scratch: pytest.MonkeyPatch) -> None:
    from_scratch.setattr(engine.compiled, "find_spec", lambda _: None)
    assert train(Experiment()).converged_at == 191
    assert not engine.compiled._ready


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
    assert engine.compiled._ready
    assert not list(tmp_path.iterdir())


@numba
def test_other_formulas_are_compiled_anew(monkeypatch: pytest.MonkeyPatch) -> None:
    before = engine.compiled._edition()
    monkeypatch.setattr(engine.compiled.chain, "__file__", __file__)
    assert engine.compiled._edition() != before


@numba
def test_a_moment_of_a_long_run_is_near() -> None:
    run = train(Experiment(epochs=2_000_000))
    assert run.stride == 4
    assert array("d", run.weights_before(1_999_999)).tobytes() == bits(
        train(replace(run.experiment, epochs=1_000_000)).weights_before(1_999_999)
    )
