"""Equality to the last bit: caches use it to decide whether to compute something again.

>>> 0.0 == -0.0
True
>>> bits([0.0]) == bits([-0.0])
False
"""

from array import array
from collections.abc import Iterable


def bits(numbers: Iterable[float]) -> bytes:
    """Return the bits of some numbers: equal where each of them is the same float."""
    return array("d", numbers).tobytes()


class Exact:
    """Equality to the last bit: 0.0 and −0.0 are equal as numbers, but not the same input.

    1/0.0 and 1/−0.0 differ, and so do the programs and texts that show them. A cache may return a
    result only for exactly the same input.
    """

    __slots__ = ()

    def _bits(self) -> tuple[object, ...]:
        raise NotImplementedError

    def __eq__(self, other: object) -> bool:
        """Whether `other` is of the same class, and all its numbers have the same bits."""
        if self is other:
            return True
        if not isinstance(other, type(self)):
            return NotImplemented
        return self._bits() == other._bits()

    def __hash__(self) -> int:
        """Return the hash of the bits."""
        return hash(self._bits())
