"""Advice on a lesson: what can be shown, but could be better.

Languages that are missing, letters that the fonts lack, texts that are too long to be seen whole,
numbers that the program would compute, and how long it all takes.
"""

import math
import re
from collections.abc import Container, Iterator
from itertools import pairwise
from typing import Protocol

from engine.moment import moment_at
from engine.quantities import Quantity
from engine.teaching.lesson import (
    GAP,
    LANGUAGES,
    Choose,
    Do,
    Explain,
    Lesson,
    LessonStep,
    Number,
    Page,
    Text,
)
from engine.teaching.letters import lacking
from engine.teaching.reading_time import CHINESE, length, minutes
from engine.user_error import UserError
from engine.words import mark


class Remark(Protocol):
    """Takes advice on a step (None for the lesson), or a field of it ("" for all)."""

    def __call__(self, step: LessonStep | None, field: str, said: str, **values: object) -> None:
        """Take a sentence, to be translated, and what stands in its gaps."""


MOST_MINUTES = 12
MOST_WORDS, MOST_CHARACTERS = 25, 45
"""Of a text beside a question: more has to be scrolled in a small window."""

MOST_WORDS_OF_A_PAGE, MOST_CHARACTERS_OF_A_PAGE = 60, 110
MOST_WORDS_OF_A_SLIP, MOST_CHARACTERS_OF_A_SLIP = 20, 40

_NOT_WRITTEN = mark("the lesson has no text in {language}; others are shown instead.")
_TWO_PAGES = mark("two pages of reading in a row: ask something in between.")
_LONG = mark("it takes {number} minutes; {most} are enough.")
_ONE_POINT = mark("two or three points are better to tick than one.")
_NO_MISS = mark("give one: it shows that the goal is not reached by accident.")
_NO_SOLUTION = mark("give one: it shows that the goal can be reached.")
_MISSING = mark("it is missing in {language}.")
_DIFFERENT = mark("its languages have different values in them: {values}.")
_LETTERS = mark("the fonts lack {letters}.")
_COMPUTED = mark("{value} is computed: write {instead} instead.")
_CHARACTERS = mark("{value} characters in {language}: more than {most} have to be scrolled.")
_WORDS = mark("{value} words in {language}: more than {most} have to be scrolled.")

_DIGITS = re.compile(r"(?<![\w.₀-₉{])[-−]?\d+(?:[.,]\d+)?(?![\w.]*[}₀-₉])")
_TELLING = 2
"""A number of fewer significant digits may be anything."""


def texts_of(step: LessonStep) -> Iterator[tuple[str, Text]]:
    """Yield every text of a step with its field."""
    yield "prompt" if step.is_question else "text", step.text
    for hint in step.hints:
        yield "hints", hint
    yield "after", step.after
    yield "note", step.note
    if isinstance(step, Choose):
        for i, option in enumerate(step.options, start=1):
            yield f"options.{i}.text", option.text
            yield f"options.{i}.because", option.because
    if isinstance(step, Number):
        for name, text in step.slips:
            yield f"slips.{name}", text
        for value, text in step.values:
            yield f"slips.{value.text}", text
    if isinstance(step, Explain):
        yield "model", step.model
        for text in step.points:
            yield "points", text


def advice_on_all(lesson: Lesson, remark: Remark) -> None:
    """Give the advice that is not on one step alone."""
    for language in missing(lesson):
        remark(None, "title", _NOT_WRITTEN, language=language)
    _on_text(None, "title", lesson.title, remark, missing(lesson))
    for before, step in pairwise(lesson.steps):
        if isinstance(before, Page) and isinstance(step, Page):
            remark(step, "kind", _TWO_PAGES)
    taken = minutes(lesson)
    if taken > MOST_MINUTES:
        remark(None, "step", _LONG, number=taken, most=MOST_MINUTES)


def missing(lesson: Lesson) -> tuple[str, ...]:
    """Return the languages in which nothing of a lesson is written: that is told once."""
    texts = [lesson.title, *(text for step in lesson.steps for _, text in texts_of(step))]
    return tuple(one for one in LANGUAGES if not any(text.has(one) for text in texts))


def advice_on(step: LessonStep, remark: Remark, unwritten: Container[str] = ()) -> None:
    """Give the advice on one step; of languages in `unwritten` nothing is said."""
    for field, text in texts_of(step):
        if text:
            _on_text(step, field, text, remark, unwritten)
    _on_lengths(step, remark)
    _on_numbers(step, remark)
    if isinstance(step, Explain) and len(step.points) < 2:  # noqa: PLR2004 - one is no list
        remark(step, "points", _ONE_POINT)
    if isinstance(step, Do) and not step.near_miss:
        remark(step, "near_miss", _NO_MISS)
    if isinstance(step, Do) and step.solution is None:
        remark(step, "solution", _NO_SOLUTION)


def _on_text(
    step: LessonStep | None, field: str, text: Text, remark: Remark, unwritten: Container[str]
) -> None:
    for language in LANGUAGES:
        if language not in unwritten and not text.has(language):
            remark(step, field, _MISSING, language=language)
    gaps = {language: sorted(GAP.findall(text.of(language))) for language in text.languages}
    if len(set(map(tuple, gaps.values()))) > 1:
        remark(step, field, _DIFFERENT, values=_differing(gaps))
    letters = "".join(lacking(text.of(language)) for language in text.languages)
    if letters:
        remark(step, field, _LETTERS, letters=" ".join(dict.fromkeys(letters)))


def _differing(gaps: dict[str, list[str]]) -> str:
    return "; ".join(f"{name}: {', '.join(found) or 'none'}" for name, found in gaps.items())


def _on_lengths(step: LessonStep, remark: Remark) -> None:
    page = not step.is_question
    limits = [(step.text, "text" if not step.is_question else "prompt", page, False)]
    limits += [(text, f, False, True) for f, text in texts_of(step) if f.startswith("slips")]
    for text, field, long, short in limits:
        for language in text.languages:
            chinese = language in CHINESE
            most = _most(chinese=chinese, long=long, short=short)
            found = length(text.of(language), language)
            if found > most:
                said = _CHARACTERS if chinese else _WORDS
                remark(step, field, said, value=found, language=language, most=most)


def _most(*, chinese: bool, long: bool, short: bool) -> int:
    if long:
        return MOST_CHARACTERS_OF_A_PAGE if chinese else MOST_WORDS_OF_A_PAGE
    if short:
        return MOST_CHARACTERS_OF_A_SLIP if chinese else MOST_WORDS_OF_A_SLIP
    return MOST_CHARACTERS if chinese else MOST_WORDS


def _on_numbers(step: LessonStep, remark: Remark) -> None:
    """Warn of numbers that are written down, though the program computes them."""
    known, given = _computed(step), _given(step)
    for field, text in texts_of(step):
        if field == "note":
            continue
        written = dict.fromkeys(f for _, said in text.by_language for f in _DIGITS.findall(said))
        for found in written:
            value = float(found.replace("−", "-").replace(",", "."))
            name = next((n for n, v in known.items() if _alike(found, value, v)), None)
            if name is not None and abs(value) not in given:
                remark(step, field, _COMPUTED, value=found, instead=f"{{{name}}}")


def _alike(written: str, value: float, computed: float) -> bool:
    """Return whether a number that was written is one that is computed, and not by chance."""
    digits = len(written.strip("-−0.,").replace(".", "").replace(",", ""))
    decimals = len(written.replace(",", ".").partition(".")[2])
    if digits < _TELLING or not math.isfinite(computed):
        return False
    same = math.isclose(value, computed, rel_tol=1e-9)
    return same or (digits > _TELLING and round(computed, decimals) == value)


def _given(step: LessonStep) -> set[float]:
    experiment = step.experiment
    samples = (number for one in experiment.samples for number in (one.x, one.target))
    numbers = (*experiment.theta, *samples, experiment.learning_rate, float(experiment.epochs))
    return set(map(abs, numbers))


def _computed(step: LessonStep) -> dict[str, float]:
    """Return what is computed in the sample at which a step stands, by how it is asked for."""
    try:
        moment = moment_at(step.run, step.here.at_end_of_sample().index)
    except UserError:
        return {}
    found = {}
    for name, value in moment.numbers.items():
        word = name.quantity.value
        if name.quantity in _RESULTS and name != (Quantity.OUTPUT, 0):
            found[word if name.quantity is Quantity.LOSS else f"{word} {name.layer}"] = value
    if isinstance(step, Number) and step.ask.text:
        found[step.ask.text] = step.answer
    return found


_RESULTS = (
    Quantity.OUTPUT,
    Quantity.LOSS,
    Quantity.UPSTREAM,
    Quantity.GRADIENT,
    Quantity.BIAS_GRADIENT,
)
