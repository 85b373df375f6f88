"""Checks a lesson before anybody sees it: answers every question, and tells what is wrong.

Faults keep a lesson from being used as it stands; remarks are advice. Both are for authors.
"""

import math
from collections.abc import Iterator
from functools import partial
from typing import NamedTuple

from engine.experiment import Experiment
from engine.teaching.advice import advice_on, advice_on_all, missing
from engine.teaching.answers import LIKELY, Told, slips_of
from engine.teaching.choices import SLIPS, chosen_slips
from engine.teaching.lesson import (
    CarryOut,
    Choose,
    Do,
    Lesson,
    LessonStep,
    Number,
    Point,
    Text,
)
from engine.teaching.lesson_file import read
from engine.teaching.questions import number_of, reached, rows_of, search_of
from engine.teaching.reading.faults import LessonFault
from engine.teaching.reading.toml_lines import Lines
from engine.teaching.standing import Standing, trained
from engine.teaching.terms import Value
from engine.teaching.values import holds, is_never, value_at
from engine.user_error import UserError
from engine.words import Say, mark

_ENGLISH = Say()

_SAME = 1e-8
"""Values of slips are told to nine digits."""


class Answer(NamedTuple):
    """How a question is answered: `right` in words or numbers, and the slips that are told.

    `untold` are names of slips that give the right answer, or the same as another slip.
    """

    step: int
    kind: str
    line: int
    asked: str
    right: tuple[str, ...]
    slips: tuple[Told, ...] = ()
    untold: tuple[str, ...] = ()


class Report(NamedTuple):
    """What a check has found. `lesson` is None where the file can't be read."""

    lesson: Lesson | None
    faults: tuple[LessonFault, ...]
    remarks: tuple[LessonFault, ...] = ()
    answers: tuple[Answer, ...] = ()


def check(data: bytes, say: Say = _ENGLISH, language: str = "en") -> Report:
    """Check the bytes of a lesson file, and say in a language what is said to slips.

    Raises nothing.
    """
    lesson, faults = read(data)
    if lesson is None:
        return Report(None, faults)
    lines = Lines(data.decode("utf-8-sig").replace("\r\n", "\n"))
    found = Findings(lines, say, language)
    answers: list[Answer] = []
    unwritten = missing(lesson)
    for step in lesson.steps:
        try:
            answers.extend(_answers(step, found))
            _fill_texts(step, found)
        except UserError as fault:
            found.fault(step, "", fault)
        advice_on(step, found.remark, unwritten)
    advice_on_all(lesson, found.remark)
    return Report(lesson, tuple(found.faults), tuple(found.remarks), tuple(answers))


class Findings:
    """What is found on the way."""

    def __init__(self, lines: Lines, say: Say, language: str) -> None:
        self._lines, self.say, self.language = lines, say, language
        self.faults: list[LessonFault] = []
        self.remarks: list[LessonFault] = []

    def fault(self, step: LessonStep, field: str, said: str | UserError, **values: object) -> None:
        """Note a fault of a step: a sentence, with what stands in its gaps."""
        self.faults.append(self._made(step, field, said, values))

    def remark(self, step: LessonStep | None, field: str, said: str, **values: object) -> None:
        """Note advice on a step, or on the lesson."""
        self.remarks.append(self._made(step, field, said, values))

    def _made(
        self, step: LessonStep | None, field: str, said: str | UserError, values: dict[str, object]
    ) -> LessonFault:
        told = said if isinstance(said, UserError) else UserError(said, None, **values)
        if step is None:
            return LessonFault(told, self._lines.of(*field.split(".")), None, field)
        line = self._lines.of("step", step.number, *filter(None, field.split(".")))
        return LessonFault(told, line, step.number, field)


def _fill_texts(step: LessonStep, found: Findings) -> None:
    asked = step.asked
    after = [("after", step.after)]
    if isinstance(step, Choose):
        after += [(f"options.{i}.because", o.because) for i, o in enumerate(step.options, start=1)]
    before = [("text" if not step.is_question else "prompt", step.text)]
    before += [("hints", hint) for hint in step.hints]
    for here, texts in ((step.here, before), (asked, after)):
        for field, text in texts:
            _fill(step, field, text, here, found)


def _fill(step: LessonStep, field: str, text: Text, here: Standing, found: Findings) -> None:
    for language in text.languages:
        try:
            text.filled(language, here, str)
        except UserError as fault:
            found.fault(step, field, fault)
            return


def _answers(step: LessonStep, found: Findings) -> Iterator[Answer]:
    match step:
        case Number():
            yield _number(step, found)
        case Choose():
            yield _choice(step, found)
        case Point():
            right = tuple(f"{name.quantity.value} {name.layer}" for name in step.target)
            yield Answer(step.number, step.kind, step.line, "", right)
        case Do():
            yield _deed(step, found)
        case CarryOut():
            yield _carried_out(step, found)
        case _:
            return


def _number(step: Number, found: Findings) -> Answer:
    value = step.answer
    right = "never" if is_never(step.ask, value) else number(value)
    answer = Answer(step.number, step.kind, step.line, step.ask.text, (right,))
    if not math.isfinite(value):
        found.fault(step, "ask", mark("the answer is {value}, which nobody can type."), value=right)
        return answer
    told, untold = slips_of(step, found.say, found.language)
    likely = LIKELY.intersection(untold)
    if likely and value:
        found.fault(
            step,
            "ask",
            mark(
                "the slip {slips} gives the right answer, {value}: take other numbers, so that it"
                " can be told."
            ),
            slips=tuple(sorted(likely)),
            value=number(value),
        )
    known = {name for one in told for name in one.names}
    for name, _ in step.slips:
        if name not in known:
            said = mark("no slip {slip} is told here; there are {allowed}.")
            allowed = tuple(sorted(known))
            found.fault(step, f"slips.{name}", said, slip=name, allowed=allowed)
    for other, _ in step.values:
        if other.text not in known and not any(map(partial(_gives, step, other), told)):
            said = mark("{value} is the right answer, or no number.")
            wrong = number(value_at(other, step.asked))
            found.fault(step, f"slips.{other.text}", said, value=wrong)
    return answer._replace(slips=told, untold=untold)


def _gives(step: Number, other: Value, told: Told) -> bool:
    return math.isclose(value_at(other, step.asked), told.value, rel_tol=_SAME)


def _choice(step: Choose, found: Findings) -> Answer:
    task = number_of(step)
    if task is not None:
        return _of_slips(step, task, found)
    here = step.here.at_end_of_sample()
    holding = []
    for i, option in enumerate(step.options, start=1):
        try:
            if all(holds(condition, here) for condition in option.holds):
                holding.append(i)
        except UserError as fault:
            found.fault(step, f"options.{i}.holds", fault)
    if len(step.options) < 2:  # noqa: PLR2004 - otherwise there is nothing to choose
        found.fault(step, "options", mark("there is nothing to choose: give 2 to 4 options."))
    elif not holding:
        found.fault(step, "options", mark("none of the options holds; exactly one must."))
    elif len(holding) > 1:
        said = mark("the options {numbers} all hold; exactly one must.")
        found.fault(step, "options", said, numbers=tuple(holding))
    right = tuple(_said(step.options[i - 1].text, step.here) for i in holding)
    return Answer(step.number, step.kind, step.line, "", right)


def _said(text: Text, here: Standing) -> str:
    try:
        return text.filled("en", here, number, "never")
    except UserError:
        return text.of("en")


def _of_slips(step: Choose, task: Number, found: Findings) -> Answer:
    told, untold = slips_of(task, found.say, found.language)
    chosen = chosen_slips(task)
    if len(chosen) < SLIPS:
        said = mark("slips that can be told from the answer here: {number}; three are needed.")
        found.fault(step, "options", said, number=len(chosen))
    right = (number(task.answer),)
    return Answer(step.number, step.kind, step.line, task.ask.text, right, told, untold)


def reaches(step: Do, experiment: Experiment) -> bool:
    """Return whether the goal of a step holds for an experiment of the learner's.

    What does not exist in it does not hold.
    """
    try:
        return reached(step, trained(experiment))
    except UserError:
        return False


def _deed(step: Do, found: Findings) -> Answer:
    if reaches(step, step.experiment):
        found.fault(step, "goal", mark("the goal is reached at the start: there is nothing to do."))
    if step.solution is not None and not reaches(step, step.solution):
        found.fault(step, "solution", mark("the goal is not reached by it."))
    for one in step.near_miss:
        if reaches(step, one):
            found.fault(step, "near_miss", mark("the goal is reached by it: it is no miss."))
    goal = ", ".join(condition.text for condition in step.goal)
    return Answer(step.number, step.kind, step.line, goal, changes(step, step.solution))


def changes(step: Do, to: Experiment | None) -> tuple[str, ...]:
    """Return what an experiment changes, in words: learning_rate = 0.3."""
    if to is None:
        return ()
    fields = (f for f in step.edit if getattr(to, f) != getattr(step.experiment, f))
    return tuple(f"{field} = {_field(getattr(to, field))}" for field in fields)


def _field(value: object) -> str:
    if isinstance(value, float):
        return number(value)
    if isinstance(value, tuple):
        return f"[{', '.join(map(_field, value))}]"
    return str(value)


def _carried_out(step: CarryOut, found: Findings) -> Answer:
    rows = rows_of(step)
    for row in rows:
        if not math.isfinite(row.value):
            said = mark("{name} is {value}, which nobody can type.")
            found.fault(step, "to", said, name=str(row.name), value=number(row.value))
    if step.find and search_of(step) is None:
        said = mark("no slip shows in this table: take other numbers or more steps.")
        found.fault(step, "find", said)
    right = tuple(f"{row.name} = {number(row.value)}" for row in rows)
    return Answer(step.number, step.kind, step.line, f"{step.first} … {step.last}", right)


def number(value: float) -> str:
    """Return a number as an author reads it: 2, −0.12507, ∞."""
    if math.isnan(value):
        return "NaN"
    if math.isinf(value):
        return "∞" if value > 0 else "−∞"
    text = f"{value:.10g}"
    rounded = text if len(text) <= _SHORT else f"{value:.5g}"
    return (rounded if float(rounded) else "0").replace("-", "−")


_SHORT = 8
