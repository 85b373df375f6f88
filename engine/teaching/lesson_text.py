"""A lesson as a person reads it on paper or in a terminal, with all answers."""

import re
import unicodedata
from collections.abc import Iterator
from typing import Any

from engine.teaching.choices import options_of, right_options
from engine.teaching.lesson import CarryOut, Choose, Do, Explain, Lesson, LessonStep, Number, Text
from engine.teaching.lesson_check import changes, number
from engine.teaching.questions import rows_of
from engine.teaching.standing import Standing
from engine.teaching.values import is_never
from engine.user_error import UserError

WIDTH = 88
_LABELS = {
    "en": ("Answer: ", "Hint: ", "Afterwards: ", "For the teacher: ", "never"),
    "zh_CN": ("答案：", "提示：", "之后：", "给老师：", "一直没有"),
    "es": ("Respuesta: ", "Pista: ", "Después: ", "Para el profesor: ", "nunca"),
}
"""What stands before an answer, a hint, what is said later, a note; an epoch that never comes."""


def steps_told(lesson: Lesson, language: str) -> dict[str, Any]:
    """Return a lesson as data: its title and its steps, texts filled, with their answers."""
    return {
        "id": lesson.name,
        "title": lesson.title.of(language),
        "language": language,
        "steps": [_step_told(step, language) for step in lesson.steps],
    }


def _step_told(step: LessonStep, language: str) -> dict[str, Any]:
    told: dict[str, Any] = {
        "step": step.number,
        "kind": step.kind,
        "at": str(step.at),
        "text": _filled(step.text, language, step.here),
    }
    if isinstance(step, Choose):
        told["options"] = [
            {"text": text, "right": right, "because": because}
            for text, right, because in _options(step, language)
        ]
    if answers := list(_answers(step, language)):
        told["answers"] = answers
    if step.hints:
        told["hints"] = [_filled(hint, language, step.here) for hint in step.hints]
    if step.after:
        told["after"] = _filled(step.after, language, step.asked)
    if step.note:
        told["note"] = step.note.of(language)
    return told


def lines(lesson: Lesson, language: str) -> Iterator[str]:
    """Yield the lines of a lesson, at most `WIDTH` characters wide where words allow it."""
    title = lesson.title.of(language)
    answered, hinted, later, noted, _ = _LABELS[language]
    yield title
    yield "=" * min(WIDTH, _width(title))
    for step in lesson.steps:
        yield ""
        yield f"{step.number} · {step.kind} · {step.preset or _experiment(step)} · {step.at}"
        for paragraph in _unmarked(_filled(step.text, language, step.here)).split("\n"):
            yield from _wrapped(paragraph, "  ")
        if isinstance(step, Choose):
            for text, right, because in _options(step, language):
                yield from _wrapped(text + (f" ({because})" if because else ""), "  ", _sign(right))
        for answer in _answers(step, language):
            yield from _labelled(answered, answer)
        for hint in step.hints:
            yield from _labelled(hinted, _filled(hint, language, step.here))
        if step.after:
            after = _filled(step.after, language, step.asked)
            yield from _labelled(later, after)
        if step.note:
            yield from _labelled(noted, step.note.of(language))


def _unmarked(text: str) -> str:
    return re.sub(r"\*\*|`", "", text)


def _sign(right: bool) -> str:  # noqa: FBT001 - a sign for yes, another for no
    return "✓ " if right else "· "


def _experiment(step: LessonStep) -> str:
    return f"w = {', '.join(map(number, step.experiment.weights))}"


def _labelled(label: str, text: str) -> Iterator[str]:
    yield from _wrapped(text, "    ", label)


def _wrapped(text: str, indent: str, label: str = "") -> Iterator[str]:
    """Yield the lines of a paragraph; Chinese may be broken between any two characters."""
    line, hanging = indent + label, indent + ("  " if label else "")
    for piece in _PIECE.findall(text):
        if _width(line) + _width(piece.rstrip()) > WIDTH and piece[0] not in _NOT_FIRST:
            yield line.rstrip()
            line = hanging
        line += piece
    yield line.rstrip()


_PIECE = re.compile(r"[\u2e80-\uffef] *|[^\s\u2e80-\uffef]+\s*|\s+")
_NOT_FIRST = "，。；：、！？）」』”’…"
"""What begins no line in Chinese."""


def _width(text: str) -> int:
    """Return how many columns of a terminal a text takes."""
    return sum(2 if unicodedata.east_asian_width(sign) in "WF" else 1 for sign in text)


def _filled(text: Text, language: str, here: Standing) -> str:
    try:
        return text.filled(language, here, number, _LABELS[language][-1])
    except UserError as fault:
        return f"{text.of(language)} ({fault})"


def _options(step: Choose, language: str) -> Iterator[tuple[str, bool, str]]:
    try:
        right = right_options(step)
        options = options_of(step)
    except UserError:
        right, options = (), step.options
    for k, option in enumerate(options):
        text = _filled(option.text, language, step.here)
        yield text, k in right, _filled(option.because, language, step.asked)


def _answers(step: LessonStep, language: str) -> Iterator[str]:
    match step:
        case Number():
            never = is_never(step.ask, step.answer)
            yield f"{step.ask.text} = {_LABELS[language][-1] if never else number(step.answer)}"
        case CarryOut():
            yield "; ".join(f"{row.name} = {number(row.value)}" for row in rows_of(step))
        case Do():
            yield from changes(step, step.solution)
        case Explain():
            yield step.model.of(language)
            for point in step.points:
                yield f"☐ {point.of(language)}"
        case _:
            return
