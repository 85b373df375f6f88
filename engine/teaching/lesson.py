"""A lesson as it was read: a frozen `Lesson` of frozen steps, one class for each kind.

The window shows it, `engine.teaching.lesson_check` answers it, and `engine.teaching.judge` judges
what is answered. Names of numbers are those of the engine, (UPSTREAM, 2) of the step's own chain.
"""

import re
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import ClassVar

from engine.experiment import Experiment
from engine.quantities import Name
from engine.run import Run
from engine.teaching.parsing import parse_value
from engine.teaching.places import (
    FIRST,
    START,
    Place,
    StepName,
    Visit,
    asked_index,
    index_of,
)
from engine.teaching.standing import Standing, trained
from engine.teaching.terms import Condition, Value
from engine.teaching.values import is_never, value_at

LANGUAGES = ("en", "zh_CN")
"""The languages that a lesson should have."""

OTHER_LANGUAGES = ("es",)
"""Those that it may have as well."""

PANELS = ("chain_rule", "gradient_check", "code", "numbers", "diagnosis", "surface", "map")
PLOTS = ("loss", "weights", "outputs")
LEVELS = ("derivatives", "symbols", "expanded")
HELP = ("numbers", "symbols", "none")
COVERED_WORDS = ("algorithm", "mean_loss", "loss_curve", "diagnosis")
"""What can be covered besides the names of numbers."""

GAP = re.compile(r"\{([^{}]*)\}")
"""A place in a text where a value is put in."""


@dataclass(frozen=True, slots=True)
class Text:
    """A text in the languages that it was written in, Markdown with gaps like {upstream 3}."""

    by_language: tuple[tuple[str, str], ...] = ()

    def __bool__(self) -> bool:
        """Whether there is a text at all."""
        return bool(self.by_language)

    @property
    def languages(self) -> tuple[str, ...]:
        """The languages that it has."""
        return tuple(language for language, _ in self.by_language)

    def has(self, language: str) -> bool:
        """Return whether it was written in this language."""
        return language in self.languages

    def of(self, language: str) -> str:
        """Return it in this language; where it has none, in English, or in the one it has."""
        known = dict(self.by_language)
        return known.get(language) or known.get("en") or next(iter(known.values()), "")

    def filled(
        self, language: str, here: Standing, write: Callable[[float], str], never: str = "∞"
    ) -> str:
        """Return it in a language with its gaps filled by the values at a place.

        `write` writes a number as the reader reads it, without the noise of its last digits;
        `never` stands for an epoch that never comes. Raises `UserError` for a gap that has no
        value there.
        """

        def value(gap: re.Match[str]) -> str:
            asked = parse_value(gap[1])
            found = value_at(asked, here)
            return never if is_never(asked, found) else write(tidied(found))

        return GAP.sub(value, self.of(language))


def tidied(value: float) -> float:
    """Return a value as one computes it by hand: 1.9 for 1.9000000000000004, and no −0."""
    return float(f"{value:.{_DIGITS}g}") + 0.0


_DIGITS = 10
"""Central differences are exact to about as many."""

NO_TEXT = Text()


@dataclass(frozen=True, slots=True, kw_only=True)
class LessonStep:
    """What all kinds of step have.

    `number` counts from 1, `line` is where the step begins in the file, `experiment` what the
    window opens for it, with `preset` its name if it is one. `at` is where the window stands.
    `text` is what is read: the file's `prompt`, or the `text` of a page. `after` is said once it
    is answered, `note` is for the teacher. `mark` are the numbers lit in the picture; `covered`
    what is hidden until then, besides what is asked: names of numbers, or `COVERED_WORDS`; with
    `curtain` nothing is seen of the run after the present place. `panel`, `plot`, `level` and
    `form` are what is brought to the front, "" for as it is.
    """

    kind: ClassVar[str] = ""

    number: int = 0
    line: int = 0
    experiment: Experiment = field(default_factory=Experiment)
    preset: str = ""
    at: Place = START
    text: Text = NO_TEXT
    hints: tuple[Text, ...] = ()
    after: Text = NO_TEXT
    note: Text = NO_TEXT
    mark: tuple[Name, ...] = ()
    covered: tuple[Name | str, ...] = ()
    curtain: bool = False
    panel: str = ""
    plot: str = ""
    level: str = ""
    form: str = ""

    @property
    def run(self) -> Run:
        """The run of its experiment, trained when it is first asked for."""
        return trained(self.experiment)

    @property
    def experiments(self) -> tuple[Experiment, ...]:
        """All that has to be trained for it."""
        return (self.experiment,)

    @property
    def index(self) -> int:
        """The index in the run where the window stands. Raises `UserError`."""
        return index_of(self.at, self.run)

    @property
    def here(self) -> Standing:
        """Where the values in its texts are taken. Raises `UserError`."""
        return Standing(self.run, self.index, self.experiment)

    @property
    def asked(self) -> Standing:
        """Where the value that is asked is taken: after the step of `at`. Raises `UserError`."""
        return Standing(self.run, asked_index(self.at, self.run), self.experiment)

    @property
    def is_question(self) -> bool:
        """Whether it waits for an answer."""
        return self.kind not in (Page.kind, Watch.kind)


@dataclass(frozen=True, slots=True, kw_only=True)
class Page(LessonStep):
    """Something to read."""

    kind: ClassVar[str] = "page"


@dataclass(frozen=True, slots=True, kw_only=True)
class Watch(LessonStep):
    """Something to read while the window stands at `at`, or plays from there `to` a place."""

    kind: ClassVar[str] = "watch"
    to: Place | None = None

    @property
    def here(self) -> Standing:
        """Where the values in its text are taken: where it ends. Raises `UserError`."""
        return Standing(self.run, index_of(self.to or self.at, self.run), self.experiment)


@dataclass(frozen=True, slots=True, kw_only=True)
class Number(LessonStep):
    """A value to type. `tolerance` is a share of the right one; None: that of the judge.

    `slips` are the author's own sentences, by the names of the slips; `values` those to other
    values, each where the value that is asked is taken.
    """

    kind: ClassVar[str] = "number"
    ask: Value
    tolerance: float | None = None
    slips: tuple[tuple[str, Text], ...] = ()
    values: tuple[tuple[Value, Text], ...] = ()

    @property
    def answer(self) -> float:
        """The right value. Raises `UserError`."""
        return value_at(self.ask, self.asked)


@dataclass(frozen=True, slots=True, kw_only=True)
class Option:
    """One thing to choose. It is the right one where all its conditions hold.

    `because` says why it is wrong, to who has chosen it.
    """

    text: Text
    holds: tuple[Condition, ...]
    because: Text = NO_TEXT


@dataclass(frozen=True, slots=True, kw_only=True)
class Choose(LessonStep):
    """One of several to choose. With `ask`, the options are its right value and three slips."""

    kind: ClassVar[str] = "choose"
    options: tuple[Option, ...] = ()
    ask: Value | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Point(LessonStep):
    """A part of the picture to click: any one of `target`."""

    kind: ClassVar[str] = "point"
    target: tuple[Name, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Do(LessonStep):
    """An experiment to change, in its fields `edit` alone, until all conditions of `goal` hold.

    Of `solution` and `near_miss` the check makes sure that the one reaches the goal, the others
    not.
    """

    kind: ClassVar[str] = "do"
    edit: tuple[str, ...] = ()
    goal: tuple[Condition, ...] = ()
    solution: Experiment | None = None
    near_miss: tuple[Experiment, ...] = ()

    @property
    def experiments(self) -> tuple[Experiment, ...]:
        """All that has to be trained for it."""
        return (self.experiment, *filter(None, (self.solution, *self.near_miss)))


@dataclass(frozen=True, slots=True, kw_only=True)
class CarryOut(LessonStep):
    """The steps from `first` to `last` of one sample, to be carried out by the learner.

    `order`: which step comes next is asked, too. `find`: all is filled in, with a slip to be found.
    """

    kind: ClassVar[str] = "carry_out"
    first: StepName
    last: StepName
    visit: Visit = FIRST
    help: str = "symbols"
    order: bool = False
    find: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Explain(LessonStep):
    """A sentence to write, then to be compared with `model` by its 2 or 3 `points`."""

    kind: ClassVar[str] = "explain"
    model: Text = NO_TEXT
    points: tuple[Text, ...] = ()


KINDS: dict[str, type[LessonStep]] = {
    one.kind: one for one in (Page, Watch, Number, Choose, Point, Do, CarryOut, Explain)
}
"""The eight kinds of step by their names."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Lesson:
    """A lesson: `name` is the `id` of its file, by which progress is kept."""

    name: str
    title: Text
    steps: tuple[LessonStep, ...]

    @property
    def languages(self) -> tuple[str, ...]:
        """The languages in which every step can be read."""
        everywhere = (self.title, *(step.text for step in self.steps))
        return tuple(
            language
            for language in (*LANGUAGES, *OTHER_LANGUAGES)
            if all(text.has(language) for text in everywhere)
        )
