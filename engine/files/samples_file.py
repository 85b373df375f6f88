"""Training data from a table: a file with an input and a target in every row.

How the table is written is found out by `engine.files.tables`.
"""

import os
from pathlib import Path

from engine.commands.streams import STANDARD_STREAM, standard_input
from engine.experiment import Sample
from engine.files.endings import EXPERIMENTS, ends_in
from engine.files.tables.table import LARGEST_TABLE, TOO_LARGE, read, read_text
from engine.user_error import UserError

_START = 256
"""In bytes: an experiment begins with its brace."""


def load_samples(path: str | os.PathLike[str]) -> tuple[Sample, ...]:
    """Read the samples of a table in a file.

    Raises `UserError` if it is not such a table, and OSError if it can't be read.
    """
    return read(content_of(path)).samples()


def samples_from(text: str) -> tuple[Sample, ...]:
    """Read samples from the text of a table. Raises `UserError`, which names the line."""
    return read_text(text).samples()


def content_of(path: str | os.PathLike[str]) -> bytes:
    """Return the bytes of a table, or of standard input where the path is "-".

    Of a file that is too large no more is read than tells so. Raises `UserError` and OSError.
    """
    if os.fspath(path) == STANDARD_STREAM:
        data = standard_input(LARGEST_TABLE + 1)
    else:
        with open(path, "rb") as file:  # noqa: PTH123 - Path("") would be the folder
            data = file.read(LARGEST_TABLE + 1)
    if len(data) > LARGEST_TABLE:
        raise UserError(TOO_LARGE, allowed=LARGEST_TABLE)
    return data


def is_experiment(path: str | os.PathLike[str]) -> bool:
    """Tell whether a file is an experiment, and not a table. Raises OSError."""
    with Path(path).open("rb") as file:
        start = file.read(_START).removeprefix(b"\xef\xbb\xbf").lstrip()
    return ends_in(path, EXPERIMENTS) or start.startswith(b"{")
