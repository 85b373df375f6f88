"""Judges what was typed at a step of a lesson, and says so. No Qt."""

from engine.run import Run
from engine.teaching.answers import judge_answer, written_for
from engine.teaching.choices import judge_option, right_options
from engine.teaching.judge import Verdict, judge
from engine.teaching.lesson import Choose, LessonStep, Number
from engine.teaching.session import Reply
from engine.teaching.told import rule_words
from gui.language import Say, sentence, speech
from gui.lesson.words import filled
from gui.state import State
from gui.words import symbols
from gui.words.verdicts import verdict_told

RIGHT, WRONG = Reply("right"), Reply("wrong")
"""What is said of an answer of which there is no more to be said."""


def judged(step: Number, typed: str, locale: str) -> Reply:
    """Return what is said of a text at a question. Raises `UserError`."""
    return _reply(judge_answer(step, typed, speech(locale).decimal_sign))


def judged_row(run: Run, index: int, typed: str, locale: str) -> Reply:
    """Return what is said of a text as the result of the step that leads to a moment."""
    return _reply(judge(run, index, typed, speech(locale).decimal_sign))


def judged_option(step: Choose, option: int) -> Reply:
    """Return what is said of an option that was chosen."""
    verdict = judge_option(step, option)
    if verdict is not None:
        return _reply(verdict)
    return RIGHT if option in right_options(step) else WRONG


def _reply(verdict: Verdict) -> Reply:
    named = (slip.name for slip in verdict.slips if slip.rule)
    return Reply(verdict.kind, tuple(named), verdict)


def sentence_of(verdict: Verdict, step: LessonStep, state: State, say: Say) -> str:
    """Return what is said of a text: the author's own sentence for a slip, if there is one."""
    if verdict.fault is not None:
        return sentence(verdict.fault, state.look.locale)
    own = written_for(step, verdict) if isinstance(step, Number) else None
    if own is not None:
        return filled(own, step.asked, state, say)
    return verdict_told(verdict, step.experiment, state.look.digits, say)


def slip_words(verdict: Verdict, step: LessonStep, say: Say) -> str:
    """Return the name of a slip: "slip: passes the gradient on", or nothing."""
    if verdict.kind != "slip" or len(verdict.slips) != 1 or not verdict.slips[0].rule:
        return ""
    rule = rule_words(verdict.slips[0], say, lambda name: symbols.of(name, step.experiment))
    return say("slip: {rule}").format(rule=rule)
