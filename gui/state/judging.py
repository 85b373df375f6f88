"""Judges what was typed for a question of a practice, and gives its hints. No Qt."""

from engine import Run, moment_at
from engine.numerals import read_number
from engine.quantities import Name
from gui.language import speech
from gui.state.practice import Question, Said, Tone


def judged(run: Run, question: Question, text: str, locale: str) -> tuple[Said, Name | None]:
    """Return what is said of a text, and the number that it was mistaken for, if one."""
    typed = read_number(text, sign=speech(locale).decimal_sign)
    value = moment_at(run, question.index).numbers[question.name]
    right = abs(typed - value) <= max(abs(value) * 0.002, 0)
    return Said(Tone.RIGHT if right else Tone.NOT_YET), None
