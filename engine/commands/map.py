"""`chainstep map`: how a training ends, over any two parameters, as data.

The window's side registers the command: it knows how to draw the map as a picture, too.
"""

import argparse
import io
from collections.abc import Iterator

from engine.commands.options import add_experiment_options, dimensions, experiment_from, number
from engine.commands.output import Patience
from engine.files.experiment_file import to_json
from engine.maps.trainability import Fate, Trainability, axis, trainability
from engine.user_error import UserError, cut
from engine.words import mark

DATA = (".npz", ".csv")
"""The kinds of file that hold a map's numbers."""


def add_map_options(parser: argparse.ArgumentParser) -> None:
    """Add what describes a map; `map_from` reads it."""
    for side in ("--x", "--y"):
        parser.add_argument(
            side,
            metavar=("NAME", "LOW", "HIGH"),
            nargs=3,
            required=True,
            help="a parameter and its range: w1 … wn, b1 … bn, learning_rate, target (of the first"
            " sample; the others keep their proportion to it) or epochs",
        )
    parser.add_argument("--size", metavar="N|WxH", default="512", help="in pixels (512)")
    add_experiment_options(parser)


def map_from(options: argparse.Namespace, patience: Patience | None = None) -> Trainability:
    """Return the map that the options describe; show the progress with `patience`.

    Raises `UserError` for bad options.
    """
    experiment = experiment_from(options)
    width, height = _size(options.size)
    sides = ((options.x, width), (options.y, height))
    x, y = (axis(experiment, *_range(words), size) for words, size in sides)
    return trainability(experiment, x, y, progress=patience or Patience())


def _size(text: str) -> tuple[int, int]:
    match dimensions(text):
        case [side]:
            return side, side
        case [width, height]:
            return width, height
    raise UserError(mark("--size must be N or WIDTHxHEIGHT, not {value}."), value=cut(text))


def _range(words: list[str]) -> tuple[str, float, float]:
    name, *ends = words
    try:
        low, high = map(number, ends)
    except argparse.ArgumentTypeError as fault:
        raise UserError("{fault}", fault=fault) from None
    return name, low, high


def data_of(seen: Trainability, out: str) -> bytes | Iterator[str]:
    """Return a map as the content of a file whose name `out` ends in one of `DATA`.

    The .npz holds x, y (with their names), final_loss, converged_at, diverged and fate, rows = y,
    and the experiment as its file would; the .csv a line for every pixel.
    """
    return _npz(seen) if out.lower().endswith(".npz") else _csv(seen)


def _npz(seen: Trainability) -> bytes:
    import numpy as np  # noqa: PLC0415 - maps alone need it

    content = io.BytesIO()
    np.savez_compressed(
        content,
        x=np.array(seen.x.values),
        y=np.array(seen.y.values),
        x_name=np.array(seen.x.name),
        y_name=np.array(seen.y.name),
        final_loss=seen.final_loss,
        converged_at=seen.converged_at,
        diverged=seen.diverged,
        fate=seen.fate,
        experiment=np.array(to_json(seen.experiment)),
    )
    return content.getvalue()


def _csv(seen: Trainability) -> Iterator[str]:
    yield f"{seen.x.name},{seen.y.name},final_loss,converged_at,diverged,fate\n"
    fates = [fate.name.lower() for fate in Fate]
    for row, y in enumerate(seen.y.values):
        grids = (seen.final_loss, seen.converged_at, seen.diverged, seen.fate)
        columns = zip(seen.x.values, *(grid[row].tolist() for grid in grids), strict=True)
        for x, loss, epoch, diverged, fate in columns:
            yield f"{x!r},{y!r},{loss!r},{epoch},{int(diverged)},{fates[fate]}\n"
