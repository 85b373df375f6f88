"""`chainstep experiment`: an experiment as a file, for the window and for the other commands."""

import argparse
from typing import Any

from engine.commands.options import add_experiment_options, experiment_from
from engine.commands.output import write
from engine.files.experiment_file import to_json


def add(commands: Any) -> None:  # noqa: ANN401 - argparse's own type is private
    """Add `experiment` to a parser's sub-commands."""
    parser = commands.add_parser(
        "experiment",
        help="write an experiment file",
        description="Write the experiment that the options describe as a JSON file. The window"
        " opens it (chainstep FILE), and every other command starts from it (--file FILE). When"
        " all goes well, nothing is printed.",
    )
    parser.add_argument("out", metavar="OUT.json", help="the file to write; - is standard output")
    add_experiment_options(parser)
    parser.set_defaults(command=experiment_command, parser=parser)


def experiment_command(options: argparse.Namespace) -> None:
    """Run `chainstep experiment`: write the experiment as a file.

    Raises `UserError` for bad options, and OSError if the file can't be written.
    """
    write(options.out, to_json(experiment_from(options)))
