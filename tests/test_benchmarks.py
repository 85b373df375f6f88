"""The benchmarks: what they compare does the same, and they run."""

import subprocess
import sys
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from benchmarks.framework import Network
from benchmarks.machine import built
from benchmarks.programs import C, Framework, experiment_of
from benchmarks.table import Row, at_least, at_most, line, within
from engine import train


@given(st.integers(1, 9), st.integers(2, 60))
def test_the_framework_trains_as_front_to_back_does(layers: int, updates: int) -> None:
    experiment = experiment_of(layers, updates, "front_to_back")
    framework = Framework(experiment)
    framework.train()
    assert framework.weights == train(experiment).final_weights


def test_the_framework_starts_where_the_article_s_does() -> None:
    weights = [layer.weight for layer in Network(500).layers]
    assert -0.5 <= min(weights) < -0.4
    assert 0.4 < max(weights) < 0.5


def test_c_keeps_the_history_that_a_run_keeps() -> None:
    experiment = experiment_of(4, 300)
    with built("chain") as library:
        if library is None:
            pytest.skip("there is no gcc")
        program = C(library, experiment, keeps=True)
        program()
    run = train(experiment)
    assert tuple(program.weights.tolist()) == run.final_weights
    assert [part.tolist() for part in program.history] == [
        list(run.checkpoints),
        list(run.outputs),
        list(run.losses),
    ]


def test_a_row_says_whether_its_mark_is_reached() -> None:
    assert line(Row("a", "1 s", *at_least(0.9, 0.9, "C"))).split() == (
        ["a", "1", "s", "0.9", "×", "C", "≥", "0.9", "×", "reached"]
    )
    assert line(Row("a", "1 s", *at_most(1.26, 1.25, "C"))).endswith("≤ 1.25 ×  MISSED")
    assert within([0.001] * 990 + [0.02] * 10, 0.016)[0] == "1 ms, p99 1 ms, max 20 ms"
    assert not within([0.001] * 90 + [0.02] * 10, 0.016)[-1]


def test_only_what_is_asked_for_is_measured() -> None:
    command = [sys.executable, "-m", "benchmarks", "--only", "uncompiled"]
    folder = Path(__file__).parent.parent
    done = subprocess.run(command, capture_output=True, check=True, text=True, cwd=folder)
    assert " cores, " in done.stdout.splitlines()[0]
    assert done.stdout.count("same numbers as the framework") == 2
    assert "backprop" not in done.stdout
