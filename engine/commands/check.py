"""`chainstep check`: the gradients against central differences."""

import argparse
import json
from collections.abc import Sequence
from dataclasses import asdict
from typing import Any

from engine.commands.options import add_experiment_options, experiment_from, number
from engine.commands.output import plain, strict
from engine.experiment import Experiment
from engine.finding import finding
from engine.finding_words import sentences
from engine.gradient_check import EPSILON, GradientCheck, after_update, check_gradients


def add(commands: Any) -> None:  # noqa: ANN401 - argparse's own type is private
    """Add `check` to a parser's sub-commands."""
    parser = commands.add_parser(
        "check",
        help="check the gradients by central differences",
        description="Check the gradients at the initial weights, for every sample.",
    )
    add_experiment_options(parser)
    parser.add_argument("--epsilon", metavar="E", type=number, default=EPSILON)
    parser.add_argument(
        "--after-update",
        action="store_true",
        help="as the article does while training, here for the first epoch: gradients from"
        " before each update against differences after it",
    )
    parser.add_argument("--json", action="store_true", help="print one JSON list instead")
    parser.set_defaults(command=check_command, parser=parser)


def check_command(options: argparse.Namespace) -> None:
    """`chainstep check`."""
    experiment = experiment_from(options)
    checks = (
        after_update(experiment, options.epsilon)
        if options.after_update
        else (
            (i, check_gradients(experiment, experiment.weights, sample, options.epsilon))
            for i, sample in enumerate(experiment.samples, start=1)
        )
    )
    if options.json:
        table = [_check_row(i, row) for i, rows in checks for row in rows]
        print(json.dumps(strict(table)))
        return
    for i, rows in checks:
        sample = experiment.samples[i - 1]
        print(f"sample {i}: x = {plain(sample.x)}, target = {plain(sample.target)}")
        print("\n".join(map(_check_line, reversed(rows))))
        # The article prints its rows and nothing else.
        if not options.after_update:
            print(f"  {_finding_line(experiment, i, rows, options.epsilon)}")


def _check_row(sample: int, row: GradientCheck) -> dict[str, Any]:
    values = asdict(row)
    return {
        "sample": sample,
        "layer": row.layer,
        "backprop": values.pop("gradient"),
        **{name: value for name, value in values.items() if name != "layer"},
    }


def _check_line(row: GradientCheck) -> str:
    return (
        f"  w{row.layer}  gradient {row.gradient: .6f}  central difference {row.numeric: .6f}"
        f"  relative error {row.relative_error:.1e}  {row.verdict}"
    )


def _finding_line(
    experiment: Experiment, number: int, rows: Sequence[GradientCheck], epsilon: float
) -> str:
    sample = experiment.samples[number - 1]
    found = finding(experiment, experiment.weights, sample, rows, epsilon)
    return " ".join(sentences(found, experiment.layers, str, _error))


def _error(value: float) -> str:
    return f"{value:.1e}"
