"""The views of single parts as JSON; what can't be read counts as not there. No Qt."""

import math
from collections.abc import Mapping
from dataclasses import asdict, fields
from types import MappingProxyType, NoneType, UnionType
from typing import Any, get_args, get_origin, get_type_hints

from gui.chain.shown import ChainPan
from gui.formula.shown import LocalFold
from gui.panels.chain_rule.shown import CostFold
from gui.panels.map.shown import MapZoom
from gui.panels.numbers.shown import SampleSorting
from gui.panels.surface.shown import SurfaceZoom
from gui.plots.shown import PlotsZoom
from gui.state.views import Views, with_view

_KINDS: Mapping[str, type] = MappingProxyType(
    {
        "chain": ChainPan,
        "formula": LocalFold,
        "plots": PlotsZoom,
        "chain rule": CostFold,
        "numbers": SampleSorting,
        "surface": SurfaceZoom,
        "map": MapZoom,
    }
)
"""The views that are kept, under their names in the file."""


def views_content(views: Views) -> dict[str, object]:
    """Return what is written of views."""
    names = {kind: name for name, kind in _KINDS.items()}
    return {names[type(view)]: asdict(view) for view in views if type(view) in names}  # type: ignore[call-overload]


def views_from(content: Any) -> Views:  # noqa: ANN401 - JSON may be anything
    """Read views: those that are known, and whole."""
    views: Views = ()
    if isinstance(content, dict):
        for name, kind in _KINDS.items():
            try:
                views = with_view(views, _record(kind, content[name]))
            except (ValueError, TypeError, LookupError, AttributeError, ArithmeticError):
                continue
    return views


def _record(kind: Any, content: Mapping[str, object]) -> object:  # noqa: ANN401 - one of `_KINDS`
    hints = get_type_hints(kind)
    known = {field.name for field in fields(kind)} & set(content)
    return kind(**{name: _value(hints[name], content[name]) for name in known})


def _value(hint: Any, value: Any) -> object:  # noqa: ANN401 - JSON may be anything
    """Return a value as its type has it. Raises ValueError where it is another."""
    kinds = get_args(hint)
    if get_origin(hint) is UnionType:
        if value is None and NoneType in kinds:
            return None
        hint = next(kind for kind in kinds if kind is not NoneType)
    elif kinds and isinstance(value, list):
        each = kinds[:1] * len(value) if kinds[-1] is Ellipsis else kinds
        return tuple(_value(kind, one) for kind, one in zip(each, value, strict=True))
    if hint is float and type(value) is int:
        value = float(value)
    if type(value) is not hint or (hint is float and not math.isfinite(value)):
        raise ValueError(value)
    return value
