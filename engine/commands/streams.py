"""Standard output and error as a command uses them: either may be missing, full or gone."""

import os
import sys
from contextlib import suppress
from typing import TextIO

from engine.user_error import UserError
from engine.words import mark

STANDARD_STREAM = "-"
"""Where a command takes the name of a file, this is standard input, or standard output."""


def standard_input(most: int) -> bytes:
    """Return what is on standard input, at most so many bytes. Raises `UserError` and OSError."""
    if sys.stdin is None:
        raise UserError(mark("There is no standard input to read from."))
    return sys.stdin.buffer.read(most)


def tell(text: str) -> None:
    """Write a line to standard error, if it can be written to."""
    if sys.__stderr__ is None and not sys.stderr:
        return
    try:
        print(text, file=sys.stderr, flush=True)
    except (OSError, ValueError):
        abandon(sys.stderr)


def abandon(stream: TextIO) -> None:
    """Discard what `stream` could not write; otherwise Python reports an error at its exit."""
    with suppress(OSError, ValueError, AttributeError):
        nowhere = os.open(os.devnull, os.O_WRONLY)
        os.dup2(nowhere, stream.fileno())
        os.close(nowhere)
