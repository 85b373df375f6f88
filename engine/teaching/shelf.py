"""The lessons that there are: those that ship with Chainstep, and the user's own.

>>> [lesson.name for lesson, _ in lessons_of(shipped())][:2]
['forward', 'why-backwards']
"""

from collections.abc import Iterable, Iterator
from pathlib import Path

from engine.assets import asset
from engine.files.folders import data_folder
from engine.teaching.lesson import Lesson
from engine.teaching.lesson_file import LARGEST_FILE, contents, load, read
from engine.user_error import UserError, shown
from engine.words import mark

ENDING = ".toml"
MOST_OWN = 200
"""So many files of the user's own folder are looked at."""


def shipped() -> tuple[Path, ...]:
    """Return the files of the lessons that ship, in their order."""
    return tuple(sorted(asset("lessons").glob(f"*{ENDING}")))


def own_folder() -> Path:
    """Return the folder for the user's own lessons; it need not exist."""
    return data_folder() / "lessons"


def own() -> tuple[Path, ...]:
    """Return the files of the user's own lessons, by their names."""
    try:
        found = sorted(own_folder().glob(f"*{ENDING}"))
    except (OSError, RuntimeError):
        return ()
    return tuple(path for path in found if path.is_file())[:MOST_OWN]


def lessons_of(paths: Iterable[Path]) -> Iterator[tuple[Lesson, Path]]:
    """Yield the lessons of these files; those that can't be read are passed over."""
    for path in paths:
        try:
            yield load(path), path
        except (UserError, OSError):
            continue


def template(name: str = "my-lesson") -> str:
    """Return the text of a new lesson of this `id`: one step of each kind, and all there is."""
    text = Path(__file__).with_name("template.toml").read_text("utf-8")
    return text.replace('id = "my-lesson"', f'id = "{name}"', 1)


def found(name: str) -> bytes:
    """Return the bytes of a lesson, given its `id` or its file.

    Raises OSError for a file that can't be read, `UserError` where there is no such lesson.
    """
    is_file = name.endswith(ENDING) or any(sign in name for sign in "/\\.")
    if is_file or Path(name).is_file():
        return contents(name)
    known = []
    for path in (*shipped(), *own()):
        try:
            data = contents(path)
        except OSError:
            continue
        lesson = read(data).lesson
        if path.stem == name or (lesson is not None and lesson.name == name):
            return data
        if lesson is not None:
            known.append(lesson.name)
    raise UserError(
        mark("there is no lesson {value}; there are {allowed}."),
        value=shown(name),
        allowed=tuple(known),
    )


__all__ = ["LARGEST_FILE", "found", "lessons_of", "own", "own_folder", "shipped", "template"]
