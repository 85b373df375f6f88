"""`chainstep check`: the gradients against central differences."""

import argparse
import json
import sys
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import asdict
from itertools import groupby
from typing import Any

from engine.checking import EPSILON
from engine.checking.conclusion import conclude
from engine.checking.conclusion_words import sentences
from engine.checking.gradient_check import (
    GradientCheck,
    after_update,
    check_gradients,
    checked_epsilon,
    part,
)
from engine.commands.options import add_experiment_options, experiment_from, number
from engine.commands.output import Patience, plain, strict
from engine.experiment import Experiment
from engine.words import Say

_WIDTH = 14
"""Of a column of numbers: 7 significant digits, a sign, a point and an exponent of 3 digits."""

_LARGEST_FIXED = 1e15
"""Numbers from here on are not written out to six decimals, but with an exponent."""


def add(commands: Any) -> None:  # noqa: ANN401 - argparse's own type is private
    """Add `check` to a parser's sub-commands."""
    parser = commands.add_parser(
        "check",
        help="check the gradients by central differences",
        description="Check the gradients at the initial weights, for every sample.",
    )
    add_experiment_options(parser)
    parser.add_argument(
        "--epsilon",
        metavar="E",
        type=number,
        default=EPSILON,
        help="how far a weight is moved to both sides (0.0001)",
    )
    parser.add_argument(
        "--after-update",
        action="store_true",
        help="print what the article's program prints, for the whole training: at each update the"
        " gradients from before it beside central differences after it, the last layer first."
        " This compares, it does not check: right gradients differ too",
    )
    parser.add_argument("--json", action="store_true", help="print one JSON list instead")
    parser.set_defaults(command=check_command, parser=parser)


def check_command(options: argparse.Namespace) -> None:
    """Run `chainstep check`: print the rows. Raises `UserError` for bad options."""
    experiment = experiment_from(options)
    epsilon = checked_epsilon(options.epsilon)
    if options.json:
        rows = (
            _trained(experiment, epsilon) if options.after_update else _checked(experiment, epsilon)
        )
        _print_list(rows)
    elif options.after_update:
        _print_training(experiment, epsilon)
    else:
        _print_checks(experiment, epsilon)


def _checks(
    experiment: Experiment, epsilon: float
) -> Iterator[tuple[int, tuple[GradientCheck, ...]]]:
    patience = Patience()
    for i, sample in enumerate(experiment.samples, start=1):
        progress = part(patience, i - 1, len(experiment.samples))
        yield i, check_gradients(experiment, experiment.theta, sample, epsilon, progress)


def _updates(
    experiment: Experiment, epsilon: float
) -> Iterator[tuple[int, int, tuple[GradientCheck, ...]]]:
    """Yield epoch, sample and rows of each update of the training, and keep none of them."""
    learner, patience = experiment.learner(), Patience()
    for epoch in range(1, experiment.epochs + 1):
        progress = part(patience, epoch - 1, experiment.epochs)
        for i, rows in after_update(experiment, epsilon, learner, progress):
            yield epoch, i, rows


def _checked(experiment: Experiment, epsilon: float) -> Iterator[dict[str, Any]]:
    for i, rows in _checks(experiment, epsilon):
        yield from (_check_row(i, row) for row in rows)


def _trained(experiment: Experiment, epsilon: float) -> Iterator[dict[str, Any]]:
    for epoch, i, rows in _updates(experiment, epsilon):
        for row in rows:
            told = {"epoch": epoch, **_check_row(i, row)}
            # Its two numbers are of different weights: there is no verdict on the gradient.
            told["verdict"] = None
            yield told


def _check_row(sample: int, row: GradientCheck) -> dict[str, Any]:
    values = asdict(row)
    return {
        "sample": sample,
        "layer": row.layer,
        "backprop": values.pop("gradient"),
        **{name: value for name, value in values.items() if name != "layer"},
    }


def _print_list(rows: Iterable[dict[str, Any]]) -> None:
    """Print a JSON list as it comes, so that it may be of any length."""
    sys.stdout.write("[")
    for i, row in enumerate(rows):
        sys.stdout.write((", " if i else "") + json.dumps(strict(row)))
    print("]")


def _print_training(experiment: Experiment, epsilon: float) -> None:
    for epoch, i, rows in _updates(experiment, epsilon):
        print(_heading(experiment, i))
        # Whoever reads along sees each update when it is computed.
        print(_lines(_update_line, rows), flush=True)
        if i == len(experiment.samples):
            print(f"end of epoch {epoch}")


def _print_checks(experiment: Experiment, epsilon: float) -> None:
    for i, rows in _checks(experiment, epsilon):
        print(_heading(experiment, i))
        print(_lines(_check_line, rows))
        print(f"  {_finding_line(experiment, i, rows, epsilon)}", flush=True)


def _lines(line: Callable[[GradientCheck, int], str], rows: Sequence[GradientCheck]) -> str:
    """Return a line for each row, the last layer first, as the backward pass comes to them."""
    width = max(len(row.parameter) for row in rows)
    return "\n".join(line(row, width) for row in _last_first(rows))


def _last_first(rows: Sequence[GradientCheck]) -> Iterator[GradientCheck]:
    """Yield the rows of the last layer first, those of one layer in their order."""
    for _, layer in groupby(reversed(rows), key=lambda row: row.layer):
        yield from reversed(list(layer))


def _heading(experiment: Experiment, number: int) -> str:
    sample = experiment.samples[number - 1]
    return f"sample {number}: x = {plain(sample.x)}, target = {plain(sample.target)}"


def _check_line(row: GradientCheck, width: int) -> str:
    gradient, numeric = (f"{value:#.7g}".rjust(_WIDTH) for value in (row.gradient, row.numeric))
    return (
        f"  {row.parameter.ljust(width)}  gradient {gradient}  central difference {numeric}"
        f"  relative error {_error(row.relative_error):>7}  {row.verdict}"
    )


def _update_line(row: GradientCheck, width: int) -> str:
    """Return a line as the article's program has it, and how far its two numbers are apart."""
    return (
        f"  {row.parameter.ljust(width)}  dl/d{row.parameter} {_fixed(row.gradient)}"
        f"  central difference {_fixed(row.numeric)}  relative error {_error(row.relative_error)}"
    )


def _fixed(value: float) -> str:
    return f"{value: .6f}" if abs(value) < _LARGEST_FIXED else f"{value: .6e}"


def _finding_line(
    experiment: Experiment, number: int, rows: Sequence[GradientCheck], epsilon: float
) -> str:
    sample = experiment.samples[number - 1]
    found = conclude(experiment, experiment.theta, sample, rows, epsilon)
    return " ".join(sentences(found, experiment, Say(), _error))


def _error(value: float) -> str:
    return f"{value:.1e}"
