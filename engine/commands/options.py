"""The options by which a command line describes an experiment."""

import argparse
import math
import os
import re
from collections.abc import Sequence

from engine.activations import ACTIVATIONS
from engine.algorithms import ALGORITHMS
from engine.commands.streams import STANDARD_STREAM, standard_input
from engine.experiment import Experiment, Sample, random_weights
from engine.files.experiment_file import LARGEST_FILE, from_bytes, load, sample_at
from engine.files.samples_file import load_samples
from engine.numerals import NOT_WHOLE, read_number
from engine.parameters import PARAMETERS, Parameter
from engine.presets import PRESETS, preset_named
from engine.user_error import UserError, named, shown
from engine.words import mark


def number(text: str) -> float:
    """Read a number from the command line; infinities and NaN are checked by the experiment.

    Raises `argparse.ArgumentTypeError` if it is not a number.
    """
    try:
        return read_number(text)
    except UserError as fault:
        raise argparse.ArgumentTypeError(_told(fault, text)) from None


def whole(text: str) -> int:
    """Read a whole number from the command line: 240, 1e3.

    Raises `argparse.ArgumentTypeError` if it is not one.
    """
    try:
        value = read_number(text, whole=True)
    except UserError as fault:
        if fault.template != NOT_WHOLE:
            raise argparse.ArgumentTypeError(_told(fault, text)) from None
        value = math.nan
    if not isinstance(value, int):
        raise argparse.ArgumentTypeError(
            f"{shown(text.strip())} is not a whole number; write one like 240"
        )
    return value


def dimensions(text: str) -> list[int]:
    """Return the whole numbers in a size like 640x480 or 640×480; none where it is no such."""
    try:
        return list(map(whole, re.split("[xX×]", text)))
    except argparse.ArgumentTypeError:
        return []


def _told(fault: UserError, text: str) -> str:
    """Return what is wrong with an argument, which is quoted as a shell does."""
    return fault.template.format(**{**fault.values, "value": shown(text.strip())})


def loaded(path: str | os.PathLike[str]) -> Experiment:
    """Return the experiment in a file.

    Raises OSError if it can't be read, and `UserError`, naming the file, if it is not valid.
    """
    try:
        if path == STANDARD_STREAM:
            return from_bytes(standard_input(LARGEST_FILE + 1))
        return load(path)
    except UserError as fault:
        raise UserError("{file}: {fault}", file=_called(path), fault=fault) from None


def tabled(path: str) -> tuple[Sample, ...]:
    """Return the samples in a table.

    Raises OSError if it can't be read, and `UserError`, naming the file, if it is not valid.
    """
    try:
        return load_samples(path)
    except UserError as fault:
        raise UserError("{file}: {fault}", file=_called(path), fault=fault) from None


def _called(path: str | os.PathLike[str]) -> str:
    return "standard input" if path == STANDARD_STREAM else named(path)


def protected(arguments: Sequence[str]) -> list[str]:
    """Return the arguments with a space before negative numbers.

    argparse takes -1e-3, -1/2 and -inf for options; with the space they are values.
    """
    return [f" {a}" if _is_negative(a) else a for a in arguments]


def _is_negative(text: str) -> bool:
    if not text.startswith("-"):
        return False
    try:
        read_number(text)
    except UserError:
        # No option has a digit in it, and a name of a file has letters.
        return re.search(r"\d|∞", text) is not None and re.search(r"[^\W\d_]", text) is None
    return True


def add_experiment_options(parser: argparse.ArgumentParser) -> None:
    """Add the options that describe an experiment; `experiment_from` reads them."""
    group = parser.add_argument_group("experiment", "what is not given is as in the opening one")
    start = group.add_mutually_exclusive_group()
    start.add_argument(
        "--file",
        metavar="FILE",
        help="start from a saved experiment; - reads it from standard input",
    )
    add_preset_option(start)
    group.add_argument("--weights", metavar="W", type=number, nargs="+", help="initial weights")
    for one in PARAMETERS[1:]:
        group.add_argument(
            f"--{one.field}",
            metavar=one.letter.upper(),
            type=number,
            nargs="+",
            help=f"initial {one.field}, one for each layer (none: the chain has no {one.field})",
        )
    group.add_argument("--layers", metavar="N", type=whole, help="a random start of N layers")
    group.add_argument("--seed", metavar="S", type=whole, help="of the random start (0)")
    data = group.add_mutually_exclusive_group()
    data.add_argument(
        "--sample",
        metavar=("X", "T"),
        type=number,
        nargs=2,
        action="append",
        help="an input and its target; may be repeated",
    )
    data.add_argument(
        "--samples",
        metavar="FILE",
        help="a table of inputs and targets (CSV); - reads it from standard input",
    )
    group.add_argument(
        "--learning-rate", metavar="A", type=number, help="the size of the steps, above 0"
    )
    group.add_argument(
        "--epochs", metavar="E", type=whole, help="how often to train on every sample"
    )
    group.add_argument("--activation", metavar="NAME", help=", ".join(ACTIVATIONS))
    group.add_argument("--algorithm", metavar="NAME", help=", ".join(ALGORITHMS))


def add_preset_option(group: argparse._ActionsContainer) -> None:
    """Add the option that names a preset: `preset` is its name or None."""
    names = [preset.name for preset in PRESETS]
    listed = ", ".join(names)
    group.add_argument(
        "--preset", metavar="NAME", choices=names, help=f"start from one that has a name: {listed}"
    )


def experiment_from(options: argparse.Namespace) -> Experiment:
    """Return the experiment that the options describe.

    Raises `UserError` for bad options, and OSError if a file can't be read.
    """
    base = _base(options)
    weights = _start(options, base.layers)
    given = {
        "weights": weights,
        **{one.field: _row(options, base, one, weights) for one in PARAMETERS[1:]},
        "samples": _samples(options),
        "learning_rate": options.learning_rate,
        "epochs": options.epochs,
        "activation": options.activation,
        "algorithm": options.algorithm,
    }
    changes = {name: value for name, value in given.items() if value is not None}
    unchanged = {name: getattr(base, name) for name in given}
    return Experiment(**{**unchanged, **changes})


def _row(
    options: argparse.Namespace,
    base: Experiment,
    parameter: Parameter,
    weights: Sequence[float] | None,
) -> Sequence[float] | None:
    """Return a row of parameters: the one given, else that of the base, of as many layers."""
    given: list[float] | None = getattr(options, parameter.field)
    there: tuple[float, ...] = getattr(base, parameter.field)
    if given is not None or weights is None or not there:
        return given
    return (*there[: len(weights)], *[parameter.neutral] * (len(weights) - len(there)))


def _samples(options: argparse.Namespace) -> Sequence[Sample] | None:
    if options.samples is not None:
        return tabled(options.samples)
    if options.sample is None:
        return None
    return [sample_at(i, x, target) for i, (x, target) in enumerate(options.sample)]


def _base(options: argparse.Namespace) -> Experiment:
    if options.preset is not None:
        return preset_named(options.preset).experiment
    return Experiment() if options.file is None else loaded(options.file)


def _start(options: argparse.Namespace, layers: int) -> tuple[float, ...] | list[float] | None:
    drawn = options.layers is not None or options.seed is not None
    if options.weights is None:
        layers = layers if options.layers is None else options.layers
        return random_weights(layers, options.seed or 0) if drawn else None
    if drawn:
        raise UserError(
            mark("Give either the weights, or the number of layers and the seed of a random start.")
        )
    weights: list[float] = options.weights
    return weights
