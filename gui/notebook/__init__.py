"""What a notebook shows of runs, moments and checks: SVG and HTML, without Qt. No Qt.

It paints what the window paints, from the same descriptions: the window's own painter is Qt's, this
one writes SVG. `engine/notebook.py` finds it by its name.
"""

from collections.abc import Callable
from typing import NamedTuple

from engine.checking.gradient_check import Checks
from engine.moment import Moment
from engine.run import Run
from gui.notebook import checks, moments, runs


class _Kind(NamedTuple):
    text: Callable[..., str]
    html: Callable[..., str]
    svg: Callable[..., str | None]


_KINDS = {
    Run: _Kind(runs.text, runs.html, runs.svg),
    Moment: _Kind(moments.text, moments.html, moments.svg),
    Checks: _Kind(checks.text, checks.html, lambda _checks, _language: None),
}


def text(thing: Run | Moment | Checks, language: str) -> str:
    """Return it in words."""
    return _KINDS[type(thing)].text(thing, language)


def html(thing: Run | Moment | Checks, language: str) -> str:
    """Return it as HTML that needs nothing else."""
    return _KINDS[type(thing)].html(thing, language)


def svg(thing: Run | Moment | Checks, language: str) -> str | None:
    """Return its picture; a table has none."""
    return _KINDS[type(thing)].svg(thing, language)
