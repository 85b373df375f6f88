"""What is to be seen of a lesson: texts, question, verdict, and what can be done. No Qt."""

from dataclasses import dataclass

from engine.teaching.choices import options_of, right_options, shuffled
from engine.teaching.judge import Verdict
from engine.teaching.lesson import CarryOut, Choose, Do, Explain, LessonStep, Number, Point, Watch
from engine.teaching.outcome import Outcome
from engine.teaching.questions import asked_name, number_of, rows_of
from engine.teaching.reading.markdown import plain
from engine.teaching.session import LessonSession, Reply
from engine.user_error import UserError
from gui.drawing.ink import Ink
from gui.language import Say, sentence, speech
from gui.language.joining import ended, listed, sentences
from gui.language.numbers import by_hand
from gui.lesson.hints import hints_in, hints_shown
from gui.lesson.judging import sentence_of, slip_words
from gui.lesson.tasks import GoalPart, RowPicture, goal_parts, row_pictures, rows_head
from gui.lesson.words import INKS, LEADS, NOT_YET, filled, missing_language
from gui.state import State
from gui.words import symbols
from gui.words.lesson_kinds import KINDS

DONE, NOW, OPEN = "done", "now", "open"
"""A dot for each step of a lesson: it was done, it is open now, it waits."""


@dataclass(frozen=True, slots=True)
class OptionPicture:
    """One thing to choose: its number in the file, its text, and what became of it."""

    key: object
    text: str
    state: str = ""


@dataclass(frozen=True, slots=True)
class VerdictPicture:
    """What is said of an answer: its colour, its first words, the others, and a note."""

    ink: Ink
    lead: str
    words: str
    note: str = ""


@dataclass(frozen=True, slots=True)
class LessonPicture:
    """A step of a lesson.

    `text` and `after` are Markdown. `symbol` stands before the field for a number, "" where there
    is none; `field` says what is typed there, `help` is a formula above it. `rows` are the values
    of a task that is carried out, `goal` the conditions of an experiment to be changed. `hint` is
    what its button says, "" where there is none more; `asks` tells that an answer can be given now,
    `ended` that it was. `question` is what is said aloud when the step is opened.
    """

    step: LessonStep
    title: str
    place: str
    dots: tuple[str, ...]
    kind: str
    notice: str
    text: str
    marked: str
    symbol: str = ""
    field: str = ""
    typed: str = ""
    faulty: bool = False
    options: tuple[OptionPicture, ...] = ()
    help: str = ""
    rows_head: str = ""
    rows: tuple[RowPicture, ...] = ()
    goal: tuple[GoalPart, ...] = ()
    writes: bool = False
    written: str = ""
    model: str = ""
    points: tuple[tuple[str, bool], ...] = ()
    plays: bool = False
    hints: tuple[str, ...] = ()
    verdict: VerdictPicture | None = None
    after: str = ""
    hint: str = ""
    asks: bool = False
    ended: bool = False
    has_back: bool = False
    is_last: bool = False
    keys: str = ""
    score: str = ""

    question: str = ""


def lesson_picture(state: State, fault: UserError | None = None) -> LessonPicture | None:
    """Describe the lesson of a state; `fault` is that of its file, saved again."""
    learner = state.lesson
    if learner is None:
        return None
    say, step, task = speech(state.look.locale), learner.step, learner.task
    here = step.here
    notice = missing_language(learner.lesson, state, say)
    if fault is not None:
        notice = sentence(fault, state.look.locale)
    is_ended = task.outcome is not None
    asked = number_of(step)
    name = asked_name(asked) if asked is not None else None
    symbol = symbols.of(name, step.experiment) if name is not None else ""
    rows = row_pictures(state, learner, say)
    waiting_row = next((row for row in rows if row.now), None)
    if waiting_row is not None:
        symbol = waiting_row.symbol
    types = learner.waits and (isinstance(step, Number) or bool(waiting_row and waiting_row.types))
    text = filled(step.text, here, state, say)
    return LessonPicture(
        step=step,
        title=learner.lesson.title.of(state.look.language),
        place=say("step {number} of {count}").format(
            number=learner.place + 1, count=len(learner.lesson.steps)
        ),
        dots=tuple(_dot(learner, k) for k in range(len(learner.lesson.steps))),
        kind=say(KINDS[step.kind]),
        notice=notice,
        text=text,
        question=sentences((ended(say(KINDS[step.kind]), say), plain(text)), say),
        marked=_marked(step, say),
        symbol=_before_field(symbol, say) if types else "",
        field=_field_name(symbol, say) if types else "",
        typed=task.typed,
        faulty=task.reply is not None and not task.reply.is_try,
        options=_options(state, learner, say),
        help=waiting_row.help if waiting_row is not None else "",
        rows_head=rows_head(learner, say),
        rows=rows,
        goal=goal_parts(state, learner, say),
        writes=isinstance(step, Explain),
        written=task.written,
        model=filled(step.model, here, state, say)
        if isinstance(step, Explain) and is_ended
        else "",
        points=_points(state, learner, say),
        plays=isinstance(step, Watch) and step.to is not None,
        hints=hints_shown(state, learner, say),
        verdict=_verdict(state, learner, symbol, say),
        after=filled(step.after, step.asked, state, say) if is_ended and step.after else "",
        hint=_hint(task.hints, hints_in(learner), say) if learner.waits else "",
        asks=learner.waits,
        ended=is_ended,
        has_back=learner.place > 0,
        is_last=learner.is_last,
        keys=_keys(learner, say),
        score=_score(learner, say),
    )


def _dot(learner: LessonSession, place: int) -> str:
    if place == learner.place:
        return NOW
    step, task = learner.lesson.steps[place], learner.tasks[place]
    read = not step.is_question and place < learner.place
    return DONE if task.outcome is not None or read else OPEN


def _marked(step: LessonStep, say: Say) -> str:
    names = [symbols.of(name, step.experiment) for name in step.mark]
    if not names:
        return ""
    return say("marked in the picture: {names}").format(names=listed(names, say))


def _before_field(symbol: str, say: Say) -> str:
    return f"{symbol} =" if symbol else say("Your answer:")


def _field_name(symbol: str, say: Say) -> str:
    if not symbol:
        return say("Your answer, a number")
    return say("{symbol}, a number").format(symbol=symbol)


def _options(state: State, learner: LessonSession, say: Say) -> tuple[OptionPicture, ...]:
    step, task = learner.step, learner.task
    if not isinstance(step, Choose):
        return ()
    right = right_options(step) if task.outcome is not None else ()
    options = options_of(step)

    def became(option: int) -> str:
        if option in right:
            return "right"
        return "wrong" if option in task.refused else ""

    return tuple(
        OptionPicture(k, filled(options[k].text, step.here, state, say), became(k))
        for k in shuffled(step)
    )


def _model(state: State, learner: LessonSession, say: Say) -> str:
    step = learner.step
    if not isinstance(step, Explain) or learner.waits:
        return ""
    return filled(step.model, step.here, state, say)


def _points(state: State, learner: LessonSession, say: Say) -> tuple[tuple[str, bool], ...]:
    step, task = learner.step, learner.task
    if not isinstance(step, Explain) or task.outcome is None:
        return ()
    return tuple(
        (filled(point, step.here, state, say), k in task.ticked)
        for k, point in enumerate(step.points)
    )


def _verdict(state: State, learner: LessonSession, symbol: str, say: Say) -> VerdictPicture | None:
    task, step = learner.task, learner.step
    if learner.warned:
        return VerdictPicture(Ink.BACKWARD, "", say("Answer first, or press → again to see."))
    reply = task.reply
    if task.outcome is Outcome.SHOWN and not isinstance(step, Explain):
        return VerdictPicture(INKS["shown"], say(LEADS["shown"]), _result(state, learner, symbol))
    if reply is None:
        return None
    if task.rows and not reply.is_right and (filled_in := _filled_in(state, learner)):
        return VerdictPicture(INKS["shown"], say(LEADS["shown"]), filled_in)
    lead = LEADS.get(reply.verdict, NOT_YET)
    ink = INKS.get(reply.verdict, Ink.BACKWARD)
    note = slip_words(reply.told, step, say) if isinstance(reply.told, Verdict) else ""
    words = _told(state, learner, reply, symbol, say)
    return VerdictPicture(ink, say(lead) if lead else "", words, note)


def _filled_in(state: State, learner: LessonSession) -> str:
    """Return the value that was filled in just now, after it was missed twice; or nothing."""
    task, step = learner.task, learner.step
    last = task.rows[task.row - 1] if task.row else None
    if not isinstance(step, CarryOut) or last is None or last.outcome is not Outcome.SHOWN:
        return ""
    if task.row < len(task.rows) and task.rows[task.row].misses:
        return ""
    row, say = rows_of(step)[task.row - 1], speech(state.look.locale)
    value = by_hand(row.value, state.look.digits, say)
    return f"{symbols.of(row.result, step.experiment)} = {value}"


def _told(state: State, learner: LessonSession, reply: Reply, symbol: str, say: Say) -> str:
    step, task = learner.step, learner.task
    if reply.is_right:
        return _result(state, learner, symbol) if not task.rows else ""
    if isinstance(reply.told, Verdict):
        return sentence_of(reply.told, step, state, say)
    if isinstance(step, Choose) and task.refused:
        because = step.options[int(str(task.refused[-1]))].because
        return filled(because, step.here, state, say) if because else say("Not this one.")
    return say("Not this one.")


def _result(state: State, learner: LessonSession, symbol: str) -> str:
    step, say = learner.step, speech(state.look.locale)
    asked = number_of(step)
    if asked is not None:
        value = by_hand(asked.answer, state.look.digits, say)
        return f"{symbol} = {value}" if symbol else value
    if isinstance(step, Choose):
        options = options_of(step)
        texts = (filled(options[k].text, step.here, state, say) for k in right_options(step))
        return sentences(texts, say)
    if isinstance(step, Do):
        return say("One way is put in: look at the curves.") if step.solution is not None else ""
    names = getattr(step, "target", ())
    return listed((symbols.of(name, step.experiment) for name in names), say)


def _hint(given_hints: int, most: int, say: Say) -> str:
    if given_hints >= most:
        return ""
    return say("Hint ({number} of {count})").format(number=given_hints + 1, count=most)


def _keys(learner: LessonSession, say: Say) -> str:
    if not learner.waits:
        return say("Ctrl+PgDown next step · Ctrl+PgUp step before · F6 to the next part")
    step, task = learner.step, learner.task
    if isinstance(step, CarryOut) and step.find:
        return say("Tab to a row, Enter chooses it · F3 hint · Ctrl+PgDown next step")
    asks_order = isinstance(step, CarryOut) and step.order and task.row < len(task.rows)
    if isinstance(step, Choose) or (asks_order and not task.rows[task.row].named):
        return say("1–4 choose · F3 hint · Ctrl+PgDown next step")
    if isinstance(step, Point):
        return say("Arrows in the chain, Enter chooses · F3 hint · Ctrl+PgDown next step")
    if isinstance(step, Explain):
        return say("Ctrl+Enter compares · F3 hint · Ctrl+PgDown next step")
    if isinstance(step, Do):
        return say("Enter takes a value · F3 hint · Ctrl+PgDown next step")
    return say("Enter checks · F3 hint · Ctrl+PgDown next step · Esc gives the keys to the chain")


def _score(learner: LessonSession, say: Say) -> str:
    if not learner.answered:
        return ""
    return say("{alone} of {answered} so far without help").format(
        alone=learner.alone, answered=learner.answered
    )
