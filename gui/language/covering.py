"""Numbers that may not be seen, because somebody is to find them out. No Qt.

Such a number is covered where it comes from, not where it is written: it is a float that is written
as "?", and so is all that is computed with it. A panel that knows nothing of it can't show it.
"""

from typing import Any

HIDDEN = "?"
"""Stands in the place of a number that may not be seen."""


class Covered(float):
    """A number that may not be seen. It is NaN, so that no comparison tells anything of it."""

    __slots__ = ()

    def __repr__(self) -> str:
        """Return what stands in its place."""
        return HIDDEN

    __str__ = __repr__

    def __format__(self, _spec: str) -> str:
        """Return what stands in its place, however it is to be written."""
        return HIDDEN

    def _covered(self, *_: Any) -> "Covered":  # noqa: ANN401 - whatever it is computed with
        return self

    __add__ = __radd__ = __sub__ = __rsub__ = __mul__ = __rmul__ = _covered
    __truediv__ = __rtruediv__ = __pow__ = __rpow__ = _covered
    __neg__ = __pos__ = __abs__ = _covered


COVERED = Covered("nan")
"""The one that there is."""


def is_covered(value: object) -> bool:
    """Return whether a number may not be seen."""
    return isinstance(value, Covered)
