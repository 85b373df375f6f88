"""The commands that need no window: `chainstep train` and `chainstep check`.

A wrong argument is one line on standard error and exit status 2.
"""

import argparse
import json
import math
import sys
from collections.abc import Callable, Iterator, Sequence
from dataclasses import asdict
from typing import Any, NoReturn

from engine.chain import ACTIVATIONS, ALGORITHMS
from engine.experiment import Experiment, random_weights
from engine.files import load, sample_at, write_atomically
from engine.gradient_check import EPSILON, GradientCheck, check_gradients, compare
from engine.problem import Problem, mark
from engine.run import Place, Run
from engine.training import train


class Parser(argparse.ArgumentParser):
    """An argument parser whose complaint is a single line."""

    def error(self, message: str) -> NoReturn:
        """Say what is wrong and stop with status 2."""
        self.exit(2, f"{self.prog}: {' '.join(message.split())}\n")


def number(text: str) -> float:
    """Read a number from the command line; the experiment judges infinities and NaN."""
    try:
        return float(text)
    except ValueError:
        raise argparse.ArgumentTypeError(
            f"{text.strip()!r} is not a number; write one like 0.05 or -1e-3"
        ) from None


def whole(text: str) -> int:
    """Read a whole number from the command line."""
    try:
        return int(text)
    except ValueError:
        raise argparse.ArgumentTypeError(
            f"{text.strip()!r} is not a whole number; write one like 240"
        ) from None


def protected(arguments: Sequence[str]) -> list[str]:
    """Return the arguments with a space before negative numbers.

    argparse takes -1e-3 and -inf for options; with the space they are values.
    """
    return [f" {a}" if a.startswith("-") and _is_number(a) else a for a in arguments]


def _is_number(text: str) -> bool:
    try:
        float(text)
    except ValueError:
        return False
    return True


def add_experiment_options(parser: argparse.ArgumentParser) -> None:
    """Add the options that describe an experiment; `experiment_from` reads them."""
    group = parser.add_argument_group("experiment", "what is not given is as in the opening one")
    group.add_argument("--file", metavar="FILE", help="start from a saved experiment")
    group.add_argument("--weights", metavar="W", type=number, nargs="+", help="initial weights")
    group.add_argument("--layers", metavar="N", type=whole, help="a random start of N layers")
    group.add_argument("--seed", metavar="S", type=whole, help="of the random start (0)")
    group.add_argument(
        "--sample",
        metavar=("X", "T"),
        type=number,
        nargs=2,
        action="append",
        help="an input and its target; may be repeated",
    )
    group.add_argument("--learning-rate", metavar="A", type=number)
    group.add_argument("--epochs", metavar="E", type=whole)
    group.add_argument("--activation", metavar="NAME", help=", ".join(ACTIVATIONS))
    group.add_argument("--algorithm", metavar="NAME", help=", ".join(ALGORITHMS))


def experiment_from(options: argparse.Namespace) -> Experiment:
    """Return the experiment that the options describe. Raises `Problem` and OSError."""
    base = Experiment() if options.file is None else load(options.file)
    given = {
        "weights": _start(options, base.layers),
        "samples": options.sample
        and [sample_at(i, x, target) for i, (x, target) in enumerate(options.sample)],
        "learning_rate": options.learning_rate,
        "epochs": options.epochs,
        "activation": options.activation,
        "algorithm": options.algorithm,
    }
    changes = {name: value for name, value in given.items() if value is not None}
    unchanged = {name: getattr(base, name) for name in given}
    return Experiment(**{**unchanged, **changes})


def _start(options: argparse.Namespace, layers: int) -> tuple[float, ...] | list[float] | None:
    drawn = options.layers is not None or options.seed is not None
    if options.weights is None:
        layers = layers if options.layers is None else options.layers
        return random_weights(layers, options.seed or 0) if drawn else None
    if drawn:
        raise Problem(mark("Give either the weights or layers and seed of a random start."))
    weights: list[float] = options.weights
    return weights


def add_commands(commands: Any) -> None:  # noqa: ANN401 - argparse's own type is private
    """Add `train` and `check` to a parser's sub-commands."""
    train_parser = commands.add_parser(
        "train", help="train, print the summary", description="Train and print the summary."
    )
    add_experiment_options(train_parser)
    train_parser.add_argument(
        "--csv", metavar="FILE", help="write a row per update (all counted from 1)"
    )
    train_parser.add_argument("--json", action="store_true", help="print one JSON object instead")
    train_parser.set_defaults(command=train_command, parser=train_parser)

    check = commands.add_parser(
        "check",
        help="check the gradients by central differences",
        description="Check the gradients at the initial weights, for every sample.",
    )
    add_experiment_options(check)
    check.add_argument("--epsilon", metavar="E", type=number, default=EPSILON)
    check.add_argument(
        "--after-update",
        action="store_true",
        help="as the article does while training, here for the first epoch: gradients from"
        " before each update against differences after it",
    )
    check.add_argument("--json", action="store_true", help="print one JSON list instead")
    check.set_defaults(command=check_command, parser=check)


def run_command(parser: argparse.ArgumentParser, options: argparse.Namespace) -> int:
    """Run the chosen command; a fault becomes one line on standard error and status 2."""
    command: Callable[[argparse.Namespace], None] = options.command
    try:
        command(options)
        sys.stdout.flush()
    except Problem as fault:
        parser.error(str(fault))
    except BrokenPipeError:
        # The reader of a pipe (head, less) has seen enough.
        sys.stderr.close()
        return 1
    except OSError as fault:
        name = "output" if fault.filename is None else fault.filename or "''"
        parser.error(f"{name}: {fault.strerror}")
    except KeyboardInterrupt:
        return 130
    return 0


def train_command(options: argparse.Namespace) -> None:
    """`chainstep train`."""
    experiment = experiment_from(options)
    run = train(experiment)
    if options.csv is not None:
        write_atomically(options.csv, "".join(csv_rows(run)))
    if options.json:
        print(json.dumps(_strict(_results(run)), ensure_ascii=False))
    else:
        print("\n".join(summary(run)))


def csv_rows(run: Run) -> Iterator[str]:
    """Yield the lines of the table of updates, each with its line end.

    `update`, `epoch` and `sample` count from 1; weights are those before the update.
    """
    n = run.experiment.layers
    names = [f"w{i}" for i in range(1, n + 1)] + [f"g{i}" for i in range(1, n + 1)]
    yield ",".join(["update", "epoch", "sample", "x", "target", "output", "loss", *names]) + "\n"
    learner = run.experiment.learner()
    for update in range(run.updates):
        sample = run.sample(update)
        before = tuple(learner.weights)
        met = learner.learn(sample.x, sample.target)
        numbers = [sample.x, sample.target, learner.outputs[-1], met, *before, *learner.gradients]
        place = run.place(update)
        yield f"{update + 1},{place.epoch},{place.sample},{','.join(map(repr, numbers))}\n"


def _results(run: Run) -> dict[str, Any]:
    samples = run.experiment.samples
    return {
        "final_weights": run.final_weights,
        "updates": run.updates,
        "predictions": [
            {"x": s.x, "target": s.target, **run.predict(s.x)._asdict()} for s in samples
        ],
        "losses": list(run.losses[-len(samples) :]) or [None] * len(samples),
        "converged_at": run.converged_at,
        "diverged_at": run.diverged_at and run.diverged_at._asdict(),
    }


def _strict(value: Any) -> Any:  # noqa: ANN401 - JSON may be anything
    """Return `value` with null for what JSON has no number for: infinities and NaN."""
    if isinstance(value, float):
        return value if math.isfinite(value) else None
    if isinstance(value, dict):
        return {name: _strict(inner) for name, inner in value.items()}
    if isinstance(value, (list, tuple)):
        return [_strict(inner) for inner in value]
    return value


def summary(run: Run) -> Iterator[str]:
    """Yield the lines of what a training came to."""
    experiment = run.experiment
    yield (
        f"{_count(experiment.layers, 'layer')}, {experiment.activation}, {experiment.algorithm}:"
        f" {_count(experiment.epochs, 'epoch')} of {_count(len(experiment.samples), 'sample')},"
        f" learning rate {plain(experiment.learning_rate)}"
    )
    yield f"initial weights  {'  '.join(map(plain, experiment.weights))}"
    yield f"final weights    {'  '.join(map(plain, run.final_weights))}"
    yield outcome(run)
    yield ""
    for sample in experiment.samples:
        output, label = run.predict(sample.x)
        yield f"{plain(sample.x)} , {'nan' if math.isnan(output) else label}"


def _count(number: int, what: str) -> str:
    return f"{number} {what}{'' if number == 1 else 's'}"


def outcome(run: Run) -> str:
    """Return one sentence: converged, diverged, or where it stands."""
    if run.diverged_at:
        return f"diverged at {_where(run.diverged_at)}"
    if run.converged_at:
        return f"converged at epoch {run.converged_at}: mean loss below 0.001"
    if not run.updates:
        return "not trained: 0 epochs"
    latest = run.losses[-len(run.experiment.samples) :]
    return f"not converged: mean loss {plain(sum(latest) / len(latest))} in the last epoch"


def _where(place: Place) -> str:
    return f"epoch {place.epoch}, sample {place.sample}"


def plain(value: float) -> str:
    """Return the shortest text that reads back to `value`, without a needless .0."""
    return repr(value).removesuffix(".0")


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
        print(json.dumps(_strict(table)))
        return
    for i, rows in checks:
        sample = experiment.samples[i - 1]
        print(f"sample {i}: x = {plain(sample.x)}, target = {plain(sample.target)}")
        print("\n".join(map(_check_line, reversed(rows))))


def after_update(
    experiment: Experiment, epsilon: float
) -> Iterator[tuple[int, tuple[GradientCheck, ...]]]:
    """Yield what the article prints: gradients from before an update, differences after it.

    One epoch: each sample's number (from 1) and its rows.
    The weights change from one sample to the next.
    """
    learner = experiment.learner()
    for i, sample in enumerate(experiment.samples, start=1):
        learner.learn(sample.x, sample.target)
        yield i, compare(experiment, learner.weights, sample, learner.gradients, epsilon)


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
