"""Verdicts as rows, for authors of lessons: what `chainstep judge` prints."""

import math
from typing import Any

from engine.moment import moment_at
from engine.quantities import Name, Quantity
from engine.run import Run
from engine.teaching.judge import Verdict, judged
from engine.teaching.parsing import parse_value
from engine.teaching.places import asked_index, parse_place
from engine.teaching.slips import slips_at
from engine.teaching.standing import Standing
from engine.teaching.told import verdict_words
from engine.teaching.values import name_of_term, value_at
from engine.words import Say

_SYMBOLS = {
    Quantity.OUTPUT: "a{}",
    Quantity.WEIGHT: "w{}",
    Quantity.BIAS: "b{}",
    Quantity.UPSTREAM: "dL/da{}",
    Quantity.GRADIENT: "dL/dw{}",
    Quantity.BIAS_GRADIENT: "dL/db{}",
    Quantity.DERIVATIVE: "f'(z{})",
    Quantity.WEIGHTED_INPUT: "z{}",
    Quantity.TARGET: "the target",
    Quantity.LOSS: "L",
    Quantity.LEARNING_RATE: "α",
}
"""How numbers are called where there are no letters for them; a0 is x."""


def verdict_rows(run: Run, at: str, ask: str, texts: list[str]) -> list[dict[str, Any]]:
    """Return what is said of each text as the answer to a question at a place.

    `value` is the number that was read, None where there is none.
    Raises `UserError` for a place or a value that there is not.
    """
    value, place = parse_value(ask), parse_place(at)
    index = asked_index(place, run)
    asked = value_at(value, Standing(run, index))
    moment = moment_at(run, index)
    name = name_of_term(value.term, run.experiment.layers) if value.term else None
    result = moment.computation.result.name if moment.computation else None
    slips = slips_at(run, index) if name is not None and name == result else ()
    given = moment_at(run, index - 1).numbers if moment.position > 1 else moment.before
    others = {other: number for other, number in given.items() if other != name}
    return [_row(text, judged(asked, text, slips, others), run) for text in map(str.strip, texts)]


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


def sentence_of(verdict: Verdict, run: Run) -> str:
    """Return what is said of a text, in English and with letters for the symbols."""
    if verdict.fault is not None:
        return str(verdict.fault)
    f = run.experiment.structure.f.symbol
    return verdict_words(verdict, Say(), _symbol, lambda value: f"{value:.6g}".replace("-", "−"), f)


def _symbol(name: Name) -> str:
    return _SYMBOLS[name.quantity].format(name.layer)
