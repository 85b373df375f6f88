"""`chainstep diagnose`: one line a finding, or strict JSON."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from engine import Experiment, train
from engine.diagnosis import SENTENCES, diagnose

if TYPE_CHECKING:
    from collections.abc import Callable

    from tests.engine.conftest import Outcome

    Chainstep = Callable[..., Outcome]

ALL_EQUAL = ["--weights", 0.2333, 0.2333, 0.2333]


def test_the_opening_experiment(chainstep: Chainstep) -> None:
    status, out, err = chainstep("diagnose")
    assert (status, err) == (0, "")
    lines = out.splitlines()
    assert lines[0].startswith(
        "converged at epoch 191. In epoch 191 the mean loss fell below 0.001"
    )
    assert lines[1].endswith("below the edge, 2/α = 40.")
    assert "of every layer equals (e − ê)·e = " in lines[2]
    assert lines[2].endswith(", to the last digit.")


def test_a_slip_breaks_the_identity(chainstep: Chainstep) -> None:
    _, out, _ = chainstep("diagnose", "--algorithm", "sign_flipped", "--epochs", 3)
    assert out.splitlines()[-1].endswith("these are not the true gradients.")


def test_of_numbers_that_ran_away_no_identity_is_told(chainstep: Chainstep) -> None:
    _, out, _ = chainstep("diagnose", "--weights", 1e200, 1e200)
    assert "(e − ê)·e" not in out


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (ALL_EQUAL, "sign cannot change: w1, w2, w3 are equally small (0.2333). "),
        (["--learning-rate", 0.67], "oscillating: curvature 2.99"),
        (["--learning-rate", 0.66], "close to the edge: curvature 3.005"),
        (["--epochs", 0], "not trained: 0 epochs. "),
        (["--activation", "relu"], "dead ReLU: layer 2 outputs 0 for every sample. "),
        (["--layers", 10, "--seed", 1], "vanishing with depth: × 0."),
        (["--algorithm", "in_place"], "wrong gradients: relative error up to 0.0319"),
        (["--weights", 3, 3, 3, "--learning-rate", 1], "diverged at epoch 2, sample 2. "),
    ],
)
def test_each_finding_is_a_line(chainstep: Chainstep, arguments: list[object], said: str) -> None:
    status, out, err = chainstep("diagnose", *arguments)
    assert (status, err) == (0, "")
    assert [line for line in out.splitlines() if line.startswith(said)]


def test_json_holds_the_same_numbers(chainstep: Chainstep) -> None:
    table = chainstep("diagnose", *ALL_EQUAL, "--json").json()
    found = diagnose(train(Experiment(weights=(0.2333,) * 3))).main
    assert table["findings"][0] == {
        "kind": "sign-trapped",
        **found.numbers,
        "tied": [1, 2, 3],
    }
    assert table["edge"] == 40
    assert len(table["invariants"]) == 2
    assert len(table["identity"]["products"]) == 3


def test_json_has_no_infinities(chainstep: Chainstep) -> None:
    table = chainstep("diagnose", "--weights", 1e200, 1e200, "--json").json()
    assert table["findings"][0]["kind"] == "diverged"
    assert table["curvature"] is None


def test_json_without_the_identity(chainstep: Chainstep) -> None:
    assert chainstep("diagnose", "--json", "--activation", "tanh").json()["identity"] is None


def test_a_fault_is_one_line(chainstep: Chainstep) -> None:
    status, out, err = chainstep("diagnose", "--learning-rate", 0)
    assert (status, out) == (2, "")
    assert err.count("\n") == 1


def test_every_sentence_ends_once() -> None:
    for short, long in SENTENCES.values():
        assert not short.endswith(".")
        assert long.endswith(".")
        assert ".." not in long
