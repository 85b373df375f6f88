"""The hints at a step, one set for lessons and practice: a thought, its formula, its numbers.

No Qt.
"""

from dataclasses import replace

from engine.moment import moment_at
from engine.run import Run
from gui.formula.picture import formula_picture
from gui.language import Say
from gui.language.joining import ended
from gui.state import State
from gui.words.steps import words

THOUGHT, SYMBOLS, NUMBERS = 1, 2, 3
STAGES = (THOUGHT, SYMBOLS, NUMBERS)
"""The stages, in their order; after the last one the answer can be shown."""


def hint_at(state: State, run: Run, index: int, stage: int, say: Say) -> str:
    """Return a hint on what the step that leads to a moment computes, all but its result."""
    if stage == THOUGHT:
        told = words(say, moment_at(run, index), run.experiment)
        return ended(f"{told[:1].upper()}{told[1:]}", say)
    return f"{formula_at(state, run, index, numbers=stage == NUMBERS)} = ?"


def formula_at(state: State, run: Run, index: int, *, numbers: bool) -> str:
    """Return the formula of a step of a run, in symbols and in numbers, but for its result."""
    bare = replace(
        state,
        run=run,
        index=index,
        lesson=None,
        practice=None,
        covered=frozenset(),
        covered_at=None,
    )
    told = formula_picture(bare)
    pieces = (*told.symbols, *told.numbers[:-2]) if numbers else told.symbols
    return "".join(piece.text for piece in pieces)
