"""Checked gradients in a notebook: a table. No Qt."""

from html import escape

from engine.checking.gradient_check import ALARMS, NO_VERDICT, Checks, GradientCheck
from gui.drawing.light import PLAIN
from gui.language import Say, speech
from gui.language.numbers import exact, rounded
from gui.notebook.drawing import SANS
from gui.panels.gradient_check.picture import MARKS, VERDICT_WORDS

_DIGITS = 5


def text(checks: Checks, language: str) -> str:
    """Return a line for each gradient."""
    say = speech(language)
    return "\n".join("  ".join(_cells(one, say)) for one in checks)


def html(checks: Checks, language: str) -> str:
    """Return a row for each gradient; all digits are in the tool tips."""
    say = speech(language)
    names = (
        say("gradient"),
        say("of the algorithm"),
        say("central difference"),
        say("relative error"),
        say("Verdict"),
    )
    head = "".join(f"<th>{escape(name)}</th>" for name in names)
    rows = "".join(_row(one, say) for one in checks)
    style = f"font-family:{escape(SANS)};color:{PLAIN['text']};background:#fff"
    return f'<table style="{style}"><tr>{head}</tr>{rows}</table>'


def _row(one: GradientCheck, say: Say) -> str:
    full = ("", one.gradient, one.numeric, one.relative_error, "")
    colour = PLAIN["problem"] if one.verdict in ALARMS else PLAIN["text"]
    colour = PLAIN["muted"] if one.verdict in NO_VERDICT else colour
    cells = ""
    for cell, number in zip(_cells(one, say), full, strict=True):
        tip = f' title="{escape(exact(number, say))}"' if isinstance(number, float) else ""
        cells += f'<td{tip} style="color:{colour}">{escape(cell)}</td>'
    return f"<tr>{cells}</tr>"


def _cells(one: GradientCheck, say: Say) -> tuple[str, str, str, str, str]:
    letter, layer = one.parameter[0], one.parameter[1:]
    below = layer.translate(str.maketrans("0123456789", "₀₁₂₃₄₅₆₇₈₉"))
    numbers = (one.gradient, one.numeric, one.relative_error)
    value, numeric, error = (rounded(number, _DIGITS, say) for number in numbers)
    verdict = " ".join((MARKS[one.verdict], say(VERDICT_WORDS[one.verdict])))
    return f"∂L/∂{letter}{below}", value, numeric, error, verdict
