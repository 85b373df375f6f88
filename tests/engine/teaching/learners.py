"""Simulated learners: what each of them types, points at and chooses, in a lesson or a practice.

They play through the same session and the same judge as a person does in the window.
"""

from collections.abc import Callable
from dataclasses import dataclass
from random import Random

from engine.moment import moment_at
from engine.run import Run
from engine.teaching.answers import computed_by, judge_answer
from engine.teaching.choices import judge_option, options_of, right_options
from engine.teaching.judge import Verdict, around, judge, margin
from engine.teaching.lesson import CarryOut, Choose, Do, Explain, Lesson, Number, Point
from engine.teaching.lesson_check import reaches
from engine.teaching.questions import next_steps, number_of, rows_of, search_of
from engine.teaching.run_slips import run_slips
from engine.teaching.session import LessonSession, Reply, begin
from engine.teaching.slips import Slip, slips_at

MOST_DEEDS = 40
"""Nobody needs more at one step; who does is stuck."""


@dataclass(frozen=True, slots=True)
class Asked:
    """A number that is asked: the right one, the slips that can be made, what stands around."""

    right: float
    slips: tuple[Slip, ...]
    around: tuple[float, ...]
    tries: int


Types = Callable[[Asked], float]
"""What a learner types; each of them is one."""


def perfect(asked: Asked) -> float:
    return asked.right


def holding(name: str) -> Types:
    """Return a learner with one mistake, who corrects it when it is named."""

    def types(asked: Asked) -> float:
        made = [slip.value for slip in asked.slips if slip.name == name]
        return made[0] if made and not asked.tries else asked.right

    return types


def careless(draw: Random, share: float) -> Types:
    """Return a learner who now and then types any number at first."""

    def types(asked: Asked) -> float:
        wrong = not asked.tries and draw.random() < share
        return draw.uniform(-9, 9) if wrong else asked.right

    return types


def guesser(draw: Random) -> Types:
    return lambda _asked: round(draw.uniform(-60, 60), 2)


def copier(draw: Random) -> Types:
    """Return a learner who types numbers that stand in the picture."""
    return lambda asked: draw.choice(asked.around) if asked.around else asked.right


@dataclass(frozen=True, slots=True)
class Played:
    """How a lesson went: the session at its end, and every verdict on the way."""

    session: LessonSession
    verdicts: tuple[Verdict, ...]


def play(lesson: Lesson, types: Types, draw: Random, *, patience: int = MOST_DEEDS) -> Played:
    """Play a lesson to its end; who is still wrong after so many tries has it shown."""
    session, verdicts = begin(lesson), list[Verdict]()
    for _ in lesson.steps:
        for _deed in range(MOST_DEEDS):
            if not session.waits:
                break
            if session.task.tries >= patience:
                session = session.shown()
            else:
                session = _deed_of(session, types, draw, verdicts, sure=types is perfect)
        assert not session.waits, f"stuck at step {session.step.number} of {lesson.name}"
        if not session.is_last:
            session = session.next()
    return Played(session, tuple(verdicts))


def _deed_of(
    session: LessonSession, types: Types, draw: Random, verdicts: list[Verdict], *, sure: bool
) -> LessonSession:
    step = session.step
    match step:
        case Number():
            verdict = judge_answer(step, repr(types(_asked(step, session.task.tries))))
            verdicts.append(verdict)
            return session.replied("", _told(verdict))
        case Choose():
            left = [k for k in range(len(options_of(step))) if k not in session.task.refused]
            choice = right_options(step)[0] if sure else _chosen(step, left, types, draw)
            said = judge_option(step, choice)
            reply = _known(choice in right_options(step)) if said is None else _told(said)
            return session.replied("", reply, choice)
        case Point():
            names = [*step.target, *moment_at(step.run, step.index).numbers]
            name = step.target[0] if sure else draw.choice(names)
            return session.replied("", _known(name in step.target), name)
        case Do():
            assert step.solution is not None
            return session.replied("", _known(reaches(step, step.solution)))
        case CarryOut() if step.find:
            search = search_of(step)
            assert search is not None
            choice = search.wrong if sure else draw.randrange(len(search.rows))
            return session.replied("", _known(choice == search.wrong), choice)
        case CarryOut():
            return _carried_out(session, step, types, draw, verdicts, sure=sure)
        case _:
            assert isinstance(step, Explain)
            return session.wrote("Because.").compared()


def _chosen(step: Choose, left: list[int], types: Types, draw: Random) -> int:
    """Return the option that has the own number; whose is not there computes again, or guesses."""
    task = number_of(step)
    if task is not None:
        for tries in (0, 1):
            own = types(_asked(task, tries))
            for k in left:
                said = judge_option(step, k)
                if said is not None and abs(said.typed - own) <= margin(own):
                    return k
    return draw.choice(left)


def _carried_out(
    session: LessonSession,
    step: CarryOut,
    types: Types,
    draw: Random,
    verdicts: list[Verdict],
    *,
    sure: bool,
) -> LessonSession:
    rows = rows_of(step)
    session = session.begun(len(rows))
    at = session.task.row
    row, name, index = session.task.rows[at], rows[at].name, rows[at].index
    if step.order and not row.named:
        chosen = name if sure else draw.choice(next_steps(step, at))
        return session.named_row(_known(chosen == name))
    verdict = judge(step.run, index, repr(types(asked_at(step.run, index, row.misses))))
    verdicts.append(verdict)
    return session.replied_row("", _told(verdict))


def _asked(step: Number, tries: int) -> Asked:
    index = computed_by(step)
    if index is not None:
        return asked_at(step.run, index, tries)
    return Asked(step.answer, run_slips(step), tuple(step.here.moment.numbers.values()), tries)


def asked_at(run: Run, index: int, tries: int = 0) -> Asked:
    """Return what is asked at the step that leads to a moment."""
    computation = moment_at(run, index).computation
    assert computation is not None
    right = computation.result.value
    told = (slip for slip in slips_at(run, index) if abs(slip.value - right) > margin(right))
    return Asked(right, tuple(told), tuple(around(run, index).values()), tries)


def _known(is_right: bool) -> Reply:  # noqa: FBT001 - the one thing that there is to say
    return Reply("right" if is_right else "wrong")


def _told(verdict: Verdict) -> Reply:
    return Reply(verdict.kind, tuple(slip.name for slip in verdict.slips))
