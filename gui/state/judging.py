"""Judges what was typed for a question of a practice, in the words of the engine. No Qt."""

from dataclasses import replace

from engine import Run
from engine.teaching.belief import answered, explanation
from engine.teaching.judge import Verdict, judge
from gui.state.practice import MOST_ANSWERS, Practice, Question, Said, Tone

_TONES = {"right": Tone.RIGHT, "nearly": Tone.NEARLY}


def judged(run: Run, question: Question, text: str, sign: str) -> Said:
    """Return what is said of a text. Raises `UserError` where it can't be read."""
    verdict: Verdict = judge(run, question.index, text, sign)
    if verdict.fault is not None:
        raise verdict.fault
    return Said(_TONES.get(verdict.kind, Tone.NOT_YET), verdict)


def believed(practice: Practice, run: Run, question: Question, said: Said) -> Practice:
    """Return a practice with the first answer to a question, and what explains all of them now."""
    if question.tries or said.verdict is None:
        return practice
    answer = answered(run, question.index, said.verdict.typed)
    answers = (*practice.answers, answer)[-MOST_ANSWERS:]
    return replace(practice, answers=answers, belief=explanation(answers))
