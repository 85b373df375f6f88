"""Quizzes for other programs: questions as data, and the formats that those programs read."""

from collections.abc import Callable, Mapping, Sequence
from types import MappingProxyType

from engine.teaching.quiz.anki import anki
from engine.teaching.quiz.gift import gift
from engine.teaching.quiz.moodle import moodle
from engine.teaching.quiz.question import Card, Choice, Essay, Numerical, Question, Wrong

__all__ = ["FORMATS", "Card", "Choice", "Essay", "Numerical", "Question", "Wrong"]

FORMATS: Mapping[str, Callable[[Sequence[Question], str], str]] = MappingProxyType(
    {".xml": moodle, ".gift": gift, ".txt": anki}
)
"""What writes questions under a title, by the end of the file's name."""
