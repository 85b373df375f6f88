"""A moment in a notebook: its chain, and under it what the step computes. No Qt."""

from html import escape

from engine.moment import Moment
from gui.chain.picture import chain_picture
from gui.chain.picture.layout import lowest_height, narrowest_width
from gui.drawing.ink import SIGNS
from gui.formula.picture import Piece, formula_picture
from gui.notebook.chain import chain_svg
from gui.notebook.drawing import MATH, SANS, ink_of_text
from gui.state import Look, State

_WIDEST, _HIGHER = 860.0, 1.08


def text(moment: Moment, language: str) -> str:
    """Return the step in a sentence."""
    state = _state(moment, language)
    return formula_picture(state).sentence if state else repr(moment)


def svg(moment: Moment, language: str) -> str | None:
    """Return the chain at this moment."""
    state = _state(moment, language)
    if state is None:
        return None
    experiment = state.run.experiment
    width = max(narrowest_width(experiment.layers), _WIDEST)
    height = _HIGHER * lowest_height(len(experiment.parameters))
    return chain_svg(chain_picture(state, width, height), formula_picture(state).sentence)


def html(moment: Moment, language: str) -> str:
    """Return the chain, the name of the step, and its formula."""
    state = _state(moment, language)
    if state is None:
        return f"<pre>{escape(repr(moment))}</pre>"
    picture = formula_picture(state)
    sign = SIGNS.get(picture.ink)
    named = f"{sign} {picture.heading}" if sign and picture.numbers else picture.heading
    colour = ink_of_text(picture.ink)
    rows = "<br>".join("".join(map(_piece, row)) for row in picture.rows if row)
    return (
        f'<div style="font-family:{escape(SANS)};color:#1A1D23;background:#fff;max-width:900px;'
        f'padding:6px">{svg(moment, language)}'
        f'<div style="margin-top:6px"><b style="color:{colour}">{escape(named)}</b>'
        f' <span style="color:#5A6270">{escape(picture.words)}</span></div>'
        f'<div style="font-family:{escape(MATH)};font-size:1.3em;margin-top:4px">{rows}</div></div>'
    )


def _piece(piece: Piece) -> str:
    styles = [f"color:{ink_of_text(piece.ink)}"]
    if piece.italic:
        styles.append("font-style:italic")
    if piece.bold:
        styles.append("font-weight:600")
    return f'<span style="{";".join(styles)}">{escape(piece.text)}</span>'


def _state(moment: Moment, language: str) -> State | None:
    run = moment.run
    if run is None:
        return None
    return State(run, moment.index, run.experiment, Look(language=language, movement=False))
