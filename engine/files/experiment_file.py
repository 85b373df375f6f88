"""Experiments as files: JSON that says what it is and in which version.

    {"format": "chainstep experiment", "version": 1, "experiment": {"weights": […], …}}

A field that is absent has its default. The experiment's own checks judge the content; this module
adds those of the form around it.
"""

import gc
import json
import os
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import asdict, fields
from typing import Any, NoReturn

from engine.experiment import MOST_LAYERS, MOST_SAMPLES, Experiment, Sample
from engine.files.later import refuse_later
from engine.files.writing import write_atomically
from engine.parameters import PARAMETERS
from engine.user_error import Location, UserError, shown
from engine.words import mark

__all__ = ["from_json", "load", "sample_at", "save", "to_json", "write_atomically"]

FORMAT = "chainstep experiment"
VERSION = 1
LARGEST_FILE = 10_000_000
"""In bytes: an experiment of a hundred thousand samples is smaller."""

_MOST_SIGNS = 2 * MOST_SAMPLES + MOST_LAYERS + 100
"""More commas and brackets than this are in no experiment, and would take long to read."""

_MOST_NAMED = 5
"""So many unknown fields are named; a sentence has an end."""

_COLUMNS = {"x", "target"}


def to_json(experiment: Experiment) -> str:
    """Return the text of an experiment file; every float reads back to the same value."""
    fields = asdict(experiment)
    # What is optional and not there is left out: earlier versions read the file, too.
    for one in PARAMETERS:
        if not fields[one.field]:
            del fields[one.field]
    content = {"format": FORMAT, "version": VERSION, "experiment": fields}
    return json.dumps(content, indent=2, allow_nan=False) + "\n"


def from_json(text: str) -> Experiment:
    """Return the experiment in the text of a file. Raises `UserError` that names the fault."""
    if any(text.count(sign) > _MOST_SIGNS for sign in "[{,"):
        raise UserError(
            mark("The file holds too much for an experiment: more than {most} layers or samples."),
            most=MOST_SAMPLES,
        )
    with _no_search_for_garbage():
        content = _parsed(text)
    if not isinstance(content, dict) or content.get("format") != FORMAT:
        raise UserError(mark("This is not a Chainstep experiment."))
    version = content.get("version")
    if isinstance(version, bool) or version != VERSION:
        if type(version) is int and version > VERSION:
            refuse_later(content.get("needs"))
        _refuse_version(version, content.get("experiment"))
    _only(content, {"format", "version", "experiment"})
    if not isinstance(content.get("experiment"), dict):
        raise UserError(mark("The file has no experiment in it."))
    return _experiment(content["experiment"])


def _refuse_version(version: object, experiment: Any) -> NoReturn:  # noqa: ANN401 - JSON
    """Raise `UserError`; of a later version it names what this one lacks."""
    known = {field.name for field in fields(Experiment)}
    later = type(version) is int and version > VERSION and isinstance(experiment, dict)
    lacking = [name for name in experiment if name not in known] if later else []
    if lacking:
        raise UserError(
            mark(
                "The file is from a later version of Chainstep; this version does not know {names}."
            ),
            names=tuple(shown(name) for name in lacking[:_MOST_NAMED]),
        )
    raise UserError(
        mark("The file has version {value}; this version of Chainstep reads version {allowed}."),
        value=shown(version),
        allowed=VERSION,
    )


def load(path: str | os.PathLike[str]) -> Experiment:
    """Read an experiment file.

    Raises `UserError` if it is not an experiment, and OSError if it can't be read.
    """
    with open(path, "rb") as file:  # noqa: PTH123 - Path("") would be the folder
        return from_bytes(file.read(LARGEST_FILE + 1))


def from_bytes(data: bytes) -> Experiment:
    """Return the experiment in the bytes of a file. Raises `UserError` that names the fault."""
    if len(data) > LARGEST_FILE:
        raise UserError(
            mark("The file is larger than {allowed} bytes: it is not a Chainstep experiment."),
            allowed=LARGEST_FILE,
        )
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError:
        raise UserError(
            mark("This file is not UTF-8 text, so it cannot be an experiment.")
        ) from None
    return from_json(text)


def save(
    experiment: Experiment,
    path: str | os.PathLike[str],
    in_place: Callable[[], bool] = lambda: False,
) -> None:
    """Write an experiment file, as `write_atomically` does. Raises OSError."""
    write_atomically(path, to_json(experiment), in_place)


@contextmanager
def _no_search_for_garbage() -> Iterator[None]:
    # It would look through all that is read, again and again, and find nothing.
    collects = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if collects:
            gc.enable()


def _parsed(text: str) -> Any:  # noqa: ANN401 - JSON may be anything
    try:
        return json.loads(text, object_pairs_hook=_unique, parse_constant=_no_constant)
    except json.JSONDecodeError as fault:
        raise UserError(
            mark("This is not valid JSON (line {line}, column {column})."),
            line=fault.lineno,
            column=fault.colno,
        ) from None
    except UserError:
        raise
    except ValueError:
        raise UserError(mark("The file contains a number with too many digits.")) from None
    except RecursionError:
        raise UserError(mark("This is not a Chainstep experiment.")) from None


def _unique(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(pairs)
    if len(found) < len(pairs):
        counts = Counter(name for name, _ in pairs)
        name = next(name for name, count in counts.items() if count > 1)
        raise UserError(mark("{name} appears twice in the file."), name=shown(name))
    return found


def _no_constant(name: str) -> None:
    raise UserError(mark("{name} is not allowed here: numbers must be finite."), name=name)


def _only(content: dict[str, Any], known: set[str]) -> None:
    for name in content:
        if name not in known:
            raise UserError(
                mark("The file has a field {name}, which this version of Chainstep does not know."),
                name=shown(name),
            )


def _need(content: dict[str, Any], names: list[str], where: Callable[[str], str]) -> None:
    for name in names:
        if name not in content:
            raise UserError(mark("{name} is missing from the file."), name=where(name))


def _experiment(content: dict[str, Any]) -> Experiment:
    _only(content, {field.name for field in fields(Experiment)})
    samples = content.get("samples")
    if isinstance(samples, list):
        content = {**content, "samples": [_sample(row, i) for i, row in enumerate(samples)]}
    return Experiment(**content)


def _sample(row: object, index: int) -> Sample:
    if not isinstance(row, dict):
        raise UserError(
            mark("{location} must have an x and a target, not {value}."),
            Location("samples", index),
            value=shown(row),
        )
    if row.keys() != _COLUMNS:
        _only(row, _COLUMNS)
        _need(row, ["x", "target"], lambda name: str(Location("samples", index, name)))
    return sample_at(index, row["x"], row["target"])


def sample_at(index: int, x: Any, target: Any) -> Sample:  # noqa: ANN401 - it is checked
    """Return a sample. Raises `UserError` with its index in the list of samples."""
    try:
        return Sample(x, target)
    except UserError as fault:
        column = fault.location.field if fault.location else None
        raise UserError(
            fault.template, Location("samples", index, column), **fault.values
        ) from None
