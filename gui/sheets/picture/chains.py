"""What a printed chain shows: a state for each language, and its numbers. No Qt."""

from engine.teaching.standing import trained
from gui.language import Say
from gui.language.covering import is_covered
from gui.language.joining import clauses
from gui.language.numbers import given
from gui.sheets.picture.blocks import Chain
from gui.state import Look, State
from gui.words import symbols

DIGITS = 5


def states_of(block: Chain) -> list[State]:
    """Return what is seen of a chain, in each of its languages."""
    run = trained(block.experiment)
    looks = (Look(language=one, movement=False) for one in block.languages)
    return [
        State(run, block.index, block.experiment, look, covered=block.covered, marked=block.marked)
        for look in looks
    ]


def chain_words(block: Chain, say: Say) -> str:
    """Return the numbers that stand in a chain: "chain of 3 neurons, x = 2, w₁ = 0.1"."""
    experiment, numbers = block.experiment, states_of(block)[0].moment.numbers
    n = experiment.layers
    chain = say.counted("chain of {number} neuron", "chain of {number} neurons", n)
    known = (
        f"{symbols.of(name, experiment)} = {given(value + 0.0, DIGITS, say)}"
        for name, value in numbers.items()
        if value is not None and not is_covered(value)
    )
    return clauses((chain, *known), say)
