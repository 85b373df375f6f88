"""The progress of a learner as one file, on this machine only.

    {"format": "chainstep progress", "version": 1,
     "lessons": {"public-derivative": {"0f3a…": {"outcome": "alone", "date": "2026-11-27"}}},
     "boxes": {"slip in_place": {"box": 0, "date": "2026-11-27"}}}

It is written whole or not at all. Several windows share it: each reads it again before it writes
and adds its own entries, under a lock.
"""

import json
from collections.abc import Callable, Iterable
from contextlib import suppress
from datetime import MAXYEAR, date
from pathlib import Path
from types import MappingProxyType
from typing import Any

from engine.files.locks import held
from engine.files.writing import write_atomically
from engine.teaching.outcome import Outcome
from engine.teaching.progress import (
    INTERVALS,
    Box,
    Entry,
    Progress,
    StepKey,
    StepRecord,
    Topic,
    after,
)
from engine.user_error import UserError, named
from engine.words import mark

FORMAT, VERSION = "chainstep progress", 1

LARGEST = 4_000_000
"""In bytes: what is larger was not written here."""

_PATIENCE = 0.5
"""In seconds: how long another window may take to write."""

_LONGEST = 200
"""In characters: the longest name of a lesson, a step or a topic."""

NEWER = mark(
    "Your progress is from a later version of Chainstep: this one neither reads nor changes it."
    " The file: {value}"
)
DAMAGED = mark("Your progress could not be read, and begins anew. The old file is kept: {value}")
UNREADABLE = mark("Your progress can't be read, and nothing is added to it: {reason}")
UNWRITTEN = mark(
    "Your progress can't be written now; it is written with the next answer, if that is possible:"
    " {reason}"
)
BUSY = mark("another window is writing it")


def progress_text(progress: Progress) -> str:
    """Return the text of the file."""
    lessons: dict[str, dict[str, object]] = {}
    for key, record in sorted(progress.steps.items()):
        told = {"outcome": record.outcome.value, "date": record.day.isoformat()}
        slips = {"slips": list(record.slips)} if record.slips else {}
        lessons.setdefault(key.lesson, {})[key.step] = {**told, **slips}
    boxes = {
        str(topic): {"box": box.level, "date": box.day.isoformat()}
        for topic, box in sorted(progress.boxes.items())
    }
    content = {"format": FORMAT, "version": VERSION, "lessons": lessons, "boxes": boxes}
    return json.dumps(content, indent=1) + "\n"


class NewerError(ValueError):
    """The text is that of a later version."""


def progress_from(text: str) -> Progress:
    """Read the text of a file. Raises `NewerError`, or another ValueError if it is damaged."""
    try:
        content = json.loads(text)
        _check_version(content["format"], content["version"])
        lessons, boxes = content["lessons"], content["boxes"]
        return Progress(
            MappingProxyType(
                {
                    StepKey(_name(lesson), _name(step)): _record(told)
                    for lesson, steps in lessons.items()
                    for step, told in steps.items()
                }
            ),
            MappingProxyType({_topic(name): _box(told) for name, told in boxes.items()}),
        )
    except ValueError:
        raise
    except (TypeError, LookupError, AttributeError, RecursionError):
        raise ValueError from None


def _check_version(form: object, version: object) -> None:
    if form != FORMAT or type(version) is not int:
        raise ValueError
    if version > VERSION:
        raise NewerError


def _name(text: str) -> str:
    if len(text) > _LONGEST:
        raise ValueError
    return text


def _record(told: dict[str, Any]) -> StepRecord:
    slips = tuple(sorted({_name(slip) for slip in told.get("slips", ())}))
    return StepRecord(Outcome(told["outcome"]), _day(told["date"]), slips)


def _day(text: str) -> date:
    day = date.fromisoformat(text)
    if day.year >= MAXYEAR:
        raise ValueError  # no day comes so late after it
    return day


def _topic(name: str) -> Topic:
    kind, _, rest = _name(name).partition(" ")
    if kind not in ("slip", "phase") or not rest:
        raise ValueError
    return Topic(kind, rest)


def _box(told: dict[str, Any]) -> Box:
    level = told["box"]
    if type(level) is not int or not 0 <= level < len(INTERVALS):
        raise ValueError
    return Box(level, _day(told["date"]))


class ProgressFile:
    """The progress in the file at `path`, as this window knows it: `progress`.

    What could not be written is written with the next entry; until then only this window knows
    it. The methods return what the user has to be told, each fault once, or None.
    """

    def __init__(self, path: Path) -> None:
        self.path, self.progress = path, Progress()
        self._unwritten: tuple[Entry, ...] = ()
        self._told: str | None = None

    def read(self) -> UserError | None:
        """Read what is there. A file that is damaged is kept beside under another name."""
        return self._act(self._again)

    def add(self, *entries: Entry) -> UserError | None:
        """Put down what happened."""
        self._unwritten += entries
        self.progress = after(self.progress, *entries)
        return self._act(self._merge)

    def reset(self) -> UserError | None:
        """Forget everything; not what a later version wrote."""
        return self._act(self._forget)

    def _act(self, act: Callable[[], UserError | None]) -> UserError | None:
        """Do something while no other window writes, and return what is to be told of it."""
        try:
            self.path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
            with held(self.path.with_suffix(".lock"), _PATIENCE) as alone:
                problem = act() if alone else UserError(UNWRITTEN, reason=UserError(BUSY))
        except OSError as fault:
            problem = UserError(UNWRITTEN, reason=fault.strerror or str(fault))
        template = problem.template if problem is not None else None
        told, self._told = self._told, template
        return problem if template != told else None

    def _again(self) -> UserError | None:
        """Take over what other windows wrote meanwhile. Raises OSError where it can't be kept.

        Where it can't be read, nothing may be written in its place.
        """
        try:
            with self.path.open("rb") as file:
                data = file.read(LARGEST + 1)
        except FileNotFoundError:
            data = None
        except OSError as fault:
            return UserError(UNREADABLE, reason=fault.strerror or str(fault))
        problem, found = None, Progress()
        if data is not None:
            try:
                found = progress_from(data[: LARGEST + 1].decode() if len(data) <= LARGEST else "")
            except NewerError:
                return UserError(NEWER, value=named(str(self.path)))
            except ValueError:
                problem = UserError(DAMAGED, value=named(str(self._put_aside())))
        self.progress = after(found, *self._unwritten)
        return problem

    def _merge(self) -> UserError | None:
        problem = self._again()
        if problem is None or problem.template == DAMAGED:
            self._write(self.progress)
        return problem

    def _forget(self) -> UserError | None:
        problem = self._again()
        if problem is None or problem.template == DAMAGED:
            self._write(Progress())
            self.progress, problem = Progress(), None
        return problem

    def _write(self, progress: Progress) -> None:
        write_atomically(self.path, progress_text(progress))
        self._unwritten = ()

    def _put_aside(self) -> Path:
        """Give a damaged file another name. Raises OSError."""
        for place in _names_beside(self.path):
            with suppress(FileExistsError):
                # A name of its own first: to rename would replace what is there.
                place.touch(mode=0o600, exist_ok=False)
                return self.path.replace(place)
        raise AssertionError


def _names_beside(path: Path) -> Iterable[Path]:
    number = 0
    while True:
        number += 1
        yield path.with_name(f"{path.stem}-damaged-{number}{path.suffix}")
