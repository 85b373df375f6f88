"""The lessons that there are: those that travel with Chainstep, and the user's own."""

from functools import lru_cache
from pathlib import Path
from typing import NamedTuple

from engine.teaching.fingerprint import fingerprint
from engine.teaching.lesson import CarryOut, Lesson
from engine.teaching.lesson_file import load
from engine.teaching.progress import Progress
from engine.user_error import UserError
from gui.resources import asset

ENDING = ".toml"
_WORDS, _SIGNS = 200, 300
"""So many words, or characters of Chinese, are read in a minute."""

_QUESTION, _VALUE = 20, 10
"""In seconds: a question takes so long, and a value that is carried out."""


class Shelved(NamedTuple):
    """A lesson on the shelf; `number` counts those of Chainstep from 1, and is 0 for others."""

    lesson: Lesson
    path: Path
    number: int


@lru_cache(maxsize=1)
def ours() -> tuple[Shelved, ...]:
    """Return the lessons that travel with Chainstep, in their order."""
    paths = sorted(asset("lessons").glob(f"*{ENDING}"))
    return tuple(Shelved(load(path), path, k) for k, path in enumerate(paths, start=1))


def own(folder: Path | None) -> tuple[Shelved, ...]:
    """Return the user's own lessons in a folder, those that can be read."""
    found = []
    for path in sorted(folder.glob(f"*{ENDING}")) if folder and folder.is_dir() else ():
        try:
            found.append(Shelved(load(path), path, 0))
        except (OSError, UserError):
            continue
    return tuple(found)


def minutes(lesson: Lesson, language: str) -> int:
    """Return about how long a lesson takes, in whole minutes, at least 1."""
    seconds = 0.0
    for step in lesson.steps:
        text = step.text.of(language)
        chinese = language.startswith("zh") and step.text.has(language)
        length = len(text) / _SIGNS if chinese else len(text.split()) / _WORDS
        seconds += 60 * length + _QUESTION * step.is_question
        if isinstance(step, CarryOut) and step.last.layer is not None:
            seconds += _VALUE * 2 * step.experiment.layers
    return max(1, round(seconds / 60))


def reached(lesson: Lesson, progress: Progress) -> tuple[int, int]:
    """Return how many questions of a lesson have an outcome, and how many there are."""
    keys = [fingerprint(step) for step in lesson.steps if step.is_question]
    return progress.count(lesson.name, keys), len(set(keys))


def begins_at(lesson: Lesson, progress: Progress) -> int:
    """Return the first step whose question has no outcome yet; the first where all have one."""
    for k, step in enumerate(lesson.steps):
        if step.is_question and progress.outcome(lesson.name, fingerprint(step)) is None:
            before = lesson.steps[k - 1] if k else None
            return k - 1 if before is not None and not before.is_question else k
    return 0
