"""A run in a notebook: its loss curve, and the final weights. No Qt."""

from collections.abc import Iterator
from html import escape

import numpy as np

from engine.parameters import split
from engine.run import Run
from gui.drawing.curve import MEAN, SPAN, Curve
from gui.drawing.light import CURVES, PLAIN
from gui.drawing.ticks import ticks
from gui.language import Say, speech
from gui.language.joining import ended, labelled
from gui.language.numbers import exact, rounded
from gui.notebook.drawing import SANS, framed, written
from gui.plots.picture import run_plots
from gui.status.picture import outcome
from gui.words import symbols

_WIDTH, _HEIGHT = 560.0, 250.0
_LEFT, _RIGHT, _TOP, _BOTTOM = 62.0, 24.0, 34.0, 44.0
_COLUMNS, _DIGITS = 250, 5


def text(run: Run, language: str) -> str:
    """Return how the run ended."""
    say = speech(language)
    words = ended(outcome(say, run, _DIGITS), say)
    return words[:1].upper() + words[1:]


def svg(run: Run, language: str) -> str:
    """Return the loss over the epochs: of each sample, and in the ink of text their mean."""
    say = speech(language)
    title = labelled(say("Loss"), text(run, language), say)
    return framed(_WIDTH, _HEIGHT, title, (*_axes(run, say), *_curves(run)))


def html(run: Run, language: str) -> str:
    """Return how it ended, the loss curve, and a table of the final parameters."""
    say, experiment = speech(language), run.experiment
    theta = (*run.final_weights, *run.final_biases)
    heads = "".join(f"<th>{i}</th>" for i in range(1, experiment.layers + 1))
    rows = ""
    for one, values in zip(experiment.parameters, split(experiment.parameters, theta), strict=True):
        cells = "".join(
            f'<td title="{escape(exact(value, say))}">{rounded(value, _DIGITS, say)}</td>'
            for value in values
        )
        name = symbols.learned(one, 1)[:-1] + "ᵢ"
        rows += f"<tr><th><i>{name}</i></th>{cells}</tr>"
    caption, layer = escape(say("After the last update")), escape(say("Layer"))
    style = f"font-family:{escape(SANS)};color:{PLAIN['text']};background:#fff;padding:6px"
    return (
        f'<div style="{style}">'
        f"<div>{escape(text(run, language))}</div>{svg(run, language)}"
        f'<table><caption style="text-align:left">{caption}</caption>'
        f"<tr><th>{layer}</th>{heads}</tr>{rows}</table></div>"
    )


def _scale(run: Run) -> tuple[float, float, float]:
    plots = run_plots(run)
    high = max(plots.loss.high, 1e-12)
    return max(plots.epochs, 1.0), min(plots.loss.low, 0.0), high


def _x(epoch: float, epochs: float) -> float:
    return _LEFT + (_WIDTH - _LEFT - _RIGHT) * epoch / epochs


def _y(loss: float, low: float, high: float) -> float:
    return _TOP + (_HEIGHT - _TOP - _BOTTOM) * (high - loss) / (high - low)


def _axes(run: Run, say: Say) -> Iterator[str]:
    epochs, low, high = _scale(run)
    muted, border = PLAIN["muted"], PLAIN["border"]
    right, base = _WIDTH - _RIGHT, _y(low, low, high)
    size = f'width="{right - _LEFT}" height="{base - _TOP}"'
    yield f'<rect x="{_LEFT}" y="{_TOP}" {size} fill="#FFFFFF"/>'
    for tick in ticks(low, high, 6):
        y = _y(tick.place, low, high)
        yield f'<path d="M{_LEFT} {y:.1f} H{right}" stroke="{border}"/>'
        words = tick.words.replace(".", say.decimal_sign)
        yield written(_LEFT - 8, y, words, 12, muted, anchor="end")
    for tick in ticks(0.0, epochs, 7):
        x = _x(tick.place, epochs)
        yield written(x, base + 14, tick.words.replace(".", say.decimal_sign), 12, muted)
    yield f'<path d="M{_LEFT} {_TOP} V{base:.1f} H{right}" stroke="{PLAIN["text"]}" fill="none"/>'
    yield written(_LEFT, 16, say("Loss"), 14, PLAIN["text"], bold=True, anchor="start")
    yield written((_LEFT + right) / 2, base + 33, say("epoch"), 12, muted)


def _curves(run: Run) -> Iterator[str]:
    for curve in sorted(run_plots(run).loss.curves, key=lambda one: one.colour == MEAN):
        if curve.colour != SPAN:
            yield _curve(curve, _scale(run))


def _curve(curve: Curve, scale: tuple[float, float, float]) -> str:
    """Return a curve; of a long one the least and the largest value in each column."""
    epochs, low, high = scale
    places: list[tuple[float, float]] = []
    there = np.isfinite(curve.y)
    x, y = curve.x[there], curve.y[there]
    step = max(1, len(x) // _COLUMNS)
    for k in range(0, len(x), step):
        piece = y[k : k + step]
        ends = sorted({int(piece.argmin()), int(piece.argmax())})
        places += [(float(x[k + end]), float(piece[end])) for end in ends]
    mean = curve.colour == MEAN
    colour = PLAIN["text"] if mean else CURVES[curve.colour % len(CURVES)]
    points = " ".join(f"{_x(a, epochs):.1f},{_y(min(b, high), low, high):.1f}" for a, b in places)
    width = 2.2 if mean else 1.4
    return f'<polyline points="{points}" fill="none" stroke="{colour}" stroke-width="{width}"/>'
