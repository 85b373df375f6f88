"""Where questions come from: fresh chains, an experiment, or a lesson. No Qt."""

import math
from collections.abc import Iterator
from dataclasses import fields, replace
from itertools import count as counting
from random import Random

from engine.algorithms import CORRECT
from engine.experiment import Experiment
from engine.moment import length, moment_at
from engine.run import Run
from engine.steps import Phase, steps_of, steps_per_sample
from engine.teaching.answers import computed_by, slips_told, written_for
from engine.teaching.choices import options_of, right_options
from engine.teaching.judge import Verdict
from engine.teaching.lesson import CarryOut, Choose, Explain, Lesson, LessonStep, Number, Text
from engine.teaching.questions import rows_of
from engine.teaching.quiz.html import of_markdown, paragraphs, plain
from engine.teaching.quiz.question import Asked, Choice, Essay, Numerical, Question
from engine.teaching.sheet_numbers import sheet_chain
from engine.teaching.standing import Standing, trained
from engine.teaching.values import is_never
from engine.words import Say
from gui.quiz.picture import Mistakes, context, numerical, step_question, written

TAG = "chainstep"

_ORDER = (
    Phase.FORWARD,
    Phase.GRADIENT,
    Phase.PASS_ON,
    Phase.UPDATE,
    Phase.LOSS,
    Phase.SEED,
)
"""One of each kind in turn: else nearly all questions would ask for gradients and updates."""


def of_chains(seed: int, count: int, layers: int, activation: str, say: Say) -> Iterator[Numerical]:
    """Yield questions, each about a chain of its own with friendly numbers."""
    draw = Random(f"quiz {seed}").random  # noqa: S311 - no secret
    for number in range(1, count + 1):
        run = trained(sheet_chain(seed * 1000 + number, layers, activation))
        index = _drawn(run, number, draw())
        yield step_question(run, index, say, str(number), (TAG,))


def _drawn(run: Run, number: int, drawn: float) -> int:
    """Return a step of the first sample, by its kind in turn, after which a mistake can be told."""
    steps = steps_of(run.experiment.structure)
    for more in range(len(_ORDER)):
        phase = _ORDER[(number - 1 + more) % len(_ORDER)]
        places = [k for k, step in enumerate(steps, 1) if step.phase is phase]
        if places:
            return places[int(drawn * len(places))]
    return 1


def of_experiment(experiment: Experiment, seed: int, count: int, say: Say) -> Iterator[Numerical]:
    """Yield questions about the steps of a run, in their order; none comes twice.

    What is asked is what backpropagation computes, whatever the algorithm of the experiment.
    """
    run = trained(replace(experiment, algorithm=CORRECT))
    most = min(length(run), _most_updates(experiment) * steps_per_sample(experiment.structure))
    draw = Random(f"quiz {seed}").random  # noqa: S311 - no secret
    drawn = sorted((draw(), index) for index in range(1, most + 1) if _is_finite(run, index))[
        :count
    ]
    numbers = counting(1)
    for index in sorted(index for _, index in drawn):
        yield step_question(run, index, say, str(next(numbers)), (TAG,))


def _is_finite(run: Run, index: int) -> bool:
    computation = moment_at(run, index).computation
    return computation is not None and math.isfinite(computation.result.value)


def _most_updates(experiment: Experiment) -> int:
    """Return of how many samples questions are made: of the first epoch, up to ten."""
    return min(len(experiment.samples), 10)


def of_lesson(lesson: Lesson, language: str, say: Say) -> Iterator[Question]:
    """Yield the questions of a lesson that can be asked without the window."""
    for step in lesson.steps:
        reader = _Reader(lesson, step, language, say)
        match step:
            case Number():
                yield from reader.number(step)
            case Choose() if step.ask is not None:
                shared = {f.name: getattr(step, f.name) for f in fields(LessonStep)}
                yield from reader.number(Number(ask=step.ask, **shared))
            case Choose():
                yield reader.choose(step)
            case CarryOut():
                yield from reader.carry_out(step)
            case Explain():
                yield reader.explain(step)


def drawn(
    questions: tuple[Question, ...], seed: int | None, count: int | None
) -> tuple[Question, ...]:
    """Return `count` of the questions, in their order: the first ones, or those a seed draws."""
    if seed is None or count is None:
        return questions[:count]
    draw = Random(f"quiz {seed}").random  # noqa: S311 - no secret
    places = sorted((draw(), place) for place in range(len(questions)))[:count]
    return tuple(questions[place] for place in sorted(place for _, place in places))


class _Reader:
    """Reads a step of a lesson as questions."""

    def __init__(self, lesson: Lesson, step: LessonStep, language: str, say: Say) -> None:
        self._step, self._language, self._say = step, language, say
        self._name = f"{lesson.title.of(language)} · {step.number}"
        self._tags = (TAG, lesson.name)

    def _html(self, text: Text, here: Standing) -> str:
        if not text:
            return ""
        never = self._say("never")
        filled = text.filled(self._language, here, lambda v: written(v, self._say), never)
        return of_markdown(filled)

    @property
    def _hints(self) -> tuple[str, ...]:
        return tuple(self._html(hint, self._step.here) for hint in self._step.hints)

    def number(self, step: Number) -> Iterator[Numerical]:
        """Yield the question of a number, unless there is none."""
        value = step.answer
        if is_never(step.ask, value):
            return
        index, here = computed_by(step), step.here
        known = () if index is None else context(step.run, here.index, self._say)
        slips = slips_told(step)
        said = ((s.name, written_for(step, Verdict("slip", value, s.value, (s,)))) for s in slips)
        own = {name: self._html(text, step.asked) for name, text in said if text is not None}
        yield numerical(
            Asked(
                name=self._name,
                text=paragraphs(*known) + self._html(step.text, here),
                tags=self._tags,
                hints=self._hints,
                afterwards=self._html(step.after, step.asked),
            ),
            value,
            Mistakes(step.run, slips, own),
            self._say,
            tolerance=step.tolerance,
        )

    def choose(self, step: Choose) -> Choice:
        """Return the question with its options."""
        right = right_options(step)
        options = tuple(
            (
                self._html(option.text, step.here),
                k in right,
                self._html(option.because, step.asked),
            )
            for k, option in enumerate(options_of(step))
        )
        return Choice(
            name=self._name,
            text=self._html(step.text, step.here),
            options=options,
            tags=self._tags,
            hints=self._hints,
            afterwards=self._html(step.after, step.asked),
        )

    def carry_out(self, step: CarryOut) -> Iterator[Numerical]:
        """Yield a question for each value."""
        for k, row in enumerate(rows_of(step), 1):
            if moment_at(step.run, row.index).computation is not None:
                yield step_question(step.run, row.index, self._say, f"{self._name}.{k}", self._tags)

    def explain(self, step: Explain) -> Essay:
        """Return the question with the model answer and its points."""
        points = "".join(f"<li>{plain(point.of(self._language))}</li>" for point in step.points)
        return Essay(
            name=self._name,
            text=self._html(step.text, step.here),
            model=self._html(step.model, step.here) + (f"<ul>{points}</ul>" if points else ""),
            tags=self._tags,
            hints=self._hints,
        )
