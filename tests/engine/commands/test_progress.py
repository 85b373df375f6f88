"""What commands that take long tell of their progress: how much of all is done."""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING

import pytest

from engine import Experiment, check_gradients
from engine.checking.gradient_check import part
from engine.commands.diagnose import _number
from engine.commands.output import Patience

if TYPE_CHECKING:
    from collections.abc import Callable

    from tests.engine.conftest import Outcome

    Chainstep = Callable[..., Outcome]

MANY = ["--weights", *["0.5"] * 64, "--sample", 1, 2, "--sample", 2, 1, "--sample", 3, 1]


@pytest.mark.parametrize(
    ("command", "last"),
    [
        (("check", *MANY), 1.0),
        (("check", *MANY, "--epochs", 2, "--after-update", "--json"), 1.0),
        (("train", "--epochs", 20_000), None),
        (("diagnose", "--epochs", 20_000), 1.0),
        (("train", "--epochs", 10, "--csv", "-"), 1.0),
    ],
)
def test_the_share_that_is_done_rises_to_the_whole(
    chainstep: Chainstep,
    monkeypatch: pytest.MonkeyPatch,
    command: tuple[object, ...],
    last: float | None,
) -> None:
    shares: list[float] = []
    monkeypatch.setattr(Patience, "__call__", lambda _, share: shares.append(share))
    monkeypatch.setattr("engine.training.train._REPORT", 0.0)
    assert chainstep(*command).status == 0
    assert len(shares) > 2
    assert 0.0 <= shares[0] < 0.5
    assert max(shares) <= 1.0
    steps = [later - earlier for earlier, later in pairwise(shares)]
    assert min(steps) >= 0.0 or command[-1] == "-"  # the table begins anew
    if last is not None:
        assert shares[-1] == pytest.approx(last, abs=0.1)


def test_of_each_layer_the_weight_comes_before_the_bias(chainstep: Chainstep) -> None:
    out = chainstep("check", "--biases", 0.5, 0.25, -0.5).out.splitlines()
    assert [line.split()[0] for line in out[1:7]] == ["w3", "b3", "w2", "b2", "w1", "b1"]


def test_the_summary_of_a_training_stands_apart_from_the_predictions(chainstep: Chainstep) -> None:
    lines = chainstep("train").out.splitlines()
    assert lines[-3:] == ["", "1 , -1", "-1 , 1"]
    assert lines.count("") == 1


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (-0.0, "0"),
        (40.0, "40"),
        (0.2333, "0.2333"),
        (1 / 3, "0.333333"),
        (123456.789, "123457"),
        (0.123456, "0.123456"),
    ],
)
def test_numbers_in_a_diagnosis_are_short(value: float, text: str) -> None:
    assert _number(value) == text


def test_each_layer_of_a_check_runs_the_chain_from_there_on() -> None:
    experiment, shares = Experiment((0.5,) * 4), list[float]()
    check_gradients(experiment, experiment.weights, experiment.samples[0], 1e-4, shares.append)
    # The first is moved in front of 4 layers, the last of one.
    assert shares == [7 / 16, 12 / 16, 15 / 16, 1.0]
    half = part(shares.append, 1, 2)
    assert half is not None
    half(0.5)
    assert shares[-1] == 0.75
    assert part(None, 1, 2) is None
