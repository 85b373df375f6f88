"""Lesson files: TOML, data only, that may come from a stranger.

    format = "chainstep lesson"
    version = 1
    id = "public-derivative"
    title = { en = "The public derivative", zh_CN = "公共导数" }

    [experiment.hand]
    weights = [-2, -1.5, -0.5]

    [[step]]
    kind = "number"
    …

What a file may say is shown by the template of `chainstep lesson new`. Nothing in it is executed,
and nothing else is opened for it. Each fault is one sentence with its line, its step and its field.
"""

import os
import re
import tomllib
from collections.abc import Sequence
from typing import Any, NamedTuple

from engine.experiment import Experiment
from engine.files.later import refuse_later
from engine.teaching.lesson import NO_TEXT, Lesson, LessonStep
from engine.teaching.reading.experiments import MOST_WORK_IN_ALL, experiment, work_of
from engine.teaching.reading.faults import LessonFault
from engine.teaching.reading.fields import MOST_TOLD, Faults, Fields, listed, table, text, word
from engine.teaching.reading.steps import StepReader
from engine.teaching.reading.toml_lines import Lines, has_long_key
from engine.user_error import UserError, shown
from engine.words import mark

__all__ = ["Reading", "from_bytes", "from_text", "load", "read"]

FORMAT = "chainstep lesson"
VERSION = 1
LARGEST_FILE = 200_000
"""In bytes."""

MOST_STEPS = 60
_MOST_EXPERIMENTS = 30
_MOST_NESTED = 50
_NAME = re.compile(r"[a-z0-9][a-z0-9_-]{0,59}")
_EXPERIMENT_NAME = re.compile(r"[A-Za-z0-9_-]{1,40}")
_PLACE = re.compile(r"\(at (?:line (\d+), column (\d+)|end of document)\)")


class Reading(NamedTuple):
    """What was read: the lesson, unless its file has faults, and these, at most `MOST_TOLD`."""

    lesson: Lesson | None
    faults: tuple[LessonFault, ...]


def load(path: str | os.PathLike[str]) -> Lesson:
    """Read a lesson file. Raises `UserError` for its first fault, and OSError."""
    return from_bytes(contents(path))


def contents(path: str | os.PathLike[str]) -> bytes:
    """Return the bytes of a file, not many more than a lesson may have. Raises OSError."""
    with open(path, "rb") as file:  # noqa: PTH123 - Path("") would be the folder
        return file.read(LARGEST_FILE + 1)


def from_bytes(data: bytes) -> Lesson:
    """Return the lesson in the bytes of a file. Raises `UserError` for its first fault."""
    return _lesson_of(read(data))


def from_text(content: str) -> Lesson:
    """Return the lesson in the text of a file. Raises `UserError` for its first fault."""
    return from_bytes(content.encode("utf-8", "surrogatepass"))


def _lesson_of(reading: Reading) -> Lesson:
    if reading.lesson is None:
        raise reading.faults[0]
    return reading.lesson


def read(data: bytes) -> Reading:
    """Read the bytes of a file: the lesson, or all that is wrong with it. Raises nothing."""
    try:
        content, lines = _parsed(data)
    except LessonFault as fault:
        return Reading(None, (fault,))
    except UserError as fault:
        return Reading(None, (LessonFault(fault, 1),))
    faults = Faults(lines)
    lesson = _lesson(content, faults)
    if faults.told:
        told = sorted(faults.told, key=lambda fault: fault.line)
        return Reading(None, tuple(told[:MOST_TOLD]))
    return Reading(lesson, ())


def _parsed(data: bytes) -> tuple[dict[str, Any], Lines]:
    if len(data) > LARGEST_FILE:
        raise UserError(
            mark("the file is larger than {allowed} bytes: it is no lesson."), allowed=LARGEST_FILE
        )
    try:
        said = data.decode("utf-8-sig").replace("\r\n", "\n")
    except UnicodeDecodeError:
        raise UserError(mark("this file is not UTF-8 text, so it cannot be a lesson.")) from None
    if has_long_key(said):
        raise UserError(mark("a name in the file has too many parts."))
    return _toml(said), Lines(said)


def _toml(said: str) -> dict[str, Any]:
    try:
        return tomllib.loads(said)
    except tomllib.TOMLDecodeError as fault:
        raise _no_toml(said, str(fault)) from None
    except RecursionError:
        raise UserError(mark("brackets are nested too deeply: this is no lesson.")) from None
    except ValueError:
        raise UserError(mark("a number in the file has too many digits.")) from None


def _no_toml(said: str, told: str) -> LessonFault:
    """Return what tomllib has told, in our own words."""
    found = _PLACE.search(told)
    line = int(found[1]) if found and found[1] else said.count("\n") + 1
    column = int(found[2]) if found and found[2] else 1
    for pattern, sentence in _TOLD:
        if pattern in told:
            return LessonFault(UserError(sentence, column=column), line)
    sentence = mark("this is not valid TOML, at column {column}.")
    return LessonFault(UserError(sentence, column=column), line)


_TOLD = (
    ("Cannot overwrite", mark("what is said at column {column} was said before.")),
    ("Cannot declare", mark("a table is given twice, at column {column}.")),
    ("Duplicate", mark("what is said at column {column} was said before.")),
    ("Unescaped", mark("a backslash before column {column} needs another one: \\\\.")),
    ("Illegal character", mark("a text is not closed by a quotation mark before column {column}.")),
    ("Unterminated", mark("a text is not closed by its quotation marks.")),
    ("Invalid value", mark("a value is missing at column {column}: texts stand in quotes.")),
    ("Expected '='", mark("an = is missing at column {column}.")),
    ("Unclosed", mark("a bracket is not closed before column {column}.")),
)


def _lesson(content: dict[str, Any], faults: Faults) -> Lesson | None:
    if content.get("format") != FORMAT:
        fault = UserError(mark("this is no Chainstep lesson: it begins with {value}."), value=_HEAD)
        faults.add(fault, ())
        return None
    version = content.get("version")
    if isinstance(version, bool) or version != VERSION:
        faults.add(_of_another_version(version, content.get("needs")), ("version",))
        return None
    fields = Fields(content, faults)
    for name in ("format", "version"):
        fields.take(name, lambda _: None, None)
    name = fields.take("id", _name, "", needed=True)
    title = fields.take("title", text, NO_TEXT, needed=True)
    experiments = _experiments(fields.take("experiment", table, {}), faults)
    rows: list[Any] = []
    rows = fields.take("step", lambda c: listed(c, MOST_STEPS), rows, needed=True)
    steps = _steps(rows, faults, experiments)
    fields.refuse_others()
    trained = {one for step in steps for one in step.experiments}
    work = sum(map(work_of, trained))
    if work > MOST_WORK_IN_ALL:
        sentence = mark(
            "its experiments are too much together: layers × samples × epochs are {value}, at most"
            " {most}."
        )
        faults.add(UserError(sentence, value=work, most=MOST_WORK_IN_ALL), ("step",))
    return Lesson(name=name, title=title, steps=tuple(steps))


_HEAD = f'format = "{FORMAT}"'


def is_name(text: str) -> bool:
    """Return whether a text may be the `id` of a lesson."""
    return _NAME.fullmatch(text) is not None


def _of_another_version(version: object, needs: object) -> UserError:
    if type(version) is int and version > VERSION:
        try:
            refuse_later(needs)
        except UserError as later:
            return later
    sentence = mark("{value} is not known here: this Chainstep reads version {allowed}.")
    return UserError(sentence, value=shown(version), allowed=VERSION)


def _name(content: object) -> str:
    name = word(content)
    if not is_name(name):
        raise UserError(
            mark("{value} is no name: use at most 60 small letters, digits and hyphens."),
            value=shown(name),
        )
    return name


def _experiments(content: dict[str, Any], faults: Faults) -> dict[str, Experiment]:
    found = {}
    for name, given in list(content.items())[:_MOST_EXPERIMENTS]:
        try:
            if not _EXPERIMENT_NAME.fullmatch(name):
                raise UserError(  # noqa: TRY301 - noted like every other fault
                    mark("{value} is no name: use letters a to z, digits and hyphens."),
                    value=shown(name),
                )
            found[name] = experiment(given)
        except UserError as fault:
            # Steps that use it are not to be blamed as well.
            found[name] = Experiment()
            faults.add(fault, ("experiment", name))
    if len(content) > _MOST_EXPERIMENTS:
        sentence = mark("a lesson has at most {most} experiments, not {value}.")
        too_many = UserError(sentence, most=_MOST_EXPERIMENTS, value=len(content))
        faults.add(too_many, ("experiment",))
    return found


def _steps(
    rows: Sequence[object], faults: Faults, experiments: dict[str, Experiment]
) -> list[LessonStep]:
    steps: list[LessonStep] = []
    for number, row in enumerate(rows, start=1):
        try:
            before = steps[-1] if steps else None
            step = StepReader(table(row), number, faults, experiments, before).step()
        except UserError as fault:
            faults.add(fault, ("step", number))
            continue
        if step is not None:
            steps.append(step)
    return steps
