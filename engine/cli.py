"""The command line without a window: the parser, its commands, and how errors are reported.

A wrong argument is one line on standard error and exit status 2.
"""

import argparse
import sys
from typing import TYPE_CHECKING, Any, NoReturn

from engine.commands import check, code, count, diagnose, experiment, judge, lesson, train
from engine.commands.streams import abandon
from engine.user_error import UserError, brief, named

if TYPE_CHECKING:
    from collections.abc import Callable

    from _typeshed import SupportsWrite


class Parser(argparse.ArgumentParser):
    """An argument parser whose errors are single lines and that accepts no abbreviated options."""

    def __init__(self, *words: Any, **settings: Any) -> None:  # noqa: ANN401 - argparse's own
        super().__init__(*words, **{"allow_abbrev": False, **settings})

    def error(self, message: str) -> NoReturn:
        """Say what is wrong and stop with status 2."""
        self.exit(2, f"{self.prog}: {brief(' '.join(message.split()))}\n")

    def print_help(self, file: "SupportsWrite[str] | None" = None) -> None:
        """Print how the command is used. Raises OSError, which argparse would keep to itself."""
        print(self.format_help(), end="", file=file)


def add_commands(commands: Any) -> Any:  # noqa: ANN401 - argparse's own type is private
    """Add the commands that need no window to a parser's sub-commands.

    Return what `lesson` does, so that more can be added to it.
    """
    for command in (train, check, count, diagnose, code, experiment, judge):
        command.add(commands)
    return lesson.add(commands)


def run_command(parser: argparse.ArgumentParser, options: argparse.Namespace) -> int:
    """Run the chosen command, and return its status, 0 where it has none.

    A fault becomes one line on standard error and status 2.
    """
    command: Callable[[argparse.Namespace], int | None] = options.command
    status: int | None = 0
    try:
        status = command(options)
        sys.stdout.flush()
    except UserError as fault:
        parser.error(str(fault))
    except BrokenPipeError:
        # The reader of a pipe (head, less) has seen enough.
        abandon(sys.stdout)
        return 1
    except OSError as fault:
        if fault.filename is None:
            abandon(sys.stdout)
        name = "standard output" if fault.filename is None else named(fault.filename) or "''"
        parser.error(f"{name}: {fault.strerror}")
    except KeyboardInterrupt:
        return 130
    return status or 0
