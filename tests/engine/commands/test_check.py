"""`chainstep check`: the lines of a whole training, and numbers of any size."""

from __future__ import annotations

import itertools
import subprocess
import sys
from typing import TYPE_CHECKING

import pytest

from engine import Experiment
from tests.engine import oracle

if TYPE_CHECKING:
    from collections.abc import Callable

    from tests.engine.conftest import Outcome

    Chainstep = Callable[..., Outcome]

LISTING = ("check", "--preset", "listing", "--after-update")


def figures(out: str) -> list[tuple[str, str, str]]:
    """Return weight, gradient and difference of each line that has them."""
    lines = (line.split() for line in out.splitlines() if line.startswith("  w"))
    return [(line[0], line[2], line[5]) for line in lines]


def test_check_prints_the_lines_of_the_article(chainstep: Chainstep) -> None:
    status, out, err = chainstep(*LISTING)
    assert (status, err) == (0, "")
    lines = out.splitlines()
    assert lines[0] == "sample 1: x = 1, target = -1"
    assert lines[4] == "sample 2: x = -1, target = 1"
    assert lines[8] == "end of epoch 1"
    assert lines[-1] == "end of epoch 160"
    assert lines[1].startswith("  w3  dl/dw3 -0.055899  central difference -0.052914  ")
    assert figures(out)[:3] == [
        ("w3", "-0.055899", "-0.052914"),
        ("w2", "-0.124403", "-0.120988"),
        ("w1", "0.120926", "0.120736"),
    ]


def test_what_is_compared_after_an_update_has_no_verdict(chainstep: Chainstep) -> None:
    rows = chainstep(*LISTING, "--epochs", 1, "--json").json()
    assert len(rows) == 6
    assert all(row["verdict"] is None for row in rows)


def test_they_go_through_the_whole_training(chainstep: Chainstep) -> None:
    shown = figures(chainstep(*LISTING).out)
    assert len(shown) == 160 * 2 * 3
    weights, expected = list(Experiment().weights), []
    for _ in range(160):
        for x, target in ((1.0, -1.0), (-1.0, 1.0)):
            before = list(weights)
            weights[:] = oracle.article_listing(*before, [(x, target)], 0.05, 1)
            for i in (2, 1, 0):
                gradient = (before[i] - weights[i]) / 0.05
                slope = oracle.slope_by_differences(weights, i + 1, x, target, "identity", 1e-4)
                expected.append((f"w{i + 1}", gradient, slope))
    for (name, gradient, numeric), (weight, *numbers) in zip(shown, expected, strict=True):
        assert name == weight
        assert [float(gradient), float(numeric)] == pytest.approx(numbers, abs=1e-6)


def test_json_of_the_whole_training_is_one_list(chainstep: Chainstep) -> None:
    rows = chainstep(*LISTING, "--json").json()
    places = [(row["epoch"], row["sample"], row["layer"]) for row in rows]
    assert places == list(itertools.product(range(1, 161), (1, 2), (1, 2, 3)))
    assert chainstep(*LISTING, "--json", "--epochs", 0).json() == []
    assert chainstep(*LISTING, "--epochs", 0).out == ""


@pytest.mark.parametrize("form", [[], ["--json"]])
def test_the_lines_come_while_the_training_goes_on(form: list[str]) -> None:
    command = [sys.executable, "-m", "gui", *LISTING, "--epochs", "1000000000", *form]
    with subprocess.Popen(
        command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
    ) as running:
        assert running.stdout is not None
        assert running.stderr is not None
        assert running.stdout.read(10)
        running.stdout.close()  # as `head` does
        assert running.wait(20) in (0, 1, 141)
        assert running.stderr.read() == ""


@pytest.mark.parametrize(
    "arguments",
    [("--preset", "vanishing"), ("--weights", 1e100, 0.5), ("--weights", 1e-9, 1e-3, -0.5)],
)
def test_check_shows_significant_digits_of_any_size(
    chainstep: Chainstep, arguments: tuple[object, ...]
) -> None:
    lines = [line for line in chainstep("check", *arguments).out.splitlines() if line[:3] == "  w"]
    rows = chainstep("check", *arguments, "--json").json()
    ordered = sorted(rows, key=lambda row: (row["sample"], -row["layer"]))
    assert len({line.index("relative") for line in lines}) == 1
    for line, row in zip(lines, ordered, strict=True):
        cells = line.split()
        shown = [float(cells[i]) for i in (2, 5)]
        assert shown == pytest.approx([row["backprop"], row["numeric"]], rel=1e-6)
        assert len(line) < 120
