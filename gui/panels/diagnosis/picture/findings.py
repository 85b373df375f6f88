"""What the diagnosis of a run says, in the language of the window. No Qt."""

from collections.abc import Mapping
from types import MappingProxyType

from engine.diagnosis import SENTENCES, Finding, Kind, filled
from engine.parameters import parameter_of
from engine.quantities import Name
from engine.words import mark
from gui.language import Say
from gui.language.numbers import exact, given, rounded
from gui.words import symbols
from gui.words.names import ACTIVATION_NAMES

_OUTCOMES: Mapping[Kind, str] = MappingProxyType(
    {
        Kind.NOT_TRAINED: mark("Not trained"),
        Kind.DIVERGED: mark("Diverged"),
        Kind.CONVERGED: mark("Converged"),
        Kind.LEFT: mark("Rose again"),
        Kind.SIGN_TRAPPED: mark("Sign cannot change"),
        Kind.DEAD: mark("Dead ReLU"),
        Kind.STUCK: mark("Stuck"),
        Kind.FITTED: mark("Lowest loss"),
        Kind.OSCILLATING: mark("Oscillating"),
        Kind.SADDLE: mark("Plateau"),
        Kind.MEAN: mark("Plateau"),
        Kind.PLATEAU: mark("Plateau"),
        Kind.LEAVING: mark("Leaving plateau"),
        Kind.LEAVING_MEAN: mark("Leaving plateau"),
        Kind.CONVERGING: mark("Converging"),
        Kind.UNSETTLED: mark("Not converged yet"),
        Kind.VANISHING: mark("Vanishing"),
    }
)


def outcome_word(say: Say, found: Finding) -> str:
    """Return what became of a run as a word or two, for a column of a table."""
    return say(_OUTCOMES[found.kind])


def short(say: Say, found: Finding, digits: int) -> str:
    """Return a finding in a few words."""
    return _said(say, SENTENCES[found.kind].short, found, digits)


def full(say: Say, found: Finding, digits: int) -> str:
    """Return a finding in a full sentence."""
    return _said(say, SENTENCES[found.kind].long, found, digits)


def headline(text: str) -> str:
    """Return a short finding as a title: with a capital, but for the symbol of a weight."""
    return text[:1].upper() + text[1:] if text[1:2].isalpha() else text


def unbroken(text: str) -> str:
    """Return a text in which no line ends within an equation or beside a factor."""
    joined = text.replace(" = ", "\u00a0=\u00a0").replace("× ", "×\u00a0")
    return joined.replace("2/α", "2/\u2060α")


def number(value: float, digits: int, say: Say) -> str:
    """Return a number in a sentence: 0.2333 and 40 as they are, others rounded."""
    text = given(value, digits, say)
    if "e" in text:
        return rounded(value, digits, say)
    # Beside an initial weight of 0.5, a final one of 0.49999999 would be 0.50000.
    short = exact(float(f"{value:.6g}"), say)
    return short if text.startswith(short) else text


def _said(say: Say, template: str, found: Finding, digits: int) -> str:
    def translated(word: str) -> str:
        return say(ACTIVATION_NAMES.get(word, word))

    def symbol(name: Name) -> str:
        return symbols.learned(parameter_of(name.quantity), name.layer)

    return filled(template, found, lambda v: number(v, digits, say), symbol, say, translated)
