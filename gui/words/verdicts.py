"""What is said of an answer, with the symbols and numbers that stand on screen."""

from engine import Experiment
from engine.teaching.judge import Verdict
from engine.teaching.told import verdict_words
from gui.language import Say
from gui.language.numbers import by_hand
from gui.words import symbols


def verdict_told(verdict: Verdict, experiment: Experiment, digits: int, say: Say) -> str:
    """Return a verdict in words: −7.6 = −4 × 1.9."""
    return verdict_words(
        verdict,
        say,
        lambda name: symbols.of(name, experiment),
        lambda number: by_hand(number, digits, say),
        symbols.activation(experiment.activation),
    )
