"""How runs, moments and checks show themselves in a notebook (Jupyter).

    >>> from engine import Experiment, moment_at, train
    >>> run = train(Experiment())       # in a cell of its own: the loss curve, the final weights
    >>> moment_at(run, 8)               # the chain at step 8, as in the window

The engine draws nothing. It asks the painter beside it, the package `gui.notebook`, which needs no
Qt; where the engine is used alone there is none, and a notebook shows the text as ever. The painter
is found by its name when a notebook asks: so nothing of the engine depends on it.
"""

from collections.abc import Collection
from functools import cache
from importlib import import_module
from importlib.util import find_spec
from types import ModuleType
from typing import Any

_PAINTER = __name__.rpartition("engine")[0] + "gui.notebook"

_spoken = ["en"]


def speak(language: str) -> None:
    """Let notebooks be in a language, "en" or "zh_CN" for example; it holds for this process."""
    _spoken[0] = language


class Shown:
    """What a notebook asks of a thing: methods with the names that Jupyter looks for."""

    __slots__ = ()

    def _repr_html_(self) -> str | None:
        painter = _painter()
        return painter.html(self, _spoken[0]) if painter else None

    def _repr_svg_(self) -> str | None:
        painter = _painter()
        return painter.svg(self, _spoken[0]) if painter else None

    def _repr_mimebundle_(
        self, include: Collection[str] | None = None, exclude: Collection[str] | None = None
    ) -> dict[str, str]:
        painter = _painter()
        if painter is None:
            return {"text/plain": repr(self)}
        language = _spoken[0]
        found: dict[str, Any] = {
            "text/plain": painter.text(self, language),
            "text/html": painter.html(self, language),
            "image/svg+xml": painter.svg(self, language),
        }
        return {
            kind: shown
            for kind, shown in found.items()
            if shown is not None
            and (not include or kind in include)
            and (not exclude or kind not in exclude)
        }


@cache
def _painter() -> ModuleType | None:
    try:
        there = find_spec(_PAINTER) is not None
    except ModuleNotFoundError:
        there = False
    return import_module(_PAINTER) if there else None
