"""The lessons that there are: those that travel with Chainstep, and the user's own."""

from functools import lru_cache
from pathlib import Path
from typing import NamedTuple

from engine.teaching.lesson import Lesson
from engine.teaching.lesson_file import load
from engine.teaching.progress import Progress
from engine.teaching.reviews import keys_of
from engine.teaching.shelf import lessons_of, shipped
from engine.teaching.shelf import own as own_files


class Shelved(NamedTuple):
    """A lesson on the shelf; `number` counts those of Chainstep from 1, and is 0 for others."""

    lesson: Lesson
    path: Path
    number: int


@lru_cache(maxsize=1)
def ours() -> tuple[Shelved, ...]:
    """Return the lessons that travel with Chainstep, in their order."""
    return tuple(Shelved(load(path), path, k) for k, path in enumerate(shipped(), start=1))


def own() -> tuple[Shelved, ...]:
    """Return the user's own lessons, those that can be read."""
    return tuple(Shelved(lesson, path, 0) for lesson, path in lessons_of(own_files()))


def reached(lesson: Lesson, progress: Progress) -> tuple[int, int]:
    """Return how many questions of a lesson have an outcome, and how many there are."""
    keys = [
        key for step, key in zip(lesson.steps, keys_of(lesson), strict=True) if step.is_question
    ]
    return sum(key in progress.steps for key in keys), len(keys)


def begins_at(lesson: Lesson, progress: Progress) -> int:
    """Return the first step whose question has no outcome yet; the first where all have one."""
    keys = keys_of(lesson)
    for k, step in enumerate(lesson.steps):
        if step.is_question and keys[k] not in progress.steps:
            before = lesson.steps[k - 1] if k else None
            return k - 1 if before is not None and not before.is_question else k
    return 0
