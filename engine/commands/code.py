"""`chainstep code`: the training as a program of its own."""

import argparse
from typing import Any

from engine.commands.options import add_experiment_options, experiment_from
from engine.commands.output import Patience, write
from engine.commands.streams import STANDARD_STREAM
from engine.programs import FORMS, program


def add(commands: Any) -> None:  # noqa: ANN401 - argparse's own type is private
    """Add `code` to a parser's sub-commands."""
    parser = commands.add_parser(
        "code",
        help="print the training as a Python program",
        description="Print a Python program that trains, prints the same results and checks"
        " the gradients. It runs on its own; that for PyTorch needs PyTorch.",
    )
    add_experiment_options(parser)
    parser.add_argument("--form", choices=FORMS, default="loop", help="how it is written (loop)")
    parser.add_argument(
        "--out", metavar="FILE", help="write it to a file instead; - is standard output"
    )
    parser.set_defaults(command=code_command, parser=parser)


def code_command(options: argparse.Namespace) -> None:
    """Run `chainstep code`: write the program.

    Raises `UserError` for bad options, and OSError if the file can't be written.
    """
    with Patience():
        text = program(experiment_from(options), options.form).text
    write(STANDARD_STREAM if options.out is None else options.out, text)
