"""How long a lesson takes, and how long its texts are.

English is read at 200 words a minute, Chinese at 300 characters; a question takes 20 seconds more,
and each value that is carried out 10.
"""

import math
import re
from collections.abc import Iterator

from engine.teaching.lesson import (
    GAP,
    LANGUAGES,
    CarryOut,
    Choose,
    Explain,
    Lesson,
    LessonStep,
    Text,
)
from engine.teaching.places import step_position
from engine.teaching.reading.markdown import plain

WORDS_A_MINUTE, CHARACTERS_A_MINUTE = 200, 300
SECONDS_A_QUESTION, SECONDS_A_VALUE = 20, 10

_HAN = re.compile("[\u3400-\u4dbf\u4e00-\u9fff]")
_WORD = re.compile(r"[^\W_]")
CHINESE = ("zh_CN",)


def length(text: str, language: str) -> int:
    """Return the words of a text, in Chinese its characters; a formula between spaces counts one.

    A value that is put in counts one.
    """
    said = plain(GAP.sub("0", text))
    if language not in CHINESE:
        return sum(_WORD.search(word) is not None for word in said.split())
    others = _HAN.sub(" ", said).split()
    return len(_HAN.findall(said)) + sum(_WORD.search(word) is not None for word in others)


def texts_of(step: LessonStep) -> Iterator[Text]:
    """Yield what is read in a step when all goes well: no hints, no remarks on mistakes."""
    yield step.text
    yield step.after
    if isinstance(step, Choose):
        yield from (option.text for option in step.options)
    if isinstance(step, Explain):
        yield step.model
        yield from step.points


def values_in(step: LessonStep) -> int:
    """Return how many values are entered in a step of carrying out; 0 for other kinds."""
    if not isinstance(step, CarryOut):
        return 0
    structure = step.experiment.structure
    return step_position(structure, step.last) - step_position(structure, step.first) + 1


def seconds(step: LessonStep, language: str) -> float:
    """Return how long a step takes."""
    pace = CHARACTERS_A_MINUTE if language in CHINESE else WORDS_A_MINUTE
    read = sum(length(text.of(language), language) for text in texts_of(step))
    asked = SECONDS_A_QUESTION * step.is_question + SECONDS_A_VALUE * values_in(step)
    return 60 * read / pace + asked


def minutes(lesson: Lesson, language: str = "") -> int:
    """Return how many minutes a lesson takes in a language, or in that which takes longest."""
    languages = (language,) if language else lesson.languages or LANGUAGES[:1]
    times = (sum(seconds(step, language) for step in lesson.steps) for language in languages)
    return math.ceil(max(times) / 60)
