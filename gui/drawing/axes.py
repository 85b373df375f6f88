"""The axes of a diagram in words, for who does not see it. No Qt."""

from collections.abc import Iterable
from typing import NamedTuple

from engine.words import Say
from gui.language.joining import listed


class AxisWords(NamedTuple):
    """What is written at an axis: its title, if any, and the numbers at its marks."""

    title: str
    marks: tuple[str, ...]


def horizontal(axis: AxisWords, say: Say) -> str:
    """Return "Horizontal axis, epoch: 0, 100, 200"."""
    if axis.title:
        told = say("Horizontal axis, {title}: {marks}")
        return told.format(title=axis.title, marks=_marks(axis.marks, say))
    return say("Horizontal axis: {marks}").format(marks=_marks(axis.marks, say))


def vertical(axis: AxisWords, say: Say) -> str:
    """Return "Vertical axis, w₂: −1, 0, 1"."""
    if axis.title:
        told = say("Vertical axis, {title}: {marks}")
        return told.format(title=axis.title, marks=_marks(axis.marks, say))
    return say("Vertical axis: {marks}").format(marks=_marks(axis.marks, say))


def _marks(marks: Iterable[str], say: Say) -> str:
    return listed(filter(None, marks), say)
