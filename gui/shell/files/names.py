"""The names of files as they are typed, and the system's messages about files."""

import re
from collections.abc import Sequence
from pathlib import Path

from engine.files.writing import READ_ONLY
from engine.user_error import UserError, named
from engine.words import mark
from gui.language import speech
from gui.language.joining import labelled

_ENDING = re.compile(r"\.[A-Za-z]\w*")
"""What may be meant as another kind of file; the dots of lr0.05 and of 实验1.2 are not."""

_NOT_IN_NAMES = re.compile(r'[<>:"/\\|?*\x00-\x1f]')
_LONGEST = 80

_TROUBLES = (
    READ_ONLY,
    mark("No such file or directory"),
    mark("Permission denied"),
    mark("Operation not permitted"),
    mark("Is a directory"),
    mark("Not a directory"),
    mark("Too many levels of symbolic links"),
    mark("File name too long"),
    mark("File too large"),
    mark("No space left on device"),
    mark("Disk quota exceeded"),
    mark("Read-only file system"),
    mark("Device or resource busy"),
    mark("Input/output error"),
)
"""What systems say of files, as far as it is translated."""


def with_ending(name: str, kinds: Sequence[str], chosen: str) -> Path:
    """Return the file that is meant by `name`: with the ending of its kind, if it has none.

    `kinds` are the endings that the dialog offers, `chosen` is the filter that was chosen in it:
    with the filter for all files, or without a filter, another ending that is typed is kept.
    """
    if name.lower().endswith(tuple(kinds)):
        return Path(name)
    kind = next((kind for kind in kinds if f"*{kind}" in chosen), None)
    if kind is None and (chosen or len(kinds) > 1) and _ENDING.fullmatch(Path(name).suffix):
        return Path(name)
    return Path(name.removesuffix(".") + (kind or kinds[0]))


def proposed(title: str) -> str:
    """Return `title` as a name for a file, without an ending.

    What some systems do not allow in names is left out.
    """
    name = " ".join(_NOT_IN_NAMES.sub(" ", title).split())
    return name.strip(". ")[:_LONGEST] or "Chainstep"


def refuse_streams(path: Path) -> None:
    """Raise `UserError` for a pipe or a device: the window would wait for its end."""
    if path.exists() and not path.is_file() and not path.is_dir():
        raise UserError(mark("This is a device or a pipe; the window can only open files."))


def trouble(fault: OSError, language: str) -> str:
    """Return what the system says of a file, in `language` as far as it is known there."""
    words = system_words(fault, language)
    return labelled(named(fault.filename), words, speech(language)) if fault.filename else words


def system_words(fault: OSError, language: str) -> str:
    """Return that without the name of the file."""
    said = fault.strerror or str(fault)
    return speech(language)(said) if said in _TROUBLES else said
