"""What was shown last: the same again need not be drawn, and costs nothing."""

from typing import Generic, TypeVar

T = TypeVar("T")


class Memo(Generic[T]):
    """Remembers one `value`: all that a drawing depends on. It is None before the first.

    Values are compared by `==`: where the sign of a zero, or which NaN, is to be seen, a value has
    to hold the text that is drawn, not the number.
    """

    def __init__(self) -> None:
        self.value: T | None = None

    def renew(self, value: T) -> bool:
        """Remember `value` instead; return whether it is another, so that there is work to do."""
        if self.value is not None and self.value == value:
            return False
        self.value = value
        return True
