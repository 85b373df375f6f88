"""Judges what was typed for a question of a practice, in the words of the engine. No Qt."""

from engine import Run
from engine.teaching.judge import Verdict, judge
from gui.state.practice import Question, Said, Tone

_TONES = {"right": Tone.RIGHT, "nearly": Tone.NEARLY}


def judged(run: Run, question: Question, text: str, sign: str) -> Said:
    """Return what is said of a text. Raises `UserError` where it can't be read."""
    verdict: Verdict = judge(run, question.index, text, sign)
    if verdict.fault is not None:
        raise verdict.fault
    return Said(_TONES.get(verdict.kind, Tone.NOT_YET), verdict)
