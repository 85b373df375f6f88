"""Verdicts as rows, for authors of lessons: what `chainstep judge` prints."""

import math
from typing import Any

from engine.run import Run
from engine.teaching.answers import judge_answer
from engine.teaching.judge import Verdict
from engine.teaching.lesson import Number
from engine.teaching.parsing import parse_value
from engine.teaching.places import parse_place
from engine.teaching.spelled import sentence_of


def verdict_rows(run: Run, at: str, ask: str, texts: list[str]) -> list[dict[str, Any]]:
    """Return what is said of each text as the answer to a question at a place.

    `value` is the number that was read, None where there is none.
    Raises `UserError` for a place or a value that there is not.
    """
    asked = Number(experiment=run.experiment, at=parse_place(at), ask=parse_value(ask))
    return [_row(text, judge_answer(asked, text), run) for text in map(str.strip, texts)]


def _row(text: str, verdict: Verdict, run: Run) -> dict[str, Any]:
    names = [slip.name for slip in verdict.slips]
    kind = verdict.kind
    return {
        "typed": text,
        "value": None if math.isnan(verdict.typed) else verdict.typed,
        "verdict": kind,
        "slip": None if kind != "slip" else names[0] if len(names) == 1 else names,
        "sentence": sentence_of(verdict, run),
    }
