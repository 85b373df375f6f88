"""Judges what was typed at a step of a lesson, and says so. No Qt."""

from engine.moment import moment_at
from engine.quantities import Name
from engine.run import Run
from engine.teaching.judge import Verdict
from engine.teaching.judge import judged as judged_value
from engine.teaching.lesson import LessonStep, Number
from engine.teaching.questions import asked_name
from engine.teaching.session import Reply
from engine.teaching.slips import slips_at
from engine.teaching.told import rule_words
from gui.language import Say, sentence, speech
from gui.lesson.words import filled
from gui.state import State
from gui.words import symbols
from gui.words.verdicts import verdict_told


def judged(step: Number, typed: str, locale: str) -> Reply:
    """Return what is said of a text at a question. Raises `UserError`."""
    asked, name = step.asked, asked_name(step)
    return _reply(asked.run, asked.index, name, step.answer, typed, locale, step.tolerance)


def judged_row(run: Run, index: int, typed: str, locale: str) -> Reply:
    """Return what is said of a text as the result of the step that leads to a moment."""
    computation = moment_at(run, index).computation
    if computation is None:
        raise ValueError(index)
    result = computation.result
    return _reply(run, index, result.name, result.value, typed, locale)


def _reply(
    run: Run,
    index: int,
    name: Name | None,
    value: float,
    typed: str,
    locale: str,
    tolerance: float | None = None,
) -> Reply:
    moment = moment_at(run, index)
    is_result = moment.computation is not None and moment.computation.result.name == name
    numbers = moment_at(run, index - 1).numbers if is_result and index else moment.numbers
    others = {one: number for one, number in numbers.items() if one != name}
    slips = slips_at(run, index) if is_result else ()
    sign = speech(locale).decimal_sign
    verdict = judged_value(value, typed, slips, others, sign, tolerance)
    return Reply(verdict.kind, tuple(slip.name for slip in verdict.slips), verdict)


def sentence_of(verdict: Verdict, step: LessonStep, state: State, say: Say) -> str:
    """Return what is said of a text: the author's own sentence for a slip, if there is one."""
    if verdict.fault is not None:
        return sentence(verdict.fault, state.look.locale)
    own = dict(step.slips) if isinstance(step, Number) else {}
    texts = [own[slip.name] for slip in verdict.slips if slip.name in own]
    if verdict.kind == "slip" and texts:
        return filled(texts[0], step.asked, state, say)
    return verdict_told(verdict, step.experiment, state.look.digits, say)


def slip_words(verdict: Verdict, step: LessonStep, say: Say) -> str:
    """Return the name of a slip: "slip: passes the gradient on", or nothing."""
    if verdict.kind != "slip" or len(verdict.slips) != 1:
        return ""
    rule = rule_words(verdict.slips[0], say, lambda name: symbols.of(name, step.experiment))
    return say("slip: {rule}").format(rule=rule)
