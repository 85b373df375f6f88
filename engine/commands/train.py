"""`chainstep train`: train, and print the result."""

import argparse
import math
from collections.abc import Iterator, Sequence
from typing import Any

from engine.commands.options import add_experiment_options, experiment_from
from engine.commands.output import Patience, plain, print_json, write
from engine.diagnosis import Kind, finished, mean_loss
from engine.history import csv_rows
from engine.parameters import PARAMETERS
from engine.run import Run
from engine.training.train import CONVERGED, train


def add(commands: Any) -> None:  # noqa: ANN401 - argparse's own type is private
    """Add `train` to a parser's sub-commands."""
    parser = commands.add_parser(
        "train", help="train, print the summary", description="Train and print the summary."
    )
    add_experiment_options(parser)
    parser.add_argument(
        "--csv",
        metavar="FILE",
        help="write a row per update (all counted from 1); - is standard output",
    )
    parser.add_argument("--json", action="store_true", help="print one JSON object instead")
    parser.set_defaults(command=train_command, parser=parser)


def train_command(options: argparse.Namespace) -> None:
    """Run `chainstep train`: train and print. Raises `UserError` for bad options."""
    experiment = experiment_from(options)
    with Patience() as patience:
        run = train(experiment, progress=lambda done: patience(done / experiment.updates))
        if options.csv is not None:
            write(options.csv, patience.over(csv_rows(run), run.updates + 1))
    if options.json:
        print_json(_results(run))
    else:
        print("\n".join(summary(run)))


def _results(run: Run) -> dict[str, Any]:
    samples = run.experiment.samples
    return {
        **{f"final_{one.field}": getattr(run, f"final_{one.field}") for one in PARAMETERS},
        "updates": run.updates,
        "predictions": [
            {"x": s.x, "target": s.target, **run.predict(s.x)._asdict()} for s in samples
        ],
        "losses": list(_last_losses(run)) or [None] * len(samples),
        "converged_at": run.converged_at,
        "diverged_at": run.diverged_at and run.diverged_at._asdict(),
    }


def summary(run: Run) -> Iterator[str]:
    """Yield the lines of the result of a training."""
    experiment = run.experiment
    yield (
        f"{_count(experiment.layers, 'layer')}, {experiment.activation}, {experiment.algorithm}:"
        f" {_count(experiment.epochs, 'epoch')} of {_count(len(experiment.samples), 'sample')},"
        f" learning rate {plain(experiment.learning_rate)}"
    )
    for one in experiment.parameters:
        width = len(f"initial {one.field}")
        for when, row in (("initial", experiment), ("final", run)):
            name = one.field if when == "initial" else f"final_{one.field}"
            numbers: tuple[float, ...] = getattr(row, name)
            yield f"{f'{when} {one.field}'.ljust(width)}  {'  '.join(map(plain, numbers))}"
    yield outcome(run)
    yield ""
    for sample in experiment.samples:
        output, label = run.predict(sample.x)
        yield f"{plain(sample.x)} , {'nan' if math.isnan(output) else label}"


def _count(number: int, what: str) -> str:
    return f"{number} {what}{'' if number == 1 else 's'}"


def outcome(run: Run) -> str:
    """Return the diagnosis of how the training ended, in one sentence."""
    found = finished(run)
    if found is None:
        return f"not converged: {_last_loss(run)}"
    if found.kind is Kind.LEFT:
        return f"converged at epoch {run.converged_at}, then rose again: {_last_loss(run)}"
    if found.kind is Kind.CONVERGED:
        return f"converged at epoch {run.converged_at}: mean loss below {CONVERGED}"
    if run.diverged_at is None:
        return "not trained: 0 epochs"
    return f"diverged at epoch {run.diverged_at.epoch}, sample {run.diverged_at.sample}"


def _last_loss(run: Run) -> str:
    return f"mean loss {plain(mean_loss(run, run.experiment.epochs))} in the last epoch"


def _last_losses(run: Run) -> Sequence[float]:
    return run.epoch(run.experiment.epochs).losses if run.updates else ()
