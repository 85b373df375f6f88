"""`chainstep count`, as the entry point runs it."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from collections.abc import Callable

    from tests.engine.conftest import Outcome

    Chainstep = Callable[..., Outcome]


def test_json(chainstep: Chainstep) -> None:
    found = chainstep("count", "--layers", 3, 10, 100, "--json")
    assert (found.status, found.err) == (0, "")
    assert found.json() == [
        {"layers": 3, "written_out": 6, "expanded": 9, "backprop": 5},
        {"layers": 10, "written_out": 55, "expanded": 100, "backprop": 19},
        {"layers": 100, "written_out": 5050, "expanded": 10000, "backprop": 199},
    ]


def test_the_table_is_aligned(chainstep: Chainstep) -> None:
    found = chainstep("count", "--layers", 1, 100)
    assert (found.status, found.err) == (0, "")
    lines = found.out.splitlines()
    assert lines[0].split() == ["layers", "written", "out", "expanded", "backprop"]
    assert [line.split() for line in lines[1:]] == [
        ["1", "1", "1", "1"],
        ["100", "5050", "10000", "199"],
    ]
    assert len({len(line) for line in lines}) == 1


def test_without_layers_it_counts_the_articles_chain_and_longer_ones(chainstep: Chainstep) -> None:
    assert [row["layers"] for row in chainstep("count", "--json").json()] == [3, 10, 100]


def test_slopes_of_an_activation(chainstep: Chainstep) -> None:
    (row,) = chainstep("count", "--layers", 3, "--activation", "tanh", "--json").json()
    assert row == {"layers": 3, "written_out": 12, "expanded": 15, "backprop": 8}


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["--layers", 0], "must be from 1 to 1000, not 0."),
        (["--layers", 3, -2], "must be from 1 to 1000, not -2."),
        (["--layers", 1001], "must be from 1 to 1000, not 1001."),
        (["--layers", "x"], "'x' is not a whole number"),
        (["--layers", 2.5], "'2.5' is not a whole number"),
        (["--layers"], "expected at least one argument"),
        (["--activation", "cube"], "cube"),
    ],
)
def test_a_fault_is_one_line(chainstep: Chainstep, arguments: list[object], said: str) -> None:
    found = chainstep("count", *arguments)
    assert (found.status, found.out) == (2, "")
    assert said in found.err
    assert found.err.count("\n") == 1
