"""How the commands write numbers."""

import math
from typing import Any


def strict(value: Any) -> Any:  # noqa: ANN401 - JSON may be anything
    """Return `value` with null for what JSON has no number for: infinities and NaN."""
    if isinstance(value, float):
        return value if math.isfinite(value) else None
    if isinstance(value, dict):
        return {name: strict(inner) for name, inner in value.items()}
    if isinstance(value, (list, tuple)):
        return [strict(inner) for inner in value]
    return value


def plain(value: float) -> str:
    """Return the shortest text that reads back to `value`, without a needless .0."""
    return repr(value).removesuffix(".0")
