"""Verdicts in words: short sentences in which a wrong number is explained with those at hand.

Symbols and numbers are written by whoever shows the sentence; so it stands in each language.
"""

from collections.abc import Callable

from engine.expressions import (
    Activated,
    Difference,
    Expression,
    HalfSquare,
    Negated,
    Product,
    Slope,
    Spread,
    Sum,
)
from engine.moment import Computation
from engine.quantities import Name
from engine.teaching.judge import Verdict
from engine.teaching.slips import Slip
from engine.words import Say, counted, mark

Symbol = Callable[[Name], str]
Write = Callable[[float], str]

_PLACES = counted(
    "Right but for the decimal point: it is {number} place off.",
    "Right but for the decimal point: it is {number} places off.",
)
_OF_KIND = {
    "right": mark("This is it."),
    "nearly": mark("One more digit decides between two answers."),
    "sign": mark("Only the sign is wrong."),
    "rounded": mark("Rounded too far: keep three digits."),
    "wrong": mark("Not this number."),
    "unreadable": mark("This is no number."),
}
_AROUND = {HalfSquare: ("½(", ")²"), Negated: ("−", "")}
_BETWEEN = {Product: " × ", Sum: " + ", Difference: " − "}


def verdict_words(
    verdict: Verdict, say: Say, symbol: Symbol, write: Write, function: str = "f"
) -> str:
    """Return a verdict in a sentence or two; `function` is the name of the activation."""
    if verdict.kind == "slip":
        return _of_slips(verdict, say, symbol, write, function)
    if verdict.kind == "power_of_ten":
        return say.chosen(_PLACES, {"number": abs(verdict.power)}).format(number=abs(verdict.power))
    if verdict.kind == "other_number" and verdict.other is not None:
        return say("That is {symbol}, not what is asked.").format(symbol=symbol(verdict.other))
    return say(_OF_KIND[verdict.kind])


def _of_slips(verdict: Verdict, say: Say, symbol: Symbol, write: Write, function: str) -> str:
    first, *others = verdict.slips
    if others:
        return either(advice(first, say, symbol), advice(others[0], say, symbol), say)
    told = advice(first, say, symbol)
    if first.computation is None:
        return told
    line = f"{write(first.value)} = {line_of(first.computation, write, function)}"
    return say("{first} {second}").format(first=say("{words}.").format(words=line), second=told)


def either(first: str, second: str, say: Say) -> str:
    """Return that one of two mistakes was made, each told in sentences."""
    words = say("Two mistakes give this number. Either: {first} Or: {second}")
    return words.format(first=first, second=second)


def advice(slip: Slip, say: Say, symbol: Symbol) -> str:
    """Return what to do instead of a mistake."""
    gaps = {gap: symbol(name) for gap, name in slip.names.items()}
    return say(slip.sentence).format(**gaps)


def rule_words(slip: Slip, say: Say, symbol: Symbol) -> str:
    """Return the mistake in a few words."""
    gaps = {gap: symbol(name) for gap, name in slip.names.items()}
    return say(slip.rule).format(**gaps)


def line_of(computation: Computation, write: Write, function: str = "f") -> str:
    """Return how a number comes about, in numbers: −4 × 1.9."""
    values = {term.name: term.value for term in computation.operands}

    def written(part: Expression, *, first: bool = False) -> str:
        if isinstance(part, (Name, Spread)):
            name = part if isinstance(part, Name) else part.name
            text = write(values[name])
            return text if first or not text.startswith(("-", "−")) else f"({text})"
        if isinstance(part, Product):
            texts = [
                f"({written(one, first=True)})"
                if isinstance(one, (Sum, Difference))
                else written(one, first=first and k == 0)
                for k, one in enumerate(part.parts)
            ]
            return _BETWEEN[Product].join(texts)
        before, after = _AROUND.get(type(part), ("", ""))
        if isinstance(part, Activated):
            before, after = f"{function}(", ")"
        elif isinstance(part, Slope):
            before, after = f"{function}′(", ")"
        inner = isinstance(part, (Activated, Slope, HalfSquare))
        texts = [
            written(one, first=(first or inner) and k == 0 and not isinstance(part, Negated))
            for k, one in enumerate(part.parts)
        ]
        return before + _BETWEEN.get(type(part), " ").join(texts) + after

    return written(computation.expression, first=True)
