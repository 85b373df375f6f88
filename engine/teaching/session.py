"""One learner in one lesson: the place, the tries, the hints, and how each task ended.

A `LessonSession` is a value; each of its methods returns what comes next. Who judges an answer is
not known here: a `Reply` comes from outside. An outcome is never taken back.

    alone       without a hint, in at most two tries
    with help   after a hint, or after more tries
    shown       the answer was shown, or the learner went on without one
"""

from collections.abc import Iterable
from dataclasses import dataclass, replace

from engine.teaching.lesson import Lesson, LessonStep
from engine.teaching.outcome import MOST_TRIES_ALONE, Outcome

ROW_FAILS = 2
"""A value of a task to be carried out is filled in after so many wrong answers."""

RIGHT, UNREADABLE = "right", "unreadable"


@dataclass(frozen=True, slots=True)
class Reply:
    """What is said of an answer: `verdict` is one of those of `chainstep judge`.

    `slips` are the slips that give it; `told` is what the judge knows besides, to be put into words
    by who shows it.
    """

    verdict: str
    slips: tuple[str, ...] = ()
    told: object = None

    @property
    def is_right(self) -> bool:
        """Whether it is the right answer."""
        return self.verdict == RIGHT

    @property
    def is_try(self) -> bool:
        """Whether it counts: what can't be read does not."""
        return self.verdict != UNREADABLE


@dataclass(frozen=True, slots=True)
class Row:
    """One value of a task that is carried out: what was typed last, and how it ended.

    `named` tells that the learner has found which step it is, where that is asked.
    """

    typed: str = ""
    misses: int = 0
    named: bool = False
    outcome: Outcome | None = None


@dataclass(frozen=True, slots=True)
class Task:
    """How one step of a lesson stands.

    `typed` is the latest text, `reply` what was said of it; `refused` are the options or parts that
    were wrong, `rows` the values of a task that is carried out. An explanation is `written`, then
    compared, and the points it had are `ticked`.
    """

    tries: int = 0
    hints: int = 0
    outcome: Outcome | None = None
    typed: str = ""
    reply: Reply | None = None
    refused: tuple[object, ...] = ()
    slips: tuple[str, ...] = ()
    rows: tuple[Row, ...] = ()
    written: str = ""
    ticked: frozenset[int] = frozenset()

    @property
    def row(self) -> int:
        """The first row that waits for an answer; their number where none does."""
        waiting = (k for k, row in enumerate(self.rows) if row.outcome is None)
        return next(waiting, len(self.rows))


@dataclass(frozen=True, slots=True)
class LessonSession:
    """A learner in a lesson, at step `place`, counted from 0.

    `warned` tells that the learner wants to see the answer, and was asked to answer first.
    """

    lesson: Lesson
    tasks: tuple[Task, ...]
    place: int = 0
    warned: bool = False

    @property
    def step(self) -> LessonStep:
        """The step of the lesson that is open."""
        return self.lesson.steps[self.place]

    @property
    def task(self) -> Task:
        """How it stands."""
        return self.tasks[self.place]

    @property
    def waits(self) -> bool:
        """Whether it waits for an answer."""
        return self.step.is_question and self.task.outcome is None

    @property
    def is_last(self) -> bool:
        """Whether no step comes after this one."""
        return self.place == len(self.lesson.steps) - 1

    @property
    def answered(self) -> int:
        """How many questions have an outcome."""
        return sum(task.outcome is not None for task in self.tasks)

    @property
    def alone(self) -> int:
        """How many of them were answered alone."""
        return sum(task.outcome is Outcome.ALONE for task in self.tasks)

    # Where the learner goes

    def at(self, place: int) -> "LessonSession":
        """Go to a step, the nearest that there is."""
        place = min(max(place, 0), len(self.lesson.steps) - 1)
        return replace(self, place=place, warned=False)

    def next(self) -> "LessonSession":
        """Go on to the next step; a question that is left without an answer counts as shown."""
        gone = self.shown() if self.waits else self
        return gone.at(self.place + 1)

    def skip(self) -> "LessonSession":
        """Go on to the next step, and leave this one open for later."""
        return self.at(self.place + 1)

    def back(self) -> "LessonSession":
        """Go back to the step before."""
        return self.at(self.place - 1)

    def warn(self) -> "LessonSession":
        """Ask for an answer before it is shown."""
        return replace(self, warned=True)

    # What the learner does

    def replied(self, typed: str, reply: Reply, choice: object = None) -> "LessonSession":
        """Take an answer that was judged; `choice` is the option or the part that was chosen."""
        if not self.waits:
            return self
        task = replace(self.task, typed=typed, reply=reply)
        if not reply.is_try:
            return self._with(task)
        task = replace(task, tries=task.tries + 1)
        if not reply.is_right:
            refused = task.refused if choice is None else (*task.refused, choice)
            return self._with(replace(task, refused=refused, slips=_more(task.slips, reply.slips)))
        return self._with(replace(task, outcome=_outcome(task)))

    def hinted(self, most: int) -> "LessonSession":
        """Show one hint more, of `most` that there are."""
        if not self.waits or self.task.hints >= most:
            return self
        return self._with(replace(self.task, hints=self.task.hints + 1))

    def shown(self) -> "LessonSession":
        """Show the answer, or all values that are still to be carried out."""
        if not self.waits:
            return self
        rows = tuple(
            row if row.outcome else replace(row, outcome=Outcome.SHOWN) for row in self.task.rows
        )
        return self._with(replace(self.task, rows=rows, reply=None, outcome=Outcome.SHOWN))

    # Tasks of several values

    def begun(self, rows: int) -> "LessonSession":
        """Begin a task of so many values, unless it has begun."""
        if self.task.rows or not rows:
            return self
        return self._with(replace(self.task, rows=(Row(),) * rows))

    def named_row(self, reply: Reply) -> "LessonSession":
        """Take an answer to which step comes next; after `ROW_FAILS` wrong ones it is told."""
        row = self._row
        if row is None or row.named:
            return self
        misses = row.misses + (not reply.is_right)
        task = replace(self.task, reply=None if reply.is_right else reply)
        named = reply.is_right or misses >= ROW_FAILS
        return self._with(_with_row(task, replace(row, misses=0 if named else misses, named=named)))

    def replied_row(self, typed: str, reply: Reply) -> "LessonSession":
        """Take the value of the present row; after `ROW_FAILS` wrong ones it is filled in."""
        row = self._row
        if row is None:
            return self
        task = replace(self.task, typed=typed, reply=reply)
        if not reply.is_try:
            return self._with(task)
        if reply.is_right:
            row = replace(row, typed=typed, outcome=Outcome.ALONE)
        else:
            row = replace(row, typed=typed, misses=row.misses + 1)
            task = replace(task, slips=_more(task.slips, reply.slips))
            if row.misses >= ROW_FAILS:
                row = replace(row, outcome=Outcome.SHOWN)
        task = _with_row(replace(task, tries=task.tries + 1), row)
        ended = all(one.outcome for one in task.rows)
        return self._with(replace(task, outcome=_outcome_of_rows(task)) if ended else task)

    # Explanations

    def wrote(self, text: str) -> "LessonSession":
        """Keep what the learner has written so far."""
        return self._with(replace(self.task, written=text)) if self.waits else self

    def compared(self) -> "LessonSession":
        """Lay the model answer beside what was written; beside nothing, it is only shown."""
        if not self.waits:
            return self
        outcome = Outcome.ALONE if self.task.written.strip() else Outcome.SHOWN
        if outcome is Outcome.ALONE and self.task.hints:
            outcome = Outcome.HELPED
        return self._with(replace(self.task, outcome=outcome))

    def tick(self, point: int) -> "LessonSession":
        """Tick a point that the own answer had, or take the tick away."""
        return self._with(replace(self.task, ticked=self.task.ticked ^ {point}))

    def renewed(self, lesson: Lesson) -> "LessonSession":
        """Return the session in a changed lesson: what was done at steps that stayed, stays."""
        former: dict[LessonStep, list[Task]] = {}
        for step, task in zip(self.lesson.steps, self.tasks, strict=True):
            former.setdefault(_same(step), []).append(task)
        rows = (former.get(_same(step)) for step in lesson.steps)
        tasks = tuple(row.pop(0) if row else Task() for row in rows)
        return LessonSession(lesson, tasks).at(self.place)

    @property
    def _row(self) -> Row | None:
        rows, at = self.task.rows, self.task.row
        return rows[at] if self.waits and at < len(rows) else None

    def _with(self, task: Task) -> "LessonSession":
        tasks = (*self.tasks[: self.place], task, *self.tasks[self.place + 1 :])
        return replace(self, tasks=tasks, warned=False)


def begin(lesson: Lesson, place: int = 0) -> LessonSession:
    """Return a session at the start of a lesson, or at a later step of it."""
    return LessonSession(lesson, (Task(),) * len(lesson.steps)).at(place)


def _outcome(task: Task) -> Outcome:
    alone = not task.hints and task.tries <= MOST_TRIES_ALONE
    return Outcome.ALONE if alone else Outcome.HELPED


def _outcome_of_rows(task: Task) -> Outcome:
    shown = [row.outcome is Outcome.SHOWN for row in task.rows]
    if all(shown):
        return Outcome.SHOWN
    return Outcome.HELPED if any(shown) or task.hints else Outcome.ALONE


def _with_row(task: Task, row: Row) -> Task:
    rows = (*task.rows[: task.row], row, *task.rows[task.row + 1 :])
    return replace(task, rows=rows)


def _more(slips: tuple[str, ...], others: Iterable[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys((*slips, *others)))


def _same(step: LessonStep) -> LessonStep:
    """Return what a step is without its place in the file."""
    return replace(step, number=0, line=0)
